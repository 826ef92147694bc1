import { inKilograms, type LotCheck } from './check.ts'

export const negativeMass: LotCheck = {
  code: 'negative-mass',
  severity: 'error',
  about: 'More of a lot is taken at a place than is there.',
  find({ before, after }) {
    for (const [place, mg] of after.places) {
      const was = before.places.get(place) ?? 0
      if (mg < 0 && mg < was) {
        return `${inKilograms(was)} is there, ${inKilograms(was - mg)} is taken: ${place}`
      }
    }
    return undefined
  },
}
