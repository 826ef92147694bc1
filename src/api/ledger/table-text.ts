/** The cells of one line, and where it ends. */
interface Line {
  readonly cells: readonly string[]
  readonly end: number
}

/** One cell from a place on: in quotes, or up to the next separator or line end. */
function cellAt(text: string, start: number, separator: string): { cell: string; end: number } {
  if (text[start] !== '"') {
    let end = start
    while (end < text.length && text[end] !== separator && text[end] !== '\n') end++
    return { cell: text.slice(start, end).trim(), end }
  }
  let cell = ''
  let at = start + 1
  while (at < text.length) {
    const quote = text.indexOf('"', at)
    const end = quote < 0 ? text.length : quote
    cell += text.slice(at, end)
    at = end + 1
    if (text[at] !== '"') break
    cell += '"'
    at++
  }
  // What stands between a closing quote and the separator is not part of the cell.
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at++
  return { cell, end: at }
}

function lineAt(text: string, start: number, separator: string): Line {
  const cells: string[] = []
  let at = start
  for (;;) {
    const { cell, end } = cellAt(text, at, separator)
    cells.push(cell)
    if (text[end] !== separator) return { cells, end: end + 1 }
    at = end + 1
  }
}

/** What parts the cells: a tab as spreadsheets copy, else a semicolon or a comma. */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1)
  const signs = ['\t', ';', ',']
  return signs.find((sign) => first.includes(sign)) ?? ','
}

/** Rows of cells from CSV (RFC 4180), from semicolons, or from cells that were copied. */
export function rowsOf(pasted: string): readonly (readonly string[])[] {
  const text = pasted
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
  const separator = separatorOf(text)
  const rows: (readonly string[])[] = []
  let at = 0
  while (at < text.length) {
    const { cells, end } = lineAt(text, at, separator)
    rows.push(cells)
    at = end
  }
  return rows
}
