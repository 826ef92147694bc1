import type { ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { folded } from './fold.ts'
import { elkGraph, readLayout, type Layout } from './layout.ts'
import type { Sheet } from './sheet.ts'

/** The part of ELK that is used. */
interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>
}

let loading: Promise<Elk> | undefined

/** ELK is large: it is fetched when the first plant is laid out, and works in its own worker. */
async function load(): Promise<Elk> {
  const { default: ElkApi } = await import('elkjs/lib/elk-api.js')
  return new ElkApi({ workerFactory: () => new Worker(workerUrl) })
}

const kept = new Map<string, Promise<Layout>>()

/** Where everything stands; the same structure is laid out once, and remembered by the browser. */
export function layOut(sheet: Sheet): Promise<Layout> {
  const known = kept.get(sheet.key)
  if (known !== undefined) return known
  loading ??= load()
  const made = loading
    .then((elk) => elk.layout(elkGraph(sheet)))
    .then((graph) => {
      const layout = folded(readLayout(graph), sheet)
      remember(sheet, layout)
      return layout
    })
  kept.set(sheet.key, made)
  // What failed to load is fetched again when it is next asked for.
  made.catch(() => {
    kept.delete(sheet.key)
    loading = undefined
  })
  return made
}

const shelf = 'didymium.layouts'
/** Moves when the drawing of a structure changes, so that older layouts are forgotten. */
const version = 6
const mostKept = 8

interface Entry {
  readonly key: string
  readonly version: number
  readonly layout: Layout
}

function shelved(): readonly Entry[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(shelf) ?? '[]')
    return Array.isArray(found) ? (found as Entry[]) : []
  } catch {
    // A browser that keeps nothing, or a damaged entry: laid out again.
    return []
  }
}

/** A layout that this browser made before, at once. */
export function remembered({ key, units }: Sheet): Layout | undefined {
  const found = shelved().find((entry) => entry.version === version && entry.key === key)?.layout
  return found !== undefined && units.every(({ name }) => name in found.units) ? found : undefined
}

function remember({ key }: Sheet, layout: Layout): void {
  const others = shelved().filter((entry) => entry.version === version && entry.key !== key)
  const entries: readonly Entry[] = [{ key, version, layout }, ...others].slice(0, mostKept)
  try {
    localStorage.setItem(shelf, JSON.stringify(entries))
  } catch {
    // Full or forbidden: the next visit lays out again.
  }
}
