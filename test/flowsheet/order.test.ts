import { describe, expect, it } from 'vitest'
import { feedbackSet } from '../../src/flowsheet/feedback.ts'
import { components, hasCycle, topological, type Digraph } from '../../src/flowsheet/graph.ts'
import { calculationOrder } from '../../src/flowsheet/index.ts'
import { random } from '../../src/numerics/index.ts'
import { mixerNet } from './kit.ts'

type Edges = readonly (readonly [number, number])[]

/** Fewest lines whose removal opens all loops, by trying every choice: small graphs only. */
function fewestByTrial(count: number, edges: Edges): number {
  for (let size = 0; ; size++) {
    const found = choices(edges.length, size).some((removed) => {
      const graph: number[][] = Array.from({ length: count }, () => [])
      for (const [k, [a, b]] of edges.entries()) if (!removed.has(k)) graph[a]?.push(b)
      return !hasCycle(graph, new Set())
    })
    if (found) return size
  }
}

function choices(n: number, size: number): Set<number>[] {
  if (size === 0) return [new Set()]
  return Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    choices(i, size - 1).map((rest) => new Set([...rest, i])),
  )
}

function tears(count: number, edges: Edges) {
  const sheet = mixerNet(count, edges)
  const order = calculationOrder(sheet)
  const torn = new Set(order.blocks.flatMap((b) => b.tears))
  const open: number[][] = Array.from({ length: count }, () => [])
  for (const [k, [a, b]] of edges.entries()) if (!torn.has(k)) open[a]?.push(b)
  expect(hasCycle(open, new Set())).toBe(false)
  return { number: torn.size, fewest: order.fewest, order }
}

const pairs = (n: number) =>
  Array.from({ length: n * n }, (_, k): [number, number] => [Math.floor(k / n), k % n])

describe('fewest tears on graphs whose answer is known', () => {
  it('a ring needs one, a two-way chain of n needs n - 1, a two-way ring of n needs n', () => {
    const ring = (n: number): Edges =>
      Array.from({ length: n }, (_, i) => [i, (i + 1) % n] as const)
    const twoWay = (edges: Edges): Edges => [...edges, ...edges.map(([a, b]) => [b, a] as const)]
    expect(tears(7, ring(7)).number).toBe(1)
    expect(tears(7, twoWay(ring(7).slice(0, 6))).number).toBe(6)
    expect(tears(6, twoWay(ring(6))).number).toBe(6)
  })

  it('the complete digraph of n units needs n (n - 1) / 2', () => {
    for (const n of [2, 3, 4, 5]) {
      const { number, fewest } = tears(
        n,
        pairs(n).filter(([a, b]) => a !== b),
      )
      expect(number).toBe((n * (n - 1)) / 2)
      expect(fewest).toBe(true)
    }
  })

  it('a unit that feeds itself is torn there', () => {
    expect(
      tears(2, [
        [0, 0],
        [0, 1],
      ]).number,
    ).toBe(1)
  })

  it('the four flashes of the Cavett problem need two: behind the two mixers', () => {
    // Flashes 0 to 3 with mixers 4 (before 1, with the feed) and 5 (before 2): liquids go down the
    // chain, vapours up.
    const cavett: Edges = [
      [4, 1],
      [1, 0],
      [1, 5],
      [0, 4],
      [5, 2],
      [2, 4],
      [2, 3],
      [3, 5],
    ]
    const { number, order } = tears(6, cavett)
    expect(number).toBe(2)
    expect(fewestByTrial(6, cavett)).toBe(2)
    expect(order.blocks.flatMap((block) => block.tears)).toEqual([0, 4])
  })

  it('random digraphs: no smaller choice exists', () => {
    const draw = random(11)
    for (let trial = 0; trial < 60; trial++) {
      const count = draw.integer(3, 6)
      const edges = draw.shuffle(pairs(count)).slice(0, draw.integer(4, 12))
      const { number, fewest } = tears(count, edges)
      expect(fewest).toBe(true)
      expect(number).toBe(fewestByTrial(count, edges))
    }
  })

  it('a large tangle ends within its budget, with a valid if unproven answer', () => {
    const draw = random(3)
    const count = 120
    const graph: Digraph = Array.from({ length: count }, () =>
      Array.from({ length: 5 }, () => draw.integer(0, count - 1)),
    )
    const { nodes, proven } = feedbackSet(graph, 200)
    expect(proven).toBe(false)
    expect(hasCycle(graph, new Set(nodes))).toBe(false)
    for (const node of nodes) {
      expect(hasCycle(graph, new Set(nodes.filter((n) => n !== node)))).toBe(true)
    }
  })
})

describe('order', () => {
  it('parts come in the order of flow and a tear runs back to the unit near the feed', () => {
    // 0 -> 1 -> 2 -> 3 -> 4 with 3 -> 1.
    const { order } = tears(5, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [3, 1],
    ])
    expect(order.blocks.map((b) => b.units)).toEqual([[0], [1, 2, 3], [4]])
    expect(order.blocks[1]?.tears).toEqual([4])
  })

  it('components and topological order of a graph of 100,000 nodes, without recursion', () => {
    const chain: Digraph = Array.from({ length: 100_000 }, (_, i) => (i < 99_999 ? [i + 1] : []))
    expect(components(chain)).toHaveLength(100_000)
    const ring: Digraph = chain.map((next, i) => (i === 99_999 ? [0] : next))
    expect(components(ring)).toHaveLength(1)
    expect(topological(chain, new Set())?.at(-1)).toBe(99_999)
  })
})
