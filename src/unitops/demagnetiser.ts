import { emptyStream, scale } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { heatDuty, timeHeld } from './parts/equipment.ts'
import { evaporated } from './parts/evaporate.ts'
import { amount, massFlow, moveFraction, workOn } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { furnaceRoutes, igniteLiquor } from './parts/ignite.ts'
import { decomposition, oxidation, oxidise, pyrolyse } from './parts/oxidation.ts'

/** Thermal demagnetisation; coatings of adhesive decompose in the same step. */
export const demagnetiser = defineUnitOp({
  kind: 'demagnetiser',
  title: 'Thermal demagnetiser',
  about:
    'Heats magnets above their Curie temperature (350 degC for 30 min in practice). Moisture and ' +
    'oil evaporate, adhesive decomposes by first-order kinetics to steam, VOC and char; with air ' +
    'the char and vapours burn and fine metal oxidises.',
  group: 'front end',
  symbol: 'demagnetiser',
  params: {
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 623.15,
      min: 298.15,
      max: 1100,
      about: 'Furnace temperature',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'min',
      default: 1800,
      min: 0,
      about: 'Time at temperature',
    },
    gasRatio: {
      type: 'quantity',
      dimension: 'mass-ratio',
      unit: 'kg/kg',
      default: 0.2,
      min: 0,
      max: 50,
      about: 'Gas drawn per mass of solids (assumption by default); 0 = vacuum furnace',
    },
    curie: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 585.15,
      min: 298.15,
      about: 'Curie temperature of the magnets (312 degC for NdFeB; cobalt raises it)',
    },
    particleSize: {
      type: 'quantity',
      dimension: 'length',
      unit: 'mm',
      default: 5e-3,
      min: 1e-8,
      about: '80 % passing size where the stream does not know it (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Magnets' },
    { name: 'air', phase: 'gas', about: 'Air or inert gas', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'solid', about: 'Demagnetised magnets' },
    { name: 'offgas', phase: 'gas', about: 'Steam, VOC, CO2, HCl' },
  ],
  routes: furnaceRoutes,
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const gas = inlets.air ?? emptyStream(table)
    const { temperature, time } = params
    const solids = massFlow(table, feed.flow, 'solid')
    const draw = massFlow(table, gas.flow) > 0 ? params.gasRatio * solids : 0
    const drawn = scale(gas, draw)
    const flow = workOn(feed)
    igniteLiquor(properties, flow)
    const adhesiveBefore = amount(table, flow, 'solid', 'adhesive')
    const decomposed = decomposition(properties, temperature, time)
    pyrolyse(table, flow, decomposed, evaporated(properties, 'oil', temperature, time))
    for (let i = 0; i < flow.length; i++) flow[i] = (flow[i] as number) + (drawn.flow[i] as number)
    const size = feed.particleSize ?? params.particleSize
    const done = oxidation(properties, { temperature, time, tanks: 0, size })
    // What decomposed above must not decompose twice: only char, vapour and metal burn here.
    oxidise(properties, flow, done, 'char')
    const offgas = new Float64Array(flow.length)
    moveFraction(flow, offgas, table.inPhase('gas'), 1)
    const out = { ...feed, flow, temperature }
    const away = { flow: offgas, temperature }
    const warnings: Warning[] = []
    if (temperature < params.curie) {
      const [now, least] = [temperature, params.curie].map((t) => `${(t - 273.15).toFixed(0)} degC`)
      warnings.push({
        rank: 1,
        code: 'below-curie',
        text: `${now} is below the Curie temperature of ${least}: the magnets stay magnetic`,
      })
    }
    if (adhesiveBefore > 0 && decomposed < 0.9) {
      warnings.push({
        rank: 2,
        code: 'adhesive-left',
        text: `${((1 - decomposed) * 100).toFixed(0)} % of the adhesive is left: hotter or longer`,
      })
    }
    return {
      ok: true,
      outlets: { out, offgas: away },
      draws: { air: draw },
      heat: reactionHeat(table, [feed, drawn], [out, away]),
      warnings,
      figures: {
        'adhesive decomposed': { value: decomposed, unit: '' },
        'volatile organic carbon': { value: amount(table, offgas, 'gas', 'VOC'), unit: 'mol/s' },
      },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const held = massFlow(properties.species, feed.flow, 'solid') * (params.time + 3600)
    return [
      {
        type: params.gasRatio > 0 ? 'belt furnace' : 'vacuum furnace',
        count: 1,
        size: { name: 'volume', value: held / 2000, unit: 'm3' },
        further: [...heatDuty(result.heat), timeHeld(params.time + 3600)],
        material: 'heat-resistant steel',
        basis: 'solids x (time + 1 h heating and cooling) / 2000 kg/m3 (assumptions)',
      },
    ]
  },
})
