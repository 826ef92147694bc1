/** SQLite for kysely: one connection of `node:sqlite`'s kind, used by one caller at a time. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import { setTimeout as wait } from 'node:timers/promises'

/** Statements kept ready; beyond that all are let go. */
const mostStatements = 500

const isBusy = (error: unknown) => (error as { sqliteCode?: unknown } | null)?.sqliteCode === 5

function connectionOf(database: DatabaseSyncInstance): DatabaseConnection {
  const statements = new Map<string, { statement: StatementSyncInstance; reads: boolean }>()
  const prepared = (text: string) => {
    const known = statements.get(text)
    if (known !== undefined) return known
    if (statements.size >= mostStatements) statements.clear()
    const statement = database.prepare(text)
    const made = { statement, reads: statement.columns().length > 0 }
    statements.set(text, made)
    return made
  }
  return {
    executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      try {
        const { statement, reads } = prepared(query.sql)
        if (reads) return Promise.resolve({ rows: statement.all(...query.parameters) as R[] })
        const { changes } = statement.run(...query.parameters)
        return Promise.resolve({ rows: [], numAffectedRows: BigInt(changes) })
      } catch (error) {
        return Promise.reject(error)
      }
    },
    streamQuery: () => {
      throw new Error('SQLite is read a page at a time')
    },
  }
}

/**
 * Begins a transaction that may write, which only one connection has at a time. Waits for others
 * without stopping this process: at most `patience` ms.
 */
async function beginWriting(database: DatabaseSyncInstance, patience: number): Promise<void> {
  const until = Date.now() + patience
  for (;;) {
    try {
      database.exec('begin immediate')
      return
    } catch (error) {
      if (!isBusy(error) || Date.now() >= until) throw error
    }
    await wait(2)
  }
}

function driverOf(database: DatabaseSyncInstance, patience: number): Driver {
  const connection = connectionOf(database)
  let isTaken = false
  const waiting: (() => void)[] = []
  return {
    init: () => Promise.resolve(),
    acquireConnection: () =>
      new Promise((resolve) => {
        if (isTaken) waiting.push(() => resolve(connection))
        else {
          isTaken = true
          resolve(connection)
        }
      }),
    beginTransaction: () => beginWriting(database, patience),
    commitTransaction: async () => database.exec('commit'),
    rollbackTransaction: async () => {
      // A full disk has rolled it back already.
      if (database.isTransaction) database.exec('rollback')
    },
    releaseConnection: () => {
      const next = waiting.shift()
      if (next === undefined) isTaken = false
      else next()
      return Promise.resolve()
    },
    destroy: async () => database.close(),
  }
}

export const sqliteDialect = (database: DatabaseSyncInstance, patience: number): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => driverOf(database, patience),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})
