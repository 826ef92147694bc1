/** Writes what catching up with the log has changed: all of it, or nothing. */
import { sql } from 'kysely'
import type { LedgerStore, LotState, Movement, Projection } from '../ledger/index.ts'
import { among, deriving, insertRows, parts, reading } from './database.ts'
import type { Database, Write } from './database.ts'
import { lockMark, moveMark } from './marks.ts'
import { makeNames, remember } from './names.ts'
import type { NameMemory } from './names.ts'
import type { Tables } from './schema.ts'
import { advance, nodeOf } from './spans.ts'
import type { Balance } from './spans.ts'

type Ids = (name: string) => number
type LotTable = 'movements' | 'flows' | 'spans' | 'holdings' | 'findings'

const derivedTables = [
  'lots',
  'lot_states',
  'findings',
  'movements',
  'holdings',
  'spans',
  'flows',
  'campaigns',
] as const satisfies readonly (keyof Tables)[]

async function removeFrom(db: Database, tx: Write, table: LotTable, lots: readonly number[]) {
  for (const part of parts(lots, 5000)) {
    await sql`delete from ${sql.table(table)} where ${among(db, 'lot', part)}`.execute(tx)
  }
}

async function removeLots(db: Database, tx: Write, lots: readonly number[]) {
  for (const part of parts(lots, 5000)) {
    for (const table of ['lots', 'lot_states']) {
      await sql`delete from ${sql.table(table)} where ${among(db, 'id', part)}`.execute(tx)
    }
  }
}

const replaced = (key: string, columns: readonly string[]) =>
  `on conflict (${key}) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`

const lotColumns = {
  id: 'bigint',
  uri: 'text',
  code: 'text',
  kind: 'text',
  product: 'text',
  words: 'text',
  mg: 'bigint',
  in_stock: 'bigint',
  first_time: 'bigint',
} as const

function lotRow(state: LotState, id: number) {
  const { uri, master, mg, first, places } = state
  const words = [master?.code, uri, master?.description].filter((word) => word !== undefined)
  return [
    id,
    uri,
    master?.code ?? null,
    master?.kind ?? null,
    master?.product ?? null,
    words.join('\n').toLowerCase(),
    mg,
    Object.keys(places).length > 0 ? 1 : 0,
    first.time,
  ]
}

async function writeLots(db: Database, tx: Write, lots: readonly LotState[], id: Ids) {
  const ids = lots.map(({ uri }) => id(uri))
  await insertRows(
    db,
    tx,
    {
      table: 'lots',
      columns: lotColumns,
      ending: replaced('id', Object.keys(lotColumns).slice(1)),
    },
    lots.map((state, i) => lotRow(state, ids[i] ?? 0)),
  )
  await insertRows(
    db,
    tx,
    {
      table: 'lot_states',
      columns: { id: 'bigint', state: 'text' },
      ending: replaced('id', ['state']),
    },
    lots.map((state, i) => [ids[i] ?? 0, JSON.stringify(state)]),
  )
  await removeFrom(db, tx, 'findings', ids)
  await insertRows(
    db,
    tx,
    { table: 'findings', columns: { lot: 'bigint', time: 'bigint', finding: 'text' } },
    lots.flatMap(({ findings }, i) =>
      findings.map((finding) => [ids[i] ?? 0, finding.time, JSON.stringify(finding)]),
    ),
  )
}

const movementColumns = {
  lot: 'bigint',
  time: 'bigint',
  event: 'text',
  line: 'bigint',
  place: 'bigint',
  change: 'bigint',
  after: 'bigint',
  why: 'text',
} as const

async function writeMovements(db: Database, tx: Write, movements: readonly Movement[], id: Ids) {
  const lines = new Map<string, number>()
  const rows = movements.map((movement) => {
    const line = lines.get(movement.id) ?? 0
    lines.set(movement.id, line + 1)
    const { lot, time, place, change, after, why } = movement
    return [id(lot), time, movement.id, line, id(place), change, after, why]
  })
  await insertRows(db, tx, { table: 'movements', columns: movementColumns }, rows)
}

/** Changes by lot and place, in the order of the account. */
function changesOf(movements: readonly Movement[], id: Ids) {
  const found = new Map<number, Map<number, Movement[]>>()
  for (const movement of movements) {
    const [lot, place] = [id(movement.lot), id(movement.place)]
    const places = found.get(lot) ?? new Map<number, Movement[]>()
    found.set(lot, places)
    const list = places.get(place)
    if (list === undefined) places.set(place, [movement])
    else list.push(movement)
  }
  const before = (a: Movement, b: Movement) =>
    a.time - b.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  for (const places of found.values()) for (const list of places.values()) list.sort(before)
  return found
}

async function balancesOf(db: Database, tx: Write, lots: readonly number[]) {
  const found = new Map<number, Map<number, Balance>>()
  for (const part of parts(lots, 5000)) {
    const rows = await tx
      .selectFrom('holdings')
      .selectAll()
      .where(among(db, 'lot', part))
      .execute()
    for (const { lot, place, mg, since } of rows) {
      const places = found.get(lot) ?? new Map<number, Balance>()
      found.set(lot, places.set(place, { mg, since }))
    }
  }
  return found
}

