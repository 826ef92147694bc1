/** SQLite for kysely: one connection of `node:sqlite`'s kind, used by one caller at a time. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import { setTimeout as wait } from 'node:timers/promises'
import { sqliteCode } from './errors.ts'

/** Statements kept ready; beyond that all are let go. */
const mostStatements = 500

interface Prepared {
  readonly statement: StatementSyncInstance
  /** None: it reads nothing. */
  readonly columns: readonly string[]
}

function recordOf(columns: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (let i = 0; i < columns.length; i++) record[columns[i] as string] = row[i]
  return record
}

/**
 * Tries again while another connection holds the file, without stopping this process: at most
 * `patience` ms.
 */
export async function patiently<T>(patience: number, work: () => T): Promise<T> {
  const until = Date.now() + patience
  for (;;) {
    try {
      return work()
    } catch (error) {
      if (sqliteCode(error) !== 5 || Date.now() >= until) throw error
    }
    await wait(2)
  }
}

function connectionOf(database: DatabaseSyncInstance, patience: number): DatabaseConnection {
  const statements = new Map<string, Prepared>()
  const prepared = (text: string) => {
    const known = statements.get(text)
    if (known !== undefined) return known
    if (statements.size >= mostStatements) statements.clear()
    const statement = database.prepare(text)
    const made = { statement, columns: statement.columns().map(({ name }) => name) }
    // Half the time of rows that come as records.
    statement.setReturnArrays(true)
    statements.set(text, made)
    return made
  }
  const run = <R>({ sql, parameters }: CompiledQuery): QueryResult<R> => {
    const { statement, columns } = prepared(sql)
    if (columns.length > 0) {
      const rows = statement.all(...parameters) as unknown[][]
      return { rows: rows.map((row) => recordOf(columns, row)) as R[] }
    }
    const { changes } = statement.run(...parameters)
    return { rows: [], numAffectedRows: BigInt(changes) }
  }
  return {
    executeQuery: <R>(query: CompiledQuery) => patiently(patience, () => run<R>(query)),
    streamQuery: () => {
      throw new Error('SQLite is read a page at a time')
    },
  }
}

/** Whether a commit waits until it is on the disk, or only keeps its place in the order. */
type Waits = 'full' | 'normal'

/** A connection, opened to wait for the disk, that several dialects take turns with. */
export interface Shared {
  readonly database: DatabaseSyncInstance
  readonly patience: number
  readonly connection: DatabaseConnection
  readonly waiting: (() => void)[]
  isTaken: boolean
  waits: Waits
}

export const shared = (database: DatabaseSyncInstance, patience: number): Shared => ({
  database,
  patience,
  connection: connectionOf(database, patience),
  waiting: [],
  isTaken: false,
  waits: 'full',
})

function driverOf(shared: Shared, waits: Waits): Driver {
  const { database, patience, connection, waiting } = shared
  const wait = () => {
    if (shared.waits === waits) return
    database.exec(`pragma synchronous = ${waits}`)
    shared.waits = waits
  }
  return {
    init: () => Promise.resolve(),
    acquireConnection: () =>
      new Promise((resolve) => {
        if (shared.isTaken) waiting.push(() => resolve(connection))
        else {
          shared.isTaken = true
          resolve(connection)
        }
      }),
    beginTransaction: () => {
      wait()
      // One connection at a time may write.
      return patiently(patience, () => database.exec('begin immediate'))
    },
    commitTransaction: async () => database.exec('commit'),
    rollbackTransaction: async () => {
      // A full disk has rolled it back already.
      if (database.isTransaction) database.exec('rollback')
    },
    releaseConnection: () => {
      const next = waiting.shift()
      if (next === undefined) shared.isTaken = false
      else next()
      return Promise.resolve()
    },
    destroy: async () => {
      if (database.isOpen) database.close()
    },
  }
}

export const sqliteDialect = (shared: Shared, waits: Waits): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => driverOf(shared, waits),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})
