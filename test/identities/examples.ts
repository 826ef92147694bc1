import type { Stream } from '../../src/flowsheet/index.ts'
import type { Port } from '../../src/flowsheet/unit-op.ts'
import { reagentOf, reagents, streamOf } from '../unitops/rig.ts'

/** What the identity tests feed to every registered unit operation. */
export interface Example {
  readonly title: string
  readonly params?: Readonly<Record<string, unknown>>
  /** Optional inlets that this example needs. */
  readonly also?: readonly string[]
  /** Replaces the inlets chosen by phase and by reagent name. */
  readonly inlets?: Readonly<Record<string, Stream>>
}

const richLiquor = streamOf(
  {
    'aqueous H2O': 50,
    'aqueous H+': 0.6,
    'aqueous Na+': 0.5,
    'aqueous La+3': 0.01,
    'aqueous Pr+3': 0.05,
    'aqueous Nd+3': 0.2,
    'aqueous Tb+3': 0.002,
    'aqueous Dy+3': 0.01,
    'aqueous Fe+2': 0.05,
    'aqueous Co+2': 0.01,
    'aqueous Al+3': 0.01,
    'aqueous B(OH)3': 0.02,
    'aqueous Cl-': 0.6 + 0.5 + 3 * (0.01 + 0.05 + 0.2 + 0.002 + 0.01 + 0.01) + 2 * (0.05 + 0.01),
  },
  310,
)

const magnetPowder: Stream = {
  ...streamOf({
    'solid Nd': 1.5,
    'solid Pr': 0.4,
    'solid Dy': 0.1,
    'solid Tb': 0.02,
    'solid Fe': 12,
    'solid B': 1,
    'solid Co': 0.2,
    'solid Al': 0.1,
    'solid Cu': 0.02,
    'solid oil': 0.02,
    'solid adhesive': 0.01,
    'aqueous H2O': 2,
  }),
  particleSize: 200e-6,
}

/** Roasted: everything an oxide. */
const roastedPowder: Stream = {
  ...streamOf({
    'solid Nd2O3': 0.75,
    'solid Pr2O3': 0.2,
    'solid Dy2O3': 0.05,
    'solid Fe2O3': 6,
    'solid B2O3': 0.5,
    'solid CoO': 0.2,
  }),
  particleSize: 100e-6,
}

/** Wet oxalate cake as it comes from a filter. */
const oxalateCake = streamOf({
  'solid Nd2(C2O4)3·10H2O': 0.1,
  'solid Pr2(C2O4)3·10H2O': 0.03,
  'aqueous H2O': 4,
  'aqueous H+': 0.01,
  'aqueous Cl-': 0.01,
})

/** Mixed carbonate with Ce(IV), alumina, gypsum and silica. */
const mixedCarbonate = streamOf({
  'solid La2(CO3)3·8H2O': 0.2,
  'solid Nd2(CO3)3·8H2O': 0.2,
  'solid Dy2(CO3)3·8H2O': 0.05,
  'solid CeO2': 0.02,
  'solid Al(OH)3': 0.05,
  'solid SiO2': 0.01,
  'solid CaSO4·2H2O': 0.001,
  'aqueous H2O': 5,
})

/** Clay with exchangeable ions, the liquor that returns to it, and salt for it. */
const clay = streamOf({
  'solid Nd(OH)3': 0.01,
  'solid Dy(OH)3': 0.002,
  'solid Al(OH)3': 0.05,
  'solid Ca(OH)2': 0.01,
  'solid unassigned': 5000,
  'aqueous H2O': 100,
})
const barrenLiquor = streamOf({ 'aqueous H2O': 100, 'aqueous NH4+': 1, 'aqueous SO4-2': 0.5 })
const ammoniumSulfate = reagentOf({ 'aqueous NH4+': 2, 'aqueous SO4-2': 1, 'aqueous H2O': 20 })

/** Mother liquor with precipitate in it. */
const slurry: Stream = {
  ...richLiquor,
  flow: richLiquor.flow.map((n, i) => n + (oxalateCake.flow[i] as number)),
}

const organic = streamOf({ 'organic PC88A': 1, 'organic diluent': 3.5 })
const acidGas = streamOf(
  { 'gas N2': 8, 'gas O2': 2, 'gas HCl': 0.05, 'gas SO2': 0.01, 'gas H2O': 0.3 },
  340,
)

const acid = reagentOf({ 'aqueous H+': 0.15, 'aqueous Cl-': 0.15, 'aqueous H2O': 0.85 })

/** Reagents at 1 kg/s by the name of the port that draws them. */
const drawn: Readonly<Record<string, Stream>> = {
  acid,
  scrub: acid,
  strip: acid,
  water: reagents.water,
  wash: reagents.water,
  base: reagents.caustic,
  liquor: reagents.caustic,
  oxidant: reagents.peroxide,
  oxalic: reagents.oxalic,
  carbonate: reagents.soda,
  air: reagents.air,
  hydrogen: reagentOf({ 'gas H2': 1 }),
  carbon: reagentOf({ 'solid C': 1 }),
  salt: reagentOf({ 'solid Na2SO4': 1 }),
  makeup: reagentOf({ 'organic PC88A': 1, 'organic diluent': 3.5 }),
}