/** Holdings of now, and the spans of what was there before. */
async function writeHoldings(db: Database, tx: Write, movements: readonly Movement[], id: Ids) {
  const changes = changesOf(movements, id)
  const lots = [...changes.keys()]
  const balances = await balancesOf(db, tx, lots)
  const spans: number[][] = []
  const holdings: number[][] = []
  for (const [lot, places] of changes) {
    const now = balances.get(lot) ?? new Map<number, Balance>()
    for (const [place, list] of places) {
      const moved = advance(now.get(place), list)
      for (const { since, until, mg } of moved.ended) {
        spans.push([nodeOf(since, until), since, until, lot, place, mg])
      }
      if (moved.now === undefined) now.delete(place)
      else now.set(place, moved.now)
    }
    for (const [place, { mg, since }] of now) holdings.push([lot, place, mg, since])
  }
  await removeFrom(db, tx, 'holdings', lots)
  const columns = { lot: 'bigint', place: 'bigint', mg: 'bigint', since: 'bigint' } as const
  await insertRows(db, tx, { table: 'holdings', columns }, holdings)
  const spanColumns = { node: 'bigint', since: 'bigint', until: 'bigint' } as const
  const whatColumns = { lot: 'bigint', place: 'bigint', mg: 'bigint' } as const
  await insertRows(db, tx, { table: 'spans', columns: { ...spanColumns, ...whatColumns } }, spans)
}

const flowColumns = {
  node: 'bigint',
  lot: 'bigint',
  direction: 'bigint',
  time: 'bigint',
  event: 'text',
  mg: 'bigint',
} as const

async function writeFlows(db: Database, tx: Write, flows: Projection['flows'], id: Ids) {
  const rows = flows.map(({ node, lot, direction, time, event, mg }) => [
    id(node),
    id(lot),
    direction === 'in' ? 0 : 1,
    time,
    event,
    mg,
  ])
  await insertRows(db, tx, { table: 'flows', columns: flowColumns }, rows)
}

async function writeCampaigns(db: Database, tx: Write, projection: Projection) {
  const { campaigns, withdrawn } = projection
  for (const part of parts(withdrawn, 5000)) {
    await tx
      .deleteFrom('campaigns')
      .where(among(db, 'uri', part))
      .execute()
  }
  const columns = {
    uri: 'text',
    start_time: 'bigint',
    end_time: 'bigint',
    campaign: 'text',
  } as const
  const ending = replaced('uri', Object.keys(columns).slice(1))
  // The last word on a campaign: one statement may not write a row twice.
  const last = new Map(campaigns.map((campaign) => [campaign.uri, campaign]))
  await insertRows(
    db,
    tx,
    { table: 'campaigns', columns, ending },
    [...last.values()].map((campaign) => [
      campaign.uri,
      campaign.start,
      campaign.end ?? null,
      JSON.stringify(campaign),
    ]),
  )
}

function namesOf({ lots, refolded, movements, flows }: Projection): Set<string> {
  const names = new Set(refolded)
  for (const { uri } of lots) names.add(uri)
  for (const { lot, place } of movements) names.add(lot).add(place)
  for (const { lot, node } of flows) names.add(lot).add(node)
  return names
}

async function write(db: Database, tx: Write, memory: NameMemory, projection: Projection) {
  const names = await makeNames(db, tx, memory, namesOf(projection))
  const id = (name: string) => {
    const found = names.get(name)
    if (found === undefined) throw new Error(`no number for ${name}`)
    return found
  }
  const refolded = projection.refolded.map(id)
  for (const table of ['movements', 'flows', 'spans', 'holdings'] as const) {
    await removeFrom(db, tx, table, refolded)
  }
  const kept = new Set(projection.lots.map(({ uri }) => uri))
  const gone = projection.refolded.filter((uri) => !kept.has(uri)).map(id)
  await removeFrom(db, tx, 'findings', gone)
  await removeLots(db, tx, gone)
  await writeLots(db, tx, projection.lots, id)
  await writeMovements(db, tx, projection.movements, id)
  await writeHoldings(db, tx, projection.movements, id)
  await writeFlows(db, tx, projection.flows, id)
  await writeCampaigns(db, tx, projection)
  await moveMark(tx, 'derived', { seq: projection.upTo })
  return names
}

export function makeProjecting(
  db: Database,
  memory: NameMemory,
): Pick<LedgerStore, 'projected' | 'project' | 'forget'> {
  return {
    projected: () =>
      reading(db, async (read) => {
        const row = await read
          .selectFrom('marks')
          .select('seq')
          .where('name', '=', 'derived')
          .executeTakeFirst()
        return row?.seq ?? 0
      }),
    project: async (projection) => {
      const names = await deriving(db, async (tx) => {
        const now = (await lockMark(db, tx, 'derived'))?.seq ?? 0
        if (projection.from !== undefined && projection.from !== now) return undefined
        return write(db, tx, memory, projection)
      })
      if (names === undefined) return false
      remember(memory, names)
      return true
    },
    forget: () =>
      deriving(db, async (tx) => {
        await lockMark(db, tx, 'derived')
        for (const table of derivedTables) await tx.deleteFrom(table).execute()
        await moveMark(tx, 'derived', { seq: 0 })
      }),
  }
}
