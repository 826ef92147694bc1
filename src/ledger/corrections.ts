/** What was declared wrong after the fact, and what it bears on. */
import { effectsOf } from './effects-of.ts'
import { isDeclaration, type Known } from './log-reading.ts'
import { partsOf } from './part.ts'
import type { Selection, StoredEvent } from './store.ts'

/** An event that was declared wrong, or the event that says it right. */
export interface Correction {
  readonly event: string
  readonly kind: 'declared-wrong' | 'corrected'
  /** Lots that it speaks of. */
  readonly lots: readonly string[]
  /** When the log learned of it. */
  readonly seq: number
  /** Time of the declaration. */
  readonly time: number
}

const atOnce = 1000

const lotsOf = (record: StoredEvent) => [...partsOf(effectsOf(record)).keys()]

async function* declarations({ store, upTo }: Known): AsyncGenerator<readonly StoredEvent[]> {
  let after: Selection['after']
  for (;;) {
    const records = await store.select({
      isDeclaration: true,
      orderBy: 'seq',
      direction: 'ASC',
      ...(after === undefined ? {} : { after }),
      limit: atOnce,
    })
    yield records.filter(({ seq }) => seq <= upTo)
    const last = records.at(-1)
    if (last === undefined || records.length < atOnce) return
    after = { value: last.seq, seq: last.seq }
  }
}

/** Every correction of the log, in the order in which it learned of them. */
export async function corrections(known: Known): Promise<readonly Correction[]> {
  const found: Correction[] = []
  for await (const records of declarations(known)) {
    const named = records.flatMap(({ event }) => [
      event.eventID ?? '',
      ...(event.errorDeclaration?.correctiveEventIDs ?? []),
    ])
    const originals = await known.store.byEventIDs([...new Set(named)])
    const byID = new Map(
      originals.filter((one) => !isDeclaration(one)).map((one) => [one.event.eventID ?? '', one]),
    )
    for (const { seq, event } of records) {
      const id = event.eventID ?? ''
      const wrong = byID.get(id)
      const time = Date.parse(event.errorDeclaration?.declarationTime ?? event.eventTime)
      const lots = wrong === undefined ? [] : lotsOf(wrong)
      found.push({ event: id, kind: 'declared-wrong', lots, seq, time })
      for (const right of event.errorDeclaration?.correctiveEventIDs ?? []) {
        const record = byID.get(right)
        if (record === undefined) continue
        found.push({
          event: right,
          kind: 'corrected',
          lots: lotsOf(record),
          seq: Math.max(seq, record.seq),
          time,
        })
      }
    }
  }
  return found
}
