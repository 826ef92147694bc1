import { statSync } from 'node:fs'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import {
  capture,
  captureLimit,
  checkEvent,
  type EpcisEvent,
  type Json,
  newRecord,
  type NewRecord,
  readDocument,
  setSite,
} from '../../ledger/index.ts'
import { type ExitCode, exit, type Io } from '../io.ts'
import { type Manifest, manifestFile, schema } from './manifest.ts'
import { bar, type LedgerOptions, type Opened, print } from './open.ts'

interface Events {
  readonly events: readonly unknown[]
  readonly context: Json
  readonly ignored: readonly string[]
  readonly path: string
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
const mostTold = 20

function parsed(file: string): { readonly value: unknown } | string {
  try {
    return { value: JSON.parse(readFileSync(file, 'utf8')) as unknown }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return `${file}: cannot be read as JSON: ${message}`
  }
}

/** The events of a document file, or what is wrong with it. */
function eventsIn(file: string): Events | string {
  const json = parsed(file)
  if (typeof json === 'string') return json
  const read = readDocument(json.value)
  if (!read.ok) {
    return read.problems
      .slice(0, mostTold)
      .map(({ path, message, expected }) => `${file}: ${path}: ${message}; right: ${expected}`)
      .join('\n')
  }
  return read.document
}

/** What is wrong with events, a line each; empty when nothing is. */
function problemsOf(file: string, { events, context, path }: Events): readonly string[] {
  const found: string[] = []
  for (const [k, event] of events.entries()) {
    for (const problem of checkEvent(event, context)) {
      const { message, expected } = problem
      found.push(`${file}: ${path}[${k}].${problem.path}: ${message}; right: ${expected}`)
      if (found.length >= mostTold) return found
    }
  }
  return found
}

function manifestIn(folder: string): Manifest | string {
  const json = parsed(join(folder, manifestFile))
  if (typeof json === 'string') return json
  const value = json.value as Partial<Manifest> | null
  if (value?.schema === schema && Array.isArray(value.documents)) return value as Manifest
  return `${join(folder, manifestFile)}: is no list of an export of a ledger`
}

/** Appends a document as it was: the same accounts, times and order. */
async function appendAs(
  { ledger }: Opened,
  { events, context, ignored }: Events,
  runs: Manifest['documents'][number]['runs'],
): Promise<string | undefined> {
  let at = 0
  for (const { recordTime, by, count } of runs) {
    const records = events
      .slice(at, at + count)
      .map(
        (event): NewRecord => newRecord(event as EpcisEvent, context, by, ledger.sha256, ignored),
      )
    const appended = await ledger.store.append(records, recordTime)
    const conflict = appended.find(({ outcome }) => outcome === 'conflict')
    if (conflict !== undefined) return `another event has the key ${conflict.key}`
    at += count
  }
  return at === events.length
    ? undefined
    : 'the list of the export has fewer records than the document'
}

/** The whole of an export, into an empty ledger: the same log, record by record. */
async function importAll(opened: Opened, folder: string, io: Io): Promise<string | Manifest> {
  const manifest = manifestIn(folder)
  if (typeof manifest === 'string') return manifest
  const show = bar(io, 'events')
  let done = 0
  for (const { file, runs, count } of manifest.documents) {
    const read = eventsIn(join(folder, file))
    if (typeof read === 'string') return read
    const [problem] = problemsOf(join(folder, file), read)
    const failed = problem ?? (await appendAs(opened, read, runs))
    if (failed !== undefined) return failed
    done += count
    show(done, manifest.head.seq)
  }
  io.progress?.(1)
  await setSite(opened.store, manifest.site)
  const { seq, hash } = await opened.ledger.store.head()
  if (seq === manifest.head.seq && hash === manifest.head.hash) return manifest
  return `the head is ${seq}:${hash}, and was ${manifest.head.seq}:${manifest.head.hash}: documents were changed`
}

/** Captures the events of documents like those of anybody else. */
async function captureAll(opened: Opened, files: readonly string[], io: Io) {
  const counts = { stored: 0, known: 0 }
  for (const file of files) {
    const read = eventsIn(file)
    if (typeof read === 'string') return read
    for (let at = 0; at < read.events.length; at += captureLimit) {
      io.progress?.(at / read.events.length, file)
      const part = read.events.slice(at, at + captureLimit)
      const { ok, stored, known, errors } = await capture(opened.ledger, part, read.context, {
        by: opened.by,
        behaviour: 'rollback',
        ignored: read.ignored,
      })
      if (!ok) {
        const told = errors.slice(0, mostTold)
        return told
          .map(
            (one) =>
              `${file}: ${read.path}[${at + one.event}].${one.path}: ${one.message}; right: ${one.expected}`,
          )
          .join('\n')
      }
      counts.stored += stored.length
      counts.known += known.length
    }
  }
  io.progress?.(1)
  return counts
}

/** Says what is in a document and what is wrong with it; writes nothing. */
function preview(file: string, options: LedgerOptions, io: Io): ExitCode {
  const read = eventsIn(file)
  if (typeof read === 'string') {
    io.err(read)
    return exit.input
  }
  const problems = problemsOf(file, read)
  for (const line of problems) io.err(line)
  const isGood = problems.length === 0
  const record = {
    schema: 'didymium/ledger-import@1',
    applied: false,
    events: read.events.length,
    problems,
  }
  print(io, options, record, () =>
    isGood
      ? `${file}: ${read.events.length} events, nothing wrong; --apply captures them`
      : `${file}: ${read.events.length} events; nothing was captured`,
  )
  return isGood ? exit.done : exit.input
}

/** Imports a document, or the folder of an export; without `apply` it only looks. */
export async function importEvents(
  opened: Opened,
  path: string,
  options: LedgerOptions & { readonly apply?: boolean },
  io: Io,
): Promise<ExitCode> {
  const { seq } = await opened.ledger.store.head()
  if (isFolder(path)) {
    const manifest = manifestIn(path)
    if (typeof manifest === 'string' || options.apply !== true) {
      if (typeof manifest === 'string') io.err(manifest)
      else {
        const count = manifest.head.seq
        const how = seq === 0 ? 'the same log' : 'captured beside what is there'
        io.out(`${path}: ${count} events of ${manifest.site.name}; --apply: ${how}`)
      }
      return typeof manifest === 'string' ? exit.input : exit.done
    }
    const files = manifest.documents.map(({ file }) => join(path, file))
    const done = seq === 0 ? await importAll(opened, path, io) : await captureAll(opened, files, io)
    return answer(done, opened, options, io)
  }
  if (options.apply !== true) return preview(path, options, io)
  return answer(await captureAll(opened, [path], io), opened, options, io)
}

async function answer(
  done: string | Manifest | { readonly stored: number; readonly known: number },
  { ledger }: Opened,
  options: LedgerOptions,
  io: Io,
): Promise<ExitCode> {
  if (typeof done === 'string') {
    io.err(done)
    return exit.input
  }
  const head = await ledger.store.head()
  const counts = 'stored' in done ? done : { stored: head.seq, known: 0 }
  const record = { schema: 'didymium/ledger-import@1', applied: true, ...counts, head }
  print(io, options, record, () => {
    const same = 'stored' in done ? '' : '; the log is the one that was exported'
    return `${counts.stored} events stored, ${counts.known} were known${same}\nhead ${head.seq}:${head.hash}`
  })
  return exit.done
}
