import { emptyStream, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { agitatedTank, materials } from './parts/equipment.ts'
import { addFlow, amount, moveFraction, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { settle } from './parts/liquor.ts'
import { degas, precipitate, type Precipitated } from './parts/precipitation.ts'
import { dissolved } from './parts/reagent.ts'
import { handledVolume } from './parts/volume.ts'

/** Precipitation of rare earth carbonate with soda or ammonium bicarbonate. */
export const carbonatePrecipitator = defineUnitOp({
  kind: 'carbonate-precipitator',
  title: 'Carbonate precipitator',
  about:
    'Precipitates M2(CO3)3.8H2O by a dose of carbonate or bicarbonate. Free acid destroys its share ' +
    'of the dose, CO2 above its solubility leaves, and other metals that form carbonates or ' +
    'hydroxides fall too.',
  group: 'products',
  symbol: 'reactor',
  params: {
    dose: {
      type: 'number',
      default: 1.3,
      min: 0,
      max: 20,
      about: 'Carbonate drawn over the 1.5 mol per mol of rare earth of the formula',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 7200,
      min: 1,
      about: 'Mean time in the tank (assumption by default)',
    },
    settlingTime: {
      type: 'quantity',
      dimension: 'time',
      unit: 'min',
      default: 60,
      min: 0,
      about: 'Time constant of the approach to equilibrium in one stirred tank (assumption)',
    },
    activity: {
      type: 'choice',
      options: ['ideal', 'davies', 'sit'],
      default: 'davies',
      about: 'Activity model; beyond its validity it is held at its limit',
    },
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Rare earth liquor' },
    { name: 'carbonate', phase: 'aqueous', about: 'Soda, bicarbonate', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Slurry' },
    { name: 'offgas', phase: 'gas', about: 'CO2' },
  ],
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const reagent = inlets.carbonate ?? emptyStream(table)
    const unit = dissolved(table, reagent)
    const each = carbonateIn(properties, unit)
    const flow = workOn(feed)
    const before = rareEarthFlow(properties, flow)
    const draw = each > 0 ? (params.dose * 1.5 * before) / each : 0
    addFlow(flow, unit, draw)
    settle(table, flow)
    const completion = params.time / (params.time + params.settlingTime)
    const done = fall(properties, flow, feed.temperature, completion, params.activity)
    const gas = new Float64Array(flow.length)
    moveFraction(flow, gas, table.inPhase('gas'), 1)
    const out = withFlow(feed, flow)
    const offgas = { flow: gas, temperature: feed.temperature }
    const drawn = withFlow(
      reagent,
      reagent.flow.map((n) => n * draw),
    )
    const recovered = before > 0 ? 1 - rareEarthFlow(properties, flow) / before : 0
    return {
      ok: true,
      outlets: { out, offgas },
      draws: { carbonate: draw },
      heat: reactionHeat(table, [feed, drawn], [out, offgas]),
      warnings: warningsOf(recovered, before > 0 && draw === 0),
      figures: {
        pH: { value: done?.pH ?? 7, unit: '' },
        'rare earth precipitated': { value: recovered, unit: '' },
        'carbonate lost as CO2': {
          value: draw > 0 ? amount(table, gas, 'gas', 'CO2') / (draw * each) : 0,
          unit: '',
        },
      },
    }
  },
  equipment({ params, properties, result }) {
    const out = result.outlets.out ?? emptyStream(properties.species)
    const volume = handledVolume(properties.species, out)
    return [agitatedTank(volume, params.time, materials.chloride)]
  },
})

function carbonateIn(properties: Properties, flow: Work): number {
  return ['CO3-2', 'HCO3-', 'CO2'].reduce(
    (sum, id) => sum + amount(properties.species, flow, 'aqueous', id),
    0,
  )
}

function rareEarthFlow(properties: Properties, flow: Work): number {
  return properties.rareEarths.reduce(
    (sum, el) => sum + amount(properties.species, flow, 'aqueous', `${el}+3`),
    0,
  )
}

/** CO2 leaves, the pH rises and more carbonate falls: repeated until no more gas leaves. */
function fall(
  properties: Properties,
  flow: Work,
  temperature: number,
  completion: number,
  activity: 'ideal' | 'davies' | 'sit',
): Precipitated | undefined {
  const henry = properties.constant('carbon-dioxide.henry').value
  const solids = properties.equilibria.solids
    .map((solid) => solid.id)
    .filter((id) => id.includes('CO3') || /^(Fe|Al|Cu|Co|Ni)/.test(id))
    .filter((id) => !id.endsWith('(OH)3') && id !== 'FeOOH')
  const start = flow.slice()
  let last: Precipitated | undefined
  for (let round = 0; round < 12; round++) {
    degas(properties.species, flow, temperature, henry)
    const done = precipitate(properties, { flow, temperature, solids, completion: 1, activity })
    if (done.ok) last = done.result
    const gone = degas(properties.species, flow, temperature, henry)
    if (gone <= 1e-9 * (amount(properties.species, flow, 'gas', 'CO2') + 1e-300)) break
  }
  // What time does not allow stays as it was; both ends balance, so does every mixture of them.
  for (let i = 0; i < flow.length; i++) {
    flow[i] = (start[i] as number) + completion * ((flow[i] as number) - (start[i] as number))
  }
  settle(properties.species, flow)
  return last
}

function warningsOf(recovered: number, none: boolean): readonly Warning[] {
  if (none) {
    return [{ rank: 1, code: 'no-carbonate', text: 'the carbonate inlet brings no carbonate' }]
  }
  if (recovered < 0.9 && recovered > 0) {
    const text = `only ${(recovered * 100).toFixed(1)} % of the rare earth falls: raise the dose, or take acid out first`
    return [{ rank: 2, code: 'incomplete-precipitation', text }]
  }
  return []
}
