import type { Drawing, DrawnStream, DrawnUnit } from './drawing.ts'

/** A stream between two drawn units; a recycle goes back to where its material came from. */
export interface Line extends DrawnStream {
  readonly recycle: boolean
}

/** Units in the order of the flow, with the layer of each; reagents and discharges are apart. */
export interface Flow {
  readonly units: readonly DrawnUnit[]
  readonly layer: ReadonlyMap<string, number>
  readonly layers: number
  readonly lines: readonly Line[]
  /** Reagents by the unit that they enter: drawn as short arrows from above. */
  readonly reagents: ReadonlyMap<string, readonly DrawnStream[]>
  /** Discharges: each is drawn as a small tag at the end of its line. */
  readonly discharges: readonly Line[]
}

/** What of a drawing is a line between units, what a reagent and what a discharge. */
export function flowOf(drawing: Drawing): Flow {
  const symbols = new Map(drawing.units.map((unit) => [unit.name, unit.symbol]))
  const isReagent = (s: DrawnStream) => symbols.get(s.from) === 'reagent'
  // A reagent that goes straight to a discharge leaves the discharge as a unit of its own.
  const kept = new Set(drawing.streams.filter(isReagent).map((s) => s.to))
  const isDischarge = (s: DrawnStream) => symbols.get(s.to) === 'discharge' && !kept.has(s.to)
  const shown = (unit: DrawnUnit) =>
    unit.symbol !== 'reagent' && (unit.symbol !== 'discharge' || kept.has(unit.name))
  const units = drawing.units.filter(shown)
  const reagents = new Map<string, DrawnStream[]>()
  for (const stream of drawing.streams.filter(isReagent)) {
    reagents.set(stream.to, [...(reagents.get(stream.to) ?? []), stream])
  }
  for (const unit of units) {
    const place = (s: DrawnStream) => sectionOf(unit, s.toPort)
    reagents.get(unit.name)?.sort((a, b) => place(a) - place(b))
  }
  const between = drawing.streams.filter((s) => !isReagent(s) && !isDischarge(s))
  const back = recyclesOf(units, between)
  const lines = between.map((s) => ({ ...s, recycle: back.has(s) }))
  const { order, layer } = layersOf(units, lines)
  const ends = drawing.streams.filter((s) => isDischarge(s) && !isReagent(s))
  return {
    units: order,
    layer,
    layers: 1 + Math.max(0, ...layer.values()),
    lines,
    reagents,
    discharges: ends.map((s) => ({ ...s, recycle: false })),
  }
}

/** Which compartment takes what arrives at a port: that of its name; make-up and base the first. */
function sectionOf(unit: DrawnUnit, port: string): number {
  return Math.max(0, unit.compartments?.findIndex(({ name }) => name.startsWith(port)) ?? 0)
}

/**
 * Streams that close a loop when the plant is walked from its feeds, in the order in which it names
 * its units: those that lead back to a unit on the way to where they start.
 */
function recyclesOf(
  units: readonly DrawnUnit[],
  lines: readonly DrawnStream[],
): ReadonlySet<DrawnStream> {
  const back = new Set<DrawnStream>()
  const done = new Set<string>()
  const way = new Set<string>()
  const walk = (name: string) => {
    if (done.has(name)) return
    done.add(name)
    way.add(name)
    for (const stream of lines.filter((s) => s.from === name)) {
      if (way.has(stream.to)) back.add(stream)
      else walk(stream.to)
    }
    way.delete(name)
  }
  for (const unit of units.filter(({ symbol }) => symbol === 'feed')) walk(unit.name)
  for (const unit of units) walk(unit.name)
  return back
}

