import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type EpcisEvent, eventHash, prehash, readDocument } from '../../src/ledger/index.ts'

const folder = 'test/vectors/epcis/event-hash'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const lines = (file: string) =>
  readFileSync(`${folder}/${file}`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonld'))
  .map((file) => file.replace('.jsonld', ''))

describe('the event hash of CBV 2.0', () => {
  it.each(names)('gives what is published for %s', (name) => {
    const read = readDocument(JSON.parse(readFileSync(`${folder}/${name}.jsonld`, 'utf8')))
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const { events, context, ignored } = read.document
    const all = events as readonly EpcisEvent[]
    expect(all.map((event) => prehash(event, context, ignored))).toEqual(lines(`${name}.prehashes`))
    expect(all.map((event) => eventHash(event, context, sha256, ignored))).toEqual(
      lines(`${name}.hashes`),
    )
  })

  it('finds all ten files', () => expect(names).toHaveLength(10))
})
