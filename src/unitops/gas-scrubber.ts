import { gasMoles, gasVolume, reactionWherePresent } from '../chemistry/index.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { defineUnitOp, type Warning } from '../flowsheet/unit-op.ts'
import { amount, massFlow, moveFraction, workOn, type Work } from './parts/flows.ts'
import { saturate } from './parts/gas.ts'
import { reactionHeat } from './parts/heat.ts'
import { settle } from './parts/liquor.ts'
import { runUpTo } from './parts/reaction.ts'

interface Absorption {
  readonly gas: string
  /** In caustic: alkali that one mole takes. */
  readonly base: number
  readonly inBase: string
  /** In water or acid, where the gas dissolves without base. */
  readonly inWater?: string
}

/** How gases end in the liquor; sulfite and hypochlorite are taken as oxidised or decomposed. */
const absorptions: readonly Absorption[] = [
  { gas: 'HCl', base: 1, inBase: 'HCl(g) + OH- = Cl- + H2O', inWater: 'HCl(g) = H+ + Cl-' },
  { gas: 'HF', base: 1, inBase: 'HF(g) + OH- = F- + H2O', inWater: 'HF(g) = H+ + F-' },
  { gas: 'SO2', base: 2, inBase: 'SO2(g) + 2 OH- + 1/2 O2(g) = SO4-2 + H2O' },
  { gas: 'Cl2', base: 2, inBase: 'Cl2(g) + 2 OH- = 2 Cl- + H2O + 1/2 O2(g)' },
  { gas: 'NO2', base: 1, inBase: 'NO2(g) + OH- + 1/4 O2(g) = NO3- + 1/2 H2O' },
]

/** Alkali (OH-, or half of it from soda) per kg of liquor, mol. */
function alkali(table: SpeciesTable, flow: Float64Array): number {
  return amount(table, flow, 'aqueous', 'OH-') + 2 * amount(table, flow, 'aqueous', 'CO3-2')
}

function absorb(table: SpeciesTable, flow: Work, of: Absorption, moles: number): number {
  let done = runUpTo(flow, reactionWherePresent(table, of.inBase), moles)
  const soda = `${of.base === 2 ? '' : '2 '}${of.gas}(g)`
  if (done < moles && of.gas === 'HCl') {
    done +=
      2 *
      runUpTo(
        flow,
        reactionWherePresent(table, `${soda} + CO3-2 = 2 Cl- + CO2(g) + H2O`),
        (moles - done) / 2,
      )
  }
  if (done < moles && of.gas === 'SO2') {
    const text = `${soda} + CO3-2 + 1/2 O2(g) = SO4-2 + CO2(g)`
    done += runUpTo(flow, reactionWherePresent(table, text), moles - done)
  }
  if (done < moles && of.inWater !== undefined) {
    done += runUpTo(flow, reactionWherePresent(table, of.inWater), moles - done)
  }
  return done
}

