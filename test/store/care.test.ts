import { DatabaseSync } from '@photostructure/sqlite'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catchUp, firstHash, verify } from '../../src/ledger/index.ts'
import type { LedgerStore } from '../../src/ledger/index.ts'
import { connectSqlite } from '../../src/store/connect.ts'
import { openStore, restore, sha256, StoreError } from '../../src/store/index.ts'
import { migrate } from '../../src/store/migrate.ts'
import { storeOn } from '../../src/store/store-on.ts'
import { kinds, startPlaces } from './databases.ts'
import { lot, record } from './records.ts'

type Places = Awaited<ReturnType<typeof startPlaces>>

const ledgerOf = (store: LedgerStore) => ({ store, sha256, now: () => 0, elements: new Map() })
const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => record(from + i))
const account = {
  name: 'ada',
  fullName: 'Ada',
  role: 'operator',
  passwordHash: 'x',
  isActive: true,
  createdAt: 1,
} as const
const entry = { role: 'viewer', action: 'a', subject: '', outcome: '', detail: '' } as const

let places: Readonly<Record<(typeof kinds)[number], Places>>
beforeAll(async () => {
  places = { sqlite: await startPlaces('sqlite'), postgres: await startPlaces('postgres') }
})
afterAll(async () => {
  await places.sqlite.end()
  await places.postgres.end()
})

describe.each(kinds)('a backup of %s', (kind) => {
  test('made while others write comes back whole, into either database', async () => {
    const store = await openStore(await places[kind].next())
    await store.append(many(0, 300), 5)
    await store.putAccount(account)
    await store.audit({ ...entry, account: 'ada', time: 3 })
    await store.setSetting('site', { name: 'here' })
    const other = { isWriting: true }
    const writing = (async () => {
      for (let i = 1000; other.isWriting; i++) await store.append([record(i)], i)
    })()
    const file = join(places[kind].folder, 'backup')
    await store.backup(file)
    other.isWriting = false
    await writing
    await expect(store.backup(file)).rejects.toThrow('already')
    for (const target of kinds) {
      const place = await places[target].next()
      const head = await restore(file, place)
      const copy = await openStore(place)
      expect(head.seq).toBeGreaterThanOrEqual(300)
      expect(await copy.head()).toEqual(head)
      expect(await copy.read(0, 9999)).toEqual(await store.read(0, head.seq))
      expect(await copy.accounts()).toEqual([account])
      expect(await copy.setting('site')).toEqual({ name: 'here' })
      expect(await copy.audited({ limit: 5 })).toHaveLength(1)
      expect(await verify(ledgerOf(copy))).toMatchObject({ isSound: true, head })
      expect(await copy.byEventIDs([record(7).key])).toHaveLength(1)
      await copy.audit({ ...entry, account: 'ada', time: 4 })
      await copy.append([record('next')], 1)
      await copy.close()
      await expect(restore(file, place)).rejects.toThrow('not empty')
    }
    await store.close()
  })
})

test('a backup that was changed or cut off is refused, and nothing of it is kept', async () => {
  const store = await openStore(await places.postgres.next())
  await store.append(many(0, 20), 5)
  const file = join(places.postgres.folder, 'sound')
  await store.backup(file)
  await store.close()
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n')
  const broken = [
    text.replace('OBSERVE', 'DELETE'),
    lines.toSpliced(5, 1).join('\n'),
    lines.slice(0, -2).join('\n'),
    lines.slice(1).join('\n'),
    text.slice(0, 3000),
  ]
  for (const [i, text] of broken.entries()) {
    const name = `${file}${i}`
    writeFileSync(name, text)
    const place = await places.sqlite.next()
    await expect(restore(name, place), `${i}`).rejects.toMatchObject({ code: 'corrupt' })
    const empty = await openStore(place)
    expect(await empty.head()).toEqual({ seq: 0, hash: firstHash })
    await empty.close()
  }
})

