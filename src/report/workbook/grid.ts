import { harmless } from '../cells.ts'

/** How a cell looks: what a person may change stands out from what follows from it. */
type Look = 'input' | 'head' | 'period' | 'title' | 'note' | 'sum' | 'plain'

/** A number, a text or a formula (without the equals sign) with how it is printed. */
export interface GridCell {
  readonly value: number | string
  readonly formula?: true
  readonly format?: string
  readonly look?: Look
}

/** A sheet while it is filled: rows from the top, cells from the left; `undefined` is empty. */
export interface Grid {
  readonly name: string
  readonly rows: (GridCell | undefined)[][]
  readonly widths: readonly number[]
  /** Rows and columns that stay in sight. */
  readonly sticky: { readonly rows: number; readonly columns: number }
}

export const money = '#,##0;[Red]-#,##0;-'
const plainNumber = '#,##0.####'
export const percentage = '0.00%'
export const factor = '0.000000'

export function newGrid(
  name: string,
  widths: readonly number[],
  sticky = { rows: 0, columns: 0 },
): Grid {
  return { name, rows: [], widths, sticky }
}

/** The letters of a column, from 0: A, B ... Z, AA. */
function columnName(index: number): string {
  const rest = Math.floor(index / 26) - 1
  const letter = String.fromCodePoint(65 + (index % 26))
  return rest < 0 ? letter : columnName(rest) + letter
}

export const text = (value: string, look: Look = 'plain'): GridCell => ({
  value: harmless(value),
  look,
})

export const formula = (value: string, format = money, look: Look = 'plain'): GridCell => ({
  value,
  formula: true,
  format,
  look,
})

/** Adds a row; answers with its number in the sheet, from 1. */
export function addRow(grid: Grid, cells: readonly (GridCell | undefined)[]): number {
  grid.rows.push([...cells])
  return grid.rows.length
}

/** One value that a person may change; answers with the reference of its cell. */
export function addInput(
  grid: Grid,
  name: string,
  value: number,
  unit: string,
  note = '',
  format = plainNumber,
): string {
  const row = addRow(grid, [
    text(name),
    { value, format, look: 'input' },
    text(unit, 'note'),
    text(note, 'note'),
  ])
  return `${grid.name}!$B$${row}`
}

/** As `addInput`, but the value follows from another cell. */
export function addLinked(
  grid: Grid,
  name: string,
  value: string,
  unit: string,
  note = '',
): string {
  const row = addRow(grid, [
    text(name),
    formula(value, plainNumber),
    text(unit, 'note'),
    text(note, 'note'),
  ])
  return `${grid.name}!$B$${row}`
}

/** A line of values over the periods (or years) of a sheet. */
export interface Line {
  /** The cell of period `i`. */
  readonly at: (i: number) => string
  /** The cells of periods `from` to `to`, both included. */
  readonly range: (from: number, to: number) => string
  readonly count: number
}

const firstColumn = 3
/** Room for a hundred million with its sign. */
const periodWidth = 15

/** Heads of a sheet of lines: what, unit, sum, and the name of every period. */
export function addHeads(grid: Grid, title: string, periods: readonly string[]): void {
  addRow(grid, [text(title, 'title')])
  addRow(grid, [
    text('line', 'head'),
    text('unit', 'head'),
    text('sum', 'head'),
    ...periods.map((name) => text(name, 'period')),
  ])
}

/** How a line is printed. */
interface LineStyle {
  readonly unit: string
  readonly format?: string
  /** The sum over all periods stands before them. */
  readonly total?: boolean
  readonly look?: Look
}

/** Adds a line; a cell is a number (an input), a formula, or empty. */
export function addLine(
  grid: Grid,
  name: string,
  style: LineStyle,
  count: number,
  cell: (i: number, row: number) => number | string | undefined,
): Line {
  const { unit, format = money, total = true, look = 'plain' } = style
  const row = grid.rows.length + 1
  const at = (i: number) => `${grid.name}!${columnName(firstColumn + i)}${row}`
  const range = (from: number, to: number) => `${at(from)}:${columnName(firstColumn + to)}${row}`
  const cells = Array.from({ length: count }, (_, i): GridCell | undefined => {
    const value = cell(i, row)
    if (value === undefined) return undefined
    return typeof value === 'number'
      ? { value, format, look: 'input' }
      : formula(value, format, look)
  })
  const sum = total ? formula(`SUM(${range(0, count - 1)})`, format, look) : undefined
  addRow(grid, [text(name, look), text(unit, 'note'), sum, ...cells])
  return { at, range, count }
}

/** A heading within a sheet, with an empty row before it. */
export function addHeading(grid: Grid, title: string): void {
  addRow(grid, [])
  addRow(grid, [text(title, 'head')])
}

/** A sum of references, or zero where there are none. */
export const sumOf = (parts: readonly string[]) => (parts.length === 0 ? '0' : parts.join('+'))

const looks: Readonly<Record<Look, Readonly<Record<string, string | boolean>>>> = {
  plain: {},
  input: { textColor: '#0b3d91', backgroundColor: '#fff8dc' },
  head: { fontWeight: 'bold', backgroundColor: '#e8ebee' },
  period: { fontWeight: 'bold', backgroundColor: '#e8ebee', align: 'right' },
  title: { fontWeight: 'bold' },
  sum: { fontWeight: 'bold' },
  note: { textColor: '#5a6067' },
}

/** The grid as the workbook writer takes it. */
export function sheetOfGrid(grid: Grid) {
  return {
    sheet: grid.name,
    orientation: 'landscape' as const,
    data: grid.rows.map((row) =>
      row.map((cell) => {
        if (cell === undefined) return null
        const { value, format, look = 'plain' } = cell
        const style = { ...looks[look], ...(format === undefined ? {} : { format }) }
        if (cell.formula === true)
          return { ...style, type: 'Formula' as const, value: String(value) }
        return typeof value === 'number'
          ? { ...style, type: Number, value }
          : { ...looks[look], type: String, value }
      }),
    ),
    columns: Array.from({ length: Math.max(0, ...grid.rows.map((row) => row.length)) }, (_, k) => ({
      width: grid.widths[k] ?? periodWidth,
    })),
    stickyRowsCount: grid.sticky.rows,
    stickyColumnsCount: grid.sticky.columns,
  }
}
