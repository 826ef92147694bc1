import { isMap, isScalar, parseDocument } from 'yaml'
import { findingsFor } from './findings.ts'
import { parsePath } from './vary.ts'
import { readYaml } from './yaml-tree.ts'

const plain = /^[A-Za-z0-9+.-][A-Za-z0-9 .,%/+±^°²³·()_-]*$/

/**
 * The text of a plant file with one value replaced (`units.sx1.organicFlow`, `13 L/h`); every other
 * character stays, comments included. `undefined` when there is no such value in the text.
 */
export function withValue(text: string, path: string, value: string): string | undefined {
  const keys = parsePath(path)
  const findings = findingsFor('')
  if (keys === undefined || readYaml(text, findings) === undefined) return undefined
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false })
  const found = document.getIn(keys, true)
  // `{ value: 15 USD/kg, assumption: ... }` is one value with what is said about it.
  const node = isMap(found) ? found.get('value', true) : found
  if (!isScalar(node) || !node.range) return undefined
  const [start, end] = node.range
  const written = plain.test(value) && value.trim() === value ? value : JSON.stringify(value)
  return text.slice(0, start) + written + text.slice(end)
}
