import { isRareEarth } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Terms } from './flows.ts'
import { change } from './reaction.ts'

/** Acid that dissolves: decides what a metal reduces and where excess oxygen of an oxide goes. */
export type Medium = 'chloride' | 'sulfate' | 'nitrate'

/** Solids of one rate: metal, oxide, orthoferrite (slow), ferric oxide (slowest), soluble salt. */
export type Kinetics = 'metal' | 'oxide' | 'ferrite' | 'iron-oxide' | 'salt'

/** How one solid dissolves. */
export interface Dissolution {
  readonly kinetics: Kinetics
  readonly terms: Terms
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
    return ['metal', `2 s:${symbol} + ${2 * charge} a:H+ = 2 a:${ion} + ${charge} g:H2`]
  }
  const [m, no] = charge === 3 ? [1, 1] : [3, 2]
  const acid = m * charge + no
  return [
    'metal',
    `${m} s:${symbol} + ${acid} a:H+ + ${no} a:NO3- = ${m} a:${ion} + ${no} g:NO + ${acid / 2} a:H2O`,
  ]
}

/** Oxides richer than M2O3 give chlorine in hydrochloric acid, oxygen in the others. */
function higherOxide(id: string, medium: Medium): Entry | undefined {
  const inChloride: Readonly<Record<string, Entry>> = {
    CeO2: ['ferrite', '2 s:CeO2 + 8 a:H+ + 2 a:Cl- = 2 a:Ce+3 + g:Cl2 + 4 a:H2O'],
    Pr6O11: ['oxide', 's:Pr6O11 + 22 a:H+ + 4 a:Cl- = 6 a:Pr+3 + 2 g:Cl2 + 11 a:H2O'],
    Tb4O7: ['oxide', 's:Tb4O7 + 14 a:H+ + 2 a:Cl- = 4 a:Tb+3 + g:Cl2 + 7 a:H2O'],
    Co3O4: ['oxide', 's:Co3O4 + 8 a:H+ + 2 a:Cl- = 3 a:Co+2 + g:Cl2 + 4 a:H2O'],
    MnO2: ['oxide', 's:MnO2 + 4 a:H+ + 2 a:Cl- = a:Mn+2 + g:Cl2 + 2 a:H2O'],
  }
  const otherwise: Readonly<Record<string, Entry>> = {
    CeO2: ['ferrite', '4 s:CeO2 + 12 a:H+ = 4 a:Ce+3 + g:O2 + 6 a:H2O'],
    Pr6O11: ['oxide', 's:Pr6O11 + 18 a:H+ = 6 a:Pr+3 + g:O2 + 9 a:H2O'],
    Tb4O7: ['oxide', 's:Tb4O7 + 12 a:H+ = 4 a:Tb+3 + 1/2 g:O2 + 6 a:H2O'],
    Co3O4: ['oxide', 's:Co3O4 + 6 a:H+ = 3 a:Co+2 + 1/2 g:O2 + 3 a:H2O'],
  }
  return (medium === 'chloride' ? inChloride : otherwise)[id]
}

function rareEarth(symbol: string, id: string): Entry | undefined {
  const ion = `a:${symbol}+3`
  const entries: Readonly<Record<string, Entry>> = {
    [`${symbol}H2`]: ['metal', `2 s:${symbol}H2 + 6 a:H+ = 2 ${ion} + 5 g:H2`],
    [`${symbol}2O3`]: ['oxide', `s:${symbol}2O3 + 6 a:H+ = 2 ${ion} + 3 a:H2O`],
    [`${symbol}FeO3`]: ['ferrite', `s:${symbol}FeO3 + 6 a:H+ = ${ion} + a:Fe+3 + 3 a:H2O`],
    [`${symbol}(OH)3`]: ['oxide', `s:${symbol}(OH)3 + 3 a:H+ = ${ion} + 3 a:H2O`],
    [`${symbol}2(CO3)3`]: ['oxide', `s:${symbol}2(CO3)3 + 6 a:H+ = 2 ${ion} + 3 g:CO2 + 3 a:H2O`],
    [`${symbol}2(CO3)3·8H2O`]: [
      'oxide',
      `s:${symbol}2(CO3)3·8H2O + 6 a:H+ = 2 ${ion} + 3 g:CO2 + 11 a:H2O`,
    ],
  }
  return entries[id]
}