/** Longest way from a source, without recycles. Sources stand directly before what they feed. */
function layersOf(units: readonly DrawnUnit[], lines: readonly Line[]) {
  const layer = new Map<string, number>()
  const order: DrawnUnit[] = []
  let left = [...units]
  const waits = (unit: DrawnUnit) =>
    lines.some((s) => s.to === unit.name && !s.recycle && !layer.has(s.from))
  while (left.length > 0) {
    const next = left.find((unit) => !waits(unit)) ?? left[0]
    if (next === undefined) break
    const before = lines.filter((s) => s.to === next.name && layer.has(s.from) && !s.recycle)
    layer.set(next.name, Math.max(0, ...before.map((s) => 1 + (layer.get(s.from) ?? 0))))
    order.push(next)
    left = left.filter((unit) => unit !== next)
  }
  for (const unit of order) {
    if (lines.some((s) => s.to === unit.name)) continue
    const after = lines.filter((s) => s.from === unit.name).map((s) => layer.get(s.to) ?? 1)
    if (after.length > 0) layer.set(unit.name, Math.max(0, Math.min(...after) - 1))
  }
  return { order, layer }
}

/** The layer by which a unit goes to a row: a product stays in the row of the one line to it. */
export function homeLayer(flow: Flow, name: string): number {
  const own = flow.layer.get(name) ?? 0
  const [line, ...others] = flow.lines.filter((s) => s.to === name)
  const ends = others.length === 0 && !flow.lines.some((s) => s.from === name)
  return line === undefined || !ends ? own : (flow.layer.get(line.from) ?? own)
}

/**
 * First layers of each of `count` rows of about equal length, cut where few lines cross; `widths`
 * are those of the layers, px.
 */
export function cutRows(flow: Flow, widths: readonly number[], count: number): readonly number[] {
  const at = (name: string) => homeLayer(flow, name)
  const crossings = widths.map(
    (_, cut) => flow.lines.filter((s) => at(s.from) < cut !== at(s.to) < cut).length,
  )
  const before = widths.map((_, cut) => widths.slice(0, cut).reduce((sum, w) => sum + w, 0))
  const total = widths.reduce((sum, w) => sum + w, 0)
  const starts = [0]
  for (let row = 1; row < count; row++) {
    const even = (row * total) / count
    const cost = (cut: number) =>
      Math.abs((before[cut] ?? 0) - even) + crossingCost * (crossings[cut] ?? 0)
    const last = starts.at(-1) ?? 0
    const free = widths.map((_, cut) => cut).filter((cut) => cut > last)
    const [first, ...others] = free
    if (first === undefined) break
    starts.push(others.reduce((best, cut) => (cost(cut) < cost(best) ? cut : best), first))
  }
  return starts
}

/** Inequality of rows, px, that it is worth to cut one line less. */
const crossingCost = 60

const mostAcross = 2
const longest = { forward: 3, recycle: 8 } as const

/**
 * Lines that would cross half the drawing: they are shown by a tag at either end instead, as on
 * drawings of several sheets. Whole lines are the short ones in a row, two from a row to the next
 * and two recycles: those to units that gather least, the heaviest first.
 */
export function jumpsOf(flow: Flow, rowOf: (name: string) => number): ReadonlySet<Line> {
  const at = (name: string) => flow.layer.get(name) ?? 0
  const jumps = new Set<Line>()
  const across = new Map<string, Line[]>()
  for (const line of flow.lines) {
    const [from, to] = [rowOf(line.from), rowOf(line.to)]
    const span = Math.abs(at(line.to) - at(line.from))
    if (from === to) {
      if (span > (line.recycle ? longest.recycle : longest.forward)) jumps.add(line)
    } else if (line.recycle || to === from + 1) {
      const key = line.recycle ? 'recycles' : `to row ${to}`
      across.set(key, [...(across.get(key) ?? []), line])
    } else jumps.add(line)
  }
  // Where many streams end, effluent or off-gas is gathered: that can be told by tags.
  const gathered = (line: Line) => flow.lines.filter((s) => s.to === line.to).length
  for (const lines of across.values()) {
    const first = [...lines].sort((a, b) => gathered(a) - gathered(b) || b.weight - a.weight)
    for (const line of first.slice(mostAcross)) jumps.add(line)
  }
  return jumps
}
