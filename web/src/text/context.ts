/** Where a cursor stands in a YAML text, as far as completion needs to know. */
export interface Context {
  /** Keys from the outside in; a number stands for an item of a list. */
  readonly path: readonly (string | number)[]
  /** The key whose value is being written; undefined where a key is. */
  readonly key: string | undefined
  /** What is written of the word so far. */
  readonly word: string
  /** Offset at which that word begins. */
  readonly from: number
  /** Keys that stand in the same map already. */
  readonly siblings: readonly string[]
}

/** The context at an offset, in maps in braces and in maps by indentation. */
export function contextAt(text: string, offset: number): Context {
  const brace = openBrace(text, offset)
  return brace === undefined ? inBlock(text, offset) : inBraces(text, offset, brace)
}

/** Offset of the brace that is open at an offset, looked for in the lines before it. */
function openBrace(text: string, offset: number): number | undefined {
  let depth = 0
  let lines = 0
  for (let i = offset - 1; i >= 0 && lines < 30; i--) {
    const letter = text[i]
    if (letter === '\n') lines++
    else if (letter === '}') depth++
    else if (letter === '{' && depth-- === 0) return i
  }
  return undefined
}

function inBraces(text: string, offset: number, brace: number): Context {
  const inside = text.slice(brace + 1, offset)
  const last = inside.slice(startOfEntry(inside))
  const entry = /^\s*([\w.-]+)\s*:\s*(.*)$/s.exec(last)
  const word = entry === null ? last.trimStart() : (entry[2] ?? '')
  const end = text.indexOf('}', offset)
  const whole = text.slice(brace + 1, end < 0 ? offset : end)
  return {
    path: ownerOf(text, brace),
    key: entry?.[1],
    word,
    from: offset - word.length,
    siblings: [...whole.matchAll(/(?:^|,)\s*([\w.-]+)\s*:/g)].map(([, key]) => key ?? ''),
  }
}

/** Where the last entry of a map in braces begins; commas in brackets inside it do not count. */
function startOfEntry(inside: string): number {
  let depth = 0
  for (let i = inside.length - 1; i >= 0; i--) {
    const letter = inside[i]
    if (letter === '}' || letter === ']') depth++
    else if (letter === '{' || letter === '[') depth--
    else if (letter === ',' && depth === 0) return i + 1
  }
  return 0
}

/** The path of the map that begins with a brace. */
function ownerOf(text: string, brace: number): readonly (string | number)[] {
  const outer = openBrace(text, brace)
  const start = Math.max(outer ?? 0, text.lastIndexOf('\n', brace - 1) + 1)
  const before = text.slice(start, brace)
  const key = /([\w.-]+)\s*:\s*$/.exec(before)?.[1]
  const above = outer === undefined ? blockPath(text, brace) : ownerOf(text, outer)
  // `- { name: ... }` is an item of the list above, which the block path says already.
  return key === undefined ? above : [...above, key]
}

function inBlock(text: string, offset: number): Context {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(start, offset)
  const entry = /^[\s-]*([\w.-]+)\s*:(?:\s+(.*))?$/.exec(line)
  const path = blockPath(text, offset)
  const word = entry === null ? line.replace(/^[\s-]*/, '') : (entry[2] ?? '')
  return {
    path,
    key: entry?.[1],
    word,
    from: offset - word.length,
    siblings: siblingsOf(text, start, columnOf(line)),
  }
}

/** Column of the first letter behind spaces and dashes of lists. */
const columnOf = (line: string) => /^[\s-]*/.exec(line)?.[0].length ?? 0

const lineOf = /^(\s*)((?:-\s+)*)([\w.-]+|"[^"]*")\s*:/

/** Keys above an offset that stand further left, from the outside in. */
function blockPath(text: string, offset: number): readonly (string | number)[] {
  const lines = text.slice(0, offset).split('\n')
  const own = lines.pop() ?? ''
  const path: (string | number)[] = []
  let column = columnOf(own)
  if (/^\s*-\s/.test(own)) {
    path.unshift(0)
    column = own.search(/\S/)
  }
  for (const line of lines.reverse()) {
    const found = lineOf.exec(line)
    if (found === null) continue
    const [, spaces = '', dashes = '', key = ''] = found
    const keyColumn = spaces.length + dashes.length
    if (keyColumn < column) {
      path.unshift(key.replaceAll('"', ''))
      column = keyColumn
    }
    if (dashes !== '' && spaces.length < column) {
      path.unshift(0)
      column = spaces.length
    }
    if (column === 0) break
  }
  return path
}

/** Keys in the same column, up and down until something stands further left. */
function siblingsOf(text: string, start: number, column: number): readonly string[] {
  const above = text.slice(0, start).split('\n').slice(0, -1).reverse()
  const below = text.slice(start).split('\n').slice(1)
  return [above, below].flatMap((lines) => {
    const keys: string[] = []
    for (const line of lines) {
      if (line.trim() === '' || line.trim().startsWith('#')) continue
      if (columnOf(line) < column) break
      const found = lineOf.exec(line)
      if (found !== null && columnOf(line) === column) keys.push(found[3] ?? '')
    }
    return keys
  })
}