/** Packed absorber for acid gases (into caustic) or ammonia (into acid or water). */
export const gasScrubber = defineUnitOp({
  kind: 'gas-scrubber',
  title: 'Gas scrubber',
  about:
    'Absorbs HCl, HF, SO2, Cl2 and NO2 into alkaline liquor, HCl and HF into water too, NH3 into ' +
    'acid or water: 1 - exp(-NTU) of each as long as the liquor can take it. Liquor is drawn at a ' +
    'stoichiometric excess. The gas leaves saturated with water. CO2, NO and VOC pass.',
  group: 'effluent',
  symbol: 'gas-scrubber',
  params: {
    transferUnits: {
      type: 'number',
      default: 4,
      min: 0,
      max: 30,
      about:
        'Gas-side transfer units: packed height over the height of a unit (assumption by default)',
    },
    excess: {
      type: 'number',
      default: 0.2,
      min: -1,
      max: 100,
      about: 'Alkali (or acid, for ammonia) drawn beyond the need, as a fraction of it',
    },
    liquorPerGas: {
      type: 'quantity',
      dimension: 'mass-ratio',
      unit: 'kg/kg',
      default: 0,
      min: 0,
      max: 100,
      about: 'Least liquor drawn per mass of gas (plain water has no alkali to reckon by)',
    },
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 308.15,
      min: 273.15,
      max: 370,
      about: 'Temperature of gas and liquor leaving (assumption by default)',
    },
    velocity: {
      type: 'quantity',
      dimension: 'velocity',
      unit: 'm/s',
      default: 1,
      min: 0.01,
      about: 'Gas velocity in the empty tower for sizing (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'gas', about: 'Dirty gas' },
    { name: 'liquor', phase: 'aqueous', about: 'Caustic, water or acid', drawn: true },
  ],
  outlets: [
    { name: 'gas', phase: 'gas', about: 'Clean gas' },
    { name: 'liquor', phase: 'aqueous', about: 'Spent liquor' },
  ],
  routes(element, inlet) {
    const both = ['H', 'O', 'C', 'N', 'F', 'S', 'Cl']
    if (inlet === 'liquor')
      return ['H', 'O', 'C'].includes(element) ? ['liquor', 'gas'] : ['liquor']
    return both.includes(element) ? ['gas', 'liquor'] : ['gas']
  },
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const liquor = inlets.liquor ?? emptyStream(table)
    const efficiency = -Math.expm1(-params.transferUnits)
    const wanted = absorptions.map((a) => efficiency * amount(table, feed.flow, 'gas', a.gas))
    const ammonia = efficiency * amount(table, feed.flow, 'gas', 'NH3')
    const base = absorptions.reduce((n, a, k) => n + a.base * (wanted[k] ?? 0), 0)
    const perBase = alkali(table, liquor.flow)
    const perAcid = amount(table, liquor.flow, 'aqueous', 'H+')
    const need = perBase > 0 ? base / perBase : perAcid > 0 ? ammonia / perAcid : 0
    const least = params.liquorPerGas * massFlow(table, feed.flow)
    const draw = Math.max((1 + params.excess) * need, massFlow(table, liquor.flow) > 0 ? least : 0)
    const drawn = scale(liquor, draw)
    const flow = workOn(feed)
    for (let i = 0; i < flow.length; i++) flow[i] = (flow[i] as number) + (drawn.flow[i] as number)
    let missed = 0
    for (const [k, of] of absorptions.entries()) {
      const moles = wanted[k] ?? 0
      missed += moles - absorb(table, flow, of, moles)
    }
    const taken = runUpTo(flow, reactionWherePresent(table, 'NH3(g) + H+ = NH4+'), ammonia)
    if (taken < ammonia && massFlow(table, drawn.flow, 'aqueous') > 0) {
      runUpTo(flow, reactionWherePresent(table, 'NH3(g) = NH3'), ammonia - taken)
    }
    settle(table, flow)
    const clean = new Float64Array(flow.length)
    moveFraction(flow, clean, table.inPhase('gas'), 1)
    saturate(table, clean, flow, params.temperature)
    const gas = { flow: clean, temperature: params.temperature }
    const spent = withFlow({ ...feed, temperature: params.temperature }, flow)
    const warnings: Warning[] = []
    if (missed > 1e-6 * base && base > 0) {
      warnings.push({
        rank: 1,
        code: 'liquor-short',
        text: 'acid gas passes because the liquor has not alkali enough: raise the excess or the strength',
      })
    }
    const carbon = amount(table, feed.flow, 'gas', 'CO2')
    if (carbon > base && perBase > 0) {
      warnings.push({
        rank: 3,
        code: 'carbon-dioxide',
        text: 'the gas has more CO2 than acid gas; what it takes of the alkali is not counted',
      })
    }
    return {
      ok: true,
      outlets: { gas, liquor: spent },
      draws: { liquor: draw },
      heat: reactionHeat(table, [feed, drawn], [gas, spent]),
      warnings,
      figures: {
        efficiency: { value: efficiency, unit: '' },
        'liquor draw': { value: draw, unit: 'kg/s' },
        'acid gas not taken': { value: missed, unit: 'mol/s' },
      },
    }
  },
  equipment({ inlets, params, properties }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const volume = gasVolume(gasMoles(properties.species, feed.flow), params.temperature)
    const area = volume / params.velocity
    return [
      {
        type: 'packed scrubber',
        count: 1,
        size: { name: 'packed volume', value: area * 0.6 * params.transferUnits, unit: 'm3' },
        further: [{ name: 'gas flow', value: volume, unit: 'm3/s' }],
        material: 'FRP or polypropylene',
        basis: 'gas flow / velocity x transfer units x 0.6 m each (assumption)',
      },
    ]
  },
})
