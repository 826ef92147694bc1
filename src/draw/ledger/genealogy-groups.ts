import type { Genealogy, GenealogyEdge, GenealogyNode } from '../../ledger/index.ts'

/** What is drawn as one box: a lot, a campaign, or many lots of one kind and level together. */
export interface Box {
  readonly id: string
  readonly nodes: readonly GenealogyNode[]
  readonly isFocus: boolean
  /** Everything beyond the levels that are drawn. */
  readonly isFar: boolean
}

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly mg: number
}

export interface Grouped {
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
  /** Nodes that stand in boxes of several. */
  readonly gathered: number
}

/** Levels of lots that are drawn: a sheet that is wider cannot be read. */
const mostLevels = 4
const far = 'further'

const levelOf = ({ depth, type, kind, product }: GenealogyNode, isCoarse: boolean) =>
  `${depth} ${type} ${kind ?? ''} ${isCoarse ? '' : (product ?? '')}`

/** Sums of the edges between boxes; none from a box to itself. */
function arrowsOf(
  edges: readonly GenealogyEdge[],
  boxOf: ReadonlyMap<string, string>,
): readonly Arrow[] {
  const sums = new Map<string, Arrow>()
  for (const { from, to, mg } of edges) {
    const [a, b] = [boxOf.get(from), boxOf.get(to)]
    if (a === undefined || b === undefined || a === b) continue
    const key = `${a}\n${b}`
    sums.set(key, { from: a, to: b, mg: (sums.get(key)?.mg ?? 0) + mg })
  }
  return [...sums.values()]
}

function groupedBy(genealogy: Genealogy, most: number, isCoarse: boolean): Grouped {
  const levels = new Map<string, GenealogyNode[]>()
  for (const node of genealogy.nodes) {
    const level = node.depth > mostLevels ? far : levelOf(node, isCoarse)
    const key = node.uri === genealogy.lot ? node.uri : level
    levels.set(key, [...(levels.get(key) ?? []), node])
  }
  const boxes: Box[] = []
  const boxOf = new Map<string, string>()
  for (const [key, nodes] of levels) {
    const isFar = key === far && nodes.length > 1
    const parts = isFar || nodes.length > most ? [nodes] : nodes.map((node) => [node])
    for (const part of parts) {
      const id = part.length === 1 ? (part[0]?.uri ?? key) : key
      const isFocus = part.length === 1 && part[0]?.uri === genealogy.lot
      boxes.push({ id, nodes: part, isFocus, isFar })
      for (const { uri } of part) boxOf.set(uri, id)
    }
  }
  const gathered = boxes.reduce((sum, { nodes }) => sum + (nodes.length > 1 ? nodes.length : 0), 0)
  return { boxes, arrows: arrowsOf(genealogy.edges, boxOf), gathered }
}

/**
 * The graph with as many boxes as can be drawn: what is more than some levels away as one, and of
 * the levels those that hold more lots of one kind and product than others go together first.
 */
export function grouped(genealogy: Genealogy, mostBoxes: number): Grouped {
  let found = groupedBy(genealogy, Number.POSITIVE_INFINITY, false)
  for (const most of [40, 20, 10, 5, 2, 1]) {
    if (found.boxes.length <= mostBoxes && found.arrows.length <= 4 * mostBoxes) return found
    found = groupedBy(genealogy, most, false)
  }
  return found.boxes.length <= mostBoxes ? found : groupedBy(genealogy, 1, true)
}
