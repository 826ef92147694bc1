import { inKilograms, type LotCheck } from './check.ts'

export const weighingOff: LotCheck = {
  code: 'weighing-off',
  severity: 'warning',
  about: 'A weighing differs from the book by more than its expanded uncertainty.',
  find({ part, before }) {
    if (before.came === 0) return undefined
    for (const { lot, mg, place } of part.masses.filter(({ kind }) => kind === 'count')) {
      const u = part.weighings.find((weighing) => weighing.lot === lot)?.u
      if (u === undefined || mg === undefined) continue
      const all = [...before.places.values()].reduce((sum, held) => sum + held, 0)
      const book = place === undefined ? all : (before.places.get(place) ?? 0)
      if (Math.abs(mg - book) > u) {
        return `weighed ${inKilograms(mg)} ± ${inKilograms(u)}, the book says ${inKilograms(book)}`
      }
    }
    return undefined
  },
}
