import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bank } from '../src/databank/index.ts'
import {
  capture,
  catchUp,
  genealogy,
  inventory,
  type Ledger,
  ledgerContext,
  newRecord,
  verify,
} from '../src/ledger/index.ts'
import { openStore, sha256 } from '../src/store/index.ts'
import type { Benchmark } from './harness.ts'
import {
  intermediateOf,
  ledgerHistory,
  lotUri,
  stagesInARow,
  timeOfEvent,
} from './ledger-history.ts'

/** Fewer are for a quick look only: the targets are those of a million. */
const events = Number(process.env['DIDYMIUM_BENCH_EVENTS'] ?? 1_000_000)
const batch = 1000

async function ledgerIn(folder: string): Promise<Ledger> {
  const store = await openStore({ folder })
  return { store, sha256, now: () => timeOfEvent(events), elements: bank.elements }
}

/** A ledger of its own for one figure. */
async function onFresh(measure: (ledger: Ledger) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'didymium-bench-'))
  const ledger = await ledgerIn(folder)
  try {
    return await measure(ledger)
  } finally {
    await ledger.store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function batches(count: number): (readonly unknown[])[] {
  const all = [...ledgerHistory(count)]
  return Array.from({ length: Math.ceil(count / batch) }, (_, i) =>
    all.slice(i * batch, (i + 1) * batch),
  )
}

/** Milliseconds for a thousand events through the whole of capture: checked, hashed, durable. */
function captureBatches(): Promise<number> {
  return onFresh(async (ledger) => {
    const [warm, ...measured] = batches(41 * batch)
    const how = { by: 'bench', behaviour: 'rollback' } as const
    await capture(ledger, warm ?? [], ledgerContext, how)
    const start = performance.now()
    for (const some of measured) {
      const { ok, errors } = await capture(ledger, some, ledgerContext, how)
      if (!ok) throw new Error(JSON.stringify(errors[0]))
    }
    return (performance.now() - start) / measured.length
  })
}

/** Milliseconds for an event that one of eight callers waits for before it sends the next. */
function singleCommits(): Promise<number> {
  return onFresh(async (ledger) => {
    const all = [...ledgerHistory(2000)]
    const how = { by: 'bench', behaviour: 'rollback' } as const
    const caller = async (from: number) => {
      for (let i = from; i < all.length; i += 8) {
        await capture(ledger, [all[i]], ledgerContext, how)
      }
    }
    const start = performance.now()
    await Promise.all(Array.from({ length: 8 }, (_, i) => caller(i)))
    return (performance.now() - start) / all.length
  })
}

/** Made once, as it takes minutes, and kept in the folder for temporary files. */
const longFolder = join(tmpdir(), `didymium-bench-ledger-1-${events}`)
const made = { projectionMs: Number.NaN }

async function makeLong(): Promise<void> {
  const done = join(longFolder, 'complete')
  if (existsSync(done)) return
  rmSync(longFolder, { recursive: true, force: true })
  const ledger = await ledgerIn(longFolder)
  let records = []
  for (const event of ledgerHistory(events)) {
    records.push(newRecord(event, ledgerContext, 'bench', sha256))
    if (records.length < 2 * batch) continue
    await ledger.store.append(records, ledger.now())
    records = []
  }
  if (records.length > 0) await ledger.store.append(records, ledger.now())
  const start = performance.now()
  await catchUp(ledger)
  made.projectionMs = ((performance.now() - start) / events) * 1000
  await ledger.store.close()
  writeFileSync(done, '')
}

async function onLong(measure: (ledger: Ledger) => Promise<number>): Promise<number> {
  await makeLong()
  const ledger = await ledgerIn(longFolder)
  try {
    return await measure(ledger)
  } finally {
    await ledger.store.close()
  }
}

async function timed(work: () => Promise<unknown>, times = 5): Promise<number> {
  const each: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await work()
    each.push(performance.now() - start)
  }
  return each.sort((a, b) => a - b)[times >> 1] ?? Number.NaN
}

async function opening(): Promise<number> {
  await makeLong()
  return timed(async () => {
    const ledger = await ledgerIn(longFolder)
    await ledger.store.searchLots({ offset: 0, limit: 20 })
    await ledger.store.close()
  })
}

/** The last of a row of campaigns: thirty before it, and a thousand lots charged at one stage. */
const deepest = lotUri(intermediateOf(stagesInARow - 1))

const ofLong = (
  name: string,
  unit: string,
  most: number,
  measure: (ledger: Ledger) => Promise<number>,
): Benchmark => ({ name: `ledger: ${name}`, unit, most, measure: () => onLong(measure) })

/** Of the long ledger when it is made; measured on a small one when it was there already. */
async function projection(): Promise<number> {
  await makeLong()
  if (!Number.isNaN(made.projectionMs)) return made.projectionMs
  return onFresh(async (ledger) => {
    const count = 20 * batch
    for (const some of batches(count)) {
      await capture(ledger, some, ledgerContext, { by: 'bench', behaviour: 'rollback' })
    }
    const start = performance.now()
    await catchUp(ledger)
    return ((performance.now() - start) / count) * 1000
  })
}

const megabytes = () => process.resourceUsage().maxRSS / 1024

export const benchmarks: Benchmark[] = [
  {
    name: 'ledger: 1,000 events captured, 15,000/s',
    unit: 'ms',
    most: 66.7,
    measure: captureBatches,
  },
  { name: 'ledger: one acknowledged event, 800/s', unit: 'ms', most: 1.25, measure: singleCommits },
  { name: 'ledger: 1,000 events projected', unit: 'ms', most: 500, measure: projection },
  { name: 'ledger: opened, a million events', unit: 'ms', most: 1000, measure: opening },
  ofLong('way up of a lot, depth 30, 1,000 wide', 'ms', 100, ({ store }) =>
    timed(() => store.reach(deepest, 'up', { depth: 40, flows: 50_000 })),
  ),
  ofLong('genealogy of that lot with its shares', 'ms', 100, (ledger) =>
    timed(() => genealogy(ledger, deepest, { direction: 'up', depth: 40, limit: 50_000 })),
  ),
  ofLong('what is where now', 'ms', 50, ({ store }) => timed(() => store.holdings())),
  ofLong('what was where at a past time', 'ms', 300, ({ store }) =>
    timed(() => store.holdingsAt(timeOfEvent(events / 3))),
  ),
  ofLong('inventory now, with elements', 'ms', 50, (ledger) => timed(() => inventory(ledger, {}))),
  ofLong('inventory at a past time', 'ms', 300, (ledger) =>
    timed(() => inventory(ledger, { at: timeOfEvent(events / 3) })),
  ),
  ofLong('chain verified', 's', 60, async (ledger) => {
    const start = performance.now()
    const { isSound, records } = await verify(ledger)
    if (!isSound || records !== events) throw new Error('the ledger is not sound')
    return (performance.now() - start) / 1000
  }),
  ofLong('most memory of all this', 'MB', 1500, () => Promise.resolve(megabytes())),
]
