import { Position, type NodeHandle } from '@xyflow/react'
import { portKey, type Layout } from './layout.ts'
import type { LineEdgeType } from './LineEdge.tsx'
import { roomsOf, type Point } from './route.ts'
import type { Sheet, SheetLine, SheetUnit } from './sheet.ts'
import type { UnitNodeType } from './UnitNode.tsx'

const origin: Point = { x: 0, y: 0 }

/** One invisible end on each side, so that lines are drawn before anything is measured. */
const handlesOf = ({ width, height }: SheetUnit): NodeHandle[] => [
  { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
  { type: 'source', position: Position.Right, x: width, y: height / 2, width: 1, height: 1 },
]

/** Units as React Flow takes them: where they were dragged to, or else where they were laid out. */
export function nodesOf(
  sheet: Sheet,
  layout: Layout,
  positions: Readonly<Record<string, Point>>,
): UnitNodeType[] {
  return sheet.units.map((unit) => {
    const { name, width, height } = unit
    return {
      id: name,
      type: 'unit' as const,
      position: { ...(positions[name] ?? layout.units[name] ?? origin) },
      data: { unit },
      width,
      height,
      measured: { width, height },
      handles: handlesOf(unit),
    }
  })
}

/** Whether another line leaves the same unit so near that nothing can be written between them. */
function crowded(line: SheetLine, lines: readonly SheetLine[], { ports }: Layout): boolean {
  const level = (each: SheetLine) => ports[portKey(each.from, each.fromPort, 'out')]?.y ?? 0
  return lines.some(
    (other) =>
      other.from === line.from &&
      other.fromPort !== line.fromPort &&
      Math.abs(level(other) - level(line)) < 22,
  )
}

/** Lines as React Flow takes them; nothing in them depends on a number of the plant. */
export function edgesOf({ units, lines }: Sheet, layout: Layout): LineEdgeType[] {
  const widths = new Map(units.map(({ name, width, height }) => [name, { width, height }]))
  const rooms = roomsOf(layout.routes)
  return lines.map((line) => {
    const { name, from, fromPort, to, toPort } = line
    const [source, target] = [widths.get(from), widths.get(to)]
    const outlet = { x: source?.width ?? 0, y: (source?.height ?? 0) / 2 }
    const inlet = { x: 0, y: (target?.height ?? 0) / 2 }
    return {
      id: name,
      type: 'line' as const,
      source: from,
      target: to,
      ariaRole: 'group' as const,
      ariaLabel: `${name}: ${from} to ${to}`,
      data: {
        line,
        way: layout.routes[name],
        room: rooms.get(name),
        isCrowded: crowded(line, lines, layout),
        ends: [layout.units[from] ?? origin, layout.units[to] ?? origin] as const,
        ports: [
          layout.ports[portKey(from, fromPort, 'out')] ?? outlet,
          layout.ports[portKey(to, toPort, 'in')] ?? inlet,
        ] as const,
      },
    }
  })
}
