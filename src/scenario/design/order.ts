import { xuSplitOf } from './analytical.ts'
import type { Split } from './cut.ts'
import type { DesignDocument } from './document.ts'
import { elementsOf } from './circuit.ts'
import type { Node } from './circuit.ts'
import { xuDesign } from '../../unitops/index.ts'

/** A sequence of cuts: a circuit with what follows on either of its outlets. */
export interface Tree {
  readonly node: Node
  readonly below?: Tree
  readonly above?: Tree
}

/** One order of cuts with what cascade theory says that it costs. */
export interface Order {
  readonly tree: Tree
  /** `Nd | Sm, then Tb | Dy ...`: the cuts as they follow one another. */
  readonly text: string
  readonly cost: number
}

/** Strip stages that cascade theory knows nothing of. */
const stripStages = 4

/** Yearly cost of one circuit by cascade theory, in the unit of the weights. */
function theoryCost(node: Node, fed: Readonly<Record<string, number>>, design: DesignDocument) {
  const [below, above] = [elementsOf(node.below), elementsOf(node.above)]
  const split = xuSplitOf(node.cut, fed, below, above)
  const { S, W, outA, exact } = xuDesign(split)
  const feed = [...below, ...above].reduce((sum, e) => sum + (fed[e] ?? 0), 0)
  const stages = exact.extraction + exact.scrub + stripStages
  const { weights, saponification, molarity, residence, operatingHours } = design
  const kilomoles = 3.6 * operatingHours * 3 * feed
  return (
    weights.stage * stages +
    (weights.organic * residence * stages * 3 * S * feed) / (saponification.to * molarity) +
    kilomoles * (weights.acid * (W + outA) + weights.base * S)
  )
}

/** Orders listed at most; the cheapest is always found. */
const mostListed = 14

/**
 * Orders in which the cuts of a split can follow one another, the cheapest by cascade theory first.
 * Every group of neighbours is divided at each of its cuts, with the best orders of both parts.
 */
export function ordersOf(
  split: Split,
  fed: Readonly<Record<string, number>>,
  design: DesignDocument,
): readonly Order[] {
  const known = new Map<string, readonly Order[]>()
  const best = (from: number, to: number): readonly Order[] => {
    const key = `${from} ${to}`
    const ready = known.get(key)
    if (ready !== undefined) return ready
    const orders: Order[] = []
    for (let at = from; at < to; at++) {
      const cut = split.cuts[at]
      if (cut === undefined) continue
      const [low, high] = [split.leaves.slice(from, at + 1), split.leaves.slice(at + 1, to + 1)]
      const node: Node = { below: low, above: high, cut, only: false }
      const cost = theoryCost(node, fed, design)
      const belows = at > from ? best(from, at) : [undefined]
      const aboves = to > at + 1 ? best(at + 1, to) : [undefined]
      for (const below of belows)
        for (const above of aboves) {
          const after = [below, above].flatMap((o) => o?.text ?? [])
          orders.push({
            tree: {
              node,
              ...(below === undefined ? {} : { below: below.tree }),
              ...(above === undefined ? {} : { above: above.tree }),
            },
            text: [`${cut.light} | ${cut.heavy}`, ...after].join(', '),
            cost: cost + (below?.cost ?? 0) + (above?.cost ?? 0),
          })
        }
    }
    const sorted = orders.sort((a, b) => a.cost - b.cost).slice(0, mostListed)
    known.set(key, sorted)
    return sorted
  }
  return best(0, split.leaves.length - 1)
}
