import { oxideOf, type CompiledReaction } from '../../chemistry/index.ts'
import type { Phase, SpeciesTable } from '../../chemistry/species.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import type { Work } from './flows.ts'
import { perChemistry } from './per-chemistry.ts'
import { perTable, reactionOf, reactionsPresent, runTo } from './reaction.ts'

const nonMetals = new Set(['H', 'C', 'N', 'O', 'F', 'Cl', 'S', 'Na', 'Ua', 'Ar'])

function atoms(table: SpeciesTable, index: number): Map<string, number> {
  const width = table.elements.length
  const found = new Map<string, number>()
  for (const [e, symbol] of table.elements.entries()) {
    const n = table.composition[index * width + e] as number
    if (n !== 0) found.set(symbol, n)
  }
  return found
}

/** Sodium leaves ignition as the salt of the strongest acid at hand, else as carbonate. */
function bindSodium(left: Map<string, number>, add: (name: string, n: number) => void): void {
  const take = (symbol: string, n: number) => left.set(symbol, (left.get(symbol) ?? 0) - n)
  let sodium = left.get('Na') ?? 0
  const salts = [
    ['Cl', 1, 1, 'NaCl'],
    ['F', 1, 1, 'NaF'],
    ['S', 1, 2, 'Na2SO4'],
    ['C', 1, 2, 'Na2CO3'],
  ] as const
  for (const [symbol, anions, each, salt] of salts) {
    const units = Math.min((left.get(symbol) ?? 0) / anions, sodium / each)
    if (!(units > 0)) continue
    add(`solid ${salt}`, units)
    take(symbol, units * anions)
    sodium -= units * each
  }
  if (sodium > 0) add('solid NaOH', sodium)
  if (sodium > 0) take('H', sodium)
  left.delete('Na')
}

/** The ignition of every solid and organic species of a table by row, made when first asked for. */
const ignitions = perTable((table): (CompiledReaction | null | undefined)[] =>
  table.species.map(() => null),
)

/**
 * Complete ignition of one mole of a neutral species in air: metals to the oxides of air, sodium to
 * its salt, C to CO2, N to NH3 (where there is H), Cl to HCl, S to SO2, H to steam; oxygen from
 * the gas makes it balance. `undefined` where the plant lacks a product, or nothing would change.
 */
export function ignition(table: SpeciesTable, row: number): CompiledReaction | undefined {
  const known = ignitions(table)
  let found = known[row]
  if (found === null) known[row] = found = ignitionOf(table, row)
  return found
}

function ignitionOf(table: SpeciesTable, index: number): CompiledReaction | undefined {
  const { phase, id } = table.species[index] ?? { phase: 'solid', id: '' }
  if (table.charge[index] !== 0) return undefined
  const left = atoms(table, index)
  const products = new Map<string, number>()
  const add = (name: string, n: number) => products.set(name, (products.get(name) ?? 0) + n)
  for (const [symbol, n] of atoms(table, index)) {
    if (nonMetals.has(symbol)) continue
    const oxide = oxideOf(symbol)
    if (oxide === undefined) return undefined
    add(`solid ${oxide.id}`, n / oxide.metal)
    left.delete(symbol)
  }
  if (left.has('Na')) bindSodium(left, add)
  const hydrogen = () => left.get('H') ?? 0
  const bind = (symbol: string, name: string, h: number) => {
    const n = left.get(symbol) ?? 0
    if (!(n > 0)) return
    add(name, n)
    left.set('H', hydrogen() - h * n)
  }
  bind('Cl', 'gas HCl', 1)
  bind('F', 'gas HF', 1)
  bind('S', 'gas SO2', 0)
  bind('C', 'gas CO2', 0)
  const nitrogen = left.get('N') ?? 0
  if (nitrogen > 0) {
    if (hydrogen() >= 3 * nitrogen) bind('N', 'gas NH3', 3)
    else add('gas NO2', nitrogen)
  }
  if (hydrogen() !== 0) add('gas H2O', hydrogen() / 2)
  return balanced(table, phase, id, index, products)
}

function balanced(
  table: SpeciesTable,
  phase: Phase,
  id: string,
  index: number,
  products: ReadonlyMap<string, number>,
): CompiledReaction | undefined {
  if (products.size === 1 && products.has(`${phase} ${id}`)) return undefined
  const o = table.element('O')
  const width = table.elements.length
  let oxygen = -(table.composition[index * width + o] as number)
  for (const [name, n] of products) {
    const space = name.indexOf(' ')
    const product = table.find(name.slice(0, space) as Phase, name.slice(space + 1))
    if (product < 0) return undefined
    oxygen += n * (table.composition[product * width + o] as number)
  }
  const coefficients: Record<string, number> = { [`${phase} ${id}`]: -1 }
  for (const [name, n] of products) coefficients[name] = (coefficients[name] ?? 0) + n
  if (Math.abs(oxygen) > 1e-12) {
    coefficients['gas O2'] = (coefficients['gas O2'] ?? 0) - oxygen / 2
  }
  return reactionOf(table, coefficients)
}

