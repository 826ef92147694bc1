import type { CompiledReaction } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'
import { emptyStream, scale } from '../flowsheet/index.ts'
import { onDemand } from '../numerics/index.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { heatDuty, materials, timeHeld } from './parts/equipment.ts'
import { amount, massFlow, moveFraction, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { igniteLiquor, ignition } from './parts/ignite.ts'
import { arrhenius, firstOrderConversion } from './parts/kinetics.ts'
import { perChemistry } from './parts/per-chemistry.ts'
import { reactionOf, runTo, runUpTo } from './parts/reaction.ts'

/** Conversions of the two steps of firing at a temperature and time. */
interface Firing {
  /** Oxalate to oxycarbonate. */
  readonly decomposed: number
  /** Oxycarbonate to oxide. */
  readonly decarbonated: number
}

/** Firing of the oxalate and carbonate of one rare earth. */
interface Fired {
  readonly drying: readonly CompiledReaction[]
  readonly toCarbonate: CompiledReaction | undefined
  /** Rows; -1 where the plant lacks them. */
  readonly oxalate: number
  readonly carbonate: number
}

const firingOf = perChemistry(({ species, rareEarths }) =>
  rareEarths.map((symbol): Fired => {
    const oxalate = `${symbol}2(C2O4)3`
    const carbonate = `${symbol}2(CO3)3`
    const dehydration = (from: string, to: string, water: number) =>
      reactionOf(species, { [`solid ${from}`]: -1, [`solid ${to}`]: 1, 'gas H2O': water }) ?? []
    return {
      drying: [
        dehydration(`${oxalate}·10H2O`, oxalate, 10),
        dehydration(`${carbonate}·8H2O`, carbonate, 8),
      ].flat(),
      toCarbonate: reactionOf(species, {
        [`solid ${oxalate}`]: -1,
        'gas O2': -1.5,
        [`solid ${carbonate}`]: 1,
        'gas CO2': 3,
      }),
      oxalate: species.find('solid', oxalate),
      carbonate: species.find('solid', carbonate),
    }
  }),
)

/** Takes out of `flow` what stays undecomposed: oxalate, and the carbonate of oxycarbonate. */
function holdBack(flow: Work, firing: Firing, fired: Fired, held: (readonly [number, number])[]) {
  const { drying, toCarbonate, oxalate, carbonate } = fired
  for (const step of drying) runTo(flow, step)
  const whole = oxalate < 0 ? 0 : (flow[oxalate] as number)
  runUpTo(flow, toCarbonate, whole * firing.decomposed)
  const hold = (row: number, share: number) => {
    if (row < 0) return
    const stays = (flow[row] as number) * share
    flow[row] = (flow[row] as number) - stays
    held.push([row, stays])
  }
  // M2O2CO3 is counted as two thirds oxide and one third carbonate.
  hold(oxalate, toCarbonate === undefined ? 1 - firing.decomposed : 1)
  hold(carbonate, (1 - firing.decarbonated) / 3)
}

/** Fires everything in `flow`, which must hold oxygen enough; answers what stayed undecomposed. */
function fire(properties: Properties, flow: Work, firing: Firing) {
  const table = properties.species
  const held: (readonly [number, number])[] = []
  for (const fired of firingOf(properties)) holdBack(flow, firing, fired, held)
  for (const phase of ['solid', 'organic'] as const) {
    for (const index of table.inPhase(phase)) {
      if ((flow[index] as number) === 0) continue
      const id = table.species[index]?.id ?? ''
      if (staysAsIs.has(id) || isDoubleSulfate(id)) continue
      runTo(flow, ignition(table, index))
    }
  }
  igniteLiquor(properties, flow)
  let carbon = 0
  for (const [index, stays] of held) {
    flow[index] = (flow[index] as number) + stays
    carbon += stays
  }
  return carbon
}

/** Solids that firing in air at these temperatures leaves as they are. */
const staysAsIs = new Set(['NaCl', 'Na2SO4', 'NaF', 'CaF2', 'Na2CO3', 'unassigned', 'CaSO4·2H2O'])
const isDoubleSulfate = (id: string) =>
  id.includes('(SO4)2') || id.endsWith('PO4') || id.endsWith('F3')

/** Firing of oxalates, carbonates and hydroxides to the oxides that form in air. */
export const calciner = defineUnitOp({
  kind: 'calciner',
  title: 'Calciner',
  about:
    'Fires oxalate, carbonate or hydroxide to oxide in air (Pr6O11, Tb4O7, CeO2, M2O3). Two ' +
    'first-order steps, oxalate to oxycarbonate to oxide, set at the sourced temperatures of ' +
    'decomposition and constant weight; what is not finished stays as loss on ignition.',
  group: 'products',
  symbol: 'calciner',
  params: {
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 1123.15,
      min: 473.15,
      max: 1673.15,
      about: 'Firing temperature (800 to 1000 degC in practice)',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 3600,
      min: 0,
      about: 'Time at temperature',
    },
    activationEnergy: {
      type: 'quantity',
      dimension: 'molar-energy',
      unit: 'kJ/mol',
      default: 200e3,
      min: 1e3,
      about: 'Activation energy of both steps (assumption)',
    },
    airExcess: {
      type: 'number',
      default: 2,
      min: 1,
      max: 100,
      about: 'Oxygen drawn over oxygen needed (assumption by default)',
    },
    outletTemperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 333.15,
      about: 'Temperature of the oxide after cooling (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Dried or wet cake' },
    { name: 'air', phase: 'gas', about: 'Air', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'solid', about: 'Oxide' },
    { name: 'offgas', phase: 'gas', about: 'Steam, CO2, HCl, NH3 and spent air' },
  ],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const air = inlets.air ?? emptyStream(table)
    const firing = {
      decomposed: converted('calcination.oxalate-decomposition-temperature', properties, params),
      decarbonated: converted('calcination.constant-weight-temperature', properties, params),
    }
    const oxygen = table.index('gas', 'O2')
    const flow = workOn(feed)
    const brought = flow[oxygen] as number
    const reserve = 10 * (massFlow(table, flow) / 0.032)
    flow[oxygen] = brought + reserve
    const carbon = fire(properties, flow, firing)
    dropRounding(table, flow, feed.flow)
    const needed = Math.max(0, reserve - amount(table, flow, 'gas', 'O2'))
    const perKilogram = air.flow[oxygen] as number
    if (needed > 0 && !(perKilogram > 0)) {
      return noOxygen
    }
    const draw = needed > 0 ? (params.airExcess * needed) / perKilogram : 0
    flow[oxygen] = amount(table, flow, 'gas', 'O2') - reserve + draw * perKilogram
    for (const index of table.inPhase('gas')) {
      if (index !== oxygen)
        flow[index] = (flow[index] as number) + draw * (air.flow[index] as number)
    }
    const offgas = new Float64Array(flow.length)
    moveFraction(flow, offgas, table.inPhase('gas'), 1)
    const out = { ...feed, flow, temperature: params.outletTemperature }
    const gas = { flow: offgas, temperature: params.temperature }
    const drawn = scale(air, draw)
    const dry = massFlow(table, flow)
    const warnings: Warning[] = []
    if (carbon > 0 && firing.decarbonated < 0.99) {
      warnings.push({
        rank: 2,
        code: 'oxycarbonate-left',
        text: `${((1 - firing.decarbonated) * 100).toFixed(1)} % of the oxycarbonate is not yet oxide: hotter or longer`,
      })
    }
    const traces = 1e-12 * massFlow(table, feed.flow)
    if (massFlow(table, flow, 'aqueous') > traces) {
      warnings.push({
        rank: 3,
        code: 'salts-not-followed',
        text: 'dissolved salts of the cake whose firing is not modelled stay with the oxide',
      })
    }
    const heat = onDemand(() => reactionHeat(table, [feed, drawn], [out, gas]))
    return {
      ok: true,
      outlets: { out, offgas: gas },
      draws: { air: draw },
      get heat() {
        return heat()
      },
      warnings,
      figures: {
        'oxalate decomposed': { value: firing.decomposed, unit: '' },
        'oxycarbonate to oxide': { value: firing.decarbonated, unit: '' },
        'weight of feed left': { value: dry > 0 ? dry / massFlow(table, feed.flow) : 0, unit: '' },
      },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    // A bulk density of 800 kg/m3 and a fill of 10 % are assumptions for a rotary kiln.
    const volume = (massFlow(table, feed.flow) * params.time) / 800 / 0.1
    const known = heatDuty(result.heat)
    const left = massFlow(table, (result.outlets.out ?? feed).flow)
    const gone = Math.max(0, massFlow(table, feed.flow) - left)
    const warmed = {
      name: 'heat duty',
      value: gone * 2.6e6 + left * 1000 * Math.max(0, params.temperature - feed.temperature),
      unit: 'W',
    }
    return [
      {
        type: 'rotary kiln',
        count: 1,
        size: { name: 'volume', value: volume, unit: 'm3' },
        further: [...(known.length > 0 ? known : [warmed]), timeHeld(params.time)],
        material: materials.refractory,
        basis:
          'feed x time at temperature over 800 kg/m3 bulk density and 10 % fill (assumptions)' +
          (known.length > 0 ? '' : `; heat duty: ${unknownDuty}`),
      },
    ]
  },
})

