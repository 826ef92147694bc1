import type { SpeciesTable } from '../chemistry/species.ts'
import { boundedStep } from '../numerics/index.ts'
import type { FixedPointMethod, Knowledge, Visit } from '../numerics/index.ts'
import { settled } from './settle.ts'
import { sparseOf } from './sparse.ts'
import { emptyStream, isEmpty, type Stream } from './stream.ts'

/** How well a tear must close. */
export interface Closure {
  /** Element mismatch over what the plant, or the unit behind the tear, is given of it. */
  readonly element: number
  /** Relative mismatch of a species that is more than 1e-9 of its stream; of a temperature. */
  readonly species: number
}

/** The mismatch that is worst in units of what is allowed: 1 is just good enough. */
export interface Mismatch {
  readonly ratio: number
  /** The relative mismatch itself. */
  readonly relative: number
  /** Index of the connection; -1 when there is no mismatch at all. */
  readonly line: number
  /** Element, species or `temperature`. */
  readonly what: string
  /** True when more comes out than went in: the tear is still filling. */
  readonly growing: boolean
}

const rounding = 2 ** -52
export const noMismatch: Mismatch = { ratio: 0, relative: 0, line: -1, what: '', growing: false }

/** All tears as one vector: flows, then temperature, tear after tear. */
export function pack(streams: readonly Stream[]): Float64Array {
  const size = (streams[0]?.flow.length ?? 0) + 1
  const vector = new Float64Array(streams.length * size)
  for (const [k, stream] of streams.entries()) {
    vector.set(stream.flow, k * size)
    vector[(k + 1) * size - 1] = stream.temperature
  }
  return vector
}

/** Places within a tear that carry anything in any tear; all others stay empty. */
function carrying(point: Float64Array, image: Float64Array, size: number): Int32Array {
  const carried = new Uint8Array(size)
  for (let i = 0; i < point.length; i++) {
    if (point[i] !== 0 || image[i] !== 0) carried[i % size] = 1
  }
  return Int32Array.from([...carried.keys()].filter((at) => carried[at] === 1))
}

/** The entries at these places of every tear. */
function squeeze(vector: Float64Array, places: Int32Array, size: number): Float64Array {
  const width = places.length
  const tears = vector.length / size
  const part = new Float64Array(tears * width)
  for (let tear = 0; tear < tears; tear++) {
    for (let k = 0; k < width; k++) {
      part[tear * width + k] = vector[tear * size + (places[k] as number)] as number
    }
  }
  return part
}

/**
 * The next guess of all tears: the method's proposal, kept within bounds entry by entry, and the
 * charge that entry-wise steps leave taken out again. Never negative, never not a number.
 */
export function nextGuess(
  table: SpeciesTable,
  method: FixedPointMethod,
  knowledge: Knowledge,
  visit: Visit,
  guess: readonly Stream[],
  image: readonly Stream[],
): Stream[] {
  const size = table.species.length + 1
  const places = carrying(visit.point, visit.image, size)
  const width = places.length
  const short = (vector: Float64Array) => squeeze(vector, places, size)
  const last = { point: short(visit.point), image: short(visit.image) }
  const squeezed: Knowledge = {
    last,
    pointMoves: knowledge.pointMoves.map(short),
    imageMoves: knowledge.imageMoves.map(short),
  }
  const proposal = method.next(squeezed, weights(last.point, last.image, width), width)
  const bounded = boundedStep(proposal, last.point, last.image, { shrink: 10, grow: 10 })
  return image.map((stream, k): Stream => {
    const flow = new Float64Array(size - 1)
    for (let p = 0; p < width - 1; p++) {
      flow[places[p] as number] = bounded[k * width + p] as number
    }
    if (isEmpty({ ...stream, flow })) return stream
    neutralise(table, flow, stream.flow)
    const temperature = near(bounded[(k + 1) * width - 1] as number, guess[k], stream)
    return { ...stream, flow: settled(table, flow), temperature }
  })
}

/** Keeps a temperature within 30 K of what went in and what came out. */
function near(temperature: number, before: Stream | undefined, after: Stream): number {
  const other = before?.temperature ?? after.temperature
  const low = Math.min(other, after.temperature) - 30
  const high = Math.max(other, after.temperature) + 30
  return Math.min(high, Math.max(Math.max(low, 200), temperature))
}

