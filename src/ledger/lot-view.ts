import { catchUp } from './catch-up.ts'
import type { LotEvent, LotView, Relative } from './care-types.ts'
import { compositionsOf } from './contents.ts'
import { custodyFrom } from './custody.ts'
import { flagsOfLot } from './flagged.ts'
import type { Ledger } from './ledger.ts'
import { declaredWrong, isDeclaration, type Known } from './log-reading.ts'
import { originFrom } from './origin.ts'
import { recycledFrom } from './recycled.ts'
import { siteOf } from './site.ts'
import { trace } from './trace.ts'
import { codeOf, isUri } from './uris.ts'

const mostMovements = 1000

async function eventsOf(known: Known, lot: string): Promise<LotEvent[]> {
  const named = await known.store.naming([lot])
  const records = named.filter(({ seq }) => seq <= known.upTo)
  const wrong = await declaredWrong(known, records)
  return records
    .map((record): LotEvent => {
      const { event, seq, recordTime, by } = record
      const id = event.eventID ?? ''
      const isItself = isDeclaration(record)
      const { bizStep, type } = event
      return {
        id,
        seq,
        time: Date.parse(event.eventTime),
        recordTime,
        type,
        ...(bizStep === undefined ? {} : { step: codeOf(bizStep) }),
        by,
        isVoid: !isItself && wrong.has(id),
        isDeclaration: isItself,
      }
    })
    .sort((a, b) => a.time - b.time || a.seq - b.seq)
}

/** Lots on the other side of the transformations that a lot came out of, or went into. */
async function relatives(
  { store }: Ledger,
  lot: string,
  direction: 'up' | 'down',
): Promise<Relative[]> {
  const own = direction === 'up' ? 'out' : 'in'
  const mine = (await store.flowsWith([lot])).filter((flow) => flow.direction === own)
  const nodes = [...new Set(mine.map(({ node }) => node))]
  if (nodes.length === 0) return []
  const others = (await store.flowsOf(nodes)).filter(
    (flow) =>
      flow.direction !== own &&
      flow.lot !== lot &&
      mine.some(
        ({ node, time }) =>
          node === flow.node && (direction === 'up' ? flow.time <= time : flow.time >= time),
      ),
  )
  const states = await store.lots([...new Set(others.map((flow) => flow.lot))])
  const sums = new Map<string, Relative>()
  for (const { lot: other, node, mg, time } of others) {
    const key = `${node} ${other}`
    const before = sums.get(key)
    const code = states.get(other)?.master?.code ?? codeOf(other)
    sums.set(key, {
      lot: other,
      code,
      through: node,
      mg: (before?.mg ?? 0) + mg,
      time: before?.time ?? time,
    })
  }
  return [...sums.values()]
}

async function resolve({ store }: Ledger, ref: string): Promise<string> {
  if (isUri(ref)) return ref
  const byCode = (await store.lotsByCode([ref])).get(ref)
  return byCode ?? `${(await siteOf(store)).authority}/lot/${ref}`
}

/**
 * Everything that there is to say of one lot, by URI or code; undefined when no event speaks of
 * it. Caches nothing.
 */
export async function lotView(ledger: Ledger, ref: string): Promise<LotView | undefined> {
  await catchUp(ledger)
  const { store } = ledger
  const uri = await resolve(ledger, ref)
  const lot = (await store.lots([uri])).get(uri)
  if (lot === undefined) return undefined
  const composition = (await compositionsOf(ledger, [uri])).get(uri)
  const traced = await trace(ledger, uri, { direction: 'up' })
  const ancestors = traced.genealogy.nodes.map((node) => node.uri)
  const known = { store, upTo: await store.projected() }
  return {
    lot,
    composition: composition ?? { lot: uri, contents: [], gaps: [], readings: [] },
    recycled: recycledFrom(traced),
    origin: originFrom(traced, await siteOf(store)),
    custody: custodyFrom(traced),
    movements: await store.movements({ lots: [uri], limit: mostMovements }),
    events: await eventsOf(known, uri),
    parents: await relatives(ledger, uri, 'up'),
    children: await relatives(ledger, uri, 'down'),
    flags: await flagsOfLot(ledger, lot, ancestors),
  }
}
