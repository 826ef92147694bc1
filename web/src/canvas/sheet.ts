import { symbolOf } from '../../../src/draw/symbols.ts'
import type { PlantView, StreamView, UnitView } from '../engine/protocol.ts'

/** A reagent where it is used: a short arrow from above. */
export interface Stub {
  readonly stream: string
  readonly reagent: string
}

/** A unit as the canvas draws it; sizes in px. */
export interface SheetUnit {
  readonly name: string
  readonly title: string
  readonly kind: string
  readonly symbol: string
  readonly role: UnitView['role']
  /** Sections of a circuit, one compartment each; empty for other units. */
  readonly sections: readonly string[]
  readonly stubs: readonly Stub[]
  readonly inlets: number
  readonly outlets: number
  readonly width: number
  readonly height: number
  readonly column: number
}

export interface SheetLine {
  readonly name: string
  /** What stands in the diamond: a short name, or the stream's number in the plant file. */
  readonly mark: string
  readonly from: string
  readonly fromPort: string
  readonly to: string
  readonly toPort: string
  readonly recycle: boolean
}

/** What is drawn of a plant: its structure, no number of it. Units in the order of the flow. */
export interface Sheet {
  readonly key: string
  readonly units: readonly SheetUnit[]
  readonly lines: readonly SheetLine[]
}

/** Heights of a reagent's arrow with its two lines of words, and of one raised over others. */
const stubHeight = { low: 38, raised: 60 } as const
const stubFont = 9
const compartment = { width: 58, height: 52 } as const
/** Names up to this length stand in the diamond, as in the terminal's drawing. */
const shortName = 4

export const unitOf = (place: string) => place.slice(0, place.lastIndexOf('.'))
export const portOf = (place: string) => place.slice(place.lastIndexOf('.') + 1)

export const textWidth = (text: string, size: number) => 0.58 * size * text.length

const stubWidth = ({ reagent }: Stub) => 8 + Math.max(38, textWidth(reagent, stubFont))

/** Room for the reagents over a unit; from three on every other one is raised, to stand closer. */
export function stubRoom(stubs: readonly Stub[]): {
  readonly width: number
  readonly height: number
  readonly isStaggered: boolean
} {
  const widths = stubs.map(stubWidth)
  const isStaggered = stubs.length > 2
  if (stubs.length === 0) return { width: 0, height: 0, isStaggered }
  const pitch = Math.max(...widths) / (isStaggered ? 2 : 1)
  const height = isStaggered ? stubHeight.raised : stubHeight.low
  return { width: pitch * stubs.length, height, isStaggered }
}

export const stubLevel = (index: number, isStaggered: boolean) =>
  isStaggered && index % 2 === 1 ? stubHeight.raised : stubHeight.low

/** Two plants with the same key are drawn alike: their numbers may differ, their lines do not. */
export function structureKey({ units, streams }: PlantView): string {
  const parts = units.map((unit) => {
    const sections = unit.sections?.map(({ name }) => name).join(',') ?? ''
    return `${unit.name}:${unit.kind}:${unit.symbol}:${unit.role}:${sections}`
  })
  return [...parts, ...streams.map(({ name, from, to }) => `${name}:${from}>${to}`)].join('\n')
}

