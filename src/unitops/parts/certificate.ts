import { oxideOf } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { elementFlow } from '../../flowsheet/index.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import type { ProductReport } from '../../flowsheet/unit-op.ts'
import { amount, massFlow } from './flows.ts'

/** What an analyst would report of a product. Mass fractions of the product as packed. */
export interface Certificate {
  /** kg/s as packed. */
  readonly rate: number
  readonly purity: ProductReport['purity']
  readonly impurities: Readonly<Record<string, number>>
  /** Mass share of each sold oxide among the sold oxides, by element. */
  readonly shares: Readonly<Record<string, number>>
  /** Water, CO2 and the like that firing would drive off. */
  readonly lossOnIgnition: number
}

/** Elements that are not listed as an oxide of their own. */
const aside = new Set(['H', 'O', 'C', 'N', 'Cl', 'S', 'F', 'Na', 'Ua', 'Ar'])

/** kg Na2O per kg Na: (2 x 22.98977 + 15.999) / (2 x 22.98977), standard atomic weights. */
const sodiumOxide = 1.34796

/** kg/s of an element counted as its oxide, whatever form it is in. */
function asOxide(table: SpeciesTable, flow: Float64Array, symbol: string): number {
  const oxide = oxideOf(symbol)
  if (oxide === undefined) return 0
  const mol = elementFlow(table, flow, symbol)
  const row = table.find('solid', oxide.id)
  return row < 0 || !(mol > 0) ? 0 : (mol / oxide.metal) * (table.molarMass[row] as number)
}

/** kg/s of an element counted as an ion that holds one atom of it. */
function asIon(table: SpeciesTable, flow: Float64Array, symbol: string, ion: string): number {
  const row = table.find('aqueous', ion)
  return row < 0 ? 0 : elementFlow(table, flow, symbol) * (table.molarMass[row] as number)
}

function impuritiesOf(table: SpeciesTable, flow: Float64Array, sold: readonly string[]) {
  const rate = massFlow(table, flow)
  const impurities: Record<string, number> = {}
  const note = (id: string, kilograms: number) => {
    if (rate > 0 && kilograms / rate > 1e-12) impurities[id] = kilograms / rate
  }
  for (const symbol of table.elements) {
    if (sold.includes(symbol) || aside.has(symbol)) continue
    note(oxideOf(symbol)?.id ?? symbol, asOxide(table, flow, symbol))
  }
  note('Na2O', asIon(table, flow, 'Na', 'Na+') * sodiumOxide)
  note('Cl', asIon(table, flow, 'Cl', 'Cl-'))
  note('F', asIon(table, flow, 'F', 'F-'))
  note('SO4', asIon(table, flow, 'S', 'SO4-2'))
  note('NH4', asIon(table, flow, 'N', 'NH4+'))
  note('unassigned', amount(table, flow, 'solid', 'unassigned') * 1e-3)
  const water = table.index('aqueous', 'H2O')
  note('moisture', (flow[water] as number) * (table.molarMass[water] as number))
  return impurities
}

/** Purity, impurities and loss on ignition of a product sold as the oxides of `elements`. */
export function certificate(
  table: SpeciesTable,
  stream: Stream,
  rareEarths: readonly string[],
  elements: readonly string[],
): Certificate {
  const { flow } = stream
  const rate = massFlow(table, flow)
  const of = (kilograms: number) => (rate > 0 ? kilograms / rate : 0)
  const oxides = new Map(rareEarths.map((symbol) => [symbol, asOxide(table, flow, symbol)]))
  const treo = [...oxides.values()].reduce((sum, kilograms) => sum + kilograms, 0)
  const sold = elements.reduce((sum, symbol) => sum + (oxides.get(symbol) ?? 0), 0)
  return {
    rate,
    purity: {
      reoOfTreo: treo > 0 ? sold / treo : 0,
      treoInProduct: of(treo),
      oxideInProduct: of(sold),
    },
    impurities: impuritiesOf(table, flow, elements),
    shares: Object.fromEntries(
      elements.map((symbol) => [symbol, sold > 0 ? (oxides.get(symbol) ?? 0) / sold : 0]),
    ),
    lossOnIgnition: of(lossOnIgnition(table, flow)),
  }
}

/** kg/s of H2O and CO2 that firing would drive off: all H as water, all C as CO2. */
function lossOnIgnition(table: SpeciesTable, flow: Float64Array): number {
  const molar = (id: string) => table.molarMass[table.index('gas', id)] as number
  return (
    (elementFlow(table, flow, 'H') / 2) * molar('H2O') +
    elementFlow(table, flow, 'C') * molar('CO2')
  )
}

/** Limits of a specification; a limit left out is not checked. */
export interface Limits {
  readonly reoOfTreo?: number | undefined
  readonly treoInProduct?: number | undefined
  readonly oxideInProduct?: number | undefined
  readonly impurities?: Readonly<Record<string, number>> | undefined
  readonly share?: Readonly<Record<string, number>> | undefined
  readonly lossOnIgnition?: number | undefined
}

const percent = (fraction: number) => `${Number((fraction * 100).toPrecision(6))} %`

/** Each limit that a product misses, in words with its shortfall; empty = met. */
export function shortfallsOf(found: Certificate, limits: Limits): readonly string[] {
  const missed: string[] = []
  for (const name of ['reoOfTreo', 'treoInProduct', 'oxideInProduct'] as const) {
    const least = limits[name]
    const value = found.purity[name]
    if (least === undefined || value >= least) continue
    missed.push(`${name} ${percent(value)} is ${percent(least - value)} below ${percent(least)}`)
  }
  for (const [id, most] of Object.entries(limits.impurities ?? {})) {
    const value = impurity(found, id)
    if (value > most) missed.push(`${id} ${percent(value)} is above ${percent(most)}`)
  }
  for (const [id, least] of Object.entries(limits.share ?? {})) {
    const symbol = Object.keys(found.shares).find((el) => el === id || oxideOf(el)?.id === id)
    const value = symbol === undefined ? 0 : (found.shares[symbol] ?? 0)
    if (value < least) missed.push(`share of ${id} ${percent(value)} is below ${percent(least)}`)
  }
  const loss = limits.lossOnIgnition
  if (loss !== undefined && found.lossOnIgnition > loss) {
    missed.push(`loss on ignition ${percent(found.lossOnIgnition)} is above ${percent(loss)}`)
  }
  return missed
}

/** An impurity by the name that a certificate uses; an element symbol means its oxide. */
function impurity(found: Certificate, id: string): number {
  return found.impurities[id] ?? found.impurities[oxideOf(id)?.id ?? id] ?? 0
}
