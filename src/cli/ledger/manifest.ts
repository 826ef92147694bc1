import type { Head, Site } from '../../ledger/index.ts'

export const manifestFile = 'ledger.json'
export const schema = 'didymium/ledger-export@1'

/** Records in a row that were captured at one time by one account. */
export interface Run {
  /** ms since 1970. */
  readonly recordTime: number
  readonly by: string
  readonly count: number
}

/** What the log knows of the events of a document beside what stands in them. */
export interface Account {
  readonly file: string
  readonly count: number
  readonly runs: readonly Run[]
}

/** What lies beside the documents of an export. */
export interface Manifest {
  readonly schema: typeof schema
  readonly site: Site
  readonly head: Head
  readonly documents: readonly Account[]
}
