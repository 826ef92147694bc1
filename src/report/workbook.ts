import type { Solution } from '../scenario/index.ts'
import { type Cell, productTable, stageTable, streamTable } from './stream-table.ts'

function sheetOf(rows: readonly (readonly Cell[])[]) {
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

/** Products and streams as an Excel workbook in memory. */
export async function workbook(solution: Solution): Promise<Uint8Array> {
  const sheets = [
    { data: sheetOf(productTable(solution)), sheet: 'products', stickyRowsCount: 1 },
    { data: sheetOf(streamTable(solution)), sheet: 'streams', stickyRowsCount: 1 },
    { data: sheetOf(stageTable(solution)), sheet: 'stages', stickyRowsCount: 1 },
  ]
  // Loaded when used: it would cost every command its start-up time.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  return await writeExcelFile(sheets).toBuffer()
}

/** One table as an Excel workbook in memory. */
export async function sheetFile(
  name: string,
  rows: readonly (readonly Cell[])[],
): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const sheet = { data: sheetOf(rows), sheet: name, stickyRowsCount: 1 }
  return await writeExcelFile([sheet]).toBuffer()
}
