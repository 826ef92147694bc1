import {
  type Campaign,
  catchUp,
  type Holding,
  type Ledger,
  type LotKind,
  type LotState,
  type Movement,
} from '../../ledger/index.ts'
import type { Draft } from './draft.ts'
import { type Amount, itemsOf, judged, smallNote } from './ledger-items.ts'
import type { BalanceOptions, BalanceReport, BalanceRole, HoldUp } from './types.ts'

export interface Period {
  /** From, inclusive, to, exclusive, ms since 1970. */
  readonly from: number
  readonly to: number
  /** URIs of the places that count; all if left out. */
  readonly places?: readonly string[]
}

const leaving: Readonly<Partial<Record<LotKind, BalanceRole>>> = {
  product: 'product',
  'by-product': 'by-product',
  residue: 'residue',
  effluent: 'effluent',
  sample: 'sample',
}

/** What is balanced: some places only, and then perhaps none where campaigns run. */
interface Boundary {
  readonly isPart: boolean
  readonly isApart: boolean
}

/** What a movement means for the balance of the whole; undefined: it stays inside. */
function roleOf(
  { why, change }: Movement,
  kind: LotKind | undefined,
  { isPart, isApart }: Boundary,
): BalanceRole | 'inside' | 'unclear' {
  if (isApart && /^(charge|draw)/.test(why)) return change > 0 ? 'moved in' : 'moved out'
  if (/^receiv|^add|^arriv|^commission|^create/.test(why))
    return kind === 'reagent' ? 'reagent' : 'feed'
  if (why.startsWith('return')) return 'returned'
  if (/^ship|^depart/.test(why)) return (kind && leaving[kind]) ?? 'moved out'
  if (/^scrap|^destroy|^dispos|^discharg/.test(why))
    return kind === 'effluent' ? 'effluent' : 'residue'
  if (/^mov|^stor/.test(why)) return isPart ? (change > 0 ? 'moved in' : 'moved out') : 'inside'
  return /^(charge|draw|blend|split|sampl|pack|unpack|stock|count|weigh|inspect|transform)/.test(
    why,
  )
    ? 'inside'
    : 'unclear'
}

const mostMovements = 5_000_000

async function perPlace<T>(
  places: readonly string[] | undefined,
  ask: (place?: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (places === undefined) return ask()
  return (await Promise.all(places.map((place) => ask(place)))).flat()
}

const stock = (holdings: readonly Holding[], role: 'open' | 'close', time: number) =>
  holdings.map(({ lot, mg }): Amount => ({ role, lot, mg, time }))

/** Movements as amounts; what nobody can place is named. */
function amountsOf(
  movements: readonly Movement[],
  states: ReadonlyMap<string, LotState>,
  boundary: Boundary,
): { readonly amounts: readonly Amount[]; readonly notes: readonly string[] } {
  const unclear = new Map<string, number>()
  const amounts = movements.flatMap((movement): readonly Amount[] => {
    const { lot, change, time, why } = movement
    const role = roleOf(movement, states.get(lot)?.master?.kind, boundary)
    if (role === 'unclear') unclear.set(why, (unclear.get(why) ?? 0) + change)
    if (role === 'inside' || role === 'unclear') return []
    // What comes back of a receipt (a correction) takes away from it.
    const isIn = role === 'feed' || role === 'reagent' || role === 'returned' || role === 'moved in'
    return [{ role, lot, mg: isIn ? change : -change, time }]
  })
  const notes = [...unclear].map(
    ([why, mg]) =>
      `movements called ${why} (${mg / 1e6} kg together) are not understood: they are in the gap`,
  )
  return { amounts, notes }
}

/** Campaigns that have begun and not ended at a moment. */
const runningAt = (campaigns: readonly Campaign[], time: number) =>
  campaigns.filter(({ start, end }) => start < time && (end === undefined || end >= time))

/**
 * What campaigns under way held: all that was charged before the moment less all that was drawn.
 * Its error is that of one campaign, since hold-up is drawn and measured at the end of each.
 */
async function underWay(
  ledger: Ledger,
  campaigns: readonly Campaign[],
  time: number,
  role: 'open' | 'close',
): Promise<readonly Amount[]> {
  if (campaigns.length === 0) return []
  const flows = await ledger.store.flowsOf(campaigns.map(({ uri }) => uri))
  return flows
    .filter((flow) => flow.time < time)
    .map(({ lot, mg, direction }) => ({ role, lot, mg: direction === 'in' ? mg : -mg, time }))
}

/** Hold-up at both ends, and what of it is counted as lots. */
async function holdUpOf(
  ledger: Ledger,
  campaigns: readonly Campaign[],
  { from, to, places }: Period,
  options: BalanceOptions,
): Promise<{ readonly holdUp: HoldUp; readonly amounts: readonly Amount[] }> {
  const inside = campaigns.filter(({ place }) => places?.includes(place) ?? true)
  const [first, last] = [runningAt(inside, from), runningAt(inside, to)]
  const codes = [...new Set([...first, ...last].map(({ code }) => code))].join(', ')
  if (codes === '') {
    const detail =
      'no campaign was running at the beginning or the end; hold-up that was drawn is stock'
    return { holdUp: { basis: 'measured', detail }, amounts: [] }
  }
  if (options.modelledHoldUp !== undefined) {
    return { holdUp: { basis: 'modelled', detail: options.modelledHoldUp.detail }, amounts: [] }
  }
  const amounts = [
    ...(await underWay(ledger, first, from, 'open')),
    ...(await underWay(ledger, last, to, 'close')),
  ]
  const detail = `${codes} was under way at the beginning or the end: what it had charged less what it had drawn, by lots`
  return { holdUp: { basis: 'computed', detail }, amounts }
}

/**
 * Balance of a period, check-in against check-out: feed + stock at the beginning = what left +
 * stock at the end + unaccounted; of the whole site, or of some places. What a stock-take or a new
 * weighing took away or added is in the gap.
 */
export async function periodBalance(
  ledger: Ledger,
  period: Period,
  options: BalanceOptions & { readonly isSynthetic?: boolean } = {},
): Promise<BalanceReport> {
  await catchUp(ledger)
  const { store } = ledger
  const { from, to, places } = period
  const [opening, closing, movements, campaigns] = await Promise.all([
    perPlace(places, (place) => store.holdingsAt(from - 1, place)),
    perPlace(places, (place) => store.holdingsAt(to - 1, place)),
    perPlace(places, (place) =>
      store.movements({
        time: { from, to },
        limit: mostMovements,
        ...(place === undefined ? {} : { place }),
      }),
    ),
    store.campaigns({}),
  ])
  const states = await store.lots([...new Set(movements.map(({ lot }) => lot))])
  const { amounts, notes } = amountsOf(movements, states, {
    isPart: places !== undefined,
    isApart: places !== undefined && !campaigns.some(({ place }) => places.includes(place)),
  })
  const { holdUp, amounts: held } = await holdUpOf(ledger, campaigns, period, options)
  const all = [...stock(opening, 'open', from), ...amounts, ...stock(closing, 'close', to), ...held]
  const { items, assays, small } = await itemsOf(ledger, all, options)
  const day = (time: number) => new Date(time).toISOString().slice(0, 10)
  const draft: Draft = {
    kind: 'period',
    title: `Period ${day(from)} to ${day(to)}${places === undefined ? '' : `, ${places.length} places`}`,
    from,
    to,
    isSynthetic: options.isSynthetic ?? false,
    holdUp,
    notes: [...notes, ...smallNote(small)],
    items,
    assays,
  }
  return judged(ledger, draft, options)
}