const oxides: Readonly<Record<string, Entry>> = {
  FeO: ['oxide', 's:FeO + 2 a:H+ = a:Fe+2 + a:H2O'],
  Fe2O3: ['iron-oxide', 's:Fe2O3 + 6 a:H+ = 2 a:Fe+3 + 3 a:H2O'],
  Fe3O4: ['iron-oxide', 's:Fe3O4 + 8 a:H+ = a:Fe+2 + 2 a:Fe+3 + 4 a:H2O'],
  FeOOH: ['iron-oxide', 's:FeOOH + 3 a:H+ = a:Fe+3 + 2 a:H2O'],
  'Fe(OH)3': ['oxide', 's:Fe(OH)3 + 3 a:H+ = a:Fe+3 + 3 a:H2O'],
  'Fe(OH)2': ['oxide', 's:Fe(OH)2 + 2 a:H+ = a:Fe+2 + 2 a:H2O'],
  Al2O3: ['iron-oxide', 's:Al2O3 + 6 a:H+ = 2 a:Al+3 + 3 a:H2O'],
  'Al(OH)3': ['oxide', 's:Al(OH)3 + 3 a:H+ = a:Al+3 + 3 a:H2O'],
  Ga2O3: ['oxide', 's:Ga2O3 + 6 a:H+ = 2 a:Ga+3 + 3 a:H2O'],
  B2O3: ['oxide', 's:B2O3 + 3 a:H2O = 2 a:B(OH)3'],
  CaCO3: ['oxide', 's:CaCO3 + 2 a:H+ = a:Ca+2 + g:CO2 + a:H2O'],
  NaCl: ['salt', 's:NaCl = a:Na+ + a:Cl-'],
  NaF: ['salt', 's:NaF = a:Na+ + a:F-'],
  NH4Cl: ['salt', 's:NH4Cl = a:NH4+ + a:Cl-'],
  Na2SO4: ['salt', 's:Na2SO4 = 2 a:Na+ + a:SO4-2'],
  Na2CO3: ['salt', 's:Na2CO3 + 2 a:H+ = 2 a:Na+ + g:CO2 + a:H2O'],
  NaOH: ['salt', 's:NaOH + a:H+ = a:Na+ + a:H2O'],
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
      ? ['metal', 's:B + a:H+ + a:NO3- + a:H2O = a:B(OH)3 + g:NO']
      : ['metal', '2 s:B + 6 a:H2O = 2 a:B(OH)3 + 3 g:H2']
  }
  // Copper is nobler than hydrogen: only nitric acid dissolves it.
  if (id === 'Cu') return medium === 'nitrate' ? metal('Cu', 2, medium) : undefined
  if (divalent.includes(id)) return metal(id, 2, medium)
  if (divalent.includes(symbol)) {
    if (id === `${symbol}O`) return ['oxide', `s:${id} + 2 a:H+ = a:${symbol}+2 + a:H2O`]
    if (id === `${symbol}(OH)2`) {
      return ['oxide', `s:${id} + 2 a:H+ = a:${symbol}+2 + 2 a:H2O`]
    }
  }
  return oxides[id]
}

/** How a solid dissolves in an acid; `undefined` when it does not, or the plant lacks a product. */
export function dissolutionOf(
  table: SpeciesTable,
  row: number,
  medium: Medium,
): Dissolution | undefined {
  const entry = entryFor(table.species[row]?.id ?? '', medium)
  if (entry === undefined) return undefined
  const terms = change(table, entry[1])
  if (terms === undefined) return undefined
  const hydrogen = table.index('aqueous', 'H+')
  const of = (index: number) => -(terms.find(([i]) => i === index)?.[1] ?? 0)
  const number = of(row)
  return { kinetics: entry[0], terms, number, acid: of(hydrogen) / number }
}