/** 1 over the largest of each species in any tear, none taken below 1e-9 of all that is torn. */
function weights(point: Float64Array, image: Float64Array, size: number): Float64Array {
  const largest = new Float64Array(size)
  let total = 0
  for (let i = 0; i < point.length; i++) {
    const at = i % size
    largest[at] = Math.max(largest[at] as number, point[i] as number, image[i] as number)
    if (at < size - 1) total += image[i] as number
  }
  const floor = total > 0 ? 1e-9 * total : 1
  return point.map((_, i) => 1 / Math.max(largest[i % size] as number, floor))
}

/**
 * Takes net charge out of each phase, in place: all of one sign grow and all of the other shrink
 * by the same share, so nothing turns negative. A phase that is charged as it comes is left.
 */
function neutralise(table: SpeciesTable, flow: Float64Array, like: Float64Array): void {
  for (const phase of ['aqueous', 'organic'] as const) {
    const indices = table.inPhase(phase)
    if (Math.abs(chargeShare(table, indices, like)) > 1e-9) continue
    const excess = chargeShare(table, indices, flow)
    if (Math.abs(excess) < 4 * rounding) continue
    for (const i of indices) {
      const z = table.charge[i] as number
      if (z !== 0) flow[i] = (flow[i] as number) * (1 - Math.sign(z) * excess)
    }
  }
}

/** Net charge over all charge, -1 to 1. */
function chargeShare(table: SpeciesTable, indices: readonly number[], flow: Float64Array): number {
  let net = 0
  let total = 0
  for (const i of indices) {
    const charge = (table.charge[i] as number) * (flow[i] as number)
    net += charge
    total += Math.abs(charge)
  }
  return total > 0 ? net / total : 0
}

/** What an element's mismatch is compared with, mol/s, by column of the table. */
export type ElementScale = (line: number) => Float64Array

/** The worst mismatch between what was assumed in the tears and what came back. */
export function mismatch(
  table: SpeciesTable,
  lines: readonly number[],
  guess: readonly Stream[],
  image: readonly Stream[],
  allowed: Closure,
  scaleOf: ElementScale,
): Mismatch {
  let worst = noMismatch
  const offer = (line: number, what: string, relative: number, limit: number, grows: boolean) => {
    const ratio = relative / limit
    if (ratio > worst.ratio) worst = { ratio, relative, line, what, growing: grows }
  }
  for (const [k, line] of lines.entries()) {
    const before = guess[k] ?? emptyStream(table)
    const after = image[k] ?? emptyStream(table)
    elementMismatch(table, before.flow, after.flow, scaleOf(line), (symbol, relative, grows) =>
      offer(line, symbol, relative, allowed.element, grows),
    )
    const [from, to] = [before.flow, after.flow]
    let total = 0
    for (let i = 0; i < to.length; i++) total += to[i] as number
    for (let i = 0; i < to.length; i++) {
      const x = from[i] as number
      const g = to[i] as number
      const size = Math.max(x, g)
      if (size <= 1e-9 * total || size === 0 || x === g) continue
      offer(line, table.species[i]?.id ?? '', Math.abs(g - x) / size, allowed.species, g > x)
    }
    if (total === 0) continue
    const change = Math.abs(after.temperature - before.temperature) / after.temperature
    offer(line, 'temperature', change, allowed.species, after.temperature > before.temperature)
  }
  return worst
}

function elementMismatch(
  table: SpeciesTable,
  before: Float64Array,
  after: Float64Array,
  scale: Float64Array,
  offer: (symbol: string, relative: number, growing: boolean) => void,
): void {
  const { start, column, atoms } = sparseOf(table)
  const gap = new Float64Array(table.elements.length)
  const size = new Float64Array(table.elements.length)
  for (let i = 0; i < after.length; i++) {
    const change = (after[i] as number) - (before[i] as number)
    const larger = Math.max(before[i] as number, after[i] as number)
    if (larger === 0) continue
    for (let k = start[i] as number; k < (start[i + 1] as number); k++) {
      const e = column[k] as number
      gap[e] = (gap[e] as number) + (atoms[k] as number) * change
      size[e] = (size[e] as number) + (atoms[k] as number) * larger
    }
  }
  for (let e = 0; e < gap.length; e++) {
    const off = gap[e] as number
    if (Math.abs(off) <= 16 * rounding * (size[e] as number)) continue
    offer(table.elements[e] as string, Math.abs(off) / (scale[e] as number), off > 0)
  }
}
