import { type Cell, harmless } from '../../../src/report/cells.ts'

/** Rows of a table that people take along. */
export type Cells = readonly (readonly Cell[])[]

/** A cell at full precision; what is no number is blank, and no text is a formula. */
function cellText(cell: Cell): string {
  if (typeof cell === 'string') return harmless(cell)
  return cell === null || !Number.isFinite(cell) ? '' : String(cell)
}

/** Rows as a spreadsheet takes them from the clipboard: tabs between cells, each on one line. */
export const tabbed = (rows: Cells): string =>
  rows
    .map((row) => row.map((cell) => cellText(cell).replaceAll(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n')

/** Rows as CSV, written by the library that the terminal writes with. */
export async function csvOf(rows: Cells): Promise<string> {
  const { stringify } = await import('csv-stringify/browser/esm/sync')
  return stringify(rows.map((row) => row.map(cellText)))
}