export function sheetOf(plant: PlantView): Sheet {
  const reagents = new Set(
    plant.units.filter(({ role }) => role === 'reagent').map(({ name }) => name),
  )
  const between = plant.streams.filter(({ from }) => !reagents.has(unitOf(from)))
  const supplies = plant.streams.filter(({ from }) => reagents.has(unitOf(from)))
  const used = new Set(supplies.map(({ from }) => unitOf(from)))
  // A reagent that nothing draws has no arrow to be seen by, so it stands as a unit.
  const shown = plant.units.filter(({ name }) => !used.has(name))
  const back = recyclesOf(shown, between)
  const { order, column } = columnsOf(shown, between, back)
  const numbers = new Map(plant.streams.map(({ name }, index) => [name, index + 1]))
  const lines = between.map(({ name, from, to }) => ({
    name,
    mark: name.length <= shortName ? name : `${numbers.get(name) ?? ''}`,
    from: unitOf(from),
    fromPort: portOf(from),
    to: unitOf(to),
    toPort: portOf(to),
    recycle: back.has(name),
  }))
  const units = order.map((unit) => {
    const stubs = supplies
      .filter(({ to }) => unitOf(to) === unit.name)
      .map(({ name, from, to }) => ({ stream: name, reagent: unitOf(from), port: portOf(to) }))
      .sort((a, b) => sectionOf(unit, a.port) - sectionOf(unit, b.port))
    const ends = (side: 'from' | 'to') =>
      plant.streams.filter((stream) => unitOf(stream[side]) === unit.name).length
    return {
      ...drawnUnit(unit, stubs),
      column: column.get(unit.name) ?? 0,
      inlets: ends('to'),
      outlets: ends('from'),
    }
  })
  return { key: structureKey(plant), units, lines }
}

/** Which compartment takes what arrives at a port: that of its name; make-up and base the first. */
const sectionOf = ({ sections }: UnitView, port: string) =>
  Math.max(0, sections?.findIndex(({ name }) => name.startsWith(port)) ?? 0)

function drawnUnit(unit: UnitView, stubs: readonly Stub[]) {
  const { name, title, kind, symbol, role } = unit
  const sections = unit.sections?.map((section) => section.name) ?? []
  const drawn = symbolOf(symbol)
  const above = stubRoom(stubs).width
  const isCircuit = sections.length > 0
  return {
    name,
    title,
    kind,
    symbol,
    role,
    sections,
    stubs,
    width: isCircuit ? Math.max(compartment.width * sections.length, above) : drawn.width,
    height: isCircuit ? compartment.height : drawn.height,
  }
}

type Line = Pick<StreamView, 'name' | 'from' | 'to'>
type Named = Pick<UnitView, 'name' | 'role'>

/**
 * Streams that close a loop when the plant is walked from its feeds, in the order in which it names
 * its units: those that lead back to a unit on the way to where they start.
 */
export function recyclesOf(units: readonly Named[], lines: readonly Line[]): ReadonlySet<string> {
  const leaving = new Map<string, Line[]>(units.map(({ name }) => [name, []]))
  for (const line of lines) leaving.get(unitOf(line.from))?.push(line)
  const back = new Set<string>()
  const done = new Set<string>()
  const way = new Set<string>()
  const walk = (name: string) => {
    if (done.has(name)) return
    done.add(name)
    way.add(name)
    for (const line of leaving.get(name) ?? []) {
      const next = unitOf(line.to)
      if (way.has(next)) back.add(line.name)
      else walk(next)
    }
    way.delete(name)
  }
  for (const { name } of units.filter(({ role }) => role === 'feed')) walk(name)
  for (const { name } of units) walk(name)
  return back
}

/** Longest way of each unit from a feed, recycles left out; and the units in that order. */
export function columnsOf<T extends Named>(
  units: readonly T[],
  lines: readonly Line[],
  back: ReadonlySet<string>,
): { readonly order: readonly T[]; readonly column: ReadonlyMap<string, number> } {
  const known = new Set(units.map(({ name }) => name))
  const forward = lines.filter(
    ({ name, from, to }) => !back.has(name) && known.has(unitOf(from)) && known.has(unitOf(to)),
  )
  const column = new Map<string, number>()
  const order: T[] = []
  let left = [...units]
  while (left.length > 0) {
    const waits = ({ name }: T) =>
      forward.some((line) => unitOf(line.to) === name && !column.has(unitOf(line.from)))
    const next = left.find((unit) => !waits(unit)) ?? left[0]
    if (next === undefined) break
    const before = forward.filter(({ to }) => unitOf(to) === next.name)
    column.set(
      next.name,
      Math.max(0, ...before.map(({ from }) => 1 + (column.get(unitOf(from)) ?? 0))),
    )
    order.push(next)
    left = left.filter((unit) => unit !== next)
  }
  return { order, column }
}
