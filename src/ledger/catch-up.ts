import { declaredWrong, effectsNaming, isDeclaration, marksOf, type Known } from './log-reading.ts'
import type { CampaignMark, Effects, Flow } from './effects.ts'
import { effectsOf } from './effects-of.ts'
import { foldLot } from './fold.ts'
import type { Ledger, Progress } from './ledger.ts'
import type { Campaign } from './lot.ts'
import { compareOrder, partsOf } from './part.ts'
import { learn } from './remembered.ts'
import type { LotState, Movement } from './state.ts'
import type { LedgerStore, Projection, StoredEvent } from './store.ts'

const batchSize = 5000
/** Lots folded anew at once: what bounds the memory. */
const lotsAtOnce = 100

/** What a batch of the log touches. */
interface Touched {
  /** Valid events of the batch by lot. */
  readonly lots: Map<string, Effects[]>
  /** Lots that have to be folded anew. */
  readonly again: Set<string>
  readonly campaigns: Set<string>
}

interface Written {
  readonly lots: LotState[]
  readonly movements: Movement[]
  readonly flows: Flow[]
}

const campaignOf = (mark: CampaignMark) => (mark.mark === 'start' ? mark.campaign.uri : mark.uri)

/** Marks the lots and campaigns of events that are declared wrong. */
async function disown(
  known: Known,
  declarations: readonly StoredEvent[],
  touched: Touched,
): Promise<void> {
  if (declarations.length === 0) return
  const ids = [...new Set(declarations.map(({ event }) => event.eventID ?? ''))]
  const originals = await known.store.byEventIDs(ids)
  const before = originals.filter(({ seq }) => seq <= known.upTo)
  for (const record of [...before, ...declarations]) {
    const effects = effectsOf(record)
    for (const lot of partsOf(effects).keys()) touched.again.add(lot)
    for (const mark of effects.campaigns) touched.campaigns.add(campaignOf(mark))
  }
}

async function touchedBy(known: Known, records: readonly StoredEvent[]): Promise<Touched> {
  const touched: Touched = { lots: new Map(), again: new Set(), campaigns: new Set() }
  const events = records.filter((record) => !isDeclaration(record))
  const wrong = await declaredWrong(known, events)
  await disown(known, records.filter(isDeclaration), touched)
  for (const record of events) {
    if (wrong.has(record.event.eventID ?? '')) continue
    const effects = effectsOf(record)
    for (const lot of partsOf(effects).keys()) {
      const before = touched.lots.get(lot)
      if (before === undefined) touched.lots.set(lot, [effects])
      else before.push(effects)
    }
    for (const mark of effects.campaigns) touched.campaigns.add(campaignOf(mark))
  }
  return touched
}

const flowsOf = (lot: string, events: readonly Effects[]): Flow[] =>
  events.flatMap(({ flows }) => flows.filter((flow) => flow.lot === lot))

function write(written: Written, lot: string, events: readonly Effects[], from?: LotState): void {
  const { state, movements } = foldLot(lot, events, from)
  if (state !== undefined) written.lots.push(state)
  for (const movement of movements) written.movements.push(movement)
  for (const flow of flowsOf(lot, events)) written.flows.push(flow)
}

/** Lots whose new events are all later than what they know go on; the others begin anew. */
async function goOn(known: Known, touched: Touched, written: Written): Promise<void> {
  const uris = [...touched.lots.keys()].filter((lot) => !touched.again.has(lot))
  const states = await known.store.lots(uris)
  for (const lot of uris) {
    const events = touched.lots.get(lot) ?? []
    const state = states.get(lot)
    if (state !== undefined && events.some((event) => compareOrder(event, state.last) <= 0)) {
      touched.again.add(lot)
    } else write(written, lot, events, state)
  }
}

async function beginAnew(known: Known, again: readonly string[], written: Written): Promise<void> {
  for (let start = 0; start < again.length; start += lotsAtOnce) {
    const some = again.slice(start, start + lotsAtOnce)
    const events = await effectsNaming(known, some)
    const byLot = new Map<string, Effects[]>(some.map((lot) => [lot, []]))
    for (const effects of events) {
      for (const lot of partsOf(effects).keys()) byLot.get(lot)?.push(effects)
    }
    for (const [lot, of] of byLot) write(written, lot, of)
  }
}

/** A campaign as its marks have it: the first start, and the first end. */
function campaignFrom(uri: string, events: readonly Effects[]): Campaign | undefined {
  const marks = [...events].sort(compareOrder).flatMap((event) => event.campaigns)
  const start = marks.find((mark) => mark.mark === 'start' && mark.campaign.uri === uri)
  const end = marks.find((mark) => mark.mark === 'end' && mark.uri === uri)
  if (start?.mark !== 'start') return undefined
  return end?.mark === 'end' ? { ...start.campaign, end: end.time } : start.campaign
}

/** What the log's next records make of the derived tables. */
async function projectionOf(
  store: LedgerStore,
  from: number,
  records: readonly StoredEvent[],
): Promise<Projection> {
  const upTo = records.at(-1)?.seq ?? from
  const known: Known = { store, upTo }
  const touched = await touchedBy(known, records)
  const written: Written = { lots: [], movements: [], flows: [] }
  await goOn(known, touched, written)
  const refolded = [...touched.again]
  await beginAnew(known, refolded, written)
  const campaigns: Campaign[] = []
  const withdrawn: string[] = []
  for (const uri of touched.campaigns) {
    const campaign = campaignFrom(uri, await marksOf(known, uri))
    if (campaign === undefined) withdrawn.push(uri)
    else campaigns.push(campaign)
  }
  return { from, upTo, ...written, refolded, campaigns, withdrawn }
}

async function run({ store }: Ledger, progress: Progress | undefined): Promise<void> {
  for (;;) {
    const from = await store.projected()
    const records = await store.read(from, batchSize)
    const last = records.at(-1)
    if (last === undefined) return
    await store.index(records)
    const projection = await projectionOf(store, from, records)
    if (await store.project(projection)) learn(store, projection)
    progress?.(last.seq, Math.max(last.seq, (await store.head()).seq))
  }
}

const underWay = new WeakMap<LedgerStore, Promise<void>>()

/**
 * Brings the derived tables up to the log, batch by batch; memory is bounded by the batch and by
 * the histories of the lots that late events touch. Two processes may do so at once: what lost a
 * race is computed again.
 */
export async function catchUp(ledger: Ledger, progress?: Progress): Promise<void> {
  const before = underWay.get(ledger.store) ?? Promise.resolve()
  const mine = before.then(
    () => run(ledger, progress),
    () => run(ledger, progress),
  )
  underWay.set(ledger.store, mine)
  await mine
}

/** Empties the derived tables and fills them from the log. */
export async function rebuild(ledger: Ledger, progress?: Progress): Promise<void> {
  await ledger.store.forget()
  await catchUp(ledger, progress)
}
