import { emptyStream, scale } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { heatDuty, timeHeld } from './parts/equipment.ts'
import { commonFields } from './parts/fields.ts'
import { amount, massFlow, moveFraction, workOn } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { furnaceRoutes, igniteLiquor } from './parts/ignite.ts'
import { oxidation, oxidise, oxygenDemand, type Oxidation } from './parts/oxidation.ts'

/** Share of a kiln that the bed fills, and its bulk density, kg/m3 (assumptions for sizing). */
const bed = { fill: 0.15, density: 2000 } as const

interface Remarks {
  readonly sizeAssumed: boolean
  readonly ironLeft: boolean
  readonly starved: boolean
}

function warningsOf(done: Oxidation, { sizeAssumed, ironLeft, starved }: Remarks): Warning[] {
  const percent = (x: number) => `${(x * 100).toFixed(1)} %`
  const warnings: Warning[] = []
  if (sizeAssumed) {
    warnings.push({
      rank: 2,
      code: 'size-assumed',
      text: 'particle size unknown: taken as that of the rate constants (74 um)',
    })
  }
  if (done.iron < 0.99 && ironLeft) {
    const left = percent(1 - done.iron)
    warnings.push({
      rank: 2,
      code: 'metal-left',
      text: `${left} of the iron stays metal: hydrogen and acid demand in the leach`,
    })
  }
  if (done.ferrite > 0.01) {
    const slow = 'MFeO3 above 500 degC (rate estimated), which leaches slowly'
    warnings.push({
      rank: 2,
      code: 'orthoferrite',
      text: `${percent(done.ferrite)} of the rare earth oxide became ${slow}`,
    })
  }
  if (starved) {
    warnings.push({ rank: 2, code: 'air-short', text: 'less air than the oxidation could take' })
  }
  return warnings
}

/** Oxidative roast of magnet powder. */
export const roaster = defineUnitOp({
  kind: 'roaster',
  title: 'Oxidative roaster',
  about:
    'Rare earth metal and hydride to M2O3 (CeO2), then iron to Fe2O3 through a product layer, by ' +
    'temperature, time and particle size; above 500 degC orthoferrite MFeO3, which leaches slowly. ' +
    'Oil, adhesive, carbon, sulfur, chlorine and fluorine leave with the off-gas. The heat is ' +
    'negative: a roaster of magnets has to be cooled. Pr and Tb stay trivalent in the iron-rich ' +
    'matrix (assumption).',
  group: 'front end',
  symbol: 'roaster',
  params: {
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 773.15,
      min: 373.15,
      max: 1400,
      about: 'Bed temperature',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 4 * 3600,
      min: 0,
      about: 'Mean time at temperature (assumption by default)',
    },
    tanks: {
      type: 'integer',
      default: 0,
      min: 0,
      max: 100,
      about: 'Spread of residence times as stirred beds in series; 0 = all particles the same',
    },
    airExcess: {
      type: 'number',
      default: 0.5,
      min: -1,
      max: 20,
      about: 'Oxygen drawn beyond the need, as a fraction of it; below 0 the roast is starved',
    },
    particleSize: commonFields.particleSize,
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Powder' },
    { name: 'air', phase: 'gas', about: 'Air', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'solid', about: 'Roasted powder' },
    { name: 'offgas', phase: 'gas', about: 'Spent air with steam, CO2, SO2, HCl, HF, VOC' },
  ],
  routes: furnaceRoutes,
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const air = inlets.air ?? emptyStream(table)
    const reference = properties.constant('roast.reference-size').value
    const size = feed.particleSize ?? params.particleSize ?? reference
    const flow = workOn(feed)
    igniteLiquor(properties, flow)
    const done = oxidation(properties, { ...params, size })
    const oxygen = table.index('gas', 'O2')
    const demand = oxygenDemand(properties, flow, done)
    const perKilogram = air.flow[oxygen] as number
    if (demand > 0 && !(perKilogram > 0)) {
      return {
        ok: false,
        outcome: 'infeasible',
        at: 'air',
        detail: 'the roast needs oxygen and the air inlet brings none',
        advice: 'connect a reagent with O2 (air) to the air port',
      }
    }
    const draw = demand > 0 ? ((1 + params.airExcess) * demand) / perKilogram : 0
    const drawn = scale(air, draw)
    for (let i = 0; i < flow.length; i++) flow[i] = (flow[i] as number) + (drawn.flow[i] as number)
    oxidise(properties, flow, done)
    const solidsIn = massFlow(table, feed.flow, 'solid')
    const offgas = new Float64Array(flow.length)
    moveFraction(flow, offgas, table.inPhase('gas'), 1)
    const out = { ...feed, flow, temperature: params.temperature }
    const gas = { flow: offgas, temperature: params.temperature }
    const solidsOut = massFlow(table, flow, 'solid')
    const heat = reactionHeat(table, [feed, drawn], [out, gas])
    return {
      ok: true,
      outlets: { out, offgas: gas },
      draws: { air: draw },
      heat,
      warnings: warningsOf(done, {
        sizeAssumed: feed.particleSize === undefined && params.particleSize === undefined,
        ironLeft: amount(table, flow, 'solid', 'Fe') > 0,
        starved: params.airExcess < 0,
      }),
      figures: {
        'rare earth oxidised': { value: done.rareEarth, unit: '' },
        'iron oxidised': { value: done.iron, unit: '' },
        'as orthoferrite': { value: done.ferrite, unit: '' },
        'mass gain of solids': {
          value: solidsIn > 0 ? solidsOut / solidsIn - 1 : 0,
          unit: 'kg/kg',
        },
        'air draw': { value: draw, unit: 'kg/s' },
      },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const solids = massFlow(properties.species, feed.flow, 'solid')
    return [
      {
        type: 'rotary kiln',
        count: 1,
        size: {
          name: 'volume',
          value: (solids * params.time) / bed.density / bed.fill,
          unit: 'm3',
        },
        further: [...heatDuty(result.heat), timeHeld(params.time)],
        material: 'heat-resistant steel, cooled shell',
        basis: 'solids x time / bulk density 2000 kg/m3 / 15 % fill (assumptions)',
      },
    ]
  },
})
