import type { Solution } from '../scenario/index.ts'
import type { Cell } from './cells.ts'
import { sheetOf, solutionSheets } from './sheets.ts'

async function written(sheets: ReturnType<typeof solutionSheets>): Promise<Uint8Array> {
  // Loaded when used: it would cost every command its start-up time.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  return await writeExcelFile(sheets).toBuffer()
}

/** Products and streams as an Excel workbook in memory. */
export async function workbook(solution: Solution): Promise<Uint8Array> {
  return written(solutionSheets(solution))
}

/** One table as an Excel workbook in memory. */
export async function sheetFile(
  name: string,
  rows: readonly (readonly Cell[])[],
): Promise<Uint8Array> {
  return written([sheetOf(name, rows)])
}

/** Several tables as an Excel workbook in memory, a sheet each. */
export async function sheetsFile(
  sheets: readonly (readonly [name: string, rows: readonly (readonly Cell[])[]])[],
): Promise<Uint8Array> {
  return written(sheets.map(([name, rows]) => sheetOf(name, rows)))
}
