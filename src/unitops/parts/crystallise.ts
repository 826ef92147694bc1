import { reactionWherePresent, type CompiledReaction } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { amount, type Work } from './flows.ts'
import { advance, coefficientOf, limit } from './reaction.ts'

interface Salt {
  readonly id: string
  /** Constants `solubility.<key>.25` and `.100`. */
  readonly key: string
  readonly reaction: string
  readonly ions: readonly (readonly [id: string, count: number])[]
  /** Formula by which the solubility is counted, anhydrous: the sum of these ions. */
}

const salts: readonly Salt[] = [
  {
    id: 'NaCl',
    key: 'NaCl',
    reaction: 'Na+ + Cl- = NaCl(s)',
    ions: [
      ['Na+', 1],
      ['Cl-', 1],
    ],
  },
  {
    id: 'NH4Cl',
    key: 'NH4Cl',
    reaction: 'NH4+ + Cl- = NH4Cl(s)',
    ions: [
      ['NH4+', 1],
      ['Cl-', 1],
    ],
  },
  {
    id: 'Na2SO4',
    key: 'Na2SO4',
    reaction: '2 Na+ + SO4-2 = Na2SO4(s)',
    ions: [
      ['Na+', 2],
      ['SO4-2', 1],
    ],
  },
  {
    id: 'H2C2O4·2H2O',
    key: 'oxalic-acid',
    reaction: '2 H+ + C2O4-2 + 2 H2O = H2C2O4·2H2O(s)',
    // Oxalic acid is hardly dissociated at saturation: counted by its oxalate alone.
    ions: [['C2O4-2', 1]],
  },
]

/** Salts that can be crystallised, by species id. */
const crystallisable = salts.map((salt) => salt.id)

/** g of anhydrous salt per 100 g water at a temperature, on the line through 25 and 100 degC. */
function solubility(properties: Properties, id: string, temperature: number): number {
  const salt = salts.find((s) => s.id === id)
  if (salt === undefined) throw new Error(`no solubility of ${id}`)
  const cold = properties.constant(`solubility.${salt.key}.25`).value
  const hot = properties.constant(`solubility.${salt.key}.100`).value
  const share = Math.min(1, Math.max(0, (temperature - 298.15) / 75))
  return cold + share * (hot - cold)
}

interface Saturation {
  readonly terms: CompiledReaction
  readonly ions: readonly (readonly [row: number, count: number])[]
  /** ln of the product of ion molalities in the pure saturated solution. */
  readonly logProduct: number
}

function saturation(properties: Properties, salt: Salt, temperature: number) {
  const table = properties.species
  const terms = reactionWherePresent(table, salt.reaction)
  if (terms === undefined) return undefined
  const ions = salt.ions.map(([id, count]) => [table.index('aqueous', id), count] as const)
  const crystal = table.index('solid', salt.id)
  const bound = coefficientOf(terms, table.index('aqueous', 'H2O'))
  const water = table.molarMass[table.index('aqueous', 'H2O')] as number
  const anhydrous = (table.molarMass[crystal] as number) + bound * water
  const molality = solubility(properties, salt.id, temperature) / 100 / anhydrous
  const logProduct = ions.reduce((sum, [, n]) => sum + n * Math.log(n * molality), 0)
  return { terms, ions, logProduct } satisfies Saturation
}

/** How far a liquor is above saturation with one salt, in ln of the molality product. */
function excess(flow: Work, s: Saturation, extent: number, water: number, perMole: number): number {
  let log = -s.logProduct
  const wet = (flow[water] as number) + coefficientOf(s.terms, water) * extent
  const kilograms = wet * perMole
  if (!(kilograms > 0)) return Number.POSITIVE_INFINITY
  for (const [row, count] of s.ions) {
    const n = (flow[row] as number) - count * extent
    if (!(n > 0)) return Number.NEGATIVE_INFINITY
    log += count * Math.log(n / kilograms)
  }
  return log
}

/**
 * Crystallises salts from the liquor in `flow` down to saturation at a temperature, dissolving
 * crystals that are there when the liquor is not saturated. Each salt is held at the product
 * of molalities of its own saturated solution: common ions count, other salts do not change it.
 */
export function crystallise(
  properties: Properties,
  flow: Work,
  temperature: number,
  ids: readonly string[] = crystallisable,
): void {
  const table: SpeciesTable = properties.species
  const water = table.index('aqueous', 'H2O')
  const perMole = table.molarMass[water] as number
  const active = salts
    .filter((salt) => ids.includes(salt.id))
    .flatMap((salt) => {
      const s = saturation(properties, salt, temperature)
      return s === undefined ? [] : [{ s, crystal: table.index('solid', salt.id) }]
    })
  for (let round = 0; round < 200; round++) {
    let moved = 0
    for (const { s, crystal } of active) {
      const extent = toSaturation(flow, s, crystal, water, perMole)
      const scale = Math.abs(flow[crystal] as number) + Math.abs(extent)
      if (extent !== 0) advance(flow, s.terms, extent)
      if (scale > 0) moved = Math.max(moved, Math.abs(extent) / scale)
    }
    if (moved < 1e-14 || active.length < 2) break
  }
}

function toSaturation(
  flow: Work,
  s: Saturation,
  crystal: number,
  water: number,
  perMole: number,
): number {
  let low = -(flow[crystal] as number)
  let high = limit(flow, s.terms)
  if (!(high > low) || !(excess(flow, s, low, water, perMole) > 0)) return low === 0 ? 0 : low
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (excess(flow, s, middle, water, perMole) > 0) low = middle
    else high = middle
  }
  return low
}

/** kg/s of crystals of the salts that `crystallise` knows. */
export function crystalMass(table: SpeciesTable, flow: Work): number {
  return crystallisable.reduce((sum, id) => {
    const row = table.find('solid', id)
    return row < 0 ? sum : sum + amount(table, flow, 'solid', id) * (table.molarMass[row] as number)
  }, 0)
}
