import { takeApart } from '../../workbench/paste.ts'

/** Cells of a table as they were typed or pasted; the first row names the columns. */
export type Grid = readonly (readonly string[])[]

/** A grid to begin with: a row of heads, and some lines below it. */
export function emptyGrid(lots: readonly string[] = []): Grid {
  const heads = ['Lot', 'Nd %', '±', 'Pr %', '±', 'Dy %', '±', 'H2O %']
  const lines = Array.from({ length: 6 }, (_, k) =>
    heads.map((_, at) => (at === 0 ? (lots[k] ?? '') : '')),
  )
  return [heads, ...lines]
}

/** The grid with one cell written anew. */
export function put(grid: Grid, row: number, column: number, text: string): Grid {
  return grid.map((cells, k) =>
    k === row ? cells.map((cell, at) => (at === column ? text : cell)) : cells,
  )
}

/** Cells of a pasted text; undefined where it is a single cell, which its field takes by itself. */
export function cellsOf(text: string): Grid | undefined {
  if (!/[\t\n\r;]/.test(text.trim())) return undefined
  const lines = takeApart(text, () => undefined)
  return lines?.map(({ cells }) => cells)
}

/** True for a grid that holds no result yet: heads, and perhaps a lot. */
const isBlank = (grid: Grid) =>
  grid.slice(1).every((cells) => cells.slice(1).every((cell) => cell.trim() === ''))

/**
 * The grid with pasted cells in it, as much larger as they need. A table that is pasted into the
 * first cell of a blank grid takes its place, heads and all.
 */
export function paste(grid: Grid, row: number, column: number, cells: Grid): Grid {
  if (row === 0 && column === 0 && cells.length > 1 && grid.length > 1 && isBlank(grid)) {
    return paste([[]], 0, 0, cells)
  }
  const width = Math.max(
    ...grid.map((line) => line.length),
    ...cells.map((line) => column + line.length),
  )
  const height = Math.max(grid.length, row + cells.length)
  return Array.from({ length: height }, (_, k) =>
    Array.from({ length: width }, (_, at) => {
      const pasted = cells[k - row]?.[at - column]
      return pasted ?? grid[k]?.[at] ?? ''
    }),
  )
}

/** A table that was read from a file, with a line to go on in. */
export const asGrid = (cells: Grid): Grid => paste([[]], 0, 0, [...cells, []])

/** The grid without the empty lines at its end and columns that nobody used. */
export function trimmed(grid: Grid): Grid {
  const isSaid = (cell: string) => cell.trim() !== ''
  const height = grid.findLastIndex((cells) => cells.some(isSaid)) + 1
  const body = grid.slice(1)
  const isUsed = (at: number) => at === 0 || body.some((cells) => isSaid(cells[at] ?? ''))
  // Places stay as they are: what is wrong is told by row and column.
  const last = Math.max(
    ...grid.map((cells) => cells.findLastIndex((cell, at) => isSaid(cell) && isUsed(at))),
  )
  return grid.slice(0, height).map((cells) => cells.slice(0, last + 1).map((cell) => cell.trim()))
}

/** Where a problem of the server lies, counted from 0: `row 3, column 2`. */
export function placeOf(path: string): readonly [row: number, column: number] | undefined {
  const found = /^row (\d+), column (\d+)$/.exec(path)
  return found === null ? undefined : [Number(found[1]) - 1, Number(found[2]) - 1]
}
