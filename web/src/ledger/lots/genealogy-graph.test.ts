import { describe, expect, it } from 'vitest'
import type { Genealogy, GenealogyNode } from '../said.ts'
import { graphOf } from './genealogy-graph.ts'

const node = (uri: string, type: GenealogyNode['type'] = 'lot', share = 0.1): GenealogyNode => ({
  uri,
  type,
  code: uri,
  time: 0,
  depth: 0,
  shares: { Nd: share },
})

const genealogy = (
  direction: 'up' | 'down',
  nodes: readonly GenealogyNode[],
  edges: readonly (readonly [string, string])[],
): Genealogy => ({
  lot: 'P',
  direction,
  nodes,
  edges: edges.map(([from, to]) => ({ from, to, mg: 1e6, time: 0 })),
  ends: [],
  unknown: {},
  elements: ['Nd'],
  isCut: false,
  limits: { depth: 30, flows: 1000 },
  cycles: [],
})

describe('a genealogy as a graph', () => {
  it('points every arrow to the right, a lot of two generations too', () => {
    // F goes into both campaigns; the hold-up H of the first is charged into the second.
    const up = genealogy(
      'up',
      [node('P'), node('C2', 'campaign'), node('H'), node('C1', 'campaign'), node('F')],
      [
        ['F', 'C1'],
        ['F', 'C2'],
        ['C1', 'H'],
        ['H', 'C2'],
        ['C2', 'P'],
      ],
    )
    const onward = genealogy('down', [node('P'), node('S')], [['P', 'S']])
    const { links, placed } = graphOf(up, onward)
    expect(placed).toHaveLength(6)
    expect(links).toHaveLength(6)
    for (const { from, to } of links) expect(from.x).toBeLessThan(to.x)
  })

  it('shows the largest of a crowd, and the rest as one', () => {
    const many = Array.from({ length: 40 }, (_, k) => node(`F${k}`, 'lot', k / 1000))
    const up = genealogy(
      'up',
      [node('P'), node('C', 'campaign'), ...many],
      [...many.map(({ uri }) => [uri, 'C'] as const), ['C', 'P'] as const],
    )
    const { placed, links } = graphOf(up, undefined)
    const rest = placed.find(({ hidden }) => hidden > 0)
    expect(rest?.hidden).toBe(40 - 15)
    expect(placed.some(({ id }) => id === 'F39')).toBe(true)
    expect(placed.some(({ id }) => id === 'F0')).toBe(false)
    expect(links.find(({ from }) => from === rest)?.mg).toBe(25e6)
  })

  it('stands up to a lot that comes before itself', () => {
    const up = genealogy(
      'up',
      [node('P'), node('A'), node('B')],
      [
        ['A', 'B'],
        ['B', 'A'],
        ['A', 'P'],
      ],
    )
    expect(graphOf(up, undefined).placed).toHaveLength(3)
  })
})
