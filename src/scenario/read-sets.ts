import { compileDistribution, distributionModels, type ExtractantSet } from '../chemistry/index.ts'
import { readExtractantSet } from '../databank/index.ts'
import { findingsFor } from './findings.ts'
import type { Finding, Findings, Position } from './findings.ts'
import { sha256 } from './hash.ts'
import type { OwnSet } from './plant.ts'
import type { ReadOptions } from './read-plant.ts'
import { suggest } from './suggest.ts'
import { clip, describe, readYaml } from './yaml-tree.ts'
import type { TreeNode } from './yaml-tree.ts'

/** Reads the plant's own extractant sets: `extractants: { name: ./path.yaml }`. */
export function readOwnSets(
  node: TreeNode | undefined,
  options: ReadOptions,
  findings: Findings,
): readonly OwnSet[] {
  if (node === undefined) return []
  if (node.kind !== 'map') {
    const message = `"extractants" is ${describe(node)}`
    findings.add(node.at, 'type', message, 'extractants: { name: ./my-extractant.yaml }')
    return []
  }
  const sets: OwnSet[] = []
  for (const { key, at, value } of node.entries.values()) {
    if (options.bank.extractants.has(key)) {
      const message = `"${clip(key)}" is the name of a built-in data set`
      findings.add(at, 'duplicate', message, 'another name')
    }
    if (value.kind !== 'text' || !isPathBelow(value.text)) {
      const message = `"${clip(key)}" is ${describe(value)}`
      findings.add(value.at, 'path', message, 'a path below the plant file, such as ./my-set.yaml')
      continue
    }
    const set = readOwnSet(key, value.text, value.at, options, findings)
    if (set !== undefined) sets.push(set)
  }
  return sets
}

/** A relative path that does not leave the folder of the plant file. */
export function isPathBelow(path: string): boolean {
  if (path === '' || path.length > 400 || /[\\:\0]/.test(path) || path.startsWith('/')) return false
  return !path.split('/').includes('..')
}

function readOwnSet(
  name: string,
  path: string,
  at: Position,
  options: ReadOptions,
  findings: Findings,
): OwnSet | undefined {
  const text = options.readSet?.(path)
  if (text === undefined) {
    const message = `the file ${clip(path)} cannot be read`
    findings.add(at, 'path', message, 'a file beside the plant file')
    return undefined
  }
  return setOfText(text, name, path, at, findings)
}

/** A data set that stands by itself: the set under its file's name, or what is wrong with it. */
export function readSetFile(
  text: string,
  file: string,
):
  | { readonly ok: true; readonly set: ExtractantSet }
  | { readonly ok: false; readonly findings: readonly Finding[] } {
  const findings = findingsFor(file)
  const own = setOfText(text, file, file, { line: 1, column: 1 }, findings)
  return own === undefined ? { ok: false, findings: findings.sorted() } : { ok: true, set: own.set }
}

function setOfText(
  text: string,
  name: string,
  path: string,
  at: Position,
  findings: Findings,
): OwnSet | undefined {
  const own = findingsFor(path)
  const tree = readYaml(text, own)
  if (tree === undefined || own.count() > 0) {
    for (const f of own.sorted()) {
      findings.add(at, 'data-set', `${clip(path)}:${f.line}:${f.column}: ${f.message}`, f.expected)
    }
    return undefined
  }
  const read = readExtractantSet(plainValue(tree))
  if (read.ok) {
    const set = { ...read.set, id: name }
    if (isUsable(set, path, at, findings)) return { name, path, set, hash: sha256(text) }
    return undefined
  }
  for (const { path: key, message } of read.findings) {
    findings.add(at, 'data-set', `${clip(path)}: ${clip(key)}: ${message}`)
  }
  return undefined
}

/** False, with a finding, when the set's model is unknown or cannot work with its parameters. */
function isUsable(set: ExtractantSet, path: string, at: Position, findings: Findings): boolean {
  const kinds = distributionModels.map((model) => model.kind)
  if (!kinds.includes(set.model)) {
    const message = `${clip(path)}: no distribution model "${clip(set.model)}"`
    findings.add(at, 'data-set', message, suggest(set.model, kinds))
    return false
  }
  try {
    compileDistribution(set, Object.keys(set.parameters))
    return true
  } catch (error) {
    // The models assert what built-in sets are tested for; a user's set may lack it.
    const why = error instanceof Error ? error.message : 'its parameters do not fit the model'
    findings.add(at, 'data-set', `${clip(path)}: ${why}`, `the parameters of ${set.model}`)
    return false
  }
}

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The tree as JSON would have it: unquoted numbers, true, false and null are themselves. */
function plainValue(node: TreeNode): unknown {
  if (node.kind === 'list') return node.items.map(plainValue)
  if (node.kind === 'map') {
    return Object.fromEntries([...node.entries.values()].map((e) => [e.key, plainValue(e.value)]))
  }
  if (node.quoted) return node.text
  if (node.text === '' || node.text === 'null') return null
  if (node.text === 'true' || node.text === 'false') return node.text === 'true'
  return numberPattern.test(node.text) ? Number(node.text) : node.text
}
