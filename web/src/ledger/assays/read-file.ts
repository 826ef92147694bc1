import { isShowing, shownCells } from '../../../../src/ledger/workbook-cells.ts'
import { takeApart } from '../../workbench/paste.ts'
import type { Grid } from './grid.ts'

/** Cells of a file of a laboratory: of a workbook its first sheet, or CSV; undefined: neither. */
export async function readFile(file: File): Promise<Grid | undefined> {
  try {
    if (!/\.xlsx$/i.test(file.name)) {
      return takeApart(await file.text(), () => undefined)?.map(({ cells }) => cells)
    }
    const { readSheet } = await import('read-excel-file/browser')
    const { strFromU8, unzipSync } = await import('fflate')
    const bytes = await file.arrayBuffer()
    const rows = await readSheet(bytes)
    const parts = unzipSync(new Uint8Array(bytes), { filter: ({ name }) => isShowing(name) })
    return shownCells(rows, (path) => {
      const part = parts[path]
      return part === undefined ? undefined : strFromU8(part)
    })
  } catch {
    return undefined
  }
}
