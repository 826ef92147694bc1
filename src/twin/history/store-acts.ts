/** The store: what is packed and shipped, blended, counted, thrown away, and what comes back. */
import type { Random } from '../../numerics/index.ts'
import { codeOf, kilograms, type LotState } from '../../ledger/index.ts'
import { reportOf } from './assaying.ts'
import { lotOf } from './memory.ts'
import { scales, weigh } from './measuring.ts'
import { customers, type Product, takers } from './names.ts'
import { day, type Drawn, hour, type Plan } from './plan.ts'
import { lotCode } from './campaign-acts.ts'
import type { Act, Teller } from './teller.ts'

interface Timed {
  readonly time: number
  readonly act: Act
}

/** Lots of which something is at a place, the oldest first. */
function lotsAt({ memory }: Teller, place: string): readonly LotState[] {
  const uri = `${memory.site.authority}/place/${place}`
  return [...memory.states.values()]
    .filter(({ places }) => (places[uri] ?? 0) > 0)
    .sort((a, b) => a.first.time - b.first.time)
}

const isReleased = ({ releases = [] }: LotState) => releases.at(-1)?.isConformant === true
const codes = (lots: readonly LotState[]) => lots.map(({ uri }) => ({ lot: codeOf(uri) }))

const products = ['Nd2O3', 'didymium', 'Dy2O3', 'Tb4O7'] as const satisfies readonly Product[]

interface Counters {
  orders: number
  packages: number
  returned: boolean
}

/** A drum that a customer sends back, is looked at, and goes out again. */
function comeBack(lot: string, from: string): Act {
  return (teller) => {
    const mass = '25 kg'
    teller.say('return', {
      lots: [{ lot, mass }],
      from,
      place: 'quarantine',
      reason: 'lid of one drum was dented on the road',
    })
    teller.say('release', {
      lots: [{ lot }],
      decision: 'blocked',
      reason: 'came back; to be looked at',
    })
    teller.later(teller.now() + 6 * day, (then) => {
      then.say('release', {
        lots: [{ lot }],
        decision: 'released',
        reason: 'dry and clean; new lid',
      })
      then.say('move', { lots: [{ lot }], to: 'product-store' })
    })
  }
}

/** What of a product is released and has stood for a week goes to one customer. */
function pickUp(product: Product, counters: Counters, plan: Plan): Act {
  return (teller) => {
    const ready = lotsAt(teller, 'product-store').filter(
      (lot) =>
        lot.master?.product === product &&
        isReleased(lot) &&
        lot.first.time < teller.now() - 7 * day,
    )
    if (ready.length === 0) return
    const buyers = customers[product]
    const to = buyers[counters.orders % buyers.length] ?? buyers[0]
    counters.orders += 1
    counters.packages += 1
    const pack = `PK-${String(counters.packages).padStart(4, '0')}`
    const lots = codes(ready)
    const place = 'product-store'
    teller.say('pack', { package: pack, lots: lots.map((one) => ({ ...one, place })) })
    teller.say('label', { lots })
    const order = `SO-${String(counters.orders).padStart(4, '0')}`
    teller.say('ship', { lots: lots.map((one) => ({ ...one, place })), to, order, carrier: 'road' })
    const isLate = teller.now() > plan.from + 0.5 * (plan.to - plan.from)
    const [first] = ready
    if (counters.returned || !isLate || first === undefined || first.mg < 40e6) return
    counters.returned = true
    teller.later(teller.now() + 9 * day, comeBack(codeOf(first.uri), to))
  }
}

/** Small lots of terbium oxide become one that can be sold. */
function blendTerbium(label: string, contents: ReadonlyMap<string, Drawn>, chance: Random): Act {
  return (teller) => {
    const small = lotsAt(teller, 'product-store').filter(
      ({ uri, master, assays }) =>
        master?.product === 'Tb4O7' &&
        codeOf(uri).startsWith('TB-') &&
        assays.some(({ status }) => status === 'final'),
    )
    if (small.length < 2) return
    const lot = `TBB-${label}`
    teller.say('blend', {
      lots: codes(small),
      into: { lot, kind: 'product', product: 'Tb4O7', description: 'terbium oxide, blended' },
    })
    const total = small.reduce((mg, state) => mg + state.mg, 0)
    const content: Record<string, number> = {}
    for (const { uri, mg } of small) {
      for (const [element, share] of Object.entries(contents.get(codeOf(uri))?.content ?? {})) {
        content[element] = (content[element] ?? 0) + (share * mg) / total
      }
    }
    const drawn: Drawn = { unit: 'terbium-oxide', kg: kilograms(total), content }
    teller.later(teller.now() + 4 * day, (then) => {
      then.say('assay', { lot, ...reportOf(drawn, 'final', chance) })
      then.say('release', { lots: [{ lot }], decision: 'released', specification: 'operator-99.5' })
    })
  }
}

