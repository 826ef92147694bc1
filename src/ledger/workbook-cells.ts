/**
 * Cells of a workbook as its sheet shows them. A workbook keeps 0.25 where it shows 25 %: what is
 * kept says nothing without the number format, so that shown parts of a number are written out.
 */

/** Text of a part of the workbook, `xl/styles.xml`; undefined where it has none of that name. */
export type PartText = (path: string) => string | undefined

/** Parts that are asked for. */
export const isShowing = (path: string): boolean =>
  /^xl\/(?:(?:workbook|styles|worksheets\/[^/]+)\.xml|_rels\/workbook\.xml\.rels)$/i.test(path)

/** What a number format puts around the number. */
interface Showing {
  readonly isPercent: boolean
  readonly isLimit: boolean
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

const unescaped = (text: string) =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name: string) => {
    if (name !== undefined) return entities[name] ?? whole
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  const text = found?.[1] ?? found?.[2]
  return text === undefined ? undefined : unescaped(text)
}

/** What follows the name in every tag of a name, whatever its namespace is called. */
const tagsOf = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\b([^>]*)>`, 'g'))].map(([, rest = '']) => rest)

/** The path of a sheet, by its name, or of the first. */
function sheetPath(partText: PartText, sheet: string | undefined): string | undefined {
  const sheets = tagsOf(partText('xl/workbook.xml') ?? '', 'sheet')
  const found = sheets.find((tag) => sheet === undefined || attribute(tag, 'name') === sheet)
  // The one of the two that has a namespace: `r:id` beside `sheetId`.
  const id = attribute(found ?? '', 'id')
  const links = tagsOf(partText('xl/_rels/workbook.xml.rels') ?? '', 'Relationship')
  const target = attribute(links.find((link) => attribute(link, 'Id') === id) ?? '', 'Target')
  if (target === undefined) return undefined
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** What the code of a number format shows: its first section, for numbers that are positive. */
function showingOf(code: string): Showing {
  const said = code.replaceAll(/\[[^\]]*\]|[_*]./g, '')
  const isLimit = /^\s*(?:"\s*[<≤]\s*"|\\?[<≤])/.test(said)
  const [section = ''] = said.replaceAll(/"[^"]*"|\\./g, '').split(';')
  return { isPercent: section.includes('%'), isLimit }
}

/** Number formats that every workbook has: 0% and 0.00%. */
const builtInPercent = new Set(['9', '10'])
const plain: Showing = { isPercent: false, isLimit: false }

/** What each style of a cell shows, by its number. */
function stylesOf(xml: string): readonly Showing[] {
  const codes = new Map(
    tagsOf(xml, 'numFmt').map((tag) => [
      attribute(tag, 'numFmtId') ?? '',
      showingOf(attribute(tag, 'formatCode') ?? ''),
    ]),
  )
  const cells = /<(?:\w+:)?cellXfs\b[^>]*>(.*?)<\/(?:\w+:)?cellXfs>/s.exec(xml)?.[1] ?? ''
  return tagsOf(cells, 'xf').map((tag) => {
    const id = attribute(tag, 'numFmtId') ?? ''
    return codes.get(id) ?? { isPercent: builtInPercent.has(id), isLimit: false }
  })
}

/** The column of `AB12`, from 1; undefined where a cell does not say where it is. */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]+/i.exec(place ?? '')?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters.toUpperCase()) column = 26 * column + letter.charCodeAt(0) - 64
  return column
}

/** Cells that show more than their number, by `row column` from 1. */
function showings(xml: string, styles: readonly Showing[]): ReadonlyMap<string, Showing> {
  const found = new Map<string, Showing>()
  let [row, column] = [0, 0]
  for (const [, name, rest = ''] of xml.matchAll(/<(?:\w+:)?(row|c)\b([^>]*)>/g)) {
    const place = attribute(rest, 'r')
    if (name === 'row') {
      row = place === undefined ? row + 1 : Number(place)
      column = 0
      continue
    }
    column = columnOf(place) ?? column + 1
    const showing = styles[Number(attribute(rest, 's') ?? 0)] ?? plain
    if (showing.isPercent || showing.isLimit) found.set(`${row} ${column}`, showing)
  }
  return found
}

function textOf(cell: unknown, { isPercent, isLimit }: Showing): string {
  if (cell instanceof Date) return cell.toISOString()
  if (typeof cell === 'string' || typeof cell === 'boolean') return `${cell}`
  if (typeof cell !== 'number') return ''
  // Without the dust of a hundredfold: 0.289 is 28.9 %.
  const number = isPercent ? `${Number((100 * cell).toPrecision(15))} %` : `${cell}`
  return isLimit ? `< ${number}` : number
}

/**
 * Texts of the cells of a sheet, `rows` being what it keeps: a number that is shown as per cent
 * is `25 %`, one that is shown as below a limit `< 0.05`, a time is ISO 8601.
 */
export function shownCells(
  rows: readonly (readonly unknown[])[],
  partText: PartText,
  sheet?: string,
): readonly (readonly string[])[] {
  const path = sheetPath(partText, sheet)
  const xml = path === undefined ? '' : (partText(path) ?? '')
  const shown = showings(xml, stylesOf(partText('xl/styles.xml') ?? ''))
  return rows.map((cells, row) =>
    cells.map((cell, column) => textOf(cell, shown.get(`${row + 1} ${column + 1}`) ?? plain)),
  )
}
