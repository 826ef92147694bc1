import { takeApart } from '../../workbench/paste.ts'
import type { Grid } from './grid.ts'

/** Cells of a file of a laboratory: of a workbook its first sheet, or CSV; undefined: neither. */
export async function readFile(file: File): Promise<Grid | undefined> {
  try {
    if (!/\.xlsx$/i.test(file.name)) {
      return takeApart(await file.text(), () => undefined)?.map(({ cells }) => cells)
    }
    const { readSheet } = await import('read-excel-file/browser')
    const rows = await readSheet(file)
    return rows.map((cells) => cells.map((cell) => textOf(cell)))
  } catch {
    return undefined
  }
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString()
  return ['string', 'number', 'boolean'].includes(typeof cell) ? `${cell as string | number}` : ''
}
