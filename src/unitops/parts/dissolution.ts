import { isRareEarth, reactionWherePresent, type CompiledReaction } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { coefficientOf } from './reaction.ts'

/** Acid that dissolves: decides what a metal reduces and where excess oxygen of an oxide goes. */
export type Medium = 'chloride' | 'sulfate' | 'nitrate'

/** Solids of one rate: metal, oxide, orthoferrite (slow), ferric oxide (slowest), soluble salt. */
export type Kinetics = 'metal' | 'oxide' | 'ferrite' | 'iron-oxide' | 'salt'

/** How one solid dissolves. */
export interface Dissolution {
  readonly kinetics: Kinetics
  readonly terms: CompiledReaction
  /** mol of acidity per mol of the solid. */
  readonly acid: number
  /** mol of the solid in the reaction as written. */
  readonly number: number
}

type Entry = readonly [kinetics: Kinetics, text: string]

/** A metal of charge z in acid: hydrogen from hydrochloric and sulfuric, NO from nitric. */
function metal(symbol: string, charge: number, medium: Medium): Entry {
  const ion = `${symbol}+${charge}`
  if (medium !== 'nitrate') {
    return ['metal', `2 ${symbol}(s) + ${2 * charge} H+ = 2 ${ion} + ${charge} H2(g)`]
  }
  const [m, no] = charge === 3 ? [1, 1] : [3, 2]
  const acid = m * charge + no
  return [
    'metal',
    `${m} ${symbol}(s) + ${acid} H+ + ${no} NO3- = ${m} ${ion} + ${no} NO(g) + ${acid / 2} H2O`,
  ]
}

/** Oxides richer than M2O3 give chlorine in hydrochloric acid, oxygen in the others. */
function higherOxide(id: string, medium: Medium): Entry | undefined {
  const inChloride: Readonly<Record<string, Entry>> = {
    CeO2: ['ferrite', '2 CeO2(s) + 8 H+ + 2 Cl- = 2 Ce+3 + Cl2(g) + 4 H2O'],
    Pr6O11: ['oxide', 'Pr6O11(s) + 22 H+ + 4 Cl- = 6 Pr+3 + 2 Cl2(g) + 11 H2O'],
    Tb4O7: ['oxide', 'Tb4O7(s) + 14 H+ + 2 Cl- = 4 Tb+3 + Cl2(g) + 7 H2O'],
    Co3O4: ['oxide', 'Co3O4(s) + 8 H+ + 2 Cl- = 3 Co+2 + Cl2(g) + 4 H2O'],
    MnO2: ['oxide', 'MnO2(s) + 4 H+ + 2 Cl- = Mn+2 + Cl2(g) + 2 H2O'],
  }
  const otherwise: Readonly<Record<string, Entry>> = {
    CeO2: ['ferrite', '4 CeO2(s) + 12 H+ = 4 Ce+3 + O2(g) + 6 H2O'],
    Pr6O11: ['oxide', 'Pr6O11(s) + 18 H+ = 6 Pr+3 + O2(g) + 9 H2O'],
    Tb4O7: ['oxide', 'Tb4O7(s) + 12 H+ = 4 Tb+3 + 1/2 O2(g) + 6 H2O'],
    Co3O4: ['oxide', 'Co3O4(s) + 6 H+ = 3 Co+2 + 1/2 O2(g) + 3 H2O'],
  }
  return (medium === 'chloride' ? inChloride : otherwise)[id]
}

function rareEarth(symbol: string, id: string): Entry | undefined {
  const ion = `${symbol}+3`
  const entries: Readonly<Record<string, Entry>> = {
    [`${symbol}H2`]: ['metal', `2 ${symbol}H2(s) + 6 H+ = 2 ${ion} + 5 H2(g)`],
    [`${symbol}2O3`]: ['oxide', `${symbol}2O3(s) + 6 H+ = 2 ${ion} + 3 H2O`],
    [`${symbol}FeO3`]: ['ferrite', `${symbol}FeO3(s) + 6 H+ = ${ion} + Fe+3 + 3 H2O`],
    [`${symbol}(OH)3`]: ['oxide', `${symbol}(OH)3(s) + 3 H+ = ${ion} + 3 H2O`],
    [`${symbol}2(CO3)3`]: ['oxide', `${symbol}2(CO3)3(s) + 6 H+ = 2 ${ion} + 3 CO2(g) + 3 H2O`],
    [`${symbol}2(CO3)3·8H2O`]: [
      'oxide',
      `${symbol}2(CO3)3·8H2O(s) + 6 H+ = 2 ${ion} + 3 CO2(g) + 11 H2O`,
    ],
  }
  return entries[id]
}

