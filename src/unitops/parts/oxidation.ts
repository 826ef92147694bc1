import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { sesquioxide } from './assay.ts'
import { amount, type Work } from './flows.ts'
import { arrhenius, firstOrderConversion, meanConversion, sizeFactor } from './kinetics.ts'
import { change, runUpTo } from './reaction.ts'

/** How long solids are hot in a gas, and how fine they are. */
export interface Exposure {
  /** K */
  readonly temperature: number
  /** s */
  readonly time: number
  /** Stirred tanks in series that the residence times are spread as; 0 = all the same. */
  readonly tanks: number
  /** 80 % passing size, m. */
  readonly size: number
}

/** Fractions that an exposure to air converts when oxygen is not short. */
export interface Oxidation {
  readonly rareEarth: number
  readonly iron: number
  readonly organic: number
  /** Of the sesquioxide that becomes MFeO3. */
  readonly ferrite: number
}

/** First-order decomposition of adhesive and of residues of oil at a temperature. */
export function decomposition(
  properties: Properties,
  temperature: number,
  time: number,
  tanks = 0,
) {
  const frequency = properties.constant('adhesive.frequency').value
  const energy = properties.constant('adhesive.activation-energy').value
  return firstOrderConversion(arrhenius(frequency, energy, temperature, Infinity), time, tanks)
}

/**
 * Conversions in air. Rare earth and iron oxidise through a growing product layer; both rate
 * constants meet at 400 degC, below which the rare earth is faster, above which the powder behaves
 * as iron. Orthoferrite forms above its onset only.
 */
export function oxidation(properties: Properties, exposure: Exposure): Oxidation {
  const constant = (id: string) => properties.constant(`roast.${id}`).value
  const { temperature, time, tanks, size } = exposure
  const meeting = constant('meeting-temperature')
  const finer = sizeFactor('product-layer', size, constant('reference-size'))
  const rate = (energy: string) =>
    arrhenius(constant('rate'), constant(energy), temperature, meeting)
  const iron = rate('iron-activation-energy')
  const rareEarth = Math.max(iron, rate('rare-earth-activation-energy'))
  const hot = temperature > constant('ferrite-onset')
  const ferrite = arrhenius(
    constant('ferrite-rate'),
    constant('ferrite-activation-energy'),
    temperature,
    constant('ferrite-reference-temperature'),
  )
  return {
    rareEarth: meanConversion('product-layer', rareEarth * finer * time, tanks),
    iron: meanConversion('product-layer', iron * finer * time, tanks),
    organic: decomposition(properties, temperature, time, tanks),
    ferrite: hot ? firstOrderConversion(ferrite, time, tanks) : 0,
  }
}

/** Metals that follow iron, in the oxides that a roast leaves them in. */
const withIron = [
  ['s:B', '2 s:B + 3/2 g:O2 = s:B2O3', 2],
  ['s:Al', '2 s:Al + 3/2 g:O2 = s:Al2O3', 2],
  ['s:Ga', '2 s:Ga + 3/2 g:O2 = s:Ga2O3', 2],
  ['s:Co', 's:Co + 1/2 g:O2 = s:CoO', 1],
  ['s:Ni', 's:Ni + 1/2 g:O2 = s:NiO', 1],
  ['s:Cu', 's:Cu + 1/2 g:O2 = s:CuO', 1],
  ['s:Zn', 's:Zn + 1/2 g:O2 = s:ZnO', 1],
  ['s:Mn', 's:Mn + 1/2 g:O2 = s:MnO', 1],
  ['s:Mg', 's:Mg + 1/2 g:O2 = s:MgO', 1],
  ['s:Nb', '2 s:Nb + 5/2 g:O2 = s:Nb2O5', 2],
  ['s:Zr', 's:Zr + g:O2 = s:ZrO2', 1],
  ['s:Ti', 's:Ti + g:O2 = s:TiO2', 1],
  ['s:Si', 's:Si + g:O2 = s:SiO2', 1],
  ['s:Mo', 's:Mo + 3/2 g:O2 = s:MoO3', 1],
  ['s:P', '2 s:P + 5/2 g:O2 = s:P2O5', 2],
  ['s:S', 's:S + g:O2 = g:SO2', 1],
] as const

const binders = [
  ['s:adhesive', 's:adhesive + 25 g:O2 = 21 g:CO2 + 12 g:H2O', 1],
  ['s:oil', 's:oil + 61/2 g:O2 = 20 g:CO2 + 21 g:H2O', 1],
] as const

const charAndVapour = [
  ['s:C', 's:C + g:O2 = g:CO2', 1],
  ['g:VOC', 'g:VOC + 37/2 g:O2 = 12 g:CO2 + 13 g:H2O', 1],
] as const

const phases = { s: 'solid', g: 'gas' } as const

