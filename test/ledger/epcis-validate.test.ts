import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkEvent, type Problem, readDocument } from '../../src/ledger/index.ts'

const folder = 'test/vectors/epcis/openepcis'
const files = (path: string) =>
  readdirSync(`${folder}/${path}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${path}/${name}`)
const load = (file: string): unknown => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))

/** Everything wrong with a document and its events, with paths from the root of the document. */
function problemsOf(value: unknown): readonly Problem[] {
  const read = readDocument(value)
  if (!read.ok) return read.problems
  const { events, context, path } = read.document
  return events.flatMap((event, i) =>
    checkEvent(event, context).map((problem) => ({
      ...problem,
      path: path === '' ? problem.path : `${path}[${i}].${problem.path}`,
    })),
  )
}

const valid = ['Capture/Documents', 'Capture/Events', 'Query'].flatMap(files)

describe('valid documents of others', () => {
  it('are 27', () => expect(valid).toHaveLength(27))
  it.each(valid)('%s', (file) => expect(problemsOf(load(file))).toEqual([]))
})
