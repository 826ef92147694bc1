import type { LotView } from '../../ledger/index.ts'

/** Everything about a lot, for the terminal. */
export function lotText(_view: LotView): string {
  throw new Error('not yet')
}
