import { isCollection, isMap, isScalar, parseDocument, type Pair } from 'yaml'

const failsafe = { schema: 'failsafe', uniqueKeys: false } as const

/** A YAML text as plain records, lists and texts; undefined where it cannot be read. */
export function plainTree(text: string): unknown {
  const document = parseDocument(text, failsafe)
  return document.errors.length > 0 ? undefined : document.toJS()
}

/** First character of an entry of a map, and the one after its value. */
function rangeOf(pair: Pair | undefined): readonly [number, number] | undefined {
  const { key, value } = pair ?? {}
  if (!isScalar(key) || !key.range) return undefined
  const range = isScalar(value) || isCollection(value) ? value.range : undefined
  return [key.range[0], range?.[1] ?? key.range[1]]
}

/**
 * A YAML text without an entry of a map; the same where there is none. Every other character stays,
 * but a map that would hold nothing goes with its last entry.
 */
export function withoutEntry(text: string, path: readonly (string | number)[]): string {
  const document = parseDocument(text, failsafe)
  const last = path.at(-1)
  const map = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  if (document.errors.length > 0 || !isMap(map)) return text
  const at = map.items.findIndex(({ key }) => isScalar(key) && key.value === String(last))
  const own = rangeOf(map.items[at])
  if (at < 0 || own === undefined) return text
  if (map.items.length === 1 && path.length > 1) return withoutEntry(text, path.slice(0, -1))
  if (map.flow === true) {
    const [next, before] = [rangeOf(map.items[at + 1]), rangeOf(map.items[at - 1])]
    if (next !== undefined) return text.slice(0, own[0]) + text.slice(next[0])
    return before === undefined ? text : text.slice(0, before[1]) + text.slice(own[1])
  }
  const start = text.lastIndexOf('\n', own[0] - 1) + 1
  const end = text.slice(0, own[1]).trimEnd().length
  const line = text.indexOf('\n', end)
  return text.slice(0, start) + (line < 0 ? '' : text.slice(line + 1))
}
