import { Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml'
import type { CST, Node, Pair } from 'yaml'
import type { Findings, Position } from './findings.ts'
import { utf8Length } from './hash.ts'

/** A text of a document: what was written, before anyone says whether it is a number. */
export interface TextNode {
  readonly kind: 'text'
  readonly at: Position
  readonly text: string
  /** In quotes or a block; an unquoted empty text means that nothing was written. */
  readonly quoted: boolean
  /** First character, and the one after the last, quotes included: what an edit replaces. */
  readonly range: readonly [from: number, to: number]
}
export interface ListNode {
  readonly kind: 'list'
  readonly at: Position
  readonly items: readonly TreeNode[]
}
export interface MapEntry {
  readonly key: string
  readonly at: Position
  readonly value: TreeNode
}
export interface MapNode {
  readonly kind: 'map'
  readonly at: Position
  readonly entries: ReadonlyMap<string, MapEntry>
}
/** A document as maps, lists and texts with their places; nothing in it is interpreted yet. */
export type TreeNode = TextNode | ListNode | MapNode

/** What a document may be at most; beyond it is a finding, not a slow program. */
export const documentLimits = {
  /** Bytes of UTF-8. */
  bytes: 5_000_000,
  /** Levels of nesting, counted after aliases are followed. */
  depth: 64,
  /** Maps, lists and texts, counted after aliases are followed. */
  nodes: 500_000,
} as const

/** Names that every object answers to; as keys of a document they are refused. */
const inherited: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
])

/**
 * Reads YAML 1.2 as maps, lists and texts with places. Everything stays text (`0.5`, `yes`, `1e3`),
 * custom tags, directives and several documents in a file are refused, and so is what would make
 * a small file large. Answers `undefined` after findings that leave nothing to read.
 */
export function readYaml(text: string, findings: Findings): TreeNode | undefined {
  const start = { line: 1, column: 1 }
  if (utf8Length(text) > documentLimits.bytes) {
    findings.add(start, 'too-large', 'the file is larger than 5 MB', 'at most 5,000,000 bytes')
    return undefined
  }
  const lines = new LineCounter()
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const tokens: CST.Token[] = []
  for (const token of new Parser(lines.addNewLine).parse(text)) tokens.push(token)
  const control = controlCharacter(text)
  if (control >= 0) {
    const code = text.charCodeAt(control).toString(16).padStart(4, '0')
    findings.add(place(control), 'control-character', `control character U+${code}`, 'plain text')
    return undefined
  }
  const deep = tooDeep(tokens)
  if (deep !== undefined) {
    const most = `at most ${documentLimits.depth} levels`
    findings.add(place(deep), 'too-deep', 'nested too deeply', most)
    return undefined
  }
  return compose(tokens, text, place, findings)
}

type Place = (offset: number) => Position

function compose(
  tokens: readonly CST.Token[],
  text: string,
  place: Place,
  findings: Findings,
): TreeNode | undefined {
  const options = { schema: 'failsafe', version: '1.2', uniqueKeys: false } as const
  const [document, second] = [...new Composer(options).compose(tokens, true, text.length)]
  if (document === undefined) throw new Error('the YAML composer always gives a document')
  for (const error of [...document.errors, ...(second?.errors ?? [])]) {
    const [message, expected] = inWords(error.code, error.message)
    findings.add(place(error.pos[0]), 'yaml-syntax', message, expected)
  }
  if (second !== undefined) {
    const at = place(second.range[0])
    findings.add(at, 'several-documents', 'a second document begins here', 'one document a file')
  }
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    findings.add(place(0), 'directive', 'only YAML 1.2 is read', 'leave out the %YAML line')
  }
  if (findings.count() > 0) return undefined
  if (document.contents === null) {
    findings.add(place(0), 'empty', 'the file is empty', 'schema: didymium/plant@1 ...')
    return undefined
  }
  const tree = convert(document.contents, { place, findings, anchors: new Map(), broken: false })
  return tree?.node
}

/** First character that is neither text nor white space, or -1. */
function controlCharacter(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) return i
    if (code === 127) return i
  }
  return -1
}

/** Offset of the first token nested deeper than the limit; looked for without recursion. */
function tooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (depth > documentLimits.depth) return token.offset
    if (token.type === 'document' && token.value)
      open.push({ token: token.value, depth: depth + 1 })
    if (!('items' in token)) continue
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 })
      if (item.value) open.push({ token: item.value, depth: depth + 1 })
    }
  }
  return undefined
}

