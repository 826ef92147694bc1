import { gasMoles, reactionWherePresent } from '../chemistry/index.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { heatDuty, timeHeld } from './parts/equipment.ts'
import { amount, massFlow, moveFraction, workOn, type Work } from './parts/flows.ts'
import { ventAir } from './parts/gas.ts'
import { reactionHeat } from './parts/heat.ts'
import { arrhenius, firstOrderConversion } from './parts/kinetics.ts'
import { runUpTo } from './parts/reaction.ts'

interface Hydriding {
  /** Fraction of the magnet that hydrogen has opened. */
  readonly extent: number
  /** Rare earth metal outside the 2:14:1 phase, as a fraction of all. */
  readonly boundary: number
  /** Fraction of matrix and of boundary hydrogen that stays after degassing. */
  readonly matrixHeld: number
  readonly boundaryHeld: number
}

/** Share of the rare earth metal that iron and cobalt leave outside M2(Fe,Co)14B. */
function boundaryShare(properties: Properties, flow: Work): number {
  const table = properties.species
  const rare = properties.rareEarths.reduce((n, e) => n + amount(table, flow, 'solid', e), 0)
  const iron = amount(table, flow, 'solid', 'Fe') + amount(table, flow, 'solid', 'Co')
  return rare > 0 ? Math.max(0, 1 - iron / 7 / rare) : 0
}

/** True when cobalt outweighs iron beside samarium: Sm2Co17 and SmCo5 hardly take up hydrogen. */
function isSamariumCobalt(properties: Properties, flow: Work): boolean {
  const table = properties.species
  const cobalt = amount(table, flow, 'solid', 'Co')
  return cobalt > amount(table, flow, 'solid', 'Fe') && amount(table, flow, 'solid', 'Sm') > 0
}

function hydriding(
  properties: Properties,
  flow: Work,
  params: { readonly temperature: number; readonly pressure: number; readonly time: number },
  degas: number,
): Hydriding {
  const constant = (id: string) => properties.constant(`decrepitation.${id}`).value
  const order = constant('pressure-order')
  const rate =
    arrhenius(
      constant('rate'),
      constant('activation-energy'),
      params.temperature,
      constant('reference-temperature'),
    ) *
    (params.pressure / constant('reference-pressure')) ** order
  const [from, to] = [constant('matrix-desorption'), constant('matrix-empty')]
  return {
    extent: firstOrderConversion(rate, params.time),
    boundary: boundaryShare(properties, flow),
    matrixHeld: Math.min(1, Math.max(0, (to - degas) / (to - from))),
    boundaryHeld: degas >= constant('hydride-decomposition') ? 0 : 1,
  }
}

/** Runs M + H2 = MH2 on a fraction of every rare earth metal; answers mol/s of H2 taken. */
function hydride(properties: Properties, flow: Work, fraction: number): number {
  const table = properties.species
  let taken = 0
  for (const symbol of properties.rareEarths) {
    const held = amount(table, flow, 'solid', symbol)
    taken += runUpTo(
      flow,
      reactionWherePresent(table, `${symbol}(s) + H2(g) = ${symbol}H2(s)`),
      held * fraction,
    )
  }
  return taken
}

function warningsOf(properties: Properties, feed: Work, temperature: number): Warning[] {
  const table = properties.species
  const warnings: Warning[] = []
  const low = properties.constant('decrepitation.minimum-temperature').value
  const high = properties.constant('decrepitation.maximum-temperature').value
  const rareEarth = properties.rareEarths.reduce((n, e) => n + amount(table, feed, 'solid', e), 0)
  if (isSamariumCobalt(properties, feed)) {
    warnings.push({
      rank: 1,
      code: 'samarium-cobalt',
      text: 'samarium cobalt takes up about 0.2 % of hydrogen and does not decrepitate: mill it',
    })
  }
  if (temperature < low || temperature > high) {
    const window = `${(low - 273.15).toFixed(0)} to ${(high - 273.15).toFixed(0)} degC`
    warnings.push({
      rank: 2,
      code: 'outside-validity',
      text: `hydriding temperature outside the sourced ${window}`,
    })
  }
  if (amount(table, feed, 'solid', 'Dy') > 0.15 * rareEarth) {
    warnings.push({
      rank: 3,
      code: 'slow-at-high-dysprosium',
      text: 'uptake is slower at high dysprosium; the rate here is of common grades',
    })
  }
  return warnings
}