const byPhase = { aqueous: richLiquor, solid: magnetPowder, organic, gas: acidGas } as const

/** What arrives at a port unless an example says otherwise. */
export function inletFor(port: Port): Stream {
  if (port.drawn !== true) return byPhase[port.phase]
  const reagent = drawn[port.name]
  if (reagent === undefined) throw new Error(`say in test/identities what ${port.name} draws`)
  return reagent
}

const stages = (name: string, type: string, count: number, more: object = {}) => ({
  name,
  type,
  stages: count,
  efficiency: 1,
  aqueousInOrganic: 0,
  organicInAqueous: 0,
  ...more,
})

/** Parameters that have no default, and inlets that a kind is made for. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  'acid-recovery': [
    {
      title: 'strip liquor',
      inlets: { in: streamOf({ 'aqueous H2O': 45, 'aqueous H+': 5, 'aqueous Cl-': 5 }) },
    },
  ],
  'activated-carbon': [{ title: 'extractant', params: { capacity: 1, exponent: 0.5, dose: 1e-3 } }],
  calciner: [{ title: 'oxalate', inlets: { in: oxalateCake } }],
  conditioner: [
    { title: 'base', also: ['base'] },
    { title: 'boiling', params: { method: 'evaporation', acidity: 2000 }, also: ['base'] },
    { title: 'dialysis', params: { method: 'dialysis', acidity: 300 }, also: ['water'] },
  ],
  'carbonate-dissolver': [
    {
      title: 'carbonate',
      params: { rareEarth: 800, reductantRatio: 1 },
      also: ['water', 'oxidant'],
      inlets: { in: mixedCarbonate },
    },
  ],
  delivery: [
    {
      title: 'carbonate',
      params: {
        plant: 'other.yaml',
        stream: 'cake',
        contents: { 'solid Nd2(CO3)3·8H2O': 0.1, 'aqueous H2O': 2 },
      },
    },
  ],
  dryer: [{ title: 'oxalate', inlets: { in: oxalateCake } }],
  feed: [
    { title: 'magnets', params: { rate: 0.01, assay: { Nd: { value: 0.3 }, Fe: { value: 0.7 } } } },
  ],
  filter: [{ title: 'oxalate', inlets: { in: slurry }, params: { washRatio: 2 } }],
  'heap-desorption': [
    {
      title: 'clay',
      params: { desorbed: { Nd: 0.5, Dy: 0.4, Al: 0.1, Ca: 0.5 } },
      also: ['water', 'rinse', 'barren'],
      inlets: { in: clay, salt: ammoniumSulfate, rinse: reagents.water, barren: barrenLiquor },
    },
  ],
  'heat-exchanger': [{ title: 'heater', params: { temperature: 350 } }],
  leach: [
    { title: 'metal', inlets: { in: magnetPowder } },
    { title: 'oxide', inlets: { in: roastedPowder } },
  ],
  liquor: [
    {
      title: 'chlorides',
      params: { flow: 1e-4, concentration: { NdCl3: 200, PrCl3: 50, FeCl2: 10, HCl: 50 } },
    },
  ],
  mill: [{ title: 'powder', params: { size: 1e-4 } }],
  product: [
    { title: 'oxide', inlets: { in: streamOf({ 'solid Nd2O3': 1, 'solid Pr6O11': 0.1 }) } },
  ],
  reagent: [{ title: 'HCl', params: { species: { HCl: 0.3 } } }],
  splitter: [{ title: 'two ways', params: { outlets: { bleed: 0.1 } } }],
  thickener: [{ title: 'oxalate', inlets: { in: slurry } }],
  'sx-circuit': [
    {
      title: 'heavy from light',
      params: {
        extractant: 'PC88A-T21-NdPr',
        concentration: 1000,
        organicFlow: 6e-4,
        saponification: 0.24,
        sections: [
          stages('extraction', 'extraction', 6),
          stages('scrub', 'scrub', 4, { flow: 1.5e-4 }),
          stages('strip', 'strip', 5, { flow: 0.9e-4 }),
        ],
      },
      inlets: {
        feed: streamOf({
          'aqueous H2O': 50,
          'aqueous H+': 0.05,
          'aqueous Na+': 0.1,
          'aqueous Pr+3': 0.06,
          'aqueous Nd+3': 0.2,
          'aqueous Tb+3': 0.003,
          'aqueous Dy+3': 0.015,
          'aqueous Cl-': 0.15 + 3 * 0.278,
        }),
      },
    },
  ],
}

/** Kinds that one identity does not hold for, each with the reason. */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  equipment: {
    feed: 'its rate is a parameter: nothing comes in that could be doubled',
    delivery: 'its contents are a parameter: nothing comes in that could be doubled',
    liquor: 'its flow is a parameter: nothing comes in that could be doubled',
    reagent: 'it answers at 1 kg/s whatever is drawn',
  },
}
