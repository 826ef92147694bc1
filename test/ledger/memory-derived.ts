/** A whole ledger store in memory: the log, and the derived tables as plain maps. */
import type {
  Campaign,
  Flow,
  Json,
  Ledger,
  LedgerStore,
  LotState,
  Movement,
} from '../../src/ledger/index.ts'
import { bank } from '../../src/databank/index.ts'
import { memoryLog, sha256 } from './memory-store.ts'

interface Tables {
  upTo: number
  lots: Map<string, LotState>
  movements: Movement[]
  flows: Flow[]
  campaigns: Map<string, Campaign>
}

const empty = (): Tables => ({
  upTo: 0,
  lots: new Map(),
  movements: [],
  flows: [],
  campaigns: new Map(),
})

type Derived = Omit<LedgerStore, keyof ReturnType<typeof memoryLog>>

/** Flows on the way, by times: up, nothing later than what came out; down, nothing earlier. */
function reach(flows: readonly Flow[], lot: string, direction: 'up' | 'down', depth: number) {
  const found = new Set<Flow>()
  let open: { readonly lot: string; readonly time: number }[] = [
    { lot, time: direction === 'up' ? Infinity : -Infinity },
  ]
  const later = (a: number, b: number) => (direction === 'up' ? a <= b : a >= b)
  const [near, far] = direction === 'up' ? (['out', 'in'] as const) : (['in', 'out'] as const)
  const best = new Map<string, number>()
  for (let step = 0; step < depth && open.length > 0; step++) {
    const next: typeof open = []
    for (const { lot: at, time } of open) {
      for (const enter of flows) {
        if (enter.lot !== at || enter.direction !== near || !later(enter.time, time)) continue
        found.add(enter)
        for (const leave of flows) {
          if (leave.node !== enter.node || leave.direction !== far) continue
          if (!later(leave.time, enter.time)) continue
          found.add(leave)
          const known = best.get(leave.lot)
          if (known !== undefined && later(leave.time, known)) continue
          best.set(leave.lot, leave.time)
          next.push({ lot: leave.lot, time: leave.time })
        }
      }
    }
    open = next
  }
  return {
    flows: [...found],
    isCut: open.some(({ lot: at }) => flows.some((f) => f.lot === at && f.direction === near)),
  }
}

function holdingsAt(tables: Tables, time: number, place: string | undefined) {
  const last = new Map<string, Movement>()
  const sorted = [...tables.movements].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
  for (const one of sorted) if (one.time <= time) last.set(`${one.lot} ${one.place}`, one)
  return [...last.values()]
    .filter((one) => one.after !== 0 && (place === undefined || one.place === place))
    .map((one) => ({ lot: one.lot, place: one.place, mg: one.after }))
}

function derived(): Derived {
  let tables = empty()
  const settings = new Map<string, Json>()
  return {
    projected: async () => tables.upTo,
    project: async ({ from, upTo, lots, refolded, movements, flows, campaigns, withdrawn }) => {
      if (from !== undefined && from !== tables.upTo) return false
      const again = new Set(refolded)
      for (const lot of again) tables.lots.delete(lot)
      tables.movements = tables.movements.filter(({ lot }) => !again.has(lot)).concat(movements)
      tables.flows = tables.flows.filter(({ lot }) => !again.has(lot)).concat(flows)
      for (const state of lots) tables.lots.set(state.uri, state)
      for (const campaign of campaigns) tables.campaigns.set(campaign.uri, campaign)
      for (const uri of withdrawn) tables.campaigns.delete(uri)
      tables.upTo = upTo
      return true
    },
    forget: async () => {
      tables = empty()
    },
    lots: async (uris) =>
      new Map(
        uris.flatMap((uri) => {
          const state = tables.lots.get(uri)
          return state === undefined ? [] : [[uri, state] as const]
        }),
      ),
    lotsByCode: async (codes) => {
      const all = [...tables.lots.values()].filter((lot) => codes.includes(lot.master?.code ?? ''))
      return new Map(all.map((lot) => [lot.master?.code ?? '', lot.uri]))
    },
    searchLots: async ({ offset, limit }) => ({
      lots: [...tables.lots.values()].slice(offset, offset + limit),
      total: tables.lots.size,
    }),
    holdings: async (place) =>
      [...tables.lots.values()].flatMap(({ uri, places }) =>
        Object.entries(places)
          .filter(([name]) => place === undefined || name === place)
          .map(([name, mg]) => ({ lot: uri, place: name, mg })),
      ),
    holdingsAt: async (time, place) => holdingsAt(tables, time, place),
    movements: async ({ lots, place, time, limit }) =>
      tables.movements
        .filter((one) => lots === undefined || lots.includes(one.lot))
        .filter((one) => place === undefined || one.place === place)
        .filter((one) => one.time >= (time?.from ?? -Infinity) && one.time < (time?.to ?? Infinity))
        .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
        .slice(0, limit),
    flowsOf: async (nodes) => tables.flows.filter(({ node }) => nodes.includes(node)),
    flowsWith: async (lots) => tables.flows.filter(({ lot }) => lots.includes(lot)),
    reach: async (lot, direction, { depth }) => reach(tables.flows, lot, direction, depth),
    campaigns: async ({ uris }) =>
      [...tables.campaigns.values()].filter(({ uri }) => uris === undefined || uris.includes(uri)),
    findings: async (limit) =>
      [...tables.lots.values()].flatMap(({ findings }) => findings).slice(0, limit),
    setting: async (name) => settings.get(name),
    setSetting: async (name, value) => {
      settings.set(name, value)
    },
    backup: () => Promise.reject(new Error('a ledger in memory has no file')),
    close: async () => undefined,
  }
}

/** An empty ledger in memory; its present is the end of 2026. */
export function memoryLedger(): Ledger & { readonly store: LedgerStore } {
  return {
    store: { ...memoryLog(), ...derived() },
    sha256,
    now: () => Date.parse('2026-12-31T00:00:00Z'),
    elements: bank.elements,
  }
}
