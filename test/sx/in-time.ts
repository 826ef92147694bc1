import { aqueousVolume } from '../../src/chemistry/index.ts'
import { bank, properties } from '../../src/databank/index.ts'
import { emptyStream } from '../../src/flowsheet/index.ts'
import type { Stream } from '../../src/flowsheet/index.ts'
import type {
  DynamicInput,
  Properties,
  SteadyInput,
  TransientReport,
} from '../../src/flowsheet/unit-op.ts'
import type { Fields } from '../../src/flowsheet/fields.ts'
import { sxCircuit } from '../../src/unitops/sx-circuit.ts'
import type { ThreeSections } from './hundred-stages.ts'

type Input = SteadyInput<Fields>
type More = Readonly<Record<string, unknown>>

/** Litres an hour of the circuits of `hundred-stages.ts`, m3/s. */
const flow = (litres: number) => litres / 3.6e6

/** Solutes with water, and how much of it makes a litre, mol by species. */
function litreOf(plant: Properties, solutes: Readonly<Record<string, number>>): Float64Array {
  const table = plant.species
  const flows = new Float64Array(table.species.length)
  for (const [id, moles] of Object.entries(solutes)) flows[table.index('aqueous', id)] = moles
  let [low, high] = [0, 60]
  for (let k = 0; k < 60; k++) {
    const water = 0.5 * (low + high)
    flows[table.index('aqueous', 'H2O')] = water
    if (aqueousVolume(table, flows, 298.15) < 1e-3) low = water
    else high = water
  }
  return flows
}

/** Inlets of a circuit of `hundred-stages.ts`. */
function inletsOf(c: ThreeSections, plant: Properties, extractant: string) {
  const table = plant.species
  const stream = (flow: Float64Array): Stream => ({ flow, temperature: 298.15 })
  const reagent = (solutes: Readonly<Record<string, number>>) => {
    const flows = litreOf(plant, solutes)
    const mass = flows.reduce((sum, v, i) => sum + v * (table.molarMass[i] as number), 0)
    return stream(flows.map((v) => v / mass))
  }
  const metals = Object.entries(c.feed)
  const ions = Object.fromEntries(metals.map(([el, m]) => [`${el}+3`, m]))
  const chloride = metals.reduce((sum, [, m]) => sum + 3 * m, c.feedH)
  const feed = litreOf(plant, { ...ions, 'H+': c.feedH, 'Cl-': chloride })
  const fresh = emptyStream(table).flow.slice()
  fresh[table.index('organic', extractant)] = 1
  return {
    feed: stream(feed.map((v) => (v * c.feedFlow) / 3600)),
    scrub: reagent({ 'H+': c.scrubH, 'Cl-': c.scrubH }),
    strip: reagent({ 'H+': c.stripH, 'Cl-': c.stripH }),
    wash: emptyStream(table),
    base: reagent({ 'Na+': 8, 'OH-': 8 }),
    makeup: stream(fresh),
  }
}

/** One of the circuits of `hundred-stages.ts` as a unit: flows in L/h. */
export function unitOf(c: ThreeSections, params: More = {}, sections: More = {}): Input {
  const set = bank.extractants.get(c.set ?? 'PC88A-T21-NdPr')
  if (set === undefined) throw new Error(`no set ${c.set}`)
  const plant = properties(bank, { elements: Object.keys(c.feed), extractants: [set.extractant] })
  const section = (name: string, stages: number, litres?: number) => ({
    name,
    type: name,
    stages,
    ...(litres === undefined ? {} : { flow: flow(litres) }),
    efficiency: 1,
    aqueousInOrganic: 0,
    organicInAqueous: 0,
    ...sections,
  })
  return {
    name: 'sx',
    properties: plant,
    inlets: inletsOf(c, plant, set.extractant),
    params: {
      extractant: set.id,
      concentration: 1000 * (c.extractant ?? 1),
      organicFlow: flow(c.organicFlow),
      saponification: c.saponification,
      base: 'Na',
      exchangeConstant: 1e-6,
      bleed: 0,
      solubility: 0,
      loadingCap: 0.95,
      strippedLimit: 0.5,
      mixerResidence: 300,
      settlerFlux: 2 / 3600,
      settlerDepth: 0.3,
      settlerTanks: 3,
      sections: [
        section('extraction', c.stages[0]),
        section('scrub', c.stages[1], c.scrubFlow),
        section('strip', c.stages[2], c.stripFlow),
      ],
      ...params,
    },
  }
}

/** The circuit in time; asserts that it can be followed. Days, and settings with days. */
export function inTime(
  settings: readonly (readonly [number, Input])[],
  days: number,
  more: Partial<DynamicInput<Fields>> = {},
): TransientReport {
  const [first, ...rest] = settings.map(([day, input]) => ({ ...input, from: 86400 * day }))
  if (first === undefined) throw new Error('no setting')
  const result = sxCircuit.dynamic?.({
    settings: [first, ...rest],
    start: 'empty',
    until: 86400 * days,
    frames: 2,
    tolerance: 3e-3,
    floors: [],
    ...more,
  })
  if (result?.ok !== true) throw new Error(`${result?.at}: ${result?.detail}`)
  return result.report
}
