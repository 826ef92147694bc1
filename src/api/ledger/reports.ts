import type { Ledger } from '../../ledger/index.ts'

/** Reports that are kept until the log goes on. */
const mostKept = 300

/** Reports by what was asked, as long as the log is the same. */
export interface Reports {
  readonly get: <T>(ledger: Ledger, question: string, compute: () => Promise<T>) => Promise<T>
}

/** Keeps what was computed of a log that has not changed: a chart and its table ask the same. */
export function openReports(): Reports {
  let of = ''
  const kept = new Map<string, Promise<unknown>>()
  return {
    get: async <T>(ledger: Ledger, question: string, compute: () => Promise<T>) => {
      const { hash } = await ledger.store.head()
      if (hash !== of) kept.clear()
      of = hash
      const found = kept.get(question)
      if (found !== undefined) return found as Promise<T>
      const [oldest] = kept.keys()
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
      const computed = compute()
      kept.set(question, computed)
      // A report that failed is computed anew by the next who asks.
      computed.catch(() => kept.delete(question))
      return computed
    },
  }
}
