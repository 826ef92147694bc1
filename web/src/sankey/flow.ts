import type { Solution, SolvedStream } from '../../../src/scenario/index.ts'
import { columnsOf, recyclesOf, unitOf } from '../canvas/sheet.ts'
import type { PlantView, StreamView, UnitView } from '../engine/protocol.ts'

/** What the bands can show besides single elements. */
export const totalMass = 'total mass'
export const rareEarths = 'rare earths'

const rareEarthSymbols = 'Sc Y La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu'.split(' ')

/** How much of the chosen element a stream carries, kg/s. */
function amountOf(stream: SolvedStream | undefined, element: string): number {
  if (stream === undefined) return 0
  if (element === totalMass) return stream.mass
  if (element !== rareEarths) return stream.elements[element] ?? 0
  return rareEarthSymbols.reduce((sum, symbol) => sum + (stream.elements[symbol] ?? 0), 0)
}

/**
 * Along the plant; back to where it came from; in from a reagent; out of the plant unsold; or many
 * thin streams of a unit as one.
 */
export type BandKind = 'forward' | 'recycle' | 'supply' | 'loss' | 'other'

/** A band of the drawing: the streams between two units that go the same way. */
export interface Band {
  readonly id: string
  readonly kind: BandKind
  /** Units; empty where an `other` band has no one end, or a supply no unit of its own. */
  readonly from: string
  readonly to: string
  /** Where a supply comes from or a loss goes to. */
  readonly end: string
  readonly streams: readonly string[]
  /** kg/s */
  readonly value: number
  /** Of what the feeds bring. */
  readonly share: number
}

export interface FlowNode {
  readonly name: string
  readonly role: UnitView['role']
  readonly column: number
}

export interface Flow {
  readonly element: string
  readonly nodes: readonly FlowNode[]
  readonly bands: readonly Band[]
  /** kg/s that all shares are of, and what it is. */
  readonly base: number
  readonly baseIs: 'feed' | 'entering'
  /** Streams too thin for a band of their own, and what they carry together, of the base. */
  readonly thin: { readonly streams: number; readonly share: number }
}

/** Streams that carry less than this of the feed get no band of their own. */
export const thinnest = 1e-3

interface Carried {
  readonly line: StreamView
  readonly value: number
  readonly kind: Exclude<BandKind, 'other'>
}

/** The way of an element through the plant, as bands between units. */
export function flowOf(plant: PlantView, solution: Solution, element: string): Flow {
  const roles = new Map(plant.units.map(({ name, role }) => [name, role]))
  const role = (place: string) => roles.get(unitOf(place))
  const all = plant.streams
    .map((line) => ({ line, value: amountOf(solution.streams[line.name], element) }))
    .filter(({ value }) => value > 0)
  const sum = (side: readonly { value: number }[]) =>
    side.reduce((all, { value }) => all + value, 0)
  const fed = sum(all.filter(({ line }) => role(line.from) === 'feed'))
  const entering = fed + sum(all.filter(({ line }) => role(line.from) === 'reagent'))
  const base = fed > 0 ? fed : entering
  const inner = plant.units.filter((unit) => unit.role !== 'reagent' && unit.role !== 'end')
  const isInner = (place: string) => role(place) !== 'reagent' && role(place) !== 'end'
  const between = all.filter(({ line }) => isInner(line.from) && isInner(line.to))
  const back = recyclesOf(
    inner,
    between.map(({ line }) => line),
  )
  const carried = all.map(({ line, value }): Carried => {
    if (role(line.from) === 'reagent') return { line, value, kind: 'supply' }
    if (role(line.to) === 'end') return { line, value, kind: 'loss' }
    return { line, value, kind: back.has(line.name) ? 'recycle' : 'forward' }
  })
  const { bands, thin } = bandsOf(carried, base)
  const used = new Set(bands.flatMap(({ from, to }) => [from, to]))
  const shown = inner.filter(({ name }) => used.has(name))
  const kept = between.filter(({ line }) =>
    bands.some(({ streams }) => streams.includes(line.name)),
  )
  const nodes = placed(
    shown,
    kept.map(({ line }) => line),
    back,
  )
  return { element, nodes, bands, base, baseIs: fed > 0 ? 'feed' : 'entering', thin }
}

/** Bands for all that is wide enough, and for each unit one for what is thinner. */
function bandsOf(carried: readonly Carried[], base: number) {
  const bands = new Map<string, Band>()
  const add = (id: string, value: number, stream: string, band: Omit<Band, Added>) => {
    const before = bands.get(id)
    const total = (before?.value ?? 0) + value
    const streams = [...(before?.streams ?? []), stream]
    bands.set(id, { ...band, id, value: total, share: total / base, streams })
  }
  const isWide = ({ value }: Carried) => value >= thinnest * base
  for (const each of carried.filter(isWide)) {
    const { line, value, kind } = each
    const [source, target] = [unitOf(line.from), unitOf(line.to)]
    const from = kind === 'supply' ? '' : source
    const to = kind === 'loss' ? '' : target
    const end = kind === 'supply' ? source : kind === 'loss' ? target : ''
    add(`${kind} ${source} ${target}`, value, line.name, { kind, from, to, end })
  }
  const thin = carried.filter((each) => !isWide(each))
  const known = new Set([...bands.values()].flatMap(({ from, to }) => [from, to]))
  for (const { line, value } of thin) {
    const [from, to] = [unitOf(line.from), unitOf(line.to)]
    const other = { kind: 'other', end: 'other' } as const
    if (known.has(from)) add(`other from ${from}`, value, line.name, { ...other, from, to: '' })
    if (known.has(to)) add(`other to ${to}`, value, line.name, { ...other, from: '', to })
  }
  const share = thin.reduce((sum, { value }) => sum + value, 0) / base
  return { bands: [...bands.values()], thin: { streams: thin.length, share } }
}

type Added = 'id' | 'value' | 'share' | 'streams'

/** Columns by the longest way from a feed; what only feeds one unit stands before it. */
function placed(
  units: readonly UnitView[],
  lines: readonly StreamView[],
  back: ReadonlySet<string>,
): readonly FlowNode[] {
  const { order, column } = columnsOf(units, lines, back)
  const last = Math.max(0, ...column.values())
  return order.map(({ name, role }) => {
    if (role === 'product') return { name, role, column: last }
    const isSource = !lines.some((line) => unitOf(line.to) === name && !back.has(line.name))
    const after = lines
      .filter((line) => unitOf(line.from) === name && !back.has(line.name))
      .map((line) => column.get(unitOf(line.to)) ?? 1)
    const own = column.get(name) ?? 0
    const isLate = isSource && role !== 'feed' && after.length > 0
    return { name, role, column: isLate ? Math.max(0, Math.min(...after) - 1) : own }
  })
}

/** What comes in and goes out of a unit by its bands, kg/s. */
export function throughput({ bands }: Flow, name: string): { in: number; out: number } {
  const sum = (own: readonly Band[]) => own.reduce((total, { value }) => total + value, 0)
  return {
    in: sum(bands.filter(({ to }) => to === name)),
    out: sum(bands.filter(({ from }) => from === name)),
  }
}
