import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type { DrawnStream, DrawnUnit } from './drawing.ts'
import type { Flow, Line } from './rows.ts'
import { symbolOf } from './symbols.ts'

/** Width of text in the fonts that drawings use, px; a little generous. */
function textWidth(text: string, size: number): number {
  return 0.6 * size * text.length
}

export const sizes = { tag: 10.5, caption: 9, flow: 8.5 } as const
export const diamond = { width: 26, height: 15 } as const
/** Height of the arrow of a reagent, and of it with its two lines of text. */
export const stub = { arrow: 16, height: 40 } as const
/** Height of one line of a tag. */
export const tagLine = 12

/** Names up to this length stand in the diamond; longer ones above the line. */
export const shortName = 4

/** Text above and below the line of a stream, right of its diamond. */
export function flowLabel(stream: Line): readonly [above: string, below: string] {
  const sign = stream.recycle ? '↺ ' : ''
  if (stream.name.length <= shortName) return [`${sign}${stream.flow}`, '']
  return [`${sign}${stream.name}`, stream.flow]
}

export function labelWidth(stream: Line): number {
  const widths = flowLabel(stream).map((text) => textWidth(text, sizes.flow))
  return diamond.width + 4 + Math.max(...widths)
}

/** The two lines over the arrow of a reagent. */
export function stubLines(stream: DrawnStream): readonly [string, string] {
  return [stream.from, stream.flow]
}

export function stubWidth(stream: DrawnStream): number {
  return 8 + Math.max(...stubLines(stream).map((text) => textWidth(text, sizes.flow)))
}

/** What a tag at the end of a line says, one line of text for each stream. */
export function tagText(stream: Line, arrives: boolean): string {
  return arrives ? `${stream.name} of ${stream.from}` : stream.to
}

/** Lines that arrive by tag, by the unit where they do. */
export function arriving(jumps: ReadonlySet<Line>): ReadonlyMap<string, readonly Line[]> {
  const found = new Map<string, Line[]>()
  for (const line of jumps) found.set(line.to, [...(found.get(line.to) ?? []), line])
  return found
}

const rowOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.separateConnectedComponents': 'false',
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '9',
  'elk.layered.spacing.nodeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeNodeBetweenLayers': '11',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.layered.feedbackEdges': 'true',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
} as const

function nodeOf(unit: DrawnUnit, reagents: readonly DrawnStream[]): ElkNode {
  const parts = unit.compartments?.length ?? 0
  const stubs = reagents.reduce((sum, stream) => sum + stubWidth(stream), 0)
  const drawn = symbolOf(unit.symbol)
  const width = parts > 0 ? Math.max(58 * parts, stubs) : drawn.width
  const named = Math.max(
    textWidth(unit.name, sizes.tag),
    textWidth(unit.caption ?? unit.kind, sizes.caption),
  )
  const below = { 'elk.nodeLabels.placement': 'OUTSIDE V_BOTTOM H_CENTER' }
  const above = { 'elk.nodeLabels.placement': 'OUTSIDE V_TOP H_CENTER' }
  const name = {
    id: `name ${unit.name}`,
    text: unit.name,
    width: named,
    height: 27,
    layoutOptions: below,
  }
  const top = {
    id: `reagents ${unit.name}`,
    text: 'reagents',
    width: Math.max(stubs, width),
    height: stub.height,
    layoutOptions: above,
  }
  return {
    id: `unit ${unit.name}`,
    width,
    height: parts > 0 ? 52 : drawn.height,
    labels: reagents.length === 0 ? [name] : [name, top],
  }
}

function edgeOf(stream: Line, id: string, from: string, to: string): ElkExtendedEdge {
  const inline = { 'elk.edgeLabels.inline': 'true' }
  const size = { width: labelWidth(stream), height: 22 }
  const text = { id: `label ${id}`, text: stream.name, ...size, layoutOptions: inline }
  return { id, sources: [from], targets: [to], labels: [text] }
}

/** An end of a row: where a line goes on to another. */
const rowEnd = (id: string, side: 'FIRST_SEPARATE' | 'LAST_SEPARATE'): ElkNode => ({
  id,
  width: 1,
  height: 1,
  layoutOptions: { 'elk.layered.layering.layerConstraint': side },
})

function tagNode(id: string, lines: readonly Line[], arrives: boolean): ElkNode {
  const widths = lines.map((line) => textWidth(tagText(line, arrives), sizes.caption))
  return { id, width: 14 + Math.max(...widths), height: tagLine * lines.length + 2 }
}

/**
 * One row as a graph. Lines from or to another row end at its right or left edge, lines shown by
 * tags and discharges at a tag; all that arrives by tag at a unit shares one.
 */
export function rowGraph(
  flow: Flow,
  jumps: ReadonlySet<Line>,
  row: number,
  rowOf: (name: string) => number,
): ElkNode {
  const units = flow.units.filter((unit) => rowOf(unit.name) === row)
  // The order of the nodes is the order of the flow: what arrives first, what leaves last.
  const before: ElkNode[] = []
  const after: ElkNode[] = []
  const edges: ElkExtendedEdge[] = []
  for (const line of flow.lines) {
    const [starts, ends] = [rowOf(line.from) === row, rowOf(line.to) === row]
    const [source, target] = [`unit ${line.from}`, `unit ${line.to}`]
    if (jumps.has(line)) continue
    if (starts && ends) edges.push(edgeOf(line, `line ${line.name}`, source, target))
    else if (starts) {
      after.push(rowEnd(`exit ${line.name}`, 'LAST_SEPARATE'))
      edges.push(edgeOf(line, `out ${line.name}`, source, `exit ${line.name}`))
    } else if (ends) {
      before.push(rowEnd(`entry ${line.name}`, 'FIRST_SEPARATE'))
      edges.push(edgeOf(line, `in ${line.name}`, `entry ${line.name}`, target))
    }
  }
  for (const line of [...flow.discharges, ...jumps]) {
    if (rowOf(line.from) !== row) continue
    after.push(tagNode(`exit ${line.name}`, [line], false))
    edges.push(edgeOf(line, `out ${line.name}`, `unit ${line.from}`, `exit ${line.name}`))
  }
  for (const [name, lines] of arriving(jumps)) {
    if (rowOf(name) !== row) continue
    before.push(tagNode(`from ${name}`, lines, true))
    edges.push({ id: `to ${name}`, sources: [`from ${name}`], targets: [`unit ${name}`] })
  }
  const own = units.map((unit) => nodeOf(unit, flow.reagents.get(unit.name) ?? []))
  const children = [...before, ...own, ...after]
  return { id: `row ${row}`, layoutOptions: { ...rowOptions }, children, edges }
}

/** About how wide each layer will be with the labels of the lines that leave it. */
export function layerWidths(flow: Flow): number[] {
  return Array.from({ length: flow.layers }, (_, layer) => {
    const units = flow.units.filter((unit) => flow.layer.get(unit.name) === layer)
    const boxes = units.map((unit) => {
      const node = nodeOf(unit, flow.reagents.get(unit.name) ?? [])
      return Math.max(node.width ?? 0, ...(node.labels ?? []).map((l) => l.width ?? 0))
    })
    const here = new Set(units.map((unit) => unit.name))
    const labels = [...flow.lines, ...flow.discharges]
      .filter((stream) => here.has(stream.from))
      .map(labelWidth)
    return Math.max(0, ...boxes) + Math.max(0, ...labels) + 66
  })
}
