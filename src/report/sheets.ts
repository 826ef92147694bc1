import type { Solution } from '../scenario/index.ts'
import type { Cell } from './cells.ts'
import { productTable, stageTable, streamTable } from './stream-table.ts'

/** A table as the workbook writer takes it: numbers as numbers, all else as text, heads bold. */
function cellsOf(rows: readonly (readonly Cell[])[]) {
  return rows.map((row, index) =>
    row.map((cell) =>
      cell === null
        ? null
        : typeof cell === 'number'
          ? { type: Number, value: cell }
          : index === 0
            ? { type: String, value: cell, fontWeight: 'bold' as const }
            : { type: String, value: cell },
    ),
  )
}

/** One sheet of a workbook, its first row in sight while the others scroll. */
export function sheetOf(name: string, rows: readonly (readonly Cell[])[]) {
  return { data: cellsOf(rows), sheet: name, stickyRowsCount: 1 }
}

/** The sheets of a solved plant: products, streams (as given, or the usual table) and stages. */
export function solutionSheets(
  solution: Solution,
  streams: readonly (readonly Cell[])[] = streamTable(solution),
) {
  return [
    sheetOf('products', productTable(solution)),
    sheetOf('streams', streams),
    sheetOf('stages', stageTable(solution)),
  ]
}