function inWords(code: string, message: string): readonly [string, string] {
  const [first = message] = message.split('\n')
  if (code === 'TAB_AS_INDENT') return ['a tab is used as indentation', 'spaces']
  if (code === 'MISSING_CHAR')
    return [lowerFirst(first).replace('"', ''), 'a closing quote, bracket or colon']
  if (code === 'BAD_SCALAR_START') return [lowerFirst(first), 'the text in quotes']
  if (code === 'BLOCK_AS_IMPLICIT_KEY') {
    return [
      'a second ": " in one line',
      'quotes around a text that contains ": ", or a line for each key',
    ]
  }
  return [lowerFirst(first), '']
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

interface Context {
  readonly place: Place
  readonly findings: Findings
  /** What an anchor stands for; `open` while it is being read. */
  readonly anchors: Map<string, Sized | 'open' | 'broken'>
  /** Set once the whole is over a limit: nothing more is read. */
  broken: boolean
}
interface Sized {
  readonly node: TreeNode
  readonly size: number
  readonly depth: number
}

function convert(node: Node, context: Context): Sized | undefined {
  if (context.broken) return undefined
  const at = context.place(node.range?.[0] ?? 0)
  if (isAlias(node)) return alias(node.source, at, context)
  if (node.tag !== undefined && !standardTags.has(node.tag)) {
    const message = `the tag ${shortTag(node.tag)} is not part of this format`
    context.findings.add(at, 'tag', message, 'plain text, lists and maps')
  }
  const anchor = 'anchor' in node ? node.anchor : undefined
  if (anchor !== undefined) context.anchors.set(anchor, 'open')
  const sized = isMap(node)
    ? map(node.items, at, context)
    : isSeq(node)
      ? list(node.items, at, context)
      : isScalar(node)
        ? scalar(textOf(node.value), node.type, at, node.range)
        : undefined
  if (anchor !== undefined) context.anchors.set(anchor, sized ?? 'broken')
  return sized
}

/** The failsafe schema names the tag of every node; these are its own. */
const standardTags: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:map',
  'tag:yaml.org,2002:seq',
  'tag:yaml.org,2002:str',
])

function shortTag(tag: string): string {
  return tag.replace('tag:yaml.org,2002:', '!!').slice(0, 60)
}

/** The failsafe schema makes every scalar a text. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function alias(source: string, at: Position, context: Context): Sized | undefined {
  const target = context.anchors.get(source)
  if (target === undefined) {
    context.findings.add(at, 'alias', `no anchor &${source} stands before this alias`)
  } else if (target === 'open') {
    context.findings.add(at, 'alias', `the alias *${source} contains itself`)
  } else if (target !== 'broken') return target
  return undefined
}

function scalar(
  text: string,
  type: string | undefined,
  at: Position,
  range: Node['range'] | undefined,
): Sized {
  const [from, to] = range ?? [0, 0]
  const quoted = type !== 'PLAIN'
  return { node: { kind: 'text', at, text, quoted, range: [from, to] }, size: 1, depth: 1 }
}

function list(items: readonly unknown[], at: Position, context: Context): Sized | undefined {
  const children: TreeNode[] = []
  let [size, depth] = [1, 0]
  for (const item of items) {
    const child = convert(item as Node, context)
    if (child === undefined) continue
    children.push(child.node)
    size += child.size
    depth = Math.max(depth, child.depth)
    if (overLimits(size, depth + 1, at, context)) return undefined
  }
  return { node: { kind: 'list', at, items: children }, size, depth: depth + 1 }
}

function map(items: readonly Pair[], at: Position, context: Context): Sized | undefined {
  const entries = new Map<string, MapEntry>()
  let [size, depth] = [1, 0]
  for (const pair of items) {
    const key = pair.key as Node | null
    const keyAt = context.place(key?.range?.[0] ?? 0)
    const name = keyText(key, keyAt, context)
    const value = pair.value as Node | null
    const child = value === null ? scalar('', 'PLAIN', keyAt, key?.range) : convert(value, context)
    if (name === undefined || child === undefined) continue
    size += child.size + 1
    depth = Math.max(depth, child.depth)
    if (overLimits(size, depth + 1, keyAt, context)) return undefined
    const earlier = entries.get(name)
    if (earlier === undefined) entries.set(name, { key: name, at: keyAt, value: child.node })
    else {
      const message = `"${clip(name)}" is given twice (first in line ${earlier.at.line})`
      context.findings.add(keyAt, 'duplicate', message, 'each name once')
    }
  }
  return { node: { kind: 'map', at, entries }, size, depth: depth + 1 }
}

function keyText(key: Node | null, at: Position, context: Context): string | undefined {
  const name = isScalar(key) ? textOf(key.value) : undefined
  if (name === undefined || name === '') {
    context.findings.add(at, 'key', 'a key must be a name', 'name: value')
    return undefined
  }
  if (inherited.has(name)) {
    context.findings.add(at, 'reserved', `"${name}" cannot be used as a name`, 'another name')
    return undefined
  }
  return name
}

function overLimits(size: number, depth: number, at: Position, context: Context): boolean {
  if (context.broken) return true
  if (size > documentLimits.nodes) {
    const most = `at most ${documentLimits.nodes} values, aliases followed`
    context.findings.add(at, 'too-large', 'the document has too many values', most)
    context.broken = true
  } else if (depth > documentLimits.depth) {
    const most = `at most ${documentLimits.depth} levels, aliases followed`
    context.findings.add(at, 'too-deep', 'nested too deeply', most)
    context.broken = true
  }
  return context.broken
}

/** A text short enough to be quoted in a message. */
export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** What a node is, in words for a message. */
export function describe(node: TreeNode): string {
  if (node.kind !== 'text') return `a ${node.kind}`
  return node.text === '' ? 'nothing' : `"${clip(node.text)}"`
}
