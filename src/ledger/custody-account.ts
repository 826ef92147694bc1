import type { CustodyAccount, CustodyAccountQuery, CustodyEntry } from './account-types.ts'
import { catchUp } from './catch-up.ts'
import { compositionsOf } from './contents.ts'
import type { Ledger } from './ledger.ts'
import { shippings } from './log-reading.ts'
import { classesOf } from './recycled.ts'
import type { Movement } from './state.ts'

const most = 1_000_000

/** Movements that count what is there, and change nothing of what came. */
const counts: ReadonlySet<string> = new Set(['weigh', 'stock-take', 'stock_taking', 'inspecting'])

/** What of a lot came into the boundary by one event, mg: moves within it cancel out. */
interface Incoming {
  readonly lot: string
  readonly event: string
  readonly time: number
  readonly mg: number
}

async function incomingOf(ledger: Ledger, query: CustodyAccountQuery): Promise<Incoming[]> {
  const { from, to } = query
  const byEvent = new Map<string, Movement[]>()
  for (const place of new Set(query.places)) {
    const movements = await ledger.store.movements({ place, time: { from, to }, limit: most })
    for (const movement of movements) {
      const key = `${movement.id} ${movement.lot}`
      byEvent.set(key, [...(byEvent.get(key) ?? []), movement])
    }
  }
  const lots = [...new Set([...byEvent.values()].flatMap((list) => list.map(({ lot }) => lot)))]
  const flows = lots.length === 0 ? [] : await ledger.store.flowsWith(lots)
  const drawn = new Set(
    flows.filter(({ direction }) => direction === 'out').map(({ event, lot }) => `${event} ${lot}`),
  )
  return [...byEvent].flatMap(([key, [first, ...more]]): Incoming[] => {
    if (first === undefined || drawn.has(key) || counts.has(first.why)) return []
    const mg = [first, ...more].reduce((sum, { change }) => sum + change, 0)
    return mg > 0 ? [{ lot: first.lot, event: first.id, time: first.time, mg }] : []
  })
}

interface Credit {
  readonly time: number
  readonly until: number
  readonly entry: Pick<CustodyEntry, 'event' | 'lot'>
  left: number
}

interface Booking {
  readonly time: number
  readonly event: string
  readonly lot: string
  readonly mg: number
}

/** Claims of the characteristic on shipments of the period, whichever model they name. */
async function claimsOf({ store }: Ledger, query: CustodyAccountQuery): Promise<Booking[]> {
  const claims: Booking[] = []
  const known = { store, upTo: await store.projected() }
  const { from, to } = query
  for await (const { effects } of shippings(known, { from, to })) {
    for (const { direction, lot, time, event, claims: said = [] } of effects.shipments) {
      if (direction !== 'out') continue
      for (const { element, class: source, mg } of said) {
        if (element === query.element && source === query.class) {
          claims.push({ time, event, lot, mg })
        }
      }
    }
  }
  return claims
}

/** The account while it is kept, entry by entry in order of time. */
interface Book {
  readonly entries: CustodyEntry[]
  readonly credits: Credit[]
  readonly overdrawn: { readonly event: string; readonly lot: string; readonly mg: number }[]
  balance: number
  expired: number
}

function expire(book: Book, time: number): void {
  for (const credit of book.credits) {
    if (credit.until > time || credit.left <= 0) continue
    const { left, entry, until } = credit
    credit.left = 0
    book.balance -= left
    book.expired += left
    book.entries.push({ ...entry, time: until, kind: 'expired', mg: left, balance: book.balance })
  }
}

/** Spends the oldest credits first; what none covers is overdrawn. */
function spend(book: Book, { time, event, lot, mg }: Booking): void {
  let left = mg
  for (const credit of book.credits) {
    const part = Math.min(credit.left, left)
    credit.left -= part
    left -= part
    if (left <= 0) break
  }
  book.balance -= mg - left
  if (left > 0) book.overdrawn.push({ event, lot, mg: left })
  book.entries.push({ time, event, lot, kind: 'claimed', mg, balance: book.balance })
}

