import { aqueousVolume } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { emptyStream, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { materials } from './parts/equipment.ts'
import { addFlow, massFlow, moveFraction, workOn, type Work } from './parts/flows.ts'

/** Rows of organic matter in a liquor: entrained solvent, dissolved extractant and hydrocarbon. */
function organicRows(table: SpeciesTable): readonly number[] {
  const carbon = table.element('C')
  const hydrogen = table.element('H')
  const width = table.elements.length
  const dissolved = table.inPhase('aqueous').filter((i) => {
    const c = table.composition[i * width + carbon] as number
    const h = table.composition[i * width + hydrogen] as number
    return table.charge[i] === 0 && c >= 4 && h > 0
  })
  return [...table.inPhase('organic'), ...dissolved]
}

/** Where a dissolved organic goes when it is adsorbed: its adsorbed form, if the plant has one. */
function adsorb(
  table: SpeciesTable,
  flow: Work,
  spent: Work,
  rows: readonly number[],
  share: number,
) {
  for (const row of rows) {
    const id = table.species[row]?.id ?? ''
    const bound = table.find('solid', `adsorbed ${id}`)
    const n = (flow[row] as number) * share
    flow[row] = (flow[row] as number) - n
    const to = bound >= 0 ? bound : row
    spent[to] = (spent[to] as number) + n
  }
}

/** Organic matter left, kg/m3, after carbon of Freundlich capacity K c^(1/n) at a dose, kg/m3. */
export function freundlichLeft(before: number, dose: number, k: number, exponent: number): number {
  if (!(before > 0)) return 0
  let low = 0
  let high = before
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (middle + dose * k * middle ** exponent > before) high = middle
    else low = middle
  }
  return high
}

/** Adsorption of solvent residues on carbon, in equilibrium with the liquor that leaves. */
export const activatedCarbon = defineUnitOp({
  kind: 'activated-carbon',
  title: 'Activated carbon',
  about:
    'Takes entrained and dissolved solvent out of a liquor; what stays follows a Freundlich isotherm ' +
    'at the concentration that leaves. The isotherm is the carbon maker’s or the laboratory’s: ' +
    'there is no default.',
  group: 'purification',
  symbol: 'column',
  params: {
    capacity: {
      type: 'number',
      min: 0,
      about: 'Freundlich K: kg adsorbed per kg of carbon at 1 kg/m3 in the liquor',
    },
    exponent: {
      type: 'number',
      min: 0.05,
      max: 1,
      about: 'Freundlich 1/n: power of the concentration',
    },
    dose: {
      type: 'quantity',
      dimension: 'mass-concentration',
      unit: 'g/L',
      min: 0,
      about: 'Carbon drawn per volume of liquor',
    },
    moisture: {
      type: 'number',
      default: 0.5,
      min: 0,
      max: 0.9,
      about: 'Liquor that leaves with the spent carbon, mass fraction (assumption by default)',
    },
    contactTime: {
      type: 'quantity',
      dimension: 'time',
      unit: 'min',
      default: 1800,
      min: 1,
      about: 'Empty-bed time for sizing (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Liquor' },
    { name: 'carbon', phase: 'solid', about: 'Fresh carbon', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Clean liquor' },
    { name: 'spent', phase: 'solid', about: 'Spent carbon' },
  ],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const carbon = inlets.carbon ?? emptyStream(table)
    const flow = workOn(feed)
    const spent = new Float64Array(flow.length)
    const rows = organicRows(table)
    const volume = aqueousVolume(table, flow, feed.temperature)
    const perKilogram = massFlow(table, carbon.flow, 'solid')
    const draw = perKilogram > 0 ? (params.dose * volume) / perKilogram : 0
    const before =
      volume > 0
        ? rows.reduce((sum, i) => sum + (flow[i] as number) * (table.molarMass[i] as number), 0) /
          volume
        : 0
    const dose = draw > 0 ? params.dose : 0
    const after = freundlichLeft(before, dose, params.capacity, params.exponent)
    adsorb(table, flow, spent, rows, before > 0 ? 1 - after / before : 0)
    addFlow(spent, carbon.flow, draw)
    const solids = massFlow(table, spent, 'solid')
    const liquor = massFlow(table, flow, 'aqueous')
    const wet = (solids * params.moisture) / (1 - params.moisture)
    moveFraction(flow, spent, table.inPhase('aqueous'), liquor > 0 ? Math.min(1, wet / liquor) : 0)
    const warnings: Warning[] = []
    if (params.dose > 0 && volume > 0 && draw === 0) {
      warnings.push({ rank: 2, code: 'no-carbon', text: 'the carbon inlet brings no solids' })
    }
    return {
      ok: true,
      outlets: { out: withFlow(feed, flow), spent: withFlow(feed, spent) },
      draws: { carbon: draw },
      heat: { unknown: 'heat of adsorption is not known' },
      warnings,
      figures: {
        'organic in': { value: before * 1e3, unit: 'mg/L' },
        'organic out': { value: after * 1e3, unit: 'mg/L' },
      },
    }
  },
  equipment({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    return [
      {
        type: 'carbon column',
        count: 2,
        size: {
          name: 'volume',
          value: aqueousVolume(table, feed.flow, feed.temperature) * params.contactTime,
          unit: 'm3',
        },
        material: materials.chloride,
        basis: 'liquor flow x empty-bed contact time, one in use and one in reserve',
      },
    ]
  },
})
