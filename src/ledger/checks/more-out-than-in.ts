import { inKilograms, type LotCheck } from './check.ts'

export const moreOutThanIn: LotCheck = {
  code: 'more-out-than-in',
  severity: 'error',
  about: 'More mass comes out of a split, blend or sampling than went in.',
  find({ uri, event }) {
    const flows = event.flows.filter(({ node }) => node === event.id)
    if (!flows.some(({ lot, direction }) => lot === uri && direction === 'out')) return undefined
    let gone = 0
    for (const { direction, mg } of flows) gone += direction === 'in' ? mg : -mg
    return gone >= 0 ? undefined : `${inKilograms(-gone)} more comes out than went in`
  },
}