/** Runs a reaction on a fraction of its first reactant, less where another reactant is short. */
function portion(
  table: SpeciesTable,
  flow: Work,
  [first, text, number]: readonly [string, string, number],
  fraction: number,
): void {
  const held = amount(table, flow, phases[first[0] as 's' | 'g'], first.slice(2))
  if (held > 0) runUpTo(flow, change(table, text), (held * fraction) / number)
}

function rareEarthMetals(table: SpeciesTable, flow: Work, symbol: string, fraction: number): void {
  const oxide = sesquioxide(table, symbol)
  const single = oxide.endsWith('O2')
  const metal = single ? `s:${symbol} + g:O2 = s:${oxide}` : `2 s:${symbol} + 3/2 g:O2 = s:${oxide}`
  const hydride = single
    ? `s:${symbol}H2 + 3/2 g:O2 = s:${oxide} + g:H2O`
    : `2 s:${symbol}H2 + 5/2 g:O2 = s:${oxide} + 2 g:H2O`
  portion(table, flow, [`s:${symbol}`, metal, single ? 1 : 2], fraction)
  portion(table, flow, [`s:${symbol}H2`, hydride, single ? 1 : 2], fraction)
}

/** Chlorine and fluorine bound in organic matter leave as hydrogen halides as steam allows. */
function halogens(table: SpeciesTable, flow: Work, fraction: number): void {
  portion(table, flow, ['s:Cl', 's:Cl + 1/2 g:H2O = g:HCl + 1/4 g:O2', 1], fraction)
  portion(table, flow, ['s:F', 's:F + 1/2 g:H2O = g:HF + 1/4 g:O2', 1], fraction)
}

/**
 * Oxidises a flow in place with the oxygen that it holds, in the order in which reactants win it:
 * rare earths, organic matter, iron and what follows it to FeO, FeO to Fe2O3. Then orthoferrite.
 * `organic: 'char'` leaves oil and adhesive alone, where another step has seen to them.
 */
export function oxidise(
  properties: Properties,
  flow: Work,
  done: Oxidation,
  organic: 'all' | 'char' = 'all',
): void {
  const table = properties.species
  for (const symbol of properties.rareEarths) rareEarthMetals(table, flow, symbol, done.rareEarth)
  const fuels = organic === 'all' ? [...binders, ...charAndVapour] : charAndVapour
  for (const reaction of fuels) portion(table, flow, reaction, done.organic)
  halogens(table, flow, done.organic)
  for (const reaction of withIron) portion(table, flow, reaction, done.iron)
  const old = amount(table, flow, 'solid', 'FeO')
  portion(table, flow, ['s:Fe', 's:Fe + 1/2 g:O2 = s:FeO', 1], done.iron)
  const ferrous = amount(table, flow, 'solid', 'FeO') - old * (1 - done.iron)
  runUpTo(flow, change(table, '2 s:FeO + 1/2 g:O2 = s:Fe2O3'), ferrous / 2)
  portion(table, flow, ['s:Fe3O4', '2 s:Fe3O4 + 1/2 g:O2 = 3 s:Fe2O3', 2], done.iron)
  for (const symbol of properties.rareEarths) {
    const text = `s:${symbol}2O3 + s:Fe2O3 = 2 s:${symbol}FeO3`
    portion(table, flow, [`s:${symbol}2O3`, text, 1], done.ferrite)
  }
}

/** mol/s of oxygen that an oxidation would take if there were plenty. */
export function oxygenDemand(properties: Properties, flow: Work, done: Oxidation): number {
  const table = properties.species
  const oxygen = table.index('gas', 'O2')
  const trial = Float64Array.from(flow)
  let plenty = 1
  for (let i = 0; i < trial.length; i++) plenty += 40 * (trial[i] as number)
  trial[oxygen] = (trial[oxygen] as number) + plenty
  const before = trial[oxygen]
  oxidise(properties, trial, done)
  return Math.max(0, before - trial[oxygen])
}

/**
 * Heating without air: the decomposed part of adhesive turns to steam, hydrocarbon vapour and char,
 * oil that evaporates to hydrocarbon vapour and a little coke (VOC is counted as dodecane).
 */
export function pyrolyse(table: SpeciesTable, flow: Work, adhesive: number, oil: number): void {
  portion(
    table,
    flow,
    ['s:adhesive', 's:adhesive = 4 g:H2O + 8/13 g:VOC + 177/13 s:C', 1],
    adhesive,
  )
  portion(table, flow, ['s:oil', 's:oil = 21/13 g:VOC + 8/13 s:C', 1], oil)
  // The hydrogen of the acids comes from steam; the oxygen that it leaves burns char.
  const chloride = '4 s:Cl + 2 g:H2O + s:C = 4 g:HCl + g:CO2'
  portion(table, flow, ['s:Cl', chloride, 4], adhesive)
  portion(table, flow, ['s:F', '4 s:F + 2 g:H2O + s:C = 4 g:HF + g:CO2', 4], adhesive)
}