/** What stands in for a duty that the enthalpies do not give, for sizing alone. */
const unknownDuty =
  'what is driven off x 2.6 MJ/kg and the rest warmed at 1 kJ/kg/K, its enthalpies not being known (assumption)'

/** Conversion of a step that reaches 99 % in one hour at a sourced temperature. */
function converted(
  id: string,
  properties: Properties,
  {
    temperature,
    time,
    activationEnergy,
  }: {
    readonly temperature: number
    readonly time: number
    readonly activationEnergy: number
  },
): number {
  const reference = properties.constant(id).value
  const rate = arrhenius(Math.log(100) / 3600, activationEnergy, temperature, reference)
  return firstOrderConversion(rate, time)
}

const noOxygen = {
  ok: false,
  outcome: 'infeasible',
  at: 'air',
  detail: 'firing needs oxygen and the air inlet brings none',
  advice: 'connect a reagent with O2 (air) to the air port',
} as const

/**
 * What subtraction leaves of a liquor that is all fired (1e-16 of it) is no liquor: as the only
 * ion of a dry oxide it would show as a charge.
 */
function dropRounding(table: SpeciesTable, flow: Work, fed: Float64Array): void {
  let [left, there] = [0, 0]
  for (const index of table.inPhase('aqueous')) {
    left += flow[index] as number
    there += fed[index] as number
  }
  if (left > 1e-13 * there) return
  for (const index of table.inPhase('aqueous')) flow[index] = 0
}