function earn(book: Book, { time, event, lot, mg }: Booking, lastsFor: number): void {
  book.credits.push({ time, until: time + lastsFor, entry: { event, lot }, left: mg })
  book.balance += mg
  book.entries.push({ time, event, lot, kind: 'earned', mg, balance: book.balance })
}

/** With a rolling average the period's earnings are there for all of its claims. */
function keepBook(
  query: CustodyAccountQuery,
  earned: readonly Booking[],
  claims: readonly Booking[],
): Book {
  const carried = query.carried ?? 0
  const lastsFor = query.lastsFor ?? Infinity
  const book: Book = { entries: [], credits: [], overdrawn: [], balance: 0, expired: 0 }
  if (carried > 0) {
    const entry = { event: '', lot: '' }
    book.credits.push({ time: query.from, until: query.from + lastsFor, entry, left: carried })
    book.balance = carried
    book.entries.push({
      ...entry,
      time: query.from,
      kind: 'carried',
      mg: carried,
      balance: carried,
    })
  }
  const isRolling = query.method === 'mass-balance-rolling-average'
  const all = [
    ...earned.map((one) => ({ ...one, at: isRolling ? query.from : one.time, isEarned: true })),
    ...claims.map((one) => ({ ...one, at: one.time, isEarned: false })),
  ].sort((a, b) => a.at - b.at || Number(b.isEarned) - Number(a.isEarned))
  for (const one of all) {
    if (!isRolling) expire(book, one.at)
    if (one.isEarned) earn(book, one, lastsFor)
    else spend(book, one)
  }
  if (!isRolling) expire(book, query.to - 1)
  return book
}

const sumOf = (list: readonly { readonly mg: number }[]) =>
  list.reduce((sum, { mg }) => sum + mg, 0)

/**
 * An account of mass balance (ISO 22095): what of an element and a class came into a boundary in a
 * period, times a conversion factor, against what was claimed of shipped lots; by credits, oldest
 * first and only those earned before the claim, or by rolling average over the period. What nobody
 * has said of the material that came in earns nothing. Claims of the other method stand in the
 * account too, because one mass may not be claimed twice. Numbers of periods, expiry and
 * conversion are the user's.
 */
export async function custodyAccount(
  ledger: Ledger,
  query: CustodyAccountQuery,
): Promise<CustodyAccount> {
  await catchUp(ledger)
  const incoming = await incomingOf(ledger, query)
  const lots = [...new Set(incoming.map(({ lot }) => lot))]
  const states = await ledger.store.lots(lots)
  const compositions = await compositionsOf(ledger, lots)
  let cameIn = 0
  let ofClass = 0
  let unknown = 0
  const earned: Booking[] = []
  for (const { lot, event, time, mg } of incoming) {
    const shipments = states.get(lot)?.shipments ?? []
    // What comes back to us was never taken off the account.
    if (shipments.some((one) => one.event === event && one.direction === 'back')) continue
    const content = compositions.get(lot)?.contents.find((one) => one.element === query.element)
    if (content === undefined || content.isBelow) continue
    const element = mg * content.fraction
    const classes = classesOf(states.get(lot)?.master?.sources, query.element)
    cameIn += element
    unknown += element * classes.unknown
    const part = element * classes[query.class]
    ofClass += part
    // Whole milligrams, rounded down: a credit is never more than what was earned.
    const credit = Math.floor(part * query.conversionFactor)
    if (credit > 0) earned.push({ lot, event, time, mg: credit })
  }
  const claims = await claimsOf(ledger, query)
  const book = keepBook(query, earned, claims)
  return {
    query,
    cameIn,
    cameInOfClass: ofClass,
    cameInUnknown: unknown,
    ...(cameIn > 0 ? { percentage: ofClass / cameIn } : {}),
    carried: query.carried ?? 0,
    earned: sumOf(earned),
    claimed: sumOf(claims),
    expired: book.expired,
    balance: book.balance,
    entries: book.entries,
    overdrawn: book.overdrawn,
    isInOrder: book.overdrawn.length === 0,
  }
}