const salts = [
  'Na+ + Cl- = NaCl(s)',
  'Na+ + F- = NaF(s)',
  '2 Na+ + SO4-2 = Na2SO4(s)',
  'Ca+2 + SO4-2 + 2 H2O(g) = CaSO4·2H2O(s)',
  '2 Na+ + C2O4-2 + 1/2 O2(g) = Na2CO3(s) + CO2(g)',
  '2 Na+ + CO3-2 = Na2CO3(s)',
  '2 Na+ + 2 HCO3- = Na2CO3(s) + CO2(g) + H2O(g)',
  '2 Na+ + 2 OH- + CO2(g) = Na2CO3(s) + H2O(g)',
  'Na+ + NO3- = NaNO3(s)',
  'NH4+ = NH3(g) + H+',
  'NH3 = NH3(g)',
] as const

const cations = [
  ['Fe+2', 'Fe', 2],
  ['Fe+3', 'Fe', 3],
  ['Al+3', 'Al', 3],
  ['Co+2', 'Co', 2],
  ['Ni+2', 'Ni', 2],
  ['Cu+2', 'Cu', 2],
  ['Zn+2', 'Zn', 2],
  ['Mn+2', 'Mn', 2],
  ['Ca+2', 'Ca', 2],
  ['Mg+2', 'Mg', 2],
  ['Ga+3', 'Ga', 3],
  ['Zr+4', 'Zr', 4],
  ['Th+4', 'Th', 4],
  ['Ce+4', 'Ce', 4],
] as const

const acids = [
  'H+ + Cl- = HCl(g)',
  'H+ + F- = HF(g)',
  '2 H+ + C2O4-2 + 1/2 O2(g) = 2 CO2(g) + H2O(g)',
  'H+ + NO3- = NO2(g) + 1/2 H2O(g) + 1/4 O2(g)',
  '2 H+ + SO4-2 = SO2(g) + 1/2 O2(g) + H2O(g)',
  'H+ + HCO3- = CO2(g) + H2O(g)',
  '2 H+ + CO3-2 = CO2(g) + H2O(g)',
  'H+ + OH- = H2O(g)',
  'CO2 = CO2(g)',
  'O2 = O2(g)',
  'H2O2 = H2O(g) + 1/2 O2(g)',
  '2 B(OH)3 = B2O3(s) + 3 H2O(g)',
] as const

/** A dissolved cation driven to its oxide by steam: M(z+) + z/2 H2O + x O2 = oxide + z H+. */
function pyrohydrolysis(
  table: SpeciesTable,
  ion: string,
  symbol: string,
  charge: number,
): CompiledReaction | undefined {
  const oxide = oxideOf(symbol)
  if (oxide === undefined || table.find('aqueous', ion) < 0) return undefined
  const share = 1 / oxide.metal
  const oxygen = (share * oxide.oxygen - charge / 2) / 2
  return reactionOf(table, {
    [`aqueous ${ion}`]: -1,
    'gas H2O': -charge / 2,
    'gas O2': -oxygen,
    [`solid ${oxide.id}`]: share,
    'aqueous H+': charge,
  })
}

/**
 * What becomes of the liquor in a cake when it is fired: water to steam, alkali to salts that stay,
 * ammonium and free acids to gas, dissolved metals to oxides by steam (in full: an assumption, rare
 * earth oxychlorides are not followed). Ions for which nothing is known stay where they are.
 */
export function igniteLiquor(properties: Properties, flow: Work): void {
  for (const step of liquorSteps(properties)) runTo(flow, step)
}

const liquorSteps = perChemistry(({ species, rareEarths }) => stepsFor(species, rareEarths))

function stepsFor(table: SpeciesTable, rareEarths: readonly string[]): readonly CompiledReaction[] {
  const ions = [...rareEarths.map((symbol) => [`${symbol}+3`, symbol, 3] as const), ...cations]
  return [
    ...reactionsPresent(table, ['H2O = H2O(g)', ...salts]),
    ...ions.flatMap(([ion, symbol, charge]) => pyrohydrolysis(table, ion, symbol, charge) ?? []),
    ...reactionsPresent(table, acids),
  ]
}

/** Where an element can leave a furnace: what air brings, burns or boils may go by the off-gas. */
export function furnaceRoutes(element: string, inlet: string): readonly string[] {
  if (element === 'Ar' || (element === 'N' && inlet === 'air')) return ['offgas']
  return ['H', 'C', 'N', 'O', 'F', 'S', 'Cl'].includes(element) ? ['out', 'offgas'] : ['out']
}
