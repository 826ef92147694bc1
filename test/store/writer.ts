/**
 * A program of its own that appends from several callers at once, for ever, and says each key once
 * it is acknowledged. Whoever started it kills it.
 */
import { writeSync } from 'node:fs'
import { openStore, type StorePlace } from '../../src/store/index.ts'
import { record } from './records.ts'

const [place = '', round = ''] = process.argv.slice(2)
const store = await openStore(JSON.parse(place) as StorePlace)
const callers = 8

async function write(caller: number): Promise<void> {
  for (let i = 0; ; i++) {
    // Every fourth call brings several records, one of which is there already.
    const size = i % 4 === 3 ? 5 : 1
    const ids = Array.from(
      { length: size },
      (_, k) => `${round}-${caller}-${k === 1 ? i - 3 : i}-${k === 1 ? 0 : k}`,
    )
    const done = await store.append(
      ids.map((id) => record(id)),
      i,
    )
    writeSync(1, done.map(({ outcome, key }) => `${outcome} ${key}\n`).join(''))
  }
}

writeSync(1, 'ready\n')
await Promise.all(Array.from({ length: callers }, (_, caller) => write(caller))).catch(() => {
  // The server was killed: what was acknowledged before stands.
  process.exitCode = 3
})