/** A store with its connection, and what that may wait. */
async function openWith(folder: string, patience?: number) {
  const db = await connectSqlite(folder, patience)
  await migrate(db)
  const limit = (pages: number) => sql.raw(`pragma max_page_count = ${pages}`).execute(db.write)
  return { store: storeOn(db), limit, db }
}

/** Every page that SQLite may have is taken: what a full disk is to it. */
async function fillUp(store: LedgerStore) {
  let kept = 0
  for (let i = 0; ; i += 10) {
    try {
      await store.append(many(i, i + 10), i)
      kept = i + 10
    } catch (error) {
      return { kept, error }
    }
  }
}

test('a full disk is told, and nothing that was stored is lost', async () => {
  const { store, limit } = await openWith(join(places.sqlite.folder, 'full'))
  await limit(100)
  const { kept, error } = await fillUp(store)
  expect(error).toBeInstanceOf(StoreError)
  expect(error).toMatchObject({ code: 'disk-full' })
  expect(await store.head()).toMatchObject({ seq: kept })
  expect(await verify(ledgerOf(store))).toMatchObject({ isSound: true, records: kept })
  await limit(100_000)
  expect(await store.append(many(kept, kept + 10), 1)).toHaveLength(10)
  expect(await verify(ledgerOf(store))).toMatchObject({ isSound: true, records: kept + 10 })
  await store.close()
})

/** What a power cut leaves of the write-ahead log: its beginning, cut off anywhere. */
test('of a log cut off anywhere all is there that was acknowledged, and nothing derived is ahead', async () => {
  const folder = join(places.sqlite.folder, 'whole')
  const store = await openStore({ folder })
  const [file, wal] = ['ledger.sqlite', 'ledger.sqlite-wal']
  const acknowledged: { readonly size: number; readonly seq: number }[] = []
  for (let i = 0; i < 5; i++) {
    await store.append(many(10 * i, 10 * i + 10), i)
    acknowledged.push({ size: statSync(join(folder, wal)).size, seq: 10 * i + 10 })
    await catchUp(ledgerOf(store))
  }
  const [kept, written] = [readFileSync(join(folder, file)), readFileSync(join(folder, wal))]
  await store.close()
  const cutOff = join(places.sqlite.folder, 'cut-off')
  let derivedBehind = 0
  for (let size = acknowledged[0]?.size ?? 0; size <= written.length; size += 4 * 4120 + 7) {
    mkdirSync(cutOff)
    writeFileSync(join(cutOff, file), kept)
    writeFileSync(join(cutOff, wal), written.subarray(0, size))
    const cut = await openStore({ folder: cutOff })
    const { seq } = await cut.head()
    expect(seq).toBeGreaterThanOrEqual(
      Math.max(...acknowledged.filter((one) => one.size <= size).map((one) => one.seq)),
    )
    expect(await cut.projected()).toBeLessThanOrEqual(seq)
    if ((await cut.projected()) < seq) derivedBehind++
    expect(await cut.naming([lot(seq - 1)])).toHaveLength(1)
    await catchUp(ledgerOf(cut))
    expect(await cut.projected()).toBe(seq)
    const report = await verify(ledgerOf(cut), { checkDerived: true })
    expect(report).toMatchObject({ isSound: true, records: seq })
    await cut.close()
    rmSync(cutOff, { recursive: true })
  }
  expect(derivedBehind).toBeGreaterThan(0)
})

test('an append waits for the disk, what is derived does not', async () => {
  const { store, db } = await openWith(join(places.sqlite.folder, 'waiting'))
  const waits = async () => {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db.write)
    return rows[0]?.synchronous
  }
  for (let i = 0; i < 3; i++) {
    await store.append([record(i)], i)
    expect(await waits()).toBe(2)
    await catchUp(ledgerOf(store))
    expect(await waits()).toBe(1)
  }
  await store.setSetting('site', {})
  expect(await waits()).toBe(2)
  await store.close()
})

