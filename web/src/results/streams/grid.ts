import type { Cell } from '../../../../src/report/cells.ts'
import type { StreamColumn } from '../../../../src/report/stream-columns.ts'
import type { Solution } from '../../../../src/scenario/index.ts'

/** A column of what is on the screen. */
export interface GridHead {
  readonly id: string
  readonly name: string
  /** Empty for texts and bare numbers. */
  readonly unit: string
  readonly isText: boolean
}

/** A row of what is on the screen, its name apart from its cells. */
export interface GridRow {
  readonly id: string
  readonly name: string
  readonly unit: string
  readonly cells: readonly Cell[]
}

/** A table as it is shown: lines as rows, or turned over with lines as columns. */
export interface Grid {
  readonly corner: string
  readonly heads: readonly GridHead[]
  readonly rows: readonly GridRow[]
}

const textSets: ReadonlySet<string> = new Set(['ends', 'name'])

/** The table of the chosen columns; the first of them is the name of the line. */
export function gridOf(
  { streams }: Solution,
  [, ...columns]: readonly StreamColumn[],
  isTurned: boolean,
): Grid {
  const lines = Object.entries(streams)
  if (!isTurned) {
    return {
      corner: 'stream',
      heads: columns.map(headOf),
      rows: lines.map(([name, stream]) => ({
        id: name,
        name,
        unit: '',
        cells: columns.map(({ of }) => of(name, stream)),
      })),
    }
  }
  return {
    corner: 'of each line',
    heads: lines.map(([name]) => ({ id: name, name, unit: '', isText: false })),
    rows: columns.map(({ id, name, unit, of }) => ({
      id,
      name,
      unit,
      cells: lines.map(([line, stream]) => of(line, stream)),
    })),
  }
}

const headOf = ({ id, name, unit, set }: StreamColumn): GridHead => ({
  id,
  name,
  unit,
  isText: textSets.has(set),
})

/** The solution with the lines that hold all the words in their name, ends or phase. */
export function withLines(solution: Solution, words: string): Solution {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return solution
  const kept = Object.entries(solution.streams).filter(([name, { from, to, phase }]) => {
    const said = `${name} ${from} ${to} ${phase}`.toLowerCase()
    return wanted.every((word) => said.includes(word))
  })
  return { ...solution, streams: Object.fromEntries(kept) }
}

/** The columns whose name holds one of the words; the name of the line always. */
export function withColumns(
  columns: readonly StreamColumn[],
  words: string,
): readonly StreamColumn[] {
  const wanted = words.split(/[\s,]+/).filter(Boolean)
  if (wanted.length === 0) return columns
  return columns.filter(
    ({ set, name }) =>
      set === 'name' ||
      wanted.some((word) =>
        // Symbols are meant exactly: `N` is not Nd, `Nd` is not `Nd2O3` as an element.
        set === 'elements' ? name === word : name.toLowerCase().includes(word.toLowerCase()),
      ),
  )
}

/** Compares cells for sorting: numbers by size, texts by their letters, nothing last. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}

/** Place in a grid; -1 is the head row, and the column of names. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** A rectangle between two places, both in it. */
export interface Range {
  readonly from: Place
  readonly to: Place
}

export function rangeOf(a: Place, b: Place): Range {
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  }
}

export const isWithin = ({ from, to }: Range, { row, column }: Place): boolean =>
  row >= from.row && row <= to.row && column >= from.column && column <= to.column

const titleOf = ({ name, unit }: { readonly name: string; readonly unit: string }) =>
  unit === '' ? name : `${name} ${unit}`

/** What stands at a place, in full precision. */
export function cellAt({ corner, heads, rows }: Grid, { row, column }: Place): Cell {
  const head = heads[column]
  if (row < 0) return column < 0 ? corner : head === undefined ? null : titleOf(head)
  const own = rows[row]
  if (own === undefined) return null
  return column < 0 ? titleOf(own) : (own.cells[column] ?? null)
}

/** Every cell of a rectangle, row by row. */
export function cellsOf(grid: Grid, { from, to }: Range): readonly (readonly Cell[])[] {
  const span = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, k) => first + k)
  return span(from.row, to.row).map((row) =>
    span(from.column, to.column).map((column) => cellAt(grid, { row, column })),
  )
}

/** The whole table with its heads, in the order shown. */
export const allOf = (grid: Grid) =>
  cellsOf(grid, {
    from: { row: -1, column: -1 },
    to: { row: grid.rows.length - 1, column: grid.heads.length - 1 },
  })

/** Where a key leads from a place; undefined for keys that lead nowhere. */
export function stepped(
  key: string,
  isFar: boolean,
  { row, column }: Place,
  grid: Grid,
  page: number,
): Place | undefined {
  const [lastRow, lastColumn] = [grid.rows.length - 1, grid.heads.length - 1]
  const at = (r: number, c: number): Place => ({
    row: Math.min(lastRow, Math.max(-1, r)),
    column: Math.min(lastColumn, Math.max(-1, c)),
  })
  switch (key) {
    case 'ArrowDown':
      return at(isFar ? lastRow : row + 1, column)
    case 'ArrowUp':
      return at(isFar ? 0 : row - 1, column)
    case 'ArrowRight':
      return at(row, isFar ? lastColumn : column + 1)
    case 'ArrowLeft':
      return at(row, isFar ? 0 : column - 1)
    case 'Home':
      return at(isFar ? 0 : row, -1)
    case 'End':
      return at(isFar ? lastRow : row, lastColumn)
    case 'PageDown':
      return at(row + page, column)
    case 'PageUp':
      return at(Math.max(row < 0 ? -1 : 0, row - page), column)
    default:
      return undefined
  }
}
