import { reactionWherePresent } from '../chemistry/index.ts'
import { emptyStream, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { azeotropeRatio, boilWater, boundWater, vaporise } from './parts/boil.ts'
import { crystalMass, crystallise } from './parts/crystallise.ts'
import { byFlux, heatDuty, materials } from './parts/equipment.ts'
import { massFlow, moveFraction, workOn } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { runTo } from './parts/reaction.ts'

/** Boils water off a salt liquor; what passes saturation crystallises. */
export const evaporator = defineUnitOp({
  kind: 'evaporator',
  title: 'Evaporator and crystalliser',
  about:
    'Boils water off a neutral liquor. NaCl, NH4Cl and Na2SO4 crystallise beyond their solubility ' +
    '(sourced at 25 and 100 degC, common ions counted); the mother liquor leaves apart from the crystals.',
  group: 'effluent',
  symbol: 'evaporator',
  params: {
    evaporation: {
      type: 'number',
      default: 0.9,
      min: 0,
      max: 0.999,
      about: 'Fraction of the water boiled off: what the steam is set to do',
    },
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 353.15,
      min: 298.15,
      max: 393.15,
      about: 'Temperature of the crystalliser',
    },
    crystalMoisture: {
      type: 'number',
      default: 0.04,
      min: 0,
      max: 0.5,
      about: 'Mother liquor that stays with the crystals, mass fraction (assumption by default)',
    },
    steamEconomy: {
      type: 'number',
      default: 1,
      min: 0.5,
      max: 60,
      about:
        'Water evaporated per heat of evaporation spent: 1 single effect, more with effects or recompression',
    },
  },
  inlets: [{ name: 'in', phase: 'aqueous', about: 'Salt liquor' }],
  outlets: [
    { name: 'condensate', phase: 'aqueous', about: 'Condensed water' },
    { name: 'crystals', phase: 'solid', about: 'Moist crystals' },
    { name: 'mother-liquor', phase: 'aqueous', about: 'Liquor left' },
  ],
  routes(element) {
    return element === 'H' || element === 'O' || element === 'N' || element === 'Cl'
      ? ['condensate', 'crystals', 'mother-liquor']
      : ['crystals', 'mother-liquor']
  },
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const flow = workOn(feed)
    const vapour = new Float64Array(flow.length)
    const water = table.index('aqueous', 'H2O')
    const ratio = azeotropeRatio(table, properties.constant('hydrochloric-acid.azeotrope').value)
    const wanted = (flow[water] as number) * params.evaporation
    const boiled = boilWater(table, flow, wanted, ratio, boundWater(table, flow, 2))
    vaporise(table, flow, vapour, boiled, 'gas')
    for (const id of ['NH3', 'CO2']) {
      const row = table.index('aqueous', id)
      moveFraction(flow, vapour, [row], params.evaporation > 0 ? 1 : 0)
    }
    crystallise(properties, flow, params.temperature, ['NaCl', 'NH4Cl', 'Na2SO4'])
    const made = crystalMass(table, flow)
    const hot = {
      liquor: withFlow(feed, flow.slice(), params.temperature),
      vapour: { flow: vapour.slice(), temperature: params.temperature },
    }
    const heat = reactionHeat(table, [feed], [hot.liquor, hot.vapour])
    const crystals = new Float64Array(flow.length)
    moveFraction(flow, crystals, table.inPhase('solid'), 1)
    const solids = massFlow(table, crystals)
    const liquor = massFlow(table, flow, 'aqueous')
    const moist = (solids * params.crystalMoisture) / (1 - params.crystalMoisture)
    moveFraction(
      flow,
      crystals,
      table.inPhase('aqueous'),
      liquor > 0 ? Math.min(1, moist / liquor) : 0,
    )
    for (const text of ['H2O(g) = H2O', 'HCl(g) = H+ + Cl-']) {
      runTo(vapour, reactionWherePresent(table, text))
    }
    const evaporated = boiled.water * (table.molarMass[water] as number)
    const warnings: Warning[] = []
    if (boiled.acid > 0) {
      warnings.push({
        rank: 2,
        code: 'acid-in-condensate',
        text: 'the liquor is acid enough that hydrochloric acid comes over with the water: neutralise first',
      })
    }
    return {
      ok: true,
      outlets: {
        condensate: { flow: vapour, temperature: params.temperature },
        crystals: withFlow(feed, crystals, params.temperature),
        'mother-liquor': withFlow(feed, flow, params.temperature),
      },
      heat: 'watts' in heat ? { watts: heat.watts / params.steamEconomy } : heat,
      warnings,
      figures: {
        'water evaporated': { value: evaporated, unit: 'kg/s' },
        crystals: { value: made, unit: 'kg/s' },
      },
    }
  },
  equipment({ result }) {
    const evaporated = result.figures?.['water evaporated']?.value ?? 0
    return [
      byFlux(
        'evaporative crystalliser',
        evaporated,
        20 / 3600,
        materials.stainless,
        'water evaporated over 20 kg/m2/h of heating surface (assumption)',
        [{ name: 'water evaporated', value: evaporated, unit: 'kg/s' }, ...heatDuty(result.heat)],
      ),
    ]
  },
})
