import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { epcisDocument, type StoredEvent } from '../../ledger/index.ts'
import type { Command } from '../commands/command.ts'
import { type ExitCode, exit, type Io, writeFile } from '../io.ts'
import { type Account, type Manifest, manifestFile, type Run, schema } from './manifest.ts'
import { bar, declareLedger, type LedgerOptions, type Opened, print, withLedger } from './open.ts'

/** Events of one document: well below what others take at once. */
const perDocument = 5000

/** Which records in a row were captured at one time by one account. */
function runsOf(stored: readonly StoredEvent[]): readonly Run[] {
  const runs: { recordTime: number; by: string; count: number }[] = []
  for (const { recordTime, by } of stored) {
    const last = runs.at(-1)
    if (last?.recordTime === recordTime && last.by === by) last.count += 1
    else runs.push({ recordTime, by, count: 1 })
  }
  return runs
}

/** Why nothing may be written to a folder; undefined when it may. */
function refusal(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true })
    return readdirSync(folder).length === 0
      ? undefined
      : `${folder}: is not empty; name a new folder`
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return `${folder}: cannot be made (${code})`
  }
}

async function writeDocuments(
  { ledger, site }: Opened,
  folder: string,
  io: Io,
): Promise<Manifest | string> {
  const head = await ledger.store.head()
  const show = bar(io, 'records')
  const documents: Account[] = []
  for (let after = 0; after < head.seq; ) {
    const most = Math.min(perDocument, head.seq - after)
    const stored = await ledger.store.read(after, most)
    const file = `events-${String(documents.length + 1).padStart(6, '0')}.json`
    const last = stored.at(-1)
    const document = epcisDocument(stored, { created: last?.recordTime ?? 0 })
    const problem = writeFile(join(folder, file), `${JSON.stringify(document, null, 1)}\n`)
    if (problem !== undefined) return problem
    documents.push({ file, count: stored.length, runs: runsOf(stored) })
    after = last?.seq ?? head.seq
    show(after, head.seq)
  }
  io.progress?.(1)
  const manifest: Manifest = { schema, site, head, documents }
  const problem = writeFile(join(folder, manifestFile), `${JSON.stringify(manifest, null, 1)}\n`)
  return problem ?? manifest
}

export const exportCommand: Command = {
  name: 'export',
  about:
    'Write the whole log as EPCIS documents, with a list of who captured what and when: imported ' +
    'into an empty ledger it is the same log.',
  example: 'didymium ledger export events',
  json: '{ schema: didymium/ledger-export@1, site, head, documents }',
  declare: (parser) => {
    parser.argument('<folder>', 'a new or empty folder')
    declareLedger(parser)
  },
  action: ([folder = ''], given, io) => {
    const options = given as LedgerOptions
    return withLedger(options, io, async (opened): Promise<ExitCode> => {
      const refused = refusal(folder)
      const written = refused ?? (await writeDocuments(opened, folder, io))
      if (typeof written === 'string') {
        io.err(written)
        return exit.input
      }
      const { head, documents } = written
      print(io, options, written, () => {
        const files = documents.length === 1 ? '1 document' : `${documents.length} documents`
        return `wrote ${head.seq} events in ${files} to ${folder}\nhead ${head.seq}:${head.hash}`
      })
      return exit.done
    })
  },
}
