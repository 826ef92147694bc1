import type { Cell } from '../../../../src/report/cells.ts'
import type { Solution } from '../../../../src/scenario/index.ts'

/** Hands a file to the person. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has taken the address by the time the task ends.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** `belfast-demonstration.yaml` as the beginning of another file's name. */
export const stemOf = (file: string) => {
  const base = file.split('/').at(-1) ?? ''
  return base.replace(/\.[^.]*$/, '') || 'plant'
}

/** The workbook of a solved plant, its streams as they are shown. */
export async function workbookOf(
  solution: Solution,
  streams: readonly (readonly Cell[])[],
): Promise<Blob> {
  const [{ default: writeExcelFile }, { solutionSheets }] = await Promise.all([
    import('write-excel-file/browser'),
    import('../../../../src/report/sheets.ts'),
  ])
  return await writeExcelFile(solutionSheets(solution, streams)).toBlob()
}

/** One table as a workbook. */
export async function sheetOf(name: string, rows: readonly (readonly Cell[])[]): Promise<Blob> {
  const [{ default: writeExcelFile }, sheets] = await Promise.all([
    import('write-excel-file/browser'),
    import('../../../../src/report/sheets.ts'),
  ])
  return await writeExcelFile([sheets.sheetOf(name, rows)]).toBlob()
}
