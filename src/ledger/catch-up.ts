import type { Ledger, Progress } from './ledger.ts'

/** Brings the derived tables up to the log. Two processes may do so at once. */
export async function catchUp(ledger: Ledger, progress?: Progress): Promise<void> {
  throw new Error(`${String(ledger)} ${String(progress)}`)
}

/** Empties the derived tables and fills them from the log. */
export async function rebuild(ledger: Ledger, progress?: Progress): Promise<void> {
  await ledger.store.forget()
  await catchUp(ledger, progress)
}
