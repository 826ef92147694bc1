import type { LotMaster } from '../lot.ts'
import type { LotCheck } from './check.ts'

const fieldsOf = (master: LotMaster) => Object.keys(master) as (keyof LotMaster)[]

export const masterDiffers: LotCheck = {
  code: 'master-differs',
  severity: 'error',
  about: 'A lot is introduced twice, with different data; what was said first holds.',
  find({ part, before }) {
    const first = before.master ?? part.masters[0]
    if (first === undefined) return undefined
    for (const other of part.masters) {
      if (other === first) continue
      const field = [...new Set([...fieldsOf(first), ...fieldsOf(other)])].find(
        (name) => JSON.stringify(first[name]) !== JSON.stringify(other[name]),
      )
      if (field !== undefined) {
        return `${field} was ${JSON.stringify(first[field])}, now ${JSON.stringify(other[field])}`
      }
    }
    return undefined
  },
}
