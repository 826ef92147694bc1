import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml'

/**
 * The text of a plant file with a number written that it left to its default: `units.leach.tanks`.
 * Every other character stays. `undefined` where the file has no map that it could stand in.
 */
export function withWritten(
  text: string,
  path: readonly (string | number)[],
  value: string,
): string | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false })
  let node: unknown = document.contents
  for (const [depth, key] of path.entries()) {
    const inner = innerOf(node, key)
    if (inner === undefined) {
      const [first, ...rest] = path.slice(depth)
      if (!isMap(node) || typeof first !== 'string' || rest.some((k) => typeof k !== 'string')) {
        return undefined
      }
      const wrapped = rest.reduceRight<string>((inside, k) => `{ ${k}: ${inside} }`, quoted(value))
      return added(text, node, `${keyText(first)}: ${wrapped}`)
    }
    node = inner
  }
  if (!isScalar(node) || !node.range) return undefined
  return text.slice(0, node.range[0]) + quoted(value) + text.slice(node.range[1])
}

const innerOf = (node: unknown, key: string | number): unknown =>
  isMap(node) || isSeq(node) ? (node.get(key, true) ?? undefined) : undefined

/** A value that YAML reads back as it is: in quotes where it has to be. */
const quoted = (value: string) =>
  /^[A-Za-z0-9+.-][A-Za-z0-9 .%/+±^°²³·()_-]*$/.test(value) ? value : JSON.stringify(value)

const keyText = (key: string) => (/^[A-Za-z][\w-]*$/.test(key) ? key : JSON.stringify(key))

/** The text with an entry added to a map that has at least one, or to an empty one in braces. */
function added(text: string, map: YAMLMap, entry: string): string | undefined {
  if (map.flow === true) return addedInBraces(text, map, entry)
  const pairs = map.items.filter(isPair)
  const line = [...pairs].reverse().find((pair) => isOneLine(pair, text))
  const start = startOf(pairs[0])
  if (start === undefined) return undefined
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  if (line === undefined) return `${text.slice(0, start)}${entry}\n${indent}${text.slice(start)}`
  const [, end = 0] = (line.value as Node).range ?? []
  const newline = text.indexOf('\n', end)
  const at = newline < 0 ? text.length : newline
  return `${text.slice(0, at)}\n${indent}${entry}${text.slice(at)}`
}

function addedInBraces(text: string, map: YAMLMap, entry: string): string | undefined {
  if (!map.range) return undefined
  const last = map.items.filter(isPair).at(-1)
  const value = (last?.value ?? last?.key) as Node | undefined
  if (value === undefined)
    return `${text.slice(0, map.range[0])}{ ${entry} }${text.slice(map.range[1])}`
  if (!value.range) return undefined
  const at = value.range[1]
  return `${text.slice(0, at)}, ${entry}${text.slice(at)}`
}

const startOf = (pair: Pair | undefined) => (pair?.key as Node | null | undefined)?.range?.[0]

/** `key: value` on a line of its own, perhaps with a comment behind. */
function isOneLine({ key, value }: Pair, text: string): boolean {
  const from = (key as Node | null)?.range?.[0]
  if (from === undefined || !isScalar(value) || !value.range) return false
  if (value.type !== 'PLAIN' && value.type !== 'QUOTE_DOUBLE' && value.type !== 'QUOTE_SINGLE') {
    return false
  }
  return value.range[1] > value.range[0] && !text.slice(from, value.range[1]).includes('\n')
}
