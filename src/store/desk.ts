/** Accounts, keys, audit, captures, queries and settings: records kept as they are. */
import type {
  Account,
  AuditEntry,
  CaptureJob,
  DeskStore,
  Json,
  Key,
  LedgerStore,
  NamedQuery,
} from '../ledger/index.ts'
import { reading, writing } from './database.ts'
import type { Database } from './database.ts'

function accounts(db: Database): Pick<DeskStore, 'accounts' | 'putAccount'> {
  return {
    accounts: () =>
      reading(db, async (read) => {
        const rows = await read.selectFrom('accounts').selectAll().orderBy('name').execute()
        return rows.map(({ account }) => JSON.parse(account) as Account)
      }),
    putAccount: (account) =>
      writing(db, async (tx) => {
        const row = { name: account.name, account: JSON.stringify(account) }
        await tx
          .insertInto('accounts')
          .values(row)
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ account: row.account }))
          .execute()
      }),
  }
}

function keys(db: Database): Pick<DeskStore, 'keys' | 'putKey' | 'removeKeys'> {
  return {
    keys: ({ account, secretHash, now }) =>
      reading(db, async (read) => {
        let query = read.selectFrom('keys').select('key').where('expires_at', '>', now)
        if (account !== undefined) query = query.where('account', '=', account)
        if (secretHash !== undefined) query = query.where('secret_hash', '=', secretHash)
        const rows = await query.orderBy('created_at').orderBy('secret_hash').execute()
        return rows.map(({ key }) => JSON.parse(key) as Key)
      }),
    putKey: (key) =>
      writing(db, async (tx) => {
        const row = {
          account: key.account,
          kind: key.kind,
          expires_at: key.expiresAt,
          created_at: key.createdAt,
          key: JSON.stringify(key),
        }
        await tx
          .insertInto('keys')
          .values({ ...row, secret_hash: key.secretHash })
          .onConflict((conflict) => conflict.column('secret_hash').doUpdateSet(row))
          .execute()
      }),
    removeKeys: ({ account, secretHash, kind }) =>
      writing(db, async (tx) => {
        let query = tx.deleteFrom('keys')
        if (account !== undefined) query = query.where('account', '=', account)
        if (secretHash !== undefined) query = query.where('secret_hash', '=', secretHash)
        if (kind !== undefined) query = query.where('kind', '=', kind)
        await query.execute()
      }),
  }
}

function audits(db: Database): Pick<DeskStore, 'audit' | 'audited'> {
  return {
    audit: (entry) =>
      writing(db, async (tx) => {
        const { time, account } = entry
        await tx
          .insertInto('audits')
          .values({ time, account, entry: JSON.stringify(entry) } as never)
          .execute()
      }),
    audited: ({ account, before, limit }) =>
      reading(db, async (read) => {
        let query = read.selectFrom('audits').select('entry')
        if (account !== undefined) query = query.where('account', '=', account)
        if (before !== undefined) query = query.where('time', '<', before)
        const rows = await query
          .orderBy('time', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute()
        return rows.map(({ entry }) => JSON.parse(entry) as AuditEntry)
      }),
  }
}

function captures(db: Database): Pick<DeskStore, 'putCapture' | 'capture' | 'captures'> {
  return {
    putCapture: (job) =>
      writing(db, async (tx) => {
        const row = { created_at: job.createdAt, job: JSON.stringify(job) }
        await tx
          .insertInto('captures')
          .values({ ...row, id: job.id })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute()
      }),
    capture: (id) =>
      reading(db, async (read) => {
        const row = await read
          .selectFrom('captures')
          .select('job')
          .where('id', '=', id)
          .executeTakeFirst()
        return row === undefined ? undefined : (JSON.parse(row.job) as CaptureJob)
      }),
    captures: ({ before, limit }) =>
      reading(db, async (read) => {
        let query = read.selectFrom('captures').select('job')
        if (before !== undefined) {
          const { createdAt, id } = before
          query = query.where(({ eb, or, and }) =>
            or([
              eb('created_at', '<', createdAt),
              and([eb('created_at', '=', createdAt), eb('id', '<', id)]),
            ]),
          )
        }
        const rows = await query
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute()
        return rows.map(({ job }) => JSON.parse(job) as CaptureJob)
      }),
  }
}

function queries(db: Database): Pick<DeskStore, 'addQuery' | 'query' | 'queries' | 'removeQuery'> {
  return {
    addQuery: (query) =>
      writing(db, async (tx) => {
        const row = { name: query.name, query: JSON.stringify(query) }
        const done = await tx
          .insertInto('queries')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
      }),
    query: (name) =>
      reading(db, async (read) => {
        const row = await read
          .selectFrom('queries')
          .select('query')
          .where('name', '=', name)
          .executeTakeFirst()
        return row === undefined ? undefined : (JSON.parse(row.query) as NamedQuery)
      }),
    queries: (after, limit) =>
      reading(db, async (read) => {
        const rows = await read
          .selectFrom('queries')
          .select('query')
          .where('name', '>', after)
          .orderBy('name')
          .limit(limit)
          .execute()
        return rows.map(({ query }) => JSON.parse(query) as NamedQuery)
      }),
    removeQuery: (name) =>
      writing(db, async (tx) => {
        const done = await tx.deleteFrom('queries').where('name', '=', name).executeTakeFirst()
        return done.numDeletedRows > 0n
      }),
  }
}

function settings(db: Database): Pick<LedgerStore, 'setting' | 'setSetting'> {
  return {
    setting: (name) =>
      reading(db, async (read) => {
        const row = await read
          .selectFrom('settings')
          .select('value')
          .where('name', '=', name)
          .executeTakeFirst()
        return row === undefined ? undefined : (JSON.parse(row.value) as Json)
      }),
    setSetting: (name, value) =>
      writing(db, async (tx) => {
        const text = JSON.stringify(value)
        await tx
          .insertInto('settings')
          .values({ name, value: text })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
          .execute()
      }),
  }
}

export const makeDesk = (
  db: Database,
): DeskStore & Pick<LedgerStore, 'setting' | 'setSetting'> => ({
  ...accounts(db),
  ...keys(db),
  ...audits(db),
  ...captures(db),
  ...queries(db),
  ...settings(db),
})
