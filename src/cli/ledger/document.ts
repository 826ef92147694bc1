import { readTextFile } from '../io.ts'
import type { Plain } from './fields.ts'

export type ReadDocument =
  | { readonly ok: true; readonly value: Plain }
  | { readonly ok: false; readonly message: string }

interface Tree {
  readonly kind: 'text' | 'list' | 'map'
  readonly text?: string
  readonly items?: readonly Tree[]
  readonly entries?: ReadonlyMap<string, { readonly value: Tree }>
}

/** A tree of YAML as plain lists, records and texts; numbers are for whoever knows the fields. */
function plain(tree: Tree): Plain {
  if (tree.kind === 'list') return (tree.items ?? []).map(plain)
  if (tree.kind === 'text') return tree.text ?? ''
  return Object.fromEntries(
    [...(tree.entries ?? [])].map(([key, { value }]) => [key, plain(value)]),
  )
}

/** Reads JSON, and YAML where the name of the file does not end with .json. */
export async function readDocumentFile(file: string): Promise<ReadDocument> {
  const read = readTextFile(file)
  if (!read.ok) return read
  if (/\.json(?:ld)?$/i.test(file)) {
    try {
      return { ok: true, value: JSON.parse(read.text) as Plain }
    } catch (error) {
      const where = error instanceof Error ? error.message : ''
      return { ok: false, message: `${file}: this is no JSON: ${where}` }
    }
  }
  const { readYaml } = await import('../../scenario/yaml-tree.ts')
  const { findingsFor, formatFinding } = await import('../../scenario/findings.ts')
  const findings = findingsFor(file)
  const tree = readYaml(read.text, findings)
  if (tree === undefined || findings.count() > 0) {
    return { ok: false, message: findings.sorted().map(formatFinding).join('\n') }
  }
  return { ok: true, value: plain(tree) }
}