test('a connection that dies in the middle is told, and the next one works', async () => {
  const url = await places.postgres.next()
  const store = await openStore(url)
  await store.append(many(0, 10), 1)
  const server = places.postgres.postgres
  const cut = () =>
    server?.ask(
      'postgres',
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname like 'ledger%' and pid <> pg_backend_pid()`,
    )
  const acknowledged = new Set<string>()
  let lost = 0
  const write = async (from: number) => {
    for (let i = from; i < from + 100; i++) {
      try {
        await store.append([record(i)], i)
        acknowledged.add(record(i).key)
      } catch (error) {
        expect(error).toMatchObject({ code: 'connection-lost' })
        lost++
        // The same again is safe: it is stored, or was.
        i--
      }
    }
  }
  const cutting = (async () => {
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 15))
      await cut()
    }
  })()
  await Promise.all([write(100), write(200), write(300), cutting])
  expect(lost).toBeGreaterThan(0)
  const kept = (await store.read(0, 9999)).map(({ key }) => key)
  expect(new Set(kept).size).toBe(kept.length)
  expect(kept).toEqual(expect.arrayContaining([...acknowledged]))
  expect(await verify(ledgerOf(store))).toMatchObject({ isSound: true, records: 310 })
  await server?.kill()
  await expect(store.append([record('x')], 1)).rejects.toMatchObject({ code: 'connection-lost' })
  await server?.start()
  expect(await store.append([record('x')], 1)).toMatchObject([{ outcome: 'stored', seq: 311 }])
  await store.close()
})

test('a file that is no database, or may not be written, is told', async () => {
  const folder = join(places.sqlite.folder, 'broken')
  const store = await openStore({ folder })
  await store.close()
  writeFileSync(join(folder, 'ledger.sqlite'), 'this is no database '.repeat(300))
  await expect(openStore({ folder })).rejects.toMatchObject({ code: 'corrupt' })
  const inFile = join(folder, 'ledger.sqlite', 'deeper')
  await expect(openStore({ folder: inFile })).rejects.toThrow()
  expect(existsSync(inFile)).toBe(false)
  await expect(
    openStore({ databaseUrl: 'postgres://didymium@127.0.0.1:1/none' }),
  ).rejects.toMatchObject({ code: 'connection-lost' })
})

test('a database that may only be read is told', async () => {
  const { store, db } = await openWith(join(places.sqlite.folder, 'kept'))
  await sql.raw('pragma query_only = on').execute(db.write)
  await expect(store.append([record(1)], 1)).rejects.toMatchObject({ code: 'read-only' })
  expect(await store.head()).toMatchObject({ seq: 0 })
  await store.close()
  const place = await places.postgres.next()
  const name = 'databaseUrl' in place ? place.databaseUrl.split('/').at(-1) : ''
  await (await openStore(place)).close()
  await places.postgres.postgres?.ask(
    'postgres',
    `alter database ${name} set default_transaction_read_only = on`,
  )
  const kept = await openStore(place)
  await expect(kept.append([record(1)], 1)).rejects.toMatchObject({ code: 'read-only' })
  await kept.close()
})

test('a program that holds the file too long makes it busy', async () => {
  const folder = join(places.sqlite.folder, 'busy')
  const { store } = await openWith(folder, 60)
  const other = new DatabaseSync(join(folder, 'ledger.sqlite'))
  other.exec('begin immediate')
  await expect(store.append([record(1)], 1)).rejects.toMatchObject({ code: 'busy' })
  expect(await store.head()).toMatchObject({ seq: 0 })
  other.exec('rollback')
  other.close()
  expect(await store.append([record(1)], 1)).toMatchObject([{ outcome: 'stored' }])
  await catchUp(ledgerOf(store))
  expect(await store.projected()).toBe(1)
  await store.close()
})
