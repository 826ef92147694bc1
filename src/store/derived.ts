/** Lots, what is where, and campaigns, as catching up with the log has left them. */
import { sql } from 'kysely'
import type {
  Campaign,
  Holding,
  LedgerFinding,
  LedgerStore,
  LotSearch,
  LotState,
  Movement,
} from '../ledger/index.ts'
import { among, parts, reading } from './database.ts'
import type { Database, Read } from './database.ts'
import { findNames, valuesOf } from './names.ts'
import type { NameMemory } from './names.ts'
import { nodesAt } from './spans.ts'

const named = (names: ReadonlyMap<number, string>, id: number) => names.get(id) ?? ''

type Lots = Pick<LedgerStore, 'lots' | 'lotsByCode' | 'searchLots' | 'findings'>

async function lotsOf(db: Database, read: Read, memory: NameMemory, uris: readonly string[]) {
  const found = new Map<string, LotState>()
  const names = await findNames(db, read, memory, uris)
  for (const part of parts([...names.values()], 5000)) {
    const rows = await read
      .selectFrom('lot_states')
      .select('state')
      .where(among(db, 'id', part))
      .execute()
    for (const { state } of rows) {
      const lot = JSON.parse(state) as LotState
      found.set(lot.uri, lot)
    }
  }
  return found
}

/** A text in which LIKE finds no signs of its own. */
const literally = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

function searched(db: Database, read: Read, search: LotSearch, place: number | undefined) {
  const { text, kinds, product, inStock, first } = search
  let query = read.selectFrom('lots')
  if (text !== undefined && text !== '') {
    const pattern = `%${literally(text.toLowerCase())}%`
    query = query.where(sql<boolean>`words like ${pattern} escape '\\'`)
  }
  if (kinds !== undefined) query = query.where(among(db, 'kind', kinds))
  if (product !== undefined) query = query.where('product', '=', product)
  if (inStock !== undefined) query = query.where('in_stock', '=', inStock ? 1 : 0)
  if (first?.from !== undefined) query = query.where('first_time', '>=', first.from)
  if (first?.to !== undefined) query = query.where('first_time', '<', first.to)
  if (place === undefined) return query
  return query.where('lots.id', 'in', (inner) =>
    inner.selectFrom('holdings').select('lot').where('place', '=', place),
  )
}

async function searchLots(db: Database, read: Read, memory: NameMemory, search: LotSearch) {
  const { place } = search
  const id =
    place === undefined ? undefined : (await findNames(db, read, memory, [place])).get(place)
  if (place !== undefined && id === undefined) return { lots: [], total: 0 }
  const query = searched(db, read, search, id)
  const count = await query
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await query
    .innerJoin('lot_states', 'lot_states.id', 'lots.id')
    .select('lot_states.state')
    .orderBy('first_time', 'desc')
    .orderBy('lots.id', 'desc')
    .limit(search.limit)
    .offset(search.offset)
    .execute()
  return { lots: rows.map(({ state }) => JSON.parse(state) as LotState), total: count.total }
}

function makeLots(db: Database, memory: NameMemory): Lots {
  return {
    lots: (uris) => reading(db, (read) => lotsOf(db, read, memory, uris)),
    lotsByCode: (codes) =>
      reading(db, async (read) => {
        const rows = await read
          .selectFrom('lots')
          .select(['code', 'uri'])
          .where(among(db, 'code', codes))
          .orderBy('id', 'desc')
          .execute()
        return new Map(rows.map(({ code, uri }) => [code ?? '', uri]))
      }),
    searchLots: (search) => reading(db, (read) => searchLots(db, read, memory, search)),
    findings: (limit) =>
      reading(db, async (read) => {
        const rows = await read
          .selectFrom('findings')
          .select('finding')
          .orderBy('time', 'desc')
          .orderBy('lot')
          .limit(limit)
          .execute()
        return rows.map(({ finding }) => JSON.parse(finding) as LedgerFinding)
      }),
  }
}

interface HoldingRow {
  readonly lot: number
  readonly place: number
  readonly mg: number
}

