import { onDemand } from '../../../src/numerics/on-demand.ts'
import { sha256 } from '../../../src/scenario/hash.ts'
import type { Solution } from '../../../src/scenario/solution.ts'
import { packed, repack, sizeOf, unpacked, type Packed, type Shape, type Word } from './pack.ts'

/** What changed in a solution since the last that was sent. */
export interface SolutionPatch {
  /** Names of all parts in order, where they are not those of the last one. */
  readonly names: readonly string[] | undefined
  /** Places in `names` of the parts that changed. */
  readonly changed: readonly number[]
  /** Of each changed part; undefined where it has the shape that it had last time. */
  readonly shapes: readonly (Shape | undefined)[]
  /** Of each changed part; undefined where its words are those of last time. */
  readonly words: readonly (readonly Word[] | undefined)[]
  /** Of all changed parts, one after the other. */
  readonly numbers: Float64Array<ArrayBuffer>
}

/** Records of a solution that are sent entry by entry. */
const byEntry = ['streams', 'circuits', 'units'] as const

type ByEntry = (typeof byEntry)[number]
const isByEntry = (key: string): key is ByEntry => byEntry.some((known) => known === key)

/**
 * A solution in parts: `streams/pls`, `units/leach`, `products`. The hash of the plant is left out:
 * it takes its time, and who has the text has the hash.
 */
function partsOf(solution: Solution): Map<string, unknown> {
  const parts = new Map<string, unknown>()
  for (const key of Object.keys(solution)) {
    if (key === 'plant') continue
    if (!isByEntry(key)) parts.set(key, Reflect.get(solution, key))
    else {
      parts.set(`${key}/`, true)
      for (const [name, entry] of Object.entries(solution[key])) parts.set(`${key}/${name}`, entry)
    }
  }
  return parts
}

/** A part as it was sent, and the record that it was made of. */
interface Sent extends Packed {
  readonly of: unknown
}

/** Remembers what was sent, so that the next patch says only what is new. */
export function patcher(): (solution: Solution) => SolutionPatch {
  let sent = new Map<string, Sent>()
  return (solution) => {
    const before = [...sent.keys()]
    const now = new Map<string, Sent>()
    const changed: number[] = []
    const shapes: (Shape | undefined)[] = []
    const words: (readonly Word[] | undefined)[] = []
    let size = 0
    for (const [name, of] of partsOf(solution)) {
      const last = sent.get(name)
      // A record never changes: the same one is not opened again.
      const isLast = last !== undefined && last.of === of
      const became = isLast ? 'same' : last === undefined ? 'shape' : repack(of, last)
      const part = isLast ? last : { ...(became === 'shape' || !last ? packed(of) : last), of }
      if (became !== 'same') {
        changed.push(now.size)
        shapes.push(became === 'shape' ? part.shape : undefined)
        // The next edit writes over them.
        words.push(became === 'numbers' ? undefined : [...part.words])
        size += part.numbers.length
      }
      now.set(name, part)
    }
    sent = now
    const names = [...now.keys()]
    const isAlike = names.length === before.length && names.every((name, k) => name === before[k])
    const all = [...now.values()]
    const numbers = blockOf(
      changed.map((k) => (all[k] as Sent).numbers),
      size,
    )
    return { names: isAlike ? undefined : names, changed, shapes, words, numbers }
  }
}

function blockOf(pieces: readonly Float64Array[], size: number): Float64Array<ArrayBuffer> {
  const block = new Float64Array(size)
  let at = 0
  for (const piece of pieces) {
    block.set(piece, at)
    at += piece.length
  }
  return block
}

/** A part on the page: made of its own numbers when it is first read. */
interface Held {
  readonly shape: Shape
  readonly words: readonly Word[]
  readonly read: () => unknown
}

type Reads = ReadonlyMap<string, () => unknown>

/**
 * Builds each solution from the last one and a patch; what did not change is the same record. The
 * text of the plant gives the hash that the solution carries, when somebody asks for it.
 */
export function rebuilder(): (patch: SolutionPatch, text: string) => Solution {
  let names: readonly string[] = []
  const parts = new Map<string, Held>()
  let known: Reads = new Map()
  return (patch, text) => {
    names = patch.names ?? names
    const touched = new Set<string>(patch.names === undefined ? [] : byEntry)
    let at = 0
    for (const [k, index] of patch.changed.entries()) {
      const name = names[index] ?? ''
      const before = parts.get(name)
      const shape = patch.shapes[k] ?? before?.shape
      const words = patch.words[k] ?? before?.words
      if (shape === undefined || words === undefined) throw new Error(`${name} was never sent`)
      const size = sizeOf(shape).numbers
      const numbers = patch.numbers.slice(at, at + size)
      at += size
      parts.set(name, { shape, words, read: onDemand(() => unpacked({ shape, numbers, words })) })
      touched.add(keyOf(name))
    }
    known = assembled(names, parts, known, touched)
    const plant = onDemand(() => sha256(text))
    return recordOf(new Map([...known, ['plant', plant]])) as unknown as Solution
  }
}

/** The record of the solution that a part belongs to. */
const keyOf = (name: string) => name.split('/', 1)[0] ?? ''

/** How every record of the solution is read; those that no part of was touched, as before. */
function assembled(
  names: readonly string[],
  parts: ReadonlyMap<string, Held>,
  before: Reads,
  touched: ReadonlySet<string>,
): Reads {
  const solution = new Map<string, () => unknown>()
  const entries = new Map<string, Map<string, () => unknown>>()
  for (const name of names) {
    const key = keyOf(name)
    const read = parts.get(name)?.read
    const known = before.get(key)
    if (!touched.has(key) && known !== undefined) solution.set(key, known)
    else if (key === name && read !== undefined) solution.set(key, read)
    else if (name.length === key.length + 1) {
      const own = new Map<string, () => unknown>()
      entries.set(key, own)
      solution.set(
        key,
        onDemand(() => recordOf(own)),
      )
    } else if (read !== undefined) entries.get(key)?.set(name.slice(key.length + 1), read)
  }
  return solution
}

/** A record whose values are made when they are read. */
function recordOf(reads: Reads): Readonly<Record<string, unknown>> {
  const record = {}
  for (const [key, get] of reads) Object.defineProperty(record, key, { enumerable: true, get })
  return record
}
