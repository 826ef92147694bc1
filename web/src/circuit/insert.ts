import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml'

type Path = readonly (string | number)[]

/** Keys that are left over, written in one line: `{ feed: { stage: 7 } }`. */
const nested = (keys: readonly string[], written: string): string =>
  keys.reduceRight((inner, key) => `{ ${key}: ${inner} }`, written)

/** The deepest map along a path, and the keys below it that are not there yet. */
function deepest(root: unknown, path: Path): { map: YAMLMap; rest: readonly string[] } | undefined {
  let node = root
  let found: { map: YAMLMap; rest: readonly string[] } | undefined
  for (const [k, key] of path.entries()) {
    if (isMap(node)) {
      found = { map: node, rest: path.slice(k).map(String) }
      node = node.get(key, true)
    } else if (isSeq(node)) node = node.get(Number(key), true)
    else return undefined
    if (node === undefined || node === null) return found
  }
  return undefined
}

const columnAt = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1)

/**
 * A plant text with a number written that it did not have (`['units', 'sx1', 'bleed']`, `1 %`): the
 * line goes below the first one-line entry of its map, or into a map in braces. Every other
 * character stays. Undefined where there is no such place, or something is written there already.
 */
export function inserted(text: string, path: Path, written: string): string | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false })
  if (document.errors.length > 0) return undefined
  const place = deepest(document.contents, path)
  const [key, ...below] = place?.rest ?? []
  if (place === undefined || key === undefined) return undefined
  const { map } = place
  const entry = `${key}: ${nested(below, written)}`
  const [first] = map.items
  if (first === undefined || !isScalar(first.key) || !first.key.range) return undefined
  const [start] = first.key.range
  if (map.flow === true) return `${text.slice(0, start)}${entry}, ${text.slice(start)}`
  const indent = ' '.repeat(columnAt(text, start))
  const simple = map.items.find(({ value }) => isScalar(value) && value.type === 'PLAIN')
  const end = isScalar(simple?.value) ? simple.value.range?.[1] : undefined
  if (end === undefined) return `${text.slice(0, start)}${entry}\n${indent}${text.slice(start)}`
  const line = text.indexOf('\n', end)
  const at = line < 0 ? text.length : line
  return `${text.slice(0, at)}\n${indent}${entry}${text.slice(at)}`
}
