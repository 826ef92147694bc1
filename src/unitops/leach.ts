import { aqueousVolume, gasMoles } from '../chemistry/index.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import { brent, onDemand } from '../numerics/index.ts'
import type { Stream } from '../flowsheet/stream.ts'
import {
  defineUnitOp,
  type Properties,
  type UnitResult,
  type Warning,
} from '../flowsheet/unit-op.ts'
import { agitatedTank, materials } from './parts/equipment.ts'
import { commonFields } from './parts/fields.ts'
import { amount, massFlow, moveFraction } from './parts/flows.ts'
import { saturate, ventAir } from './parts/gas.ts'
import { reactionHeat } from './parts/heat.ts'
import { leachMemory, leachVessel, type LeachInput, type LeachState } from './parts/leach-vessel.ts'
import { figureOfPH } from './parts/precipitation-tank.ts'
import { solidsVolume } from './parts/volume.ts'

/** Leach of metal, roasted or hydrided magnets in mineral acid. */
export const leach = defineUnitOp({
  kind: 'leach',
  title: 'Leach',
  about:
    'Every solid dissolves by its own balanced reaction, as far as a shrinking core gets in the ' +
    'time at its temperature, size and acid, which is used up on the way. Much acid dissolves all ' +
    '(whole leach); an amount near the demand of the rare earths leaves iron oxide behind ' +
    '(selective), and ferric iron falls again at equilibrium and gives its acid back. Metals give ' +
    'hydrogen; air is drawn to keep the vent below a quarter of the explosive limit.',
  group: 'leaching',
  symbol: 'leach',
  params: {
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 353.15,
      min: 273.15,
      max: 473.15,
      about: 'Leach temperature',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 4 * 3600,
      min: 0,
      about: 'Residence time in all tanks together',
    },
    tanks: {
      type: 'integer',
      default: 4,
      min: 0,
      max: 50,
      about: 'Equal stirred tanks in series; 0 = batch',
    },
    acidBasis: {
      type: 'choice',
      options: ['all-soluble', 'rare-earth', 'free-acid'],
      default: 'all-soluble',
      about:
        'Acid by its ratio to what all soluble solids take (whole leach), to 3 mol per mol of rare ' +
        'earth (selective), or so that this free acidity is left',
    },
    acidRatio: {
      type: 'number',
      default: 1.1,
      min: 0,
      max: 100,
      about: 'Acidity over the demand of the basis (3.5 mol per mol of Ln is 1.167 on rare-earth)',
    },
    freeAcid: {
      type: 'quantity',
      dimension: 'concentration',
      unit: 'mol/L',
      default: 100,
      min: 0,
      max: 12_000,
      about: 'Total acidity left in the liquor (basis free-acid)',
    },
    liquidToSolid: {
      type: 'quantity',
      dimension: 'mass-ratio',
      unit: 'kg/kg',
      optional: true,
      min: 0.1,
      max: 1000,
      about: 'Liquor per dry solids; water is drawn to reach it. Left out = no water is drawn',
    },
    oxidantRatio: {
      type: 'number',
      default: 0,
      min: 0,
      max: 20,
      about: 'H2O2 drawn over 1/2 mol per mol of dissolved ferrous iron',
    },
    ferricSolid: {
      type: 'choice',
      options: ['FeOOH', 'Fe(OH)3', 'none'],
      default: 'FeOOH',
      about: 'What ferric iron falls as: goethite (above about 70 degC), hydroxide, or nothing',
    },
    particleSize: commonFields.particleSize,
    rateFactors: {
      type: 'map',
      optional: true,
      about:
        'Your own measurement over the built-in rate, by class: metal, oxide, ferrite, iron-oxide',
      of: { type: 'number', min: 0, max: 1e6, about: 'Factor on the rate constant' },
    },
    condenser: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 298.15,
      min: 273.15,
      max: 373,
      about: 'Temperature of the vent condenser: the off-gas leaves saturated at it (assumption)',
    },
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Solids, dry or as slurry' },
    { name: 'acid', phase: 'aqueous', about: 'Fresh acid', drawn: true },
    {
      name: 'acid-recycle',
      phase: 'aqueous',
      about: 'Returned acid, all of it used',
      optional: true,
    },
    { name: 'water', phase: 'aqueous', about: 'Water', drawn: true, optional: true },
    { name: 'oxidant', phase: 'aqueous', about: 'Hydrogen peroxide', drawn: true, optional: true },
    { name: 'air', phase: 'gas', about: 'Dilution air for the vent', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Slurry of liquor and residue' },
    { name: 'offgas', phase: 'gas', about: 'Hydrogen, CO2, NO or Cl2 in dilution air' },
  ],
  routes(element, inlet) {
    if (inlet === 'air') return ['offgas', 'out']
    return ['H', 'O', 'C', 'N', 'Cl'].includes(element) ? ['out', 'offgas'] : ['out']
  },
  steady({ inlets, params, properties, memory }) {
    const table = properties.species
    const inlet = (name: string) => inlets[name] ?? emptyStream(table)
    const feed = inlet('in')
    const reference = properties.constant('leach.reference-size').value
    const size = feed.particleSize ?? params.particleSize ?? reference
    const input: LeachInput = {
      properties,
      feed,
      recycle: inlet('acid-recycle'),
      acid: inlet('acid'),
      water: inlet('water'),
      oxidant: inlet('oxidant'),
      size,
      memory: leachMemory(memory),
      params,
    }
    const vessel = leachVessel(input)
    if ('detail' in vessel) return { ok: false, ...vessel }
    const { demand, available, perKilogram } = vessel
    let draw = 0
    if (params.acidBasis === 'free-acid') {
      const target = params.freeAcid
      const excess = (kilograms: number) => vessel.solve(kilograms).freeAcid - target
      const most = (4 * (demand.all + vessel.volume * target) + 1e-9) / Math.max(perKilogram, 1e-12)
      const found = excess(0) >= 0 ? undefined : brent(excess, 0, most, { relative: 1e-9 })
      draw = found === undefined ? 0 : found.outcome === 'converged' ? found.x : most
    } else {
      const basis = params.acidBasis === 'rare-earth' ? demand.rareEarth : demand.all
      const needed = Math.max(0, params.acidRatio * basis - available)
      draw = perKilogram > 0 ? needed / perKilogram : 0
    }
    return finish(input, vessel.solve(draw), inlet('air'))
  },
  equipment({ params, properties, result }) {
    const table = properties.species
    const out = result.outlets['out'] ?? emptyStream(table)
    const flow = aqueousVolume(table, out.flow, out.temperature) + solidsVolume(table, out.flow)
    const count = Math.max(1, params.tanks)
    return [
      ...agitatedTank(flow, params.time, materials.chloride, { count }),
      {
        type: 'vent fan and condenser',
        count: 1,
        size: {
          name: 'gas flow',
          value: gasMoles(table, (result.outlets['offgas'] ?? emptyStream(table)).flow) * 0.0224,
          unit: 'm3/s',
        },
        material: 'FRP, explosion-proof',
        basis: 'off-gas at 273 K and one atmosphere',
      },
    ]
  },
})

