import { gasConstant } from '../chemistry/index.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { byFlux, heatDuty, materials } from './parts/equipment.ts'
import { amount, massFlow, workOn } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'

/** Drying of a cake: the falling-rate period, driven by the vapour pressure of water. */
export const dryer = defineUnitOp({
  kind: 'dryer',
  title: 'Dryer',
  about:
    'Dries a cake towards an equilibrium moisture; the rate follows the vapour pressure of water ' +
    'at the drying temperature. Salts dissolved in the moisture stay with the solids; water of ' +
    'crystallisation stays too.',
  group: 'products',
  symbol: 'dryer',
  params: {
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 378.15,
      min: 293.15,
      max: 523.15,
      about: 'Drying temperature',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 4 * 3600,
      min: 0,
      about: 'Time in the dryer (assumption by default)',
    },
    timeConstant: {
      type: 'quantity',
      dimension: 'time',
      unit: 'min',
      default: 1800,
      min: 1,
      about:
        'Time in which free moisture falls to 1/e at 105 degC (assumption; measure on the cake)',
    },
    equilibriumMoisture: {
      type: 'number',
      default: 0.002,
      min: 0,
      max: 0.5,
      about: 'Water that does not leave, kg per kg of dry solids (assumption by default)',
    },
    humidity: {
      type: 'number',
      default: 0.05,
      min: 0.001,
      max: 2,
      about: 'Water taken up per kg of air drawn, where air is connected (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Wet cake' },
    { name: 'air', phase: 'gas', about: 'Drying air', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'solid', about: 'Dried solids' },
    { name: 'vapour', phase: 'gas', about: 'Water vapour and air' },
  ],
  routes(element, inlet) {
    if (inlet === 'air') return ['vapour']
    return element === 'H' || element === 'O' ? ['out', 'vapour'] : ['out']
  },
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const air = inlets.air ?? emptyStream(table)
    const flow = workOn(feed)
    const vapour = new Float64Array(flow.length)
    const liquid = table.index('aqueous', 'H2O')
    const steam = table.index('gas', 'H2O')
    const molar = table.molarMass[liquid] as number
    const enthalpy = properties.constant('water.vaporisation-enthalpy').value
    const reference = 378.15
    const drive = Math.exp((enthalpy / gasConstant) * (1 / reference - 1 / params.temperature))
    const left = Math.exp((-params.time / params.timeConstant) * drive)
    const solids = massFlow(table, flow, 'solid')
    const water = amount(table, flow, 'aqueous', 'H2O') * molar
    const floor = Math.min(water, params.equilibriumMoisture * solids)
    const evaporated = (water - floor) * (1 - left)
    flow[liquid] = (flow[liquid] as number) - evaporated / molar
    vapour[steam] = evaporated / molar
    const hasAir = air.flow.some((n) => n > 0)
    const draw = hasAir ? evaporated / params.humidity : 0
    for (const i of table.inPhase('gas')) {
      vapour[i] = (vapour[i] as number) + draw * (air.flow[i] as number) + (flow[i] as number)
      flow[i] = 0
    }
    const out = withFlow(feed, flow, params.temperature)
    const gas = { flow: vapour, temperature: params.temperature }
    const drawn = scale(air, draw)
    const moisture = solids > 0 ? (water - evaporated) / (solids + water - evaporated) : 0
    const warnings: Warning[] = []
    if (water - evaporated > 2 * floor && moisture > 0.02) {
      warnings.push({
        rank: 3,
        code: 'still-wet',
        text: `${(moisture * 100).toFixed(1)} % moisture after drying: longer or hotter`,
      })
    }
    return {
      ok: true,
      outlets: { out, vapour: gas },
      draws: { air: draw },
      heat: reactionHeat(table, [feed, drawn], [out, gas]),
      warnings,
      figures: {
        'water evaporated': { value: evaporated, unit: 'kg/s' },
        moisture: { value: moisture, unit: '' },
      },
    }
  },
  equipment({ result }) {
    const evaporated = result.figures?.['water evaporated']?.value ?? 0
    return [
      byFlux(
        'tray dryer',
        evaporated,
        1 / 3600,
        materials.stainless,
        'water evaporated over 1 kg/m2/h of tray (assumption)',
        [{ name: 'water evaporated', value: evaporated, unit: 'kg/s' }, ...heatDuty(result.heat)],
      ),
    ]
  },
})