async function withNames(
  db: Database,
  read: Read,
  memory: NameMemory,
  rows: readonly HoldingRow[],
): Promise<readonly Holding[]> {
  const ids = rows.flatMap(({ lot, place }) => [lot, place])
  const names = await valuesOf(db, read, memory, ids)
  return rows.map(({ lot, place, mg }) => ({
    lot: named(names, lot),
    place: named(names, place),
    mg,
  }))
}

/** The number of a place; -1, which nothing has, when nobody has named it. */
async function placeId(db: Database, read: Read, memory: NameMemory, place: string) {
  return (await findNames(db, read, memory, [place])).get(place) ?? -1
}

async function holdings(db: Database, read: Read, memory: NameMemory, place?: string) {
  let query = read.selectFrom('holdings').select(['lot', 'place', 'mg'])
  if (place !== undefined) query = query.where('place', '=', await placeId(db, read, memory, place))
  return withNames(db, read, memory, await query.execute())
}

async function holdingsAt(
  db: Database,
  read: Read,
  memory: NameMemory,
  time: number,
  place?: string,
) {
  const { before, after } = nodesAt(time)
  const at = place === undefined ? undefined : await placeId(db, read, memory, place)
  const here = at === undefined ? sql`` : sql`and place = ${at}`
  const found = await sql<HoldingRow>`
    select lot, place, mg from holdings where since <= ${time} ${here}
    union all
    select lot, place, mg from spans where ${among(db, 'node', after)} and since <= ${time} ${here}
    union all
    select lot, place, mg from spans where ${among(db, 'node', before)} and until > ${time} ${here}
  `.execute(read)
  return withNames(db, read, memory, found.rows)
}

type MovementFilter = Parameters<LedgerStore['movements']>[0]

async function movementRows(db: Database, read: Read, memory: NameMemory, filter: MovementFilter) {
  const { lots, place, time, limit } = filter
  let query = read.selectFrom('movements').selectAll()
  if (lots !== undefined) {
    const ids = [...(await findNames(db, read, memory, lots)).values()]
    if (ids.length === 0) return []
    query = query.where(among(db, 'lot', ids))
  }
  if (place !== undefined) query = query.where('place', '=', await placeId(db, read, memory, place))
  if (time?.from !== undefined) query = query.where('time', '>=', time.from)
  if (time?.to !== undefined) query = query.where('time', '<', time.to)
  return query.orderBy('time').orderBy('event').orderBy('line').limit(limit).execute()
}

async function movements(db: Database, read: Read, memory: NameMemory, filter: MovementFilter) {
  const rows = await movementRows(db, read, memory, filter)
  const ids = rows.flatMap(({ lot, place }) => [lot, place])
  const names = await valuesOf(db, read, memory, ids)
  return rows.map(
    ({ lot, place, time, event, change, after, why }): Movement => ({
      time,
      id: event,
      lot: named(names, lot),
      place: named(names, place),
      change,
      after,
      why,
    }),
  )
}

type CampaignFilter = Parameters<LedgerStore['campaigns']>[0]

/** Campaigns that run at any moment of a time, the earliest first. */
async function campaigns(db: Database, read: Read, { uris, time }: CampaignFilter) {
  let query = read.selectFrom('campaigns').select('campaign')
  if (uris !== undefined) query = query.where(among(db, 'uri', uris))
  if (time?.to !== undefined) query = query.where('start_time', '<', time.to)
  const from = time?.from
  if (from !== undefined) {
    query = query.where(({ eb, or }) =>
      or([eb('end_time', 'is', null), eb('end_time', '>=', from)]),
    )
  }
  const rows = await query.orderBy('start_time').orderBy('uri').execute()
  return rows.map(({ campaign }) => JSON.parse(campaign) as Campaign)
}

type Derived = Lots & Pick<LedgerStore, 'holdings' | 'holdingsAt' | 'movements' | 'campaigns'>

export const makeDerived = (db: Database, memory: NameMemory): Derived => ({
  ...makeLots(db, memory),
  holdings: (place) => reading(db, (read) => holdings(db, read, memory, place)),
  holdingsAt: (time, place) => reading(db, (read) => holdingsAt(db, read, memory, time, place)),
  movements: (filter) => reading(db, (read) => movements(db, read, memory, filter)),
  campaigns: (filter) => reading(db, (read) => campaigns(db, read, filter)),
})
