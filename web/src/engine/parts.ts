import { sha256 } from '../../../src/scenario/hash.ts'
import type { Solution } from '../../../src/scenario/solution.ts'
import { build, fill, isSame, shapeOf, type Shape } from './pack.ts'

/** What changed in a solution since the last that was sent. */
export interface SolutionPatch {
  /** Names of all parts in order, where they are not those of the last one. */
  readonly names: readonly string[] | undefined
  /** Places in `names` of the parts that changed. */
  readonly changed: readonly number[]
  /** Of each changed part; undefined where it has the shape that it had last time. */
  readonly shapes: readonly (Shape | undefined)[]
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

/** Remembers what was sent, so that the next patch says only what is new. */
export function patcher(): (solution: Solution) => SolutionPatch {
  let names: readonly string[] = []
  let sent = new Map<string, unknown>()
  const shapes = new Map<string, Shape>()
  return (solution) => {
    const parts = partsOf(solution)
    const own = [...parts.keys()]
    const isAlike = own.length === names.length && own.every((name, k) => name === names[k])
    const changed: number[] = []
    const news: (Shape | undefined)[] = []
    const numbers: number[] = []
    for (const [k, [name, part]] of [...parts].entries()) {
      if (sent.has(name) && isSame(sent.get(name), part)) {
        parts.set(name, sent.get(name))
        continue
      }
      changed.push(k)
      news.push(pack(name, part, shapes, numbers))
    }
    names = own
    sent = parts
    for (const name of shapes.keys()) if (!parts.has(name)) shapes.delete(name)
    return {
      names: isAlike ? undefined : own,
      changed,
      shapes: news,
      numbers: Float64Array.from(numbers),
    }
  }
}

/** Appends a part's numbers; answers its shape where it is a new one. */
function pack(
  name: string,
  part: unknown,
  shapes: Map<string, Shape>,
  numbers: number[],
): Shape | undefined {
  const begun = numbers.length
  const known = shapes.get(name)
  if (known !== undefined && fill(part, known, numbers)) return undefined
  numbers.length = begun
  const shape = shapeOf(part)
  shapes.set(name, shape)
  if (!fill(part, shape, numbers)) throw new Error(`${name} is not of its own shape`)
  return shape
}

/**
 * Builds each solution from the last one and a patch; what did not change is the same record. The
 * text of the plant gives the hash that the solution carries, when somebody asks for it.
 */
export function rebuilder(): (patch: SolutionPatch, text: string) => Solution {
  let names: readonly string[] = []
  const shapes = new Map<string, Shape>()
  const parts = new Map<string, unknown>()
  let known: Readonly<Record<string, unknown>> = {}
  return (patch, text) => {
    names = patch.names ?? names
    const cursor = { numbers: patch.numbers, at: 0 }
    const touched = new Set<string>()
    for (const [k, index] of patch.changed.entries()) {
      const name = names[index] ?? ''
      const shape = patch.shapes[k] ?? shapes.get(name)
      if (shape === undefined) throw new Error(`no shape is known for ${name}`)
      shapes.set(name, shape)
      parts.set(name, build(shape, cursor))
      touched.add(name.split('/')[0] ?? '')
    }
    if (patch.names !== undefined) for (const key of byEntry) touched.add(key)
    known = assembled(names, parts, known, touched)
    return Object.defineProperty({ ...known }, 'plant', {
      enumerable: true,
      get: () => sha256(text),
    }) as unknown as Solution
  }
}

function assembled(
  names: readonly string[],
  parts: ReadonlyMap<string, unknown>,
  before: Readonly<Record<string, unknown>>,
  touched: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const solution: Record<string, unknown> = {}
  const opened: Record<string, Record<string, unknown>> = {}
  for (const name of names) {
    const slash = name.indexOf('/')
    const key = slash < 0 ? name : name.slice(0, slash)
    if (!touched.has(key)) solution[key] = before[key]
    else if (slash < 0) solution[key] = parts.get(name)
    else if (slash === name.length - 1) solution[key] = opened[key] = {}
    else {
      const entries = opened[key]
      if (entries !== undefined) entries[name.slice(slash + 1)] = parts.get(name)
    }
  }
  return solution
}