/** Opening of sintered magnets by hydrogen. */
export const hydrogenDecrepitation = defineUnitOp({
  kind: 'hydrogen-decrepitation',
  title: 'Hydrogen decrepitation',
  about:
    'Hydrogen opens NdFeB at its grain boundaries. Uptake: MH2 of the rare-earth-rich phase and 4 H ' +
    'per M2Fe14B (counted as MH2 too; assumption), by first-order kinetics in temperature, pressure ' +
    'and time. Degassing above 220 to 250 degC frees the matrix, above 580 degC everything. ' +
    'Samarium cobalt takes up 0.2 % by mass at most. What is not opened leaves as metal.',
  group: 'front end',
  symbol: 'hydrogen-decrepitation',
  params: {
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 443.15,
      min: 273.15,
      max: 1000,
      about: 'Temperature under hydrogen',
    },
    pressure: {
      type: 'quantity',
      dimension: 'pressure',
      unit: 'kPa',
      default: 101_300,
      min: 500,
      max: 15e6,
      about: 'Absolute pressure of hydrogen',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 3 * 3600,
      min: 0,
      about: 'Hold under hydrogen',
    },
    degas: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      optional: true,
      max: 1400,
      about: 'Temperature of degassing under vacuum afterwards; left out = none',
    },
    hydrogenRatio: {
      type: 'number',
      default: 1.2,
      min: 1,
      max: 100,
      about: 'Hydrogen drawn over hydrogen taken up (assumption by default)',
    },
    productSize: {
      type: 'quantity',
      dimension: 'length',
      unit: 'um',
      optional: true,
      min: 1e-8,
      about: '80 % passing size of the powder; no sourced value is at hand',
    },
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Magnets' },
    { name: 'hydrogen', phase: 'gas', about: 'Hydrogen', drawn: true },
  ],
  outlets: [
    { name: 'out', phase: 'solid', about: 'Hydrided powder' },
    { name: 'offgas', phase: 'gas', about: 'Hydrogen left over and desorbed' },
  ],
  routes(element, inlet) {
    if (inlet === 'hydrogen') return element === 'H' ? ['out', 'offgas'] : ['offgas']
    return element === 'H' ? ['out', 'offgas'] : ['out']
  },
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const gas = inlets.hydrogen ?? emptyStream(table)
    const constant = (id: string) => properties.constant(`decrepitation.${id}`).value
    const final = Math.max(params.temperature, params.degas ?? 0)
    const kind = hydriding(properties, feed.flow, params, final)
    const plenty = table.index('gas', 'H2')
    const flow = workOn(feed)
    const rareEarth = properties.rareEarths.reduce((n, e) => n + amount(table, flow, 'solid', e), 0)
    const cobalt = isSamariumCobalt(properties, feed.flow)
    const solids = massFlow(table, feed.flow, 'solid')
    const most = cobalt
      ? (constant('uptake-sm2co17') * solids) / (table.molarMass[plenty] as number)
      : Infinity
    const uptake = Math.min(most, kind.extent * rareEarth)
    const share = rareEarth > 0 ? uptake / rareEarth : 0
    const held =
      share *
      (kind.boundary * kind.boundaryHeld +
        (1 - kind.boundary) * kind.matrixHeld * kind.boundaryHeld)
    const perKilogram = gas.flow[plenty] as number
    if (uptake > 0 && !(perKilogram > 0)) {
      return {
        ok: false,
        outcome: 'infeasible',
        at: 'hydrogen',
        detail: 'the magnets take up hydrogen and the hydrogen inlet brings none',
        advice: 'connect a gas reagent with H2 to the hydrogen port',
      }
    }
    const draw = uptake > 0 ? (params.hydrogenRatio * uptake) / perKilogram : 0
    const drawn = scale(gas, draw)
    for (let i = 0; i < flow.length; i++) flow[i] = (flow[i] as number) + (drawn.flow[i] as number)
    const kept = hydride(properties, flow, held)
    const offgas = new Float64Array(flow.length)
    moveFraction(flow, offgas, table.inPhase('gas'), 1)
    const size = params.productSize ?? feed.particleSize
    const out = {
      ...withFlow(feed, flow, final),
      ...(size === undefined ? {} : { particleSize: size }),
    }
    const away = { flow: offgas, temperature: final }
    const hydrogen = amount(table, offgas, 'gas', 'H2')
    return {
      ok: true,
      outlets: { out, offgas: away },
      draws: { hydrogen: draw },
      heat: reactionHeat(table, [feed, drawn], [out, away]),
      warnings: warningsOf(properties, feed.flow, params.temperature),
      figures: {
        'magnet opened': { value: cobalt ? Math.min(share, kind.extent) : kind.extent, unit: '' },
        'hydrogen taken up': { value: uptake, unit: 'mol/s' },
        'hydrogen kept': { value: kept, unit: 'mol/s' },
        'vent air below 25 % of the explosive limit': {
          value: ventAir(properties, hydrogen),
          unit: 'mol/s',
        },
        'off-gas': { value: gasMoles(table, offgas), unit: 'mol/s' },
      },
    }
  },
  equipment({ inlets, params, properties, result }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const cycle = 3600 + 300 + params.time + 3600
    const held = massFlow(properties.species, feed.flow, 'solid') * cycle
    return [
      {
        type: 'hydrogen vessel',
        count: 1,
        size: { name: 'volume', value: (2 * held) / 7500, unit: 'm3' },
        further: [...heatDuty(result.heat), timeHeld(cycle)],
        material: 'stainless steel 304, explosion-proof vent',
        basis:
          'batch of one cycle (1 h set-up, 5 min heating, hold, 1 h cooling); chamber twice the solid volume at 7500 kg/m3 (PrOMMiS)',
      },
    ]
  },
})
