import type { AddFinding, TableLine } from '../../../src/scenario/index.ts'

/** What may stand between the cells of a line. */
const delimiters = ['\t', ';', ','] as const

/** The delimiter of a table: what its first line has most of; tabs come from spreadsheets. */
export function delimiterOf(text: string): string {
  const first = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? ''
  const count = (delimiter: string) => first.split(delimiter).length
  return [...delimiters].sort((a, b) => count(b) - count(a))[0] ?? ','
}

/**
 * A pasted table as cells by line: tabs, semicolons or commas between them, quotes around a cell
 * that holds one of these, doubled inside. Blank lines are left out. A quote that is never closed,
 * or one inside a plain cell, is a finding, and then there is no table.
 */
export function takeApart(given: string, add: AddFinding): readonly TableLine[] | undefined {
  const text = given.startsWith('\ufeff') ? given.slice(1) : given
  const delimiter = delimiterOf(text)
  const lines: TableLine[] = []
  let [at, line] = [0, 1]
  while (at < text.length) {
    const started = line
    const cells: string[] = []
    for (;;) {
      const cell = readCell(text, at, delimiter)
      if (cell === undefined) {
        const message = 'a quote is not closed or stands inside a cell'
        add(
          started,
          cells.length + 1,
          'csv-syntax',
          message,
          'quotes around the whole cell, doubled inside',
        )
        return undefined
      }
      cells.push(cell.value)
      line += cell.breaks
      at = cell.end
      if (text[at] !== delimiter) break
      at++
    }
    at += text.startsWith('\r\n', at) ? 2 : 1
    if (cells.some((value) => value !== '')) lines.push({ cells, line: started })
    line++
  }
  return lines
}

interface Cell {
  readonly value: string
  /** Where the delimiter or the end of the line stands. */
  readonly end: number
  /** Line breaks inside of it. */
  readonly breaks: number
}

const isEnd = (letter: string | undefined, delimiter: string) =>
  letter === undefined || letter === delimiter || letter === '\n' || letter === '\r'

/** The cell that begins at a place; undefined where its quotes are wrong. */
function readCell(text: string, from: number, delimiter: string): Cell | undefined {
  // A tab is a blank too, but not where it divides cells.
  const blanks = delimiter === '\t' ? ' ' : ' \t'
  let at = from
  while (at < text.length && blanks.includes(text.charAt(at))) at++
  if (text[at] === '"') return readQuoted(text, at + 1, delimiter)
  while (!isEnd(text[at], delimiter)) {
    if (text[at] === '"') return undefined
    at++
  }
  return { value: text.slice(from, at).trim(), end: at, breaks: 0 }
}

function readQuoted(text: string, from: number, delimiter: string): Cell | undefined {
  let value = ''
  let at = from
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return undefined
    value += text.slice(at, quote)
    at = quote + 1
    if (text[at] !== '"') break
    value += '"'
    at++
  }
  while (text[at] === ' ') at++
  if (!isEnd(text[at], delimiter)) return undefined
  return { value: value.trim(), end: at, breaks: value.split('\n').length - 1 }
}
