import { buildSync } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainHash, firstHash, verify } from '../../src/ledger/index.ts'
import { random } from '../../src/numerics/index.ts'
import { openStore, sha256, type StorePlace } from '../../src/store/index.ts'
import { draws } from '../draws.ts'
import { kinds, startPlaces } from './databases.ts'

type Places = Awaited<ReturnType<typeof startPlaces>>

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'node_modules', '.cache', `didymium-crash-${process.pid}`)
const program = join(folder, 'writer.mjs')

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  // One file that starts at once: most of a round is otherwise spent on loading.
  buildSync({
    entryPoints: [fileURLToPath(new URL('./writer.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@photostructure/sqlite', 'pg-native'],
    banner: {
      js: "import { createRequire as from } from 'node:module'; const require = from(import.meta.url)",
    },
    logLevel: 'error',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Starts a writer and kills it, or what is said instead, after a while; what it had said. */
async function round(place: StorePlace, name: string, delay: number, kill?: () => Promise<void>) {
  const child = spawn(process.execPath, [program, JSON.stringify(place), name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  const ready = new Promise<void>((resolve) =>
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      if (said.includes('\n')) resolve()
    }),
  )
  await Promise.race([ready, ended])
  await wait(delay)
  await kill?.()
  child.kill('SIGKILL')
  await ended
  // What the kill cut in two was not said.
  const lines = said.slice(0, said.lastIndexOf('\n')).split('\n').slice(1)
  return lines.map((line) => line.slice(line.indexOf(' ') + 1))
}

/** Reads on from a place of the log: what is there, once each, without a gap, on the chain. */
async function readOn(place: StorePlace, from: { seq: number; hash: string }) {
  const store = await openStore(place)
  // Of PostgreSQL: what a killed program had asked for last may still be on its way in.
  const head = await store.head()
  const keys = new Set<string>()
  let { seq, hash } = from
  for (;;) {
    const records = await store.read(seq, 1000)
    for (const record of records) {
      expect(record.seq).toBe(seq + 1)
      expect(chainHash(hash, record, sha256)).toBe(record.hash)
      expect(keys.has(record.key)).toBe(false)
      keys.add(record.key)
      ;({ seq, hash } = record)
      if (seq === head.seq) expect(hash).toBe(head.hash)
    }
    if (records.length < 1000) break
  }
  expect(seq).toBeGreaterThanOrEqual(head.seq)
  await store.close()
  return { keys, end: { seq, hash } }
}

describe.concurrent.each(kinds)('%s', (kind) => {
  test('what was acknowledged outlives a kill at any moment', async () => {
    const places: Places = await startPlaces(kind)
    try {
      const place = await places.next()
      const chance = random(20_261_122)
      let end = { seq: 0, hash: firstHash }
      let acknowledged = 0
      for (let i = 0; i < draws(200); i++) {
        const server = places.postgres
        const isServers = server !== undefined && i % 5 === 4
        const said = await round(
          place,
          String(i),
          chance.between(0, 200),
          isServers ? () => server.kill() : undefined,
        )
        if (isServers) await server.start()
        const { keys, end: now } = await readOn(place, end)
        const missing = said.filter((key) => !keys.has(key))
        expect(missing, `round ${i}`).toEqual([])
        acknowledged += said.length
        end = now
      }
      expect(acknowledged).toBeGreaterThan(draws(200) * 5)
      const store = await openStore(place)
      const ledger = { store, sha256, now: () => 0, elements: new Map() }
      expect(await verify(ledger)).toMatchObject({ isSound: true, records: end.seq })
      await store.close()
    } finally {
      await places.end()
    }
  })
})
