import { stringify } from 'csv-stringify/sync'
import type { Cell } from './cells.ts'

/** Rows as CSV text (RFC 4180, `\n` line ends). */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((row) => [...row]))
}
