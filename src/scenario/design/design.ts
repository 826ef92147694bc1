import { bank as builtIn, type Databank } from '../../databank/index.ts'
import { readPlant } from '../engine.ts'
import { findingsFor } from '../findings.ts'
import type { Finding } from '../findings.ts'
import { simulate } from '../simulate.ts'
import type { Solution } from '../solution.ts'
import { designCircuit, freeAcid, rareEarthsIn } from './circuit.ts'
import type { CircuitDesign, Node, NotFound } from './circuit.ts'
import { splitOf, unknownElements } from './cut.ts'
import type { Refusal, Split } from './cut.ts'
import type { DesignDocument } from './document.ts'
import { nominal, plantOfOne } from './fragment.ts'
import type { CircuitShape } from './fragment.ts'
import type { Tell } from './optimise.ts'
import { rigOf } from './rig.ts'
import type { Rig } from './rig.ts'
import { drawnCascades } from './analytical.ts'
import type { ThreeOutletDesign } from '../../unitops/index.ts'
import { rareEarthsOf } from './read-design.ts'
import { ordersOf } from './order.ts'
import type { Order } from './order.ts'
import { designTrain } from './train.ts'

export interface DesignOptions {
  readonly bank?: Databank
  /** Texts of the data sets that the design names, by path. */
  readonly sets?: Readonly<Record<string, string>>
  readonly tell?: Tell
}

/** A finished design. */
export interface Designed {
  readonly ok: true
  readonly design: DesignDocument
  readonly split: Split
  /** Orders of cuts of a train, the one taken first; empty for one circuit. */
  readonly orders: readonly Order[]
  /** One cascade with a draw of the middle product, by cascade theory; for three products. */
  readonly draws?: readonly ThreeOutletDesign[]
  readonly circuits: readonly CircuitDesign[]
  /** Text of a plant that `simulate` accepts. */
  readonly plant: string
  /** That plant solved: every figure that is shown comes from here. */
  readonly solution: Solution
}

export type DesignAnswer =
  | Designed
  /** The document asks for what cannot be. */
  | { readonly ok: false; readonly findings: readonly Finding[] }
  /** Nothing was found within its bounds. */
  | { readonly ok: false; readonly notFound: NotFound }

/**
 * Designs what a document asks for: the split and what it may leak, cascade theory's answer
 * confirmed stage by stage, the cheapest circuit, its window and trim, and a plant of it, solved.
 */
export function designPlant(design: DesignDocument, options: DesignOptions = {}): DesignAnswer {
  const { bank = builtIn, sets = {}, tell = () => {} } = options
  const shape: CircuitShape = { name: 'sx1', suffix: '', acid: design.acid }
  const unknown = unknownElements(design, rareEarthsOf(design.feed.concentration), bank)
  if (unknown.length > 0) return refused(design, unknown)
  const found = feedRig(design, shape, sets, bank)
  if (!found.ok) return found
  const { rig } = found
  const split = splitOf(design, rareEarthsIn(rig), bank)
  if (!split.ok) return refused(design, split.refusals)
  const { leaves } = split.split
  if (leaves.length === 2) return designOne(design, split.split, rig, options, tell)
  const fed = rareEarthsIn(rig)
  const orders = ordersOf(split.split, fed, design)
  const [order] = orders
  if (order === undefined) throw new Error('a split has leaves')
  tell(0, 'cascade theory')
  const draws = leaves.length === 3 ? { draws: drawnCascades(split.split, fed) } : {}
  const train = designTrain(design, order, fed, sets, bank, tell)
  if (!train.ok) return { ok: false, notFound: train }
  const { circuits, plant } = train
  const solution = solved(plant, sets, bank)
  return { ok: true, design, split: split.split, orders, ...draws, circuits, plant, solution }
}

function refused(design: DesignDocument, refusals: readonly Refusal[]): DesignAnswer {
  const findings = findingsFor(design.file)
  for (const { at, code, message, expected } of refusals) findings.add(at, code, message, expected)
  return { ok: false, findings: findings.sorted() }
}

function feedRig(
  design: DesignDocument,
  shape: CircuitShape,
  sets: Readonly<Record<string, string>>,
  bank: Databank,
):
  | { readonly ok: true; readonly rig: Rig }
  | { readonly ok: false; readonly findings: readonly Finding[] } {
  const text = plantOfOne(design, { shape, setting: nominal, about: '', limits: [] }, [
    { name: 'up', elements: [], from: 'strip-liquor' },
    { name: 'down', elements: [], from: 'raffinate' },
  ])
  const made = rigOf(text, shape, sets, bank)
  if (made.ok) return made
  const findings = findingsFor(design.file)
  findings.add({ line: 1, column: 1 }, 'feed', made.message, made.expected)
  return { ok: false, findings: findings.sorted() }
}

function designOne(
  design: DesignDocument,
  split: Split,
  rig: Rig,
  { bank = builtIn, sets = {} }: DesignOptions,
  tell: Tell,
): DesignAnswer {
  const [below, above] = split.leaves
  const [cut] = split.cuts
  if (below === undefined || above === undefined || cut === undefined)
    throw new Error('a split has two leaves and a cut')
  const node: Node = { below: [below], above: [above], cut, only: true }
  const made = designCircuit(rig, design, node, freeAcid(rig), tell)
  if (!made.ok) return { ok: false, notFound: made }
  const outlets = [
    { leaf: above, from: 'strip-liquor' },
    { leaf: below, from: 'raffinate' },
  ].map(({ leaf: { product, own }, from }) => ({
    name: product.name,
    elements: own,
    ...(product.purity === undefined ? {} : { purity: product.purity }),
    from,
  }))
  const plant = plantOfOne(design, made.circuit.text, outlets)
  const solution = solved(plant, sets, bank)
  return {
    ok: true,
    design,
    split,
    orders: [],
    circuits: [made.circuit],
    plant,
    solution,
  }
}

/** The plant of a design, read and solved as anybody would. */
function solved(plant: string, sets: Readonly<Record<string, string>>, bank: Databank): Solution {
  const reading = readPlant(plant, { file: 'design', bank, readSet: (path) => sets[path] })
  if (!reading.ok) throw new Error(`a designed plant is refused: ${reading.findings[0]?.message}`)
  return simulate(reading.plant, { bank })
}
