import { isMap, isScalar, parseDocument, stringify, type Pair, type YAMLMap } from 'yaml'
import { withValue } from '../../../src/scenario/edit.ts'
import { inserted } from '../circuit/insert.ts'

const failsafe = { schema: 'failsafe', uniqueKeys: false } as const

/**
 * The plant text with a data set of its own named, and circuits that use it; undefined where one of
 * these cannot be written.
 */
export function withSet(
  text: string,
  name: string,
  path: string,
  circuits: readonly string[],
): string | undefined {
  const known = withValue(text, `extractants.${name}`, path)
  let next = known ?? inserted(text, ['extractants', name], path)
  for (const circuit of circuits) {
    if (next === undefined) return undefined
    next = withValue(next, `units.${circuit}.extractant`, name)
  }
  return next
}

const keyOf = ({ key }: Pair) => (isScalar(key) ? String(key.value) : '')

function mapAt(text: string, key: string): YAMLMap | undefined {
  const found = parseDocument(text, failsafe).get(key, true)
  return isMap(found) ? found : undefined
}

/** A name that is not taken: `liquor`, `liquor-2` ... */
function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name}-${number}`)) number++
  return `${name}-${number}`
}

/** Lines below the last entry of a block map, as deep as its own. */
function appended(text: string, key: string, entries: Readonly<Record<string, unknown>>) {
  const map = mapAt(text, key)
  const [first, last] = [map?.items[0], map?.items.at(-1)]
  if (map === undefined || first === undefined || last === undefined || map.flow === true)
    return undefined
  if (!isScalar(first.key) || !first.key.range || !map.range) return undefined
  const start = first.key.range[0]
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1))
  const body = stringify(entries, { lineWidth: 0, defaultStringType: 'PLAIN' }).trimEnd()
  const lines = body.split('\n').map((line) => (line === '' ? line : indent + line))
  const before = text.slice(0, map.range[1]).trimEnd().length
  const line = text.indexOf('\n', before)
  const at = line < 0 ? text.length : line
  return `${text.slice(0, at)}\n${lines.join('\n')}${text.slice(at)}`
}

/**
 * The plant text with the units and streams of another plant below its own; names that are taken
 * get a number. Undefined where the text has no units or streams to add to.
 */
export function withPlant(text: string, other: string): string | undefined {
  const names = (of: string) => (mapAt(of, 'units')?.items ?? []).map(keyOf)
  const streams = (of: string) => (mapAt(of, 'streams')?.items ?? []).map(keyOf)
  const given = parseDocument(other, failsafe).toJS() as {
    readonly units?: Readonly<Record<string, unknown>>
    readonly streams?: Readonly<Record<string, string>>
  }
  const [takenUnits, takenStreams] = [new Set(names(text)), new Set(streams(text))]
  const renamed = new Map<string, string>()
  for (const name of Object.keys(given.units ?? {})) {
    const free = freeName(name, takenUnits)
    takenUnits.add(free)
    renamed.set(name, free)
  }
  const ended = (port: string) => {
    const [unit = '', ...rest] = port.trim().split('.')
    return [renamed.get(unit) ?? unit, ...rest].join('.')
  }
  const units = Object.entries(given.units ?? {}).map(([k, v]) => [renamed.get(k) ?? k, v])
  const lines = Object.entries(given.streams ?? {}).map(([name, line]) => {
    const free = freeName(name, takenStreams)
    takenStreams.add(free)
    const [from = '', to = ''] = line.split('->')
    return [free, `${ended(from)} -> ${ended(to)}`]
  })
  const withUnits = appended(text, 'units', Object.fromEntries(units))
  return withUnits === undefined
    ? undefined
    : appended(withUnits, 'streams', Object.fromEntries(lines))
}
