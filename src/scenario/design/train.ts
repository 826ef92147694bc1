import type { Databank } from '../../databank/index.ts'
import { formatQuantity } from '../../quantities/index.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import { readPlant } from '../engine.ts'
import type { PlantDocument } from '../plant.ts'
import { simulateWarm } from '../simulate.ts'
import { designCircuit, freeAcid } from './circuit.ts'
import type { CircuitDesign, NotFound } from './circuit.ts'
import type { DesignDocument } from './document.ts'
import { circuitLines, headLines, nominal, productLine, reagentStreams } from './fragment.ts'
import type { CircuitShape, CircuitText } from './fragment.ts'
import type { Tell } from './optimise.ts'
import type { Order, Tree } from './order.ts'
import { benchOf } from './rig.ts'

/** Acid of a strip liquor as the next circuit takes it, mol/m3 (assumption). */
const conditionedAcid = 50

/** A circuit of a train with what feeds it and where its outlets go. */
interface Placed {
  readonly tree: Tree
  readonly shape: CircuitShape
  /** The circuit before and the outlet of it; none for the first. */
  readonly from?: { readonly name: string; readonly outlet: 'raffinate' | 'strip-liquor' }
  readonly text?: CircuitText
}

/** Circuits in the order in which they are designed: each after the one that feeds it. */
function placed(tree: Tree, acid: CircuitShape['acid']): Placed[] {
  const list: Placed[] = []
  const visit = (t: Tree, from?: Placed['from']) => {
    const place = list.length + 1
    const suffix = place === 1 ? '' : `-${place}`
    const shape = { name: `sx${place}`, suffix, acid }
    list.push({ tree: t, shape, ...(from === undefined ? {} : { from }) })
    if (t.below !== undefined) visit(t.below, { name: shape.name, outlet: 'raffinate' })
    if (t.above !== undefined) visit(t.above, { name: shape.name, outlet: 'strip-liquor' })
  }
  visit(tree)
  return list
}

/** Rare earth of a conditioned liquor: that of the design's own feed. */
function feedStrength(design: DesignDocument, fed: Readonly<Record<string, number>>): number {
  const sum = Object.values(fed).reduce((a, b) => a + b, 0)
  return sum / design.feed.flow
}

/**
 * The plant of a train as far as it is designed: outlets of designed circuits go to the circuits
 * that follow, to products, or to a waiting outlet where the next circuit is not there yet.
 */
function plantOfTrain(
  design: DesignDocument,
  places: readonly Placed[],
  strength: number,
  withSpecifications: boolean,
): string {
  const ready = places.flatMap((p) => (p.text === undefined ? [] : [{ ...p, text: p.text }]))
  const streams: string[] = []
  const units: string[] = []
  const liquor = (value: number) => formatQuantity(value, 'concentration', 'mol/L', 5)
  for (const place of places) {
    const { from, shape, text } = place
    if (from === undefined) {
      streams.push(`  feed: liquor.out -> ${shape.name}.feed`)
      continue
    }
    const before = ready.some((p) => p.shape.name === from.name)
    if (!before) continue
    const target = text === undefined ? `waiting-${shape.name}.in` : `${shape.name}.feed`
    if (text === undefined) units.push(`  waiting-${shape.name}: { type: discharge }`)
    if (from.outlet === 'raffinate') {
      streams.push(`  ${shape.name}-feed: ${from.name}.raffinate -> ${target}`)
      continue
    }
    const tank = `conditioner-${shape.name}`
    const set = `acidity: ${liquor(conditionedAcid)}, rareEarth: ${liquor(strength)}`
    units.push(`  ${tank}: { type: conditioner, method: base, ${set} }`)
    streams.push(
      `  ${shape.name}-liquor: ${from.name}.strip-liquor -> ${tank}.in`,
      `  ${shape.name}-caustic: caustic.out -> ${tank}.base`,
      `  ${shape.name}-water: water.out -> ${tank}.water`,
      `  ${shape.name}-feed: ${tank}.out -> ${target}`,
    )
  }
  for (const { tree, text } of ready) {
    const { name } = text.shape
    for (const [next, leaves, outlet] of [
      [tree.below, tree.node.below, 'raffinate'],
      [tree.above, tree.node.above, 'strip-liquor'],
    ] as const) {
      const [leaf] = leaves
      if (next !== undefined || leaf === undefined) continue
      const product = leaf.product.name
      streams.push(`  ${product}-from-${name}: ${name}.${outlet} -> ${product}.in`)
    }
  }
  const fedProducts = design.products.filter((p) =>
    streams.some((s) => s.endsWith(`-> ${p.name}.in`)),
  )
  const products = fedProducts.map(({ name, elements, purity }) =>
    productLine(name, elements, withSpecifications ? purity : undefined),
  )
  const texts = ready.map((p) => p.text)
  const needsWater = units.some((u) => u.includes('type: conditioner'))
  return `${[
    ...headLines(design, texts),
    ...(needsWater ? ['  water: { type: reagent, species: { H2O: 100 % } }'] : []),
    ...texts.flatMap((text) => circuitLines(design, text)),
    ...units,
    ...products,
    'streams:',
    ...streams,
    ...texts.flatMap(reagentStreams),
  ].join('\n')}\n`
}

export interface Train {
  readonly ok: true
  readonly circuits: readonly CircuitDesign[]
  readonly plant: string
}

export type TrainResult = Train | ({ readonly ok: false } & NotFound)

/**
 * Designs the circuits of an order one after another, each on the liquor that the solved plant of
 * those before it gives.
 */
export function designTrain(
  design: DesignDocument,
  order: Order,
  fed: Readonly<Record<string, number>>,
  sets: Readonly<Record<string, string>>,
  bank: Databank,
  tell: Tell,
): TrainResult {
  const strength = feedStrength(design, fed)
  const places = placed(order.tree, design.acid)
  const circuits: CircuitDesign[] = []
  const failed = (circuit: string, detail: string): TrainResult => ({
    ok: false,
    circuit,
    at: 'feed',
    detail,
    advice: 'widen the ranges of the design or ask for less',
  })
  const read = (text: string): PlantDocument => {
    const reading = readPlant(text, { file: 'design', bank, readSet: (path) => sets[path] })
    if (!reading.ok) throw new Error(`a designed plant is refused: ${reading.findings[0]?.message}`)
    return reading.plant
  }
  for (const [k, place] of places.entries()) {
    const share = (done: number) => (k + done) / places.length
    const { shape } = place
    const soFar = k === 0 ? undefined : plantOfTrain(design, places, strength, false)
    const trial = [...places]
    trial[k] = { ...place, text: { shape, setting: nominal, about: '', limits: [] } }
    const plant = read(plantOfTrain(design, trial, strength, false))
    const before = simulateWarm(soFar === undefined ? plant : read(soFar), { bank })
    if (soFar !== undefined && before.solution.status !== 'converged')
      return failed(shape.name, before.solution.outcome?.detail ?? 'what feeds it is not solved')
    const name = k === 0 ? 'feed' : `${shape.name}-feed`
    const stream: Stream | undefined = before.state.solved.streams[name]
    if (stream === undefined) return failed(shape.name, 'what feeds it is not solved')
    const rig = benchOf(plant, shape, stream, before.state.chemistry.properties)
    const made = designCircuit(rig, design, place.tree.node, freeAcid(rig), (done, what) =>
      tell(share(done), what),
    )
    if (!made.ok) return made
    circuits.push(made.circuit)
    places[k] = { ...place, text: made.circuit.text }
  }
  return { ok: true, circuits, plant: plantOfTrain(design, places, strength, true) }
}