const oxides: Readonly<Record<string, Entry>> = {
  FeO: ['oxide', 'FeO(s) + 2 H+ = Fe+2 + H2O'],
  Fe2O3: ['iron-oxide', 'Fe2O3(s) + 6 H+ = 2 Fe+3 + 3 H2O'],
  Fe3O4: ['iron-oxide', 'Fe3O4(s) + 8 H+ = Fe+2 + 2 Fe+3 + 4 H2O'],
  FeOOH: ['iron-oxide', 'FeOOH(s) + 3 H+ = Fe+3 + 2 H2O'],
  'Fe(OH)3': ['oxide', 'Fe(OH)3(s) + 3 H+ = Fe+3 + 3 H2O'],
  'Fe(OH)2': ['oxide', 'Fe(OH)2(s) + 2 H+ = Fe+2 + 2 H2O'],
  Al2O3: ['iron-oxide', 'Al2O3(s) + 6 H+ = 2 Al+3 + 3 H2O'],
  'Al(OH)3': ['oxide', 'Al(OH)3(s) + 3 H+ = Al+3 + 3 H2O'],
  Ga2O3: ['oxide', 'Ga2O3(s) + 6 H+ = 2 Ga+3 + 3 H2O'],
  B2O3: ['oxide', 'B2O3(s) + 3 H2O = 2 B(OH)3'],
  CaCO3: ['oxide', 'CaCO3(s) + 2 H+ = Ca+2 + CO2(g) + H2O'],
  NaCl: ['salt', 'NaCl(s) = Na+ + Cl-'],
  NaF: ['salt', 'NaF(s) = Na+ + F-'],
  NH4Cl: ['salt', 'NH4Cl(s) = NH4+ + Cl-'],
  Na2SO4: ['salt', 'Na2SO4(s) = 2 Na+ + SO4-2'],
  Na2CO3: ['salt', 'Na2CO3(s) + 2 H+ = 2 Na+ + CO2(g) + H2O'],
  NaOH: ['salt', 'NaOH(s) + H+ = Na+ + H2O'],
}

const divalent = ['Co', 'Ni', 'Cu', 'Zn', 'Mn', 'Mg', 'Ca']

/** The reaction of one solid in an acid; `undefined` for what acid leaves alone (Nb, Zr, C, Ua). */
function entryFor(id: string, medium: Medium): Entry | undefined {
  const higher = higherOxide(id, medium)
  if (higher !== undefined) return higher
  if (isRareEarth(id)) return metal(id, 3, medium)
  const symbol = /^[A-Z][a-z]?/.exec(id)?.[0] ?? ''
  if (isRareEarth(symbol)) return rareEarth(symbol, id)
  if (id === 'Fe') return medium === 'nitrate' ? metal('Fe', 3, medium) : metal('Fe', 2, medium)
  if (id === 'Al' || id === 'Ga') return metal(id, 3, medium)
  if (id === 'B') {
    return medium === 'nitrate'
      ? ['metal', 'B(s) + H+ + NO3- + H2O = B(OH)3 + NO(g)']
      : ['metal', '2 B(s) + 6 H2O = 2 B(OH)3 + 3 H2(g)']
  }
  // Copper is nobler than hydrogen: only nitric acid dissolves it.
  if (id === 'Cu') return medium === 'nitrate' ? metal('Cu', 2, medium) : undefined
  if (divalent.includes(id)) return metal(id, 2, medium)
  if (divalent.includes(symbol)) {
    if (id === `${symbol}O`) return ['oxide', `${id}(s) + 2 H+ = ${symbol}+2 + H2O`]
    if (id === `${symbol}(OH)2`) {
      return ['oxide', `${id}(s) + 2 H+ = ${symbol}+2 + 2 H2O`]
    }
  }
  return oxides[id]
}

type Dissolutions = Record<Medium, readonly (Dissolution | undefined)[]>

const known = new WeakMap<SpeciesTable, Partial<Dissolutions>>()

/**
 * How each species of a table dissolves in an acid, by row; `undefined` for one that does not, or
 * whose product the plant lacks.
 */
export function dissolutions(
  table: SpeciesTable,
  medium: Medium,
): readonly (Dissolution | undefined)[] {
  let of = known.get(table)
  if (of === undefined) known.set(table, (of = {}))
  return (of[medium] ??= table.species.map(({ phase }, row) =>
    phase === 'solid' ? dissolutionOf(table, row, medium) : undefined,
  ))
}

function dissolutionOf(table: SpeciesTable, row: number, medium: Medium): Dissolution | undefined {
  const entry = entryFor(table.species[row]?.id ?? '', medium)
  if (entry === undefined) return undefined
  const terms = reactionWherePresent(table, entry[1])
  if (terms === undefined) return undefined
  const hydrogen = table.index('aqueous', 'H+')
  const of = (index: number) => -coefficientOf(terms, index)
  const number = of(row)
  return { kinetics: entry[0], terms, number, acid: of(hydrogen) / number }
}
