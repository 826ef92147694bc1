import type { Genealogy } from '../../ledger/index.ts'

/** A genealogy as an indented tree, for the terminal. */
export function genealogyText(_genealogy: Genealogy): string {
  throw new Error('not yet')
}
