import { type Grid, sheetOfGrid } from './grid.ts'

/** Sheets as an Excel workbook in memory; formulas are computed by whoever opens it. */
export async function writtenGrids(grids: readonly Grid[]): Promise<Uint8Array> {
  // Loaded when used: it would cost every command its start-up time.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  return await writeExcelFile(grids.map(sheetOfGrid), {
    fontFamily: 'Arial',
    fontSize: 10,
  }).toBuffer()
}
