/** What stands in one cell of a table; null where there is nothing to say. */
export type Cell = string | number | null

/** A cell that a spreadsheet could take for a formula is made text. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
