import type { ElkNode } from 'elkjs/lib/elk-api.js'
import type { Point } from './route.ts'
import { stubRoom, textWidth, type Sheet, type SheetUnit } from './sheet.ts'

/** Where everything stands: units by their top left corner, lines by their bends. Plain data. */
export interface Layout {
  readonly units: Readonly<Record<string, Point>>
  /** Ends of lines, relative to the corner of their unit, by `portKey`. */
  readonly ports: Readonly<Record<string, Point>>
  readonly routes: Readonly<Record<string, readonly Point[]>>
}

export const portKey = (unit: string, port: string, side: 'in' | 'out') => `${unit}.${port}.${side}`

/** Room for the diamond and the flow at the beginning of a line. */
const flowLabel = { width: 28, height: 15 } as const

/** Distinct ports of a unit on one side, in the order of the plant's lines. */
function portsOf({ lines }: Sheet, unit: string, side: 'in' | 'out'): readonly string[] {
  const found = lines.flatMap((line) => {
    if (side === 'in') return line.to === unit ? [line.toPort] : []
    return line.from === unit ? [line.fromPort] : []
  })
  return [...new Set(found)]
}

/** Units in columns in the order of the flow: at once, until a better layout is there. */
export function simpleLayout(sheet: Sheet): Layout {
  const columns = 1 + Math.max(0, ...sheet.units.map(({ column }) => column))
  const units: Record<string, Point> = {}
  const ports: Record<string, Point> = {}
  let x = 0
  for (let column = 0; column < columns; column++) {
    const own = sheet.units.filter((unit) => unit.column === column)
    const step = 136
    let y = (-step * own.length) / 2
    for (const unit of own) {
      units[unit.name] = { x, y: y + (90 - unit.height) / 2 }
      y += step
      for (const side of ['in', 'out'] as const) {
        const names = portsOf(sheet, unit.name, side)
        names.forEach((port, i) => {
          const place = { x: side === 'in' ? 0 : unit.width, y: portLevel(unit, i, names.length) }
          ports[portKey(unit.name, port, side)] = place
        })
      }
    }
    x += 90 + Math.max(60, ...own.map(({ width }) => width))
  }
  return { units, ports, routes: {} }
}

const portLevel = ({ height }: SheetUnit, index: number, count: number) =>
  (height * (index + 1)) / (count + 1)

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.separateConnectedComponents': 'false',
  'elk.spacing.nodeNode': '50',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '10',
  'elk.spacing.edgeLabel': '1',
  'elk.spacing.portPort': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '16',
  'elk.layered.spacing.edgeNodeBetweenLayers': '10',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.layered.feedbackEdges': 'true',
  'elk.layered.cycleBreaking.strategy': 'MODEL_ORDER',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
} as const

/** Names are set larger as the drawing gets smaller: the room kept is for a middle size. */
const nameRoom = { font: 15, line: 17 } as const

const captionRoom = ({ role, sections }: SheetUnit) =>
  role === 'product' ? 24 : sections.length > 0 ? 12 : 0

/** Where a name may break: after its hyphens. */
const wordsOf = (name: string) => name.split(/(?<=-)/)

/** Feeds stand at the left edge, products at the right; other ends right of their source. */
function constraint(role: SheetUnit['role']): Record<string, string> {
  if (role === 'feed') return { 'elk.layered.layering.layerConstraint': 'FIRST' }
  return role === 'product' ? { 'elk.layered.layering.layerConstraint': 'LAST' } : {}
}

function nodeOf(sheet: Sheet, unit: SheetUnit): ElkNode {
  const { name, width, height, stubs, role } = unit
  const above = stubRoom(stubs)
  const words = wordsOf(name)
  const named = Math.max(width, ...words.map((word) => textWidth(word, nameRoom.font)))
  const below = nameRoom.line * words.length + captionRoom(unit)
  const label = (text: string, size: { width: number; height: number }, side: string) => ({
    text,
    ...size,
    layoutOptions: { 'elk.nodeLabels.placement': `OUTSIDE ${side} H_CENTER` },
  })
  return {
    id: name,
    width,
    height,
    ports: (['in', 'out'] as const).flatMap((side) =>
      portsOf(sheet, name, side).map((port) => ({
        id: portKey(name, port, side),
        width: 0,
        height: 0,
        layoutOptions: { 'elk.port.side': side === 'in' ? 'WEST' : 'EAST' },
      })),
    ),
    labels: [
      label(name, { width: named, height: below }, 'V_BOTTOM'),
      ...(above.width === 0 ? [] : [label('reagents', above, 'V_TOP')]),
    ],
    layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE', ...constraint(role) },
  }
}

/** The sheet as ELK reads it: lines of one port share it, so that they join as a header does. */
export function elkGraph(sheet: Sheet): ElkNode {
  return {
    id: 'plant',
    layoutOptions: { ...options },
    children: sheet.units.map((unit) => nodeOf(sheet, unit)),
    edges: sheet.lines.map(({ name, from, fromPort, to, toPort }) => ({
      id: name,
      sources: [portKey(from, fromPort, 'out')],
      targets: [portKey(to, toPort, 'in')],
      labels: [{ text: name, ...flowLabel, layoutOptions: { 'elk.edgeLabels.placement': 'TAIL' } }],
    })),
  }
}

export function readLayout(graph: ElkNode): Layout {
  const nodes = graph.children ?? []
  const at = ({ x = 0, y = 0 }: { x?: number; y?: number }): Point => ({ x: tidy(x), y: tidy(y) })
  return {
    units: Object.fromEntries(nodes.map((node) => [node.id, at(node)])),
    ports: Object.fromEntries(
      nodes.flatMap((node) => (node.ports ?? []).map((port) => [port.id, at(port)])),
    ),
    routes: Object.fromEntries(
      (graph.edges ?? []).map((edge) => [
        edge.id,
        (edge.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) =>
          [startPoint, ...bendPoints, endPoint].map(at),
        ),
      ]),
    ),
  }
}

const tidy = (value: number) => Math.round(value * 10) / 10