/** Everything in two stores is weighed; old samples are thrown away. */
function stockTake(chance: Random): Act {
  return (teller) => {
    for (const [place, scale] of [
      ['product-store', scales.bench],
      ['receiving', scales.floor],
    ] as const) {
      const there = lotsAt(teller, place)
      const uri = `${teller.memory.site.authority}/place/${place}`
      const lots = there.map((lot) => ({
        lot: codeOf(lot.uri),
        mass: weigh(kilograms(lot.places[uri] ?? 0), scale, chance),
        instrument: scale.name,
      }))
      if (lots.length > 0) teller.say('stock-take', { place, lots })
    }
    const old = lotsAt(teller, 'laboratory').filter(
      ({ first }) => first.time < teller.now() - 150 * day,
    )
    if (old.length === 0) return
    teller.say('scrap', {
      lots: codes(old.slice(0, 500)),
      how: 'disposed',
      reason: 'kept for half a year',
    })
  }
}

/** What the yard holds of some lots, older than ten days. */
const inYard = (teller: Teller, prefixes: readonly string[]) =>
  lotsAt(teller, 'residue-yard').filter(
    ({ uri, first }) =>
      prefixes.includes(codeOf(uri).slice(0, 3)) && first.time < teller.now() - 10 * day,
  )

const disposal: Act = (teller) => {
  const lots = codes(inYard(teller, ['FE-', 'HY-']))
  if (lots.length > 0)
    teller.say('scrap', { lots, how: 'disposed', reason: 'to landfill, by consent' })
}

const sellOn =
  (prefix: string, to: string): Act =>
  (teller) => {
    const lots = codes(inYard(teller, [prefix]))
    if (lots.length > 0) teller.say('ship', { lots, to, carrier: 'road' })
  }

/** One lot in two, for two customers. */
export const inTwo =
  (code: string): Act =>
  (teller) => {
    const state = lotOf(teller.memory, code)
    if (state === undefined || state.mg < 2e6 || Object.keys(state.places).length !== 1) return
    const half = Math.floor(state.mg / 2)
    const parts = [
      { lot: `${code}-A`, mass: `${half} mg` },
      { lot: `${code}-B`, mass: `${state.mg - half} mg` },
    ]
    teller.say('split', { lot: code, parts })
    teller.later(teller.now() + hour, (then) => {
      const lots = parts.map(({ lot }) => ({ lot }))
      then.say('release', { lots, decision: 'released', reason: `halves of ${code}` })
    })
  }

/** Days of the store over a history: pick-ups, blends, stock-takes, disposal. */
export function storeActs(plan: Plan, chance: Random): readonly Timed[] {
  const counters: Counters = { orders: 0, packages: 0, returned: false }
  const contents = new Map(
    plan.campaigns.flatMap(({ code, drawn }) =>
      drawn.map((one) => [lotCode(code, one.unit), one] as const),
    ),
  )
  const acts: Timed[] = []
  for (let time = plan.from; time < plan.to; time += day) {
    const [year = '', month = '', date = ''] = new Date(time).toISOString().slice(0, 10).split('-')
    const at = (hours: number, act: Act) => void acts.push({ time: time + hours * hour, act })
    const isQuarter = ['01', '04', '07', '10'].includes(month)
    if (['05', '15', '25'].includes(date)) {
      products.forEach((product, k) => at(10 + k / 4, pickUp(product, counters, plan)))
    }
    if (date === '02' && isQuarter) {
      at(9, blendTerbium(`${year}-${month}`, contents, chance))
      at(14, sellOn('OI-', takers.oil))
    }
    if (date === '10' && ['01', '07'].includes(month)) at(11, sellOn('MH-', takers.cobalt))
    if (date === '28') at(15, disposal)
    if (`${month}-${date}` === '06-30' || `${month}-${date}` === '12-31') {
      at(18, stockTake(chance))
    }
  }
  return acts
}
