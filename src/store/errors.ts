/** What goes wrong with a database, in words that a program may rely on. */

export type StoreErrorCode =
  | 'disk-full'
  | 'connection-lost'
  | 'busy'
  | 'read-only'
  | 'corrupt'
  | 'newer-schema'

/** Nothing of what was asked has been kept, but see `connection-lost` in `openStore`. */
export class StoreError extends Error {
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoreError'
    this.code = code
  }
}

interface Failure {
  readonly code?: unknown
  readonly message?: unknown
  readonly sqliteCode?: unknown
}

/** SQLite's primary result code of an error; the higher bits only refine it. */
export function sqliteCode(error: unknown): number | undefined {
  const code = (error as Failure | null)?.sqliteCode
  return typeof code === 'number' ? code & 0xff : undefined
}

const sqliteCodes: ReadonlyMap<number, StoreErrorCode> = new Map([
  [5, 'busy'],
  [6, 'busy'],
  [8, 'read-only'],
  [10, 'corrupt'],
  [11, 'corrupt'],
  [13, 'disk-full'],
  [14, 'read-only'],
  [26, 'corrupt'],
])

const postgresCodes: ReadonlyMap<string, StoreErrorCode> = new Map([
  ['53100', 'disk-full'],
  ['25006', 'read-only'],
  ['55P03', 'busy'],
  ['40P01', 'busy'],
  ['40001', 'busy'],
  ['53300', 'busy'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
])

const lost =
  /^(?:ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)|^(?:57P0[123]|08\d{3})$/
const lostMessage = /connection terminated|connection error|timeout expired|not queryable|ended/i

function codeOf(failure: Failure): StoreErrorCode | undefined {
  const sqlite = sqliteCode(failure)
  if (sqlite !== undefined) return sqliteCodes.get(sqlite)
  const code = typeof failure.code === 'string' ? failure.code : ''
  if (code === 'ENOSPC') return 'disk-full'
  if (lost.test(code)) return 'connection-lost'
  const known = postgresCodes.get(code)
  if (known !== undefined) return known
  const message = typeof failure.message === 'string' ? failure.message : ''
  return code === '' && lostMessage.test(message) ? 'connection-lost' : undefined
}

const advice: Readonly<Record<StoreErrorCode, string>> = {
  'disk-full': 'the disk of the database is full; nothing of this was stored',
  'connection-lost': 'the connection to the database broke',
  busy: 'another program holds the database',
  'read-only': 'the database cannot be written',
  corrupt: 'the database file is damaged',
  'newer-schema': 'the database was written by a newer version of this program',
}

/** The StoreError that a database's own error means; any other error as it is. */
export function storeError(error: unknown): unknown {
  if (error instanceof StoreError || typeof error !== 'object' || error === null) return error
  const code = codeOf(error)
  if (code === undefined) return error
  const detail = error instanceof Error ? error.message : ''
  return new StoreError(code, `${advice[code]} (${detail})`, error)
}
