import { reactionWherePresent } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { sesquioxide } from './assay.ts'
import { amount, type Work } from './flows.ts'
import { arrhenius, firstOrderConversion, meanConversion, sizeFactor } from './kinetics.ts'
import { runUpTo } from './reaction.ts'

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
  '2 B(s) + 3/2 O2(g) = B2O3(s)',
  '2 Al(s) + 3/2 O2(g) = Al2O3(s)',
  '2 Ga(s) + 3/2 O2(g) = Ga2O3(s)',
  'Co(s) + 1/2 O2(g) = CoO(s)',
  'Ni(s) + 1/2 O2(g) = NiO(s)',
  'Cu(s) + 1/2 O2(g) = CuO(s)',
  'Zn(s) + 1/2 O2(g) = ZnO(s)',
  'Mn(s) + 1/2 O2(g) = MnO(s)',
  'Mg(s) + 1/2 O2(g) = MgO(s)',
  '2 Nb(s) + 5/2 O2(g) = Nb2O5(s)',
  'Zr(s) + O2(g) = ZrO2(s)',
  'Ti(s) + O2(g) = TiO2(s)',
  'Si(s) + O2(g) = SiO2(s)',
  'Mo(s) + 3/2 O2(g) = MoO3(s)',
  '2 P(s) + 5/2 O2(g) = P2O5(s)',
  'S(s) + O2(g) = SO2(g)',
] as const

const binders = [
  'adhesive(s) + 25 O2(g) = 21 CO2(g) + 12 H2O(g)',
  'oil(s) + 61/2 O2(g) = 20 CO2(g) + 21 H2O(g)',
] as const

const charAndVapour = [
  'C(s) + O2(g) = CO2(g)',
  'VOC(g) + 37/2 O2(g) = 12 CO2(g) + 13 H2O(g)',
] as const

/** Runs a reaction on a fraction of its first reactant, less where another reactant is short. */
function portion(table: SpeciesTable, flow: Work, text: string, fraction: number): void {
  const reaction = reactionWherePresent(table, text)
  if (reaction === undefined) return
  const held = flow[reaction.rows[0] as number] as number
  if (held > 0) runUpTo(flow, reaction, (held * fraction) / -(reaction.coefficients[0] as number))
}

function rareEarthMetals(table: SpeciesTable, flow: Work, symbol: string, fraction: number): void {
  const oxide = sesquioxide(table, symbol)
  const single = oxide.endsWith('O2')
  const metal = single
    ? `${symbol}(s) + O2(g) = ${oxide}(s)`
    : `2 ${symbol}(s) + 3/2 O2(g) = ${oxide}(s)`
  const hydride = single
    ? `${symbol}H2(s) + 3/2 O2(g) = ${oxide}(s) + H2O(g)`
    : `2 ${symbol}H2(s) + 5/2 O2(g) = ${oxide}(s) + 2 H2O(g)`
  portion(table, flow, metal, fraction)
  portion(table, flow, hydride, fraction)
}

/** Chlorine and fluorine bound in organic matter leave as hydrogen halides as steam allows. */
function halogens(table: SpeciesTable, flow: Work, fraction: number): void {
  portion(table, flow, 'Cl(s) + 1/2 H2O(g) = HCl(g) + 1/4 O2(g)', fraction)
  portion(table, flow, 'F(s) + 1/2 H2O(g) = HF(g) + 1/4 O2(g)', fraction)
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
  portion(table, flow, 'Fe(s) + 1/2 O2(g) = FeO(s)', done.iron)
  const ferrous = amount(table, flow, 'solid', 'FeO') - old * (1 - done.iron)
  runUpTo(flow, reactionWherePresent(table, '2 FeO(s) + 1/2 O2(g) = Fe2O3(s)'), ferrous / 2)
  portion(table, flow, '2 Fe3O4(s) + 1/2 O2(g) = 3 Fe2O3(s)', done.iron)
  for (const symbol of properties.rareEarths) {
    const text = `${symbol}2O3(s) + Fe2O3(s) = 2 ${symbol}FeO3(s)`
    portion(table, flow, text, done.ferrite)
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
  portion(table, flow, 'adhesive(s) = 4 H2O(g) + 8/13 VOC(g) + 177/13 C(s)', adhesive)
  portion(table, flow, 'oil(s) = 21/13 VOC(g) + 8/13 C(s)', oil)
  // The hydrogen of the acids comes from steam; the oxygen that it leaves burns char.
  const chloride = '4 Cl(s) + 2 H2O(g) + C(s) = 4 HCl(g) + CO2(g)'
  portion(table, flow, chloride, adhesive)
  portion(table, flow, '4 F(s) + 2 H2O(g) + C(s) = 4 HF(g) + CO2(g)', adhesive)
}
