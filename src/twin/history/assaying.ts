/** What laboratories report of deliveries and of what the plant makes. */
import type { Random } from '../../numerics/index.ts'
import { laboratories } from './names.ts'
import { type Analyte, analyse, oxideOf, type ResultLine, treo } from './measuring.ts'
import type { Delivery, Drawn } from './plan.ts'

/** Elements that are asked for of every lot, so that each can be balanced. */
const balanced = ['Nd', 'Pr', 'Dy', 'Tb', 'Fe', 'Co']

export interface Report {
  readonly laboratory: string
  readonly method: string
  readonly status: 'provisional' | 'final'
  readonly condition: 'wet' | 'dry'
  readonly results: readonly ResultLine[]
}

/** What is misread, by analyte as it is reported: a factor on the value. */
export type Slips = Readonly<Record<string, number>>

const one = (name: string, share: number, loq: number): Analyte => ({ name, share, loq })

/** Fluorescence at the plant, on the day of delivery. */
export function provisional(lot: Delivery, chance: Random): Report {
  const solid = 1 - lot.moisture
  const lines = ['Nd', 'Pr', 'Dy', 'Fe', 'Co'].map((element) =>
    analyse((lot.content[element] ?? 0) / solid, one(element, 0.05, 1e-3), chance),
  )
  return {
    laboratory: laboratories.own,
    method: 'XRF, pressed powder',
    status: 'provisional',
    condition: lot.type === 'swarf' ? 'dry' : 'wet',
    results: lot.type === 'swarf' ? [...lines, moisture(lot, chance)] : lines,
  }
}

const moisture = (lot: Delivery, chance: Random) =>
  analyse(lot.moisture, one('H2O', 0.03, 1e-3), chance)

/** Inductively coupled plasma after dissolution, at a laboratory outside. */
export function final(lot: Delivery, chance: Random, slips: Slips = {}): Report {
  const solid = 1 - lot.moisture
  const lines = balanced.map((element) => {
    const share = element === 'Nd' || element === 'Fe' ? 0.012 : 0.02
    const truth = (lot.content[element] ?? 0) / solid
    return analyse(truth, one(element, share, 2e-5), chance, slips[element])
  })
  const oil = lot.oil > 0 ? [analyse(lot.oil / solid, one('oil', 0.1, 1e-3), chance)] : []
  const isSwarf = lot.type === 'swarf'
  return {
    laboratory: laboratories.external,
    method: 'ICP-OES after dissolution',
    status: 'final',
    condition: isSwarf ? 'dry' : 'wet',
    results: isSwarf ? [...lines, moisture(lot, chance), ...oil] : lines,
  }
}

/** Limits of quantification of what is no product, a mass fraction. */
const limits: Readonly<Record<string, number>> = {
  effluent: 5e-8,
  'hold-up': 2e-6,
  'waste-oil': 2e-6,
}

/** What a certificate names beside what is balanced. */
const traces: Readonly<Record<string, readonly string[]>> = {
  'neodymium-oxide': ['La', 'Ce', 'Sm', 'Gd', 'Y'],
  'didymium-oxide': ['La', 'Ce', 'Sm'],
  'dysprosium-oxide': ['Ho', 'Y', 'Gd'],
  'terbium-oxide': ['Ho', 'Y', 'Gd'],
}

/** Elements and, of products, the oxides that a certificate names. */
function asOxides({ content, unit }: Drawn, chance: Random, slips: Slips): readonly ResultLine[] {
  const lines = [...balanced, ...(traces[unit] ?? [])].map((element) => {
    const [formula, factor] = oxideOf(element)
    const truth = (content[element] ?? 0) * factor
    const share = truth > 0.1 ? 0.003 : truth > 1e-3 ? 0.03 : 0.12
    return analyse(truth, one(formula, share, 5e-6), chance, slips[formula])
  })
  return [
    analyse(treo(content), one('TREO', 0.002, 0.01), chance),
    ...lines,
    analyse(0, one('LOI', 0.1, 5e-4), chance),
  ]
}

/** What is reported of a lot that the plant made; `status` of a first or a last look. */
export function reportOf(
  drawn: Drawn,
  status: Report['status'],
  chance: Random,
  slips: Slips = {},
): Report {
  const isProduct = drawn.unit.endsWith('-oxide')
  const loq = limits[drawn.unit] ?? 1e-5
  const lines = isProduct
    ? asOxides(drawn, chance, slips)
    : balanced.map((element) => {
        const truth = drawn.content[element] ?? 0
        const share = truth > 0.1 ? 0.015 : truth > 1e-3 ? 0.04 : 0.1
        const own = drawn.unit === 'hold-up' ? 0.02 : share
        return analyse(truth, one(element, own, loq), chance, slips[element])
      })
  const isTrace = drawn.unit === 'effluent'
  return {
    laboratory: status === 'final' && isProduct ? laboratories.external : laboratories.own,
    method: isTrace ? 'ICP-MS' : isProduct ? 'titration; ICP-OES; ICP-MS' : 'ICP-OES',
    status,
    condition: 'wet',
    results: lines,
  }
}
