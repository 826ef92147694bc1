import { reactionWherePresent } from '../chemistry/index.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { heatDuty, timeHeld } from './parts/equipment.ts'
import { evaporated } from './parts/evaporate.ts'
import { addFlow, amount, massFlow, moveFraction, workOn, type Work } from './parts/flows.ts'
import { oilVapourPressure } from './parts/gas.ts'
import { reactionHeat } from './parts/heat.ts'
import { decomposition, pyrolyse } from './parts/oxidation.ts'
import { runUpTo } from './parts/reaction.ts'

/** Rows of the oil and of what is dissolved in it: additives with sulfur, chlorine and fluorine. */
function oily(table: SpeciesTable): readonly number[] {
  return ['oil', 'S', 'Cl', 'F'].map((id) => table.find('solid', id)).filter((row) => row >= 0)
}

/**
 * Cross-current wash: in every stage the liquor held by the solids mixes with fresh wash, in which
 * oil and additives spread evenly; the solids leave with their moisture of that mixture.
 */
function washed(
  table: SpeciesTable,
  solids: Work,
  wash: Float64Array,
  stages: number,
  moisture: number,
): Work {
  const spent = new Float64Array(solids.length)
  const carried = [...oily(table), ...table.inPhase('aqueous'), ...table.inPhase('organic')]
  const clean = massFlow(table, solids, 'solid') - rowsMass(table, solids, oily(table))
  for (let stage = 0; stage < stages; stage++) {
    addFlow(solids, wash, 1 / stages)
    const liquid = rowsMass(table, solids, carried)
    const keep = (clean * moisture) / (1 - moisture)
    const leaves = liquid > keep ? 1 - keep / liquid : 0
    moveFraction(solids, spent, carried, leaves)
  }
  return spent
}

function rowsMass(table: SpeciesTable, flow: Work, rows: readonly number[]): number {
  return rows.reduce((sum, i) => sum + (flow[i] as number) * (table.molarMass[i] as number), 0)
}

/** Removal of cutting oil from swarf, by evaporation under vacuum or by washing. */
export const deOiler = defineUnitOp({
  kind: 'de-oiler',
  title: 'De-oiler',
  about:
    'Takes cutting oil off swarf. Evaporation: first order, at a rate in proportion to the vapour ' +
    'pressure of the oil over the pressure; the vapour is condensed. Washing: dilution in ' +
    'cross-current stages. Sulfur, chlorine and fluorine of the additives go with the oil.',
  group: 'front end',
  symbol: 'de-oiler',
  params: {
    method: {
      type: 'choice',
      options: ['evaporation', 'wash'],
      default: 'evaporation',
      about: 'How',
    },
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 523.15,
      min: 273.15,
      max: 900,
      about: 'Bed temperature (evaporation) or wash temperature',
    },
    pressure: {
      type: 'quantity',
      dimension: 'pressure',
      unit: 'mbar',
      default: 5000,
      min: 10,
      max: 101_325,
      about: 'Pressure above the bed (evaporation; assumption by default)',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 7200,
      min: 0,
      about: 'Time at temperature (assumption by default)',
    },
    condenser: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 298.15,
      min: 260,
      max: 500,
      about: 'Temperature of the condenser (assumption by default)',
    },
    stages: { type: 'integer', default: 3, min: 1, max: 50, about: 'Wash stages' },
    washRatio: {
      type: 'quantity',
      dimension: 'mass-ratio',
      unit: 'kg/kg',
      default: 3,
      min: 0,
      max: 100,
      about: 'Wash drawn in all, per mass of solids (assumption by default)',
    },
    moisture: {
      type: 'number',
      default: 0.2,
      min: 0.001,
      max: 0.9,
      about: 'Liquid held by the solids after washing, mass fraction (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Oily swarf' },
    { name: 'wash', phase: 'aqueous', about: 'Wash liquor', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'solid', about: 'De-oiled solids' },
    { name: 'oil', phase: 'solid', about: 'Condensed oil and water, or spent wash with oil' },
    {
      name: 'offgas',
      phase: 'gas',
      about: 'Vapour that the condenser lets through',
      optional: true,
    },
  ],
  routes(element, inlet) {
    if (inlet === 'wash') return ['out', 'oil']
    return ['C', 'H', 'O', 'Cl', 'F', 'S'].includes(element)
      ? ['out', 'oil', 'offgas']
      : ['out', 'oil']
  },
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const wash = inlets.wash ?? emptyStream(table)
    const before = amount(table, feed.flow, 'solid', 'oil')
    const solids = workOn(feed)
    const offgas = new Float64Array(solids.length)
    const isWash = params.method === 'wash'
    const draw =
      isWash && massFlow(table, wash.flow) > 0
        ? params.washRatio * massFlow(table, feed.flow, 'solid')
        : 0
    const drawn = scale(wash, draw)
    const warnings: Warning[] = []
    let oil: Work
    if (isWash) {
      oil = washed(table, solids, drawn.flow, params.stages, params.moisture)
    } else {
      oil = new Float64Array(solids.length)
      const { temperature, time, pressure } = params
      pyrolyse(table, solids, decomposition(properties, temperature, time), 0)
      const taken = evaporated(properties, 'oil', temperature, time, pressure)
      const dried = evaporated(properties, 'water', temperature, time, pressure)
      moveFraction(solids, oil, oily(table), taken)
      moveFraction(solids, oil, [table.index('aqueous', 'H2O')], dried)
      moveFraction(solids, offgas, table.inPhase('gas'), 1)
      // What the condenser cannot hold back at its temperature and this pressure leaves as vapour.
      const slip = Math.min(1, oilVapourPressure(properties, params.condenser) / pressure)
      const vent = reactionWherePresent(table, 'oil(s) = 21/13 VOC(g) + 8/13 C(s)')
      const cracked = Float64Array.from(oil)
      runUpTo(cracked, vent, amount(table, oil, 'solid', 'oil') * slip)
      moveFraction(cracked, offgas, table.inPhase('gas'), 1)
      oil = cracked
    }
    const left = before > 0 ? amount(table, solids, 'solid', 'oil') / before : 0
    const hot = params.temperature
    const out = withFlow(feed, solids, hot)
    const oilOut = { flow: oil, temperature: isWash ? hot : params.condenser }
    const away = { flow: offgas, temperature: params.condenser }
    if (left > 0.05) {
      warnings.push({
        rank: 2,
        code: 'oil-left',
        text: `${(left * 100).toFixed(1)} % of the oil stays on the solids`,
      })
    }
    if (isWash && draw === 0) {
      warnings.push({
        rank: 2,
        code: 'no-wash',
        text: 'washing without a wash reagent removes nothing',
      })
    }
    return {
      ok: true,
      outlets: { out, oil: oilOut, offgas: away },
      draws: { wash: draw },
      heat: reactionHeat(table, [feed, drawn], [out, oilOut, away]),
      warnings,
      figures: {
        'oil removed': { value: before > 0 ? 1 - left : 0, unit: '' },
        'wash draw': { value: draw, unit: 'kg/s' },
      },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const solids = massFlow(properties.species, feed.flow, 'solid')
    const time = params.method === 'wash' ? params.stages * 1800 : params.time
    return [
      {
        type: params.method === 'wash' ? 'washing drum' : 'vacuum dryer',
        count: 1,
        size: { name: 'volume', value: (solids * time) / 2000 / 0.3, unit: 'm3' },
        further: [...heatDuty(result.heat), timeHeld(time)],
        material: 'stainless steel 316L',
        basis: 'solids x time / 2000 kg/m3 / 30 % fill; 30 min per wash stage (assumptions)',
      },
    ]
  },
})