/** Splits off the gas, draws vent air and reports. */
function finish(input: LeachInput, state: LeachState, air: Stream): UnitResult {
  if (!state.converged) {
    return {
      ok: false,
      outcome: 'max-iterations',
      at: 'ferricSolid',
      detail: 'the hydrolysis of iron and aluminium does not converge',
      advice: 'look at the composition of the liquor, or set ferricSolid to none',
    }
  }
  const { properties, feed, params } = input
  const table = properties.species
  const flow = state.flow.slice()
  const offgas = new Float64Array(flow.length)
  moveFraction(flow, offgas, table.inPhase('gas'), 1)
  const hydrogen = amount(table, offgas, 'gas', 'H2')
  const wanted = ventAir(properties, hydrogen)
  const airMoles = gasMoles(table, air.flow)
  const airDraw = airMoles > 0 ? wanted / airMoles : 0
  const drawnAir = scale(air, airDraw)
  for (let i = 0; i < offgas.length; i++) {
    offgas[i] = (offgas[i] as number) + (drawnAir.flow[i] as number)
  }
  saturate(table, offgas, flow, params.condenser)
  const out = withFlow(feed, flow, params.temperature)
  const gas = { flow: offgas, temperature: params.condenser }
  const drawn = [...state.drawn, drawnAir]
  const warnings: Warning[] = [...state.warnings]
  if (hydrogen > 0 && airMoles === 0) {
    warnings.push({
      rank: 1,
      code: 'no-vent-air',
      text: 'metal gives hydrogen and no dilution air is connected: the vent is explosive',
    })
  }
  const ratio =
    massFlow(table, flow, 'aqueous') / Math.max(1e-300, massFlow(table, feed.flow, 'solid'))
  const figures = onDemand(() => figuresOf(properties, state, out, { hydrogen, wanted, ratio }))
  const heat = onDemand(() => reactionHeat(table, [feed, input.recycle, ...drawn], [out, gas]))
  return {
    ok: true,
    outlets: { out, offgas: gas },
    draws: {
      acid: state.draws.acid,
      water: state.draws.water,
      oxidant: state.draws.oxidant,
      air: airDraw,
    },
    get heat() {
      return heat()
    },
    warnings,
    memory: state.memory,
    get figures() {
      return figures()
    },
  }
}

/** What a leach came to, for people. */
function figuresOf(
  properties: Properties,
  state: LeachState,
  out: Stream,
  { hydrogen, wanted, ratio }: Readonly<Record<'hydrogen' | 'wanted' | 'ratio', number>>,
) {
  return {
    'rare earth dissolved': { value: state.rareEarth, unit: '' },
    'iron dissolved': { value: state.iron, unit: '' },
    'free acid': { value: state.freeAcid, unit: 'mol/m3' },
    ...figureOfPH(properties, out),
    'acid returned by hydrolysis': { value: state.returned, unit: 'mol/s' },
    'acid draw': { value: state.draws.acid, unit: 'kg/s' },
    'hydrogen evolved': { value: hydrogen, unit: 'mol/s' },
    'vent air below 25 % of the explosive limit': { value: wanted, unit: 'mol/s' },
    'liquid to solid': { value: Number.isFinite(ratio) ? ratio : 0, unit: 'kg/kg' },
    ...Object.fromEntries(
      Object.entries(state.conversions).map(([k, x]) => [
        `conversion of ${k}`,
        { value: x, unit: '' },
      ]),
    ),
  }
}
