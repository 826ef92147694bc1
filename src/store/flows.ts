/** Mass into and out of transformations, and the way from a lot to what it came from or became. */
import type { Flow, LedgerStore } from '../ledger/index.ts'
import { among, parts, reading } from './database.ts'
import type { Database, Read } from './database.ts'
import { findNames, valuesOf } from './names.ts'
import type { NameMemory } from './names.ts'
import type { Tables } from './schema.ts'

type FlowRow = Tables['flows']
type Side = 'node' | 'lot'

async function withNames(
  db: Database,
  read: Read,
  memory: NameMemory,
  rows: readonly FlowRow[],
): Promise<readonly Flow[]> {
  const ids = new Set<number>()
  for (const { node, lot } of rows) ids.add(node).add(lot)
  const names = await valuesOf(db, read, memory, ids)
  return rows.map(({ node, lot, direction, time, event, mg }) => ({
    node: names.get(node) ?? '',
    lot: names.get(lot) ?? '',
    direction: direction === 0 ? 'in' : 'out',
    mg,
    time,
    event,
  }))
}

async function flowsBy(
  db: Database,
  read: Read,
  memory: NameMemory,
  side: Side,
  values: readonly string[],
) {
  const ids = [...(await findNames(db, read, memory, values)).values()]
  const rows: FlowRow[] = []
  for (const part of parts(ids, 5000)) {
    const some = await read
      .selectFrom('flows')
      .selectAll()
      .where(among(db, side, part))
      .orderBy('time')
      .orderBy('event')
      .execute()
    for (const row of some) rows.push(row)
  }
  return withNames(db, read, memory, rows)
}

/**
 * How far a lot or a transformation has been followed. Going up, a flow counts when it is not
 * later than the moment from which one looks back; going down the same with time turned round.
 */
interface Reached {
  /** Flows up to here are found already. */
  readonly done: number
  /** Flows up to here count. */
  readonly limit: number
}

type Frontier = Map<number, Reached>

/** Takes note that one of the other side counts up to `limit`. */
function widen(next: Frontier, reached: Map<number, number>, id: number, limit: number): void {
  const known = next.get(id)
  if (known !== undefined) {
    if (limit > known.limit) next.set(id, { ...known, limit })
    return
  }
  const done = reached.get(id) ?? Number.NEGATIVE_INFINITY
  if (limit > done) next.set(id, { done, limit })
}

/** One step from one side of the flows to the other. */
async function step(
  db: Database,
  read: Read,
  from: Side,
  frontier: Frontier,
  direction: 0 | 1,
  sign: 1 | -1,
) {
  const found: FlowRow[] = []
  for (const part of parts([...frontier.keys()], 5000)) {
    const rows = await read
      .selectFrom('flows')
      .selectAll()
      .where(among(db, from, part))
      .where('direction', '=', direction)
      .execute()
    for (const row of rows) {
      const reached = frontier.get(row[from])
      const time = sign * row.time
      if (reached !== undefined && time > reached.done && time <= reached.limit) found.push(row)
    }
  }
  return found
}

type Limits = Parameters<LedgerStore['reach']>[2]

async function reachFrom(
  db: Database,
  read: Read,
  start: number,
  direction: 'up' | 'down',
  { depth, flows }: Limits,
) {
  const sign = direction === 'up' ? 1 : -1
  const [near, far] = direction === 'up' ? ([1, 0] as const) : ([0, 1] as const)
  const reached = { lot: new Map<number, number>(), node: new Map<number, number>() }
  const found: FlowRow[] = []
  let frontier: Frontier = new Map([
    [start, { done: Number.NEGATIVE_INFINITY, limit: Number.POSITIVE_INFINITY }],
  ])
  const cross = async (from: Side, to: Side, way: 0 | 1) => {
    const rows = await step(db, read, from, frontier, way, sign)
    for (const [id, { limit }] of frontier) reached[from].set(id, limit)
    frontier = new Map()
    for (const row of rows) widen(frontier, reached[to], row[to], sign * row.time)
    return rows
  }
  for (let level = 0; frontier.size > 0; level++) {
    const nearer = await cross('lot', 'node', near)
    if (nearer.length === 0) break
    if (level >= depth) return { found, isCut: true }
    const farther = await cross('node', 'lot', far)
    for (const row of nearer) found.push(row)
    for (const row of farther) found.push(row)
    if (found.length > flows) return { found: found.slice(0, flows), isCut: true }
  }
  return { found, isCut: false }
}

export function makeFlows(
  db: Database,
  memory: NameMemory,
): Pick<LedgerStore, 'flowsOf' | 'flowsWith' | 'reach'> {
  return {
    flowsOf: (nodes) => reading(db, (read) => flowsBy(db, read, memory, 'node', nodes)),
    flowsWith: (lots) => reading(db, (read) => flowsBy(db, read, memory, 'lot', lots)),
    reach: (lot, direction, limits) =>
      reading(db, async (read) => {
        const start = (await findNames(db, read, memory, [lot])).get(lot)
        if (start === undefined) return { flows: [], isCut: false }
        const { found, isCut } = await reachFrom(db, read, start, direction, limits)
        return { flows: await withNames(db, read, memory, found), isCut }
      }),
  }
}
