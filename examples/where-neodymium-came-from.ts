/**
 * How much of the neodymium of a sold lot had been in use before?
 *
 * Three deliveries, one campaign, one product, told as the commands that people give, to a ledger
 * in a folder that is thrown away. Shares are by mass of the element; what nobody has said stays
 * unknown.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { catchUp, type Ledger, recycledShare, runCommand, setSite } from '../src/ledger/index.ts'
import { bank } from '../src/databank/index.ts'
import { openStore } from '../src/store/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'didymium-example-'))
const store = await openStore({ folder })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const ledger: Ledger = { store, sha256, now: Date.now, elements: bank.elements }
const authority = 'https://recycler.example/id'
await setSite(store, { name: 'A recycler', authority, country: 'GB', isSynthetic: true })

async function say(name: string, day: string, input: object): Promise<void> {
  const who = { account: 'example', role: 'administrator' } as const
  const time = `2026-03-${day}:00:00+00:00`
  const { status, detail } = await runCommand(ledger, name, { ...input, time }, who)
  if (status !== 'accepted') throw new Error(`${name}: ${status}: ${detail}`)
}

const deliveries = [
  { lot: 'hard-disks', mass: '120 ± 0.1 kg', neodymium: '22.8 ± 0.3 %', was: 'post-consumer' },
  { lot: 'swarf', mass: '80 ± 0.1 kg', neodymium: '21.0 ± 0.3 %', was: 'pre-consumer' },
  { lot: 'old-stock', mass: '20 ± 0.1 kg', neodymium: '23.0 ± 0.3 %', was: 'unknown' },
]
for (const { lot, mass, neodymium, was } of deliveries) {
  const sources = [{ class: was, share: '100 %' }]
  await say('receive', '01T08', { lot, mass, place: 'receiving', sources })
  const results = [{ analyte: 'Nd', value: neodymium }]
  await say('assay', '01T12', { lot, condition: 'wet', results })
}
await say('start-campaign', '02T08', { campaign: 'C-1', place: 'sx1' })
await say('charge', '02T09', { campaign: 'C-1', lots: deliveries.map(({ lot }) => ({ lot })) })
const product = { lot: 'oxide', mass: '55 ± 0.02 kg', kind: 'product', product: 'Nd2O3' }
await say('draw', '03T08', { campaign: 'C-1', lots: [product] })
const results = [{ analyte: 'Nd2O3', value: '99.6 ± 0.2 %' }]
await say('assay', '04T08', { lot: 'oxide', condition: 'wet', results })

await catchUp(ledger)
const { elements } = await recycledShare(ledger, `${authority}/lot/oxide`)
const percent = (share = 0) => `${(100 * share).toFixed(1)} %`
for (const { element, preConsumer, postConsumer, unknown } of elements) {
  const shares = `pre-consumer ${percent(preConsumer)}, post-consumer ${percent(postConsumer)}`
  console.log(`${element}: ${shares}, nobody has said ${percent(unknown)}`)
}
await store.close()
rmSync(folder, { recursive: true })
