import { request as ask, type IncomingHttpHeaders } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { accessBy } from '../../src/api/access.ts'
import { createApp } from '../../src/api/app.ts'
import { type FolderOptions, openFolder } from '../../src/api/folder.ts'
import { openJobs } from '../../src/api/jobs.ts'
import { doorTo } from '../../src/api/ledger/door.ts'
import { type LedgerLimits, limitersOf, usualLedgerLimits } from '../../src/api/ledger/limits.ts'
import { oneAtATime } from '../../src/api/ledger/one-at-a-time.ts'
import { openPlants } from '../../src/api/ledger/plants.ts'
import { openReports } from '../../src/api/ledger/reports.ts'
import { type ServeOptions, startServer } from '../../src/api/server.ts'
import type { DeskStore, LedgerStore } from '../../src/ledger/index.ts'
import { openWorkers } from '../../src/jobs/index.ts'

/** A folder of files that goes when the tests are done. */
export function filesOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const root = mkdtempSync(join(tmpdir(), 'didymium-api-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), content)
  }
  const remove = () => rmSync(root, { recursive: true, force: true })
  return { root, path: (name: string) => join(root, name), remove }
}

/** A page as it is built: small, with one file that is large enough to be compressed. */
export const page = {
  'web/index.html': '<!doctype html><title>Didymium</title>',
  'web/assets/main-C0ffee12.js': 'export const answer = 42\n',
  'web/assets/main-C0ffee12.js.br': 'in brotli',
  'web/assets/main-C0ffee12.js.gz': 'in gzip',
  'web/worker.js': 'self.onmessage = null\n',
  'web/.hidden': 'nobody should see this',
}

interface AppOptions extends Partial<FolderOptions> {
  readonly token?: string
  readonly isLoopback?: boolean
  readonly page?: string
  readonly store?: LedgerStore & DeskStore
  readonly ledgerLimits?: Partial<LedgerLimits>
  readonly now?: () => number
}

/** The application without a server. Its answers are those of a server at port 4040. */
export function appFor(options: AppOptions) {
  const workers = openWorkers(1)
  const jobs = openJobs(workers, { running: 1, kept: 2, time: 60_000, threads: 1 })
  const limits = { ...usualLedgerLimits, ...options.ledgerLimits }
  const faults: Error[] = []
  const folder = openFolder({ files: [], isReadOnly: false, ...options })
  const app = createApp({
    serving: {
      version: '0.0.0',
      folder,
      workers,
      jobs,
      access: accessBy(options.token),
      ledger: {
        door: doorTo(() => Promise.resolve(options.store), options.now),
        isLoopback: options.isLoopback ?? true,
        port: () => 4040,
        limits,
        limiters: limitersOf(limits),
        changing: oneAtATime(),
        reports: openReports(),
        plants: openPlants(folder, workers, {
          time: 60_000,
          closing: new AbortController().signal,
        }),
        long: { underWay: 0 },
        // Some microseconds: what is tested is not how long a guess takes.
        passwordCosts: { logN: 4, r: 8, p: 1 },
      },
      solving: { most: 1, time: 60_000, underWay: 0 },
      closing: new AbortController().signal,
    },
    isLoopback: options.isLoopback ?? true,
    port: () => 4040,
    page: options.page ?? '/nowhere',
    fault: (error) => void faults.push(error),
  })
  const close = async () => {
    await jobs.close()
    await workers.close()
  }
  return { app, faults, close }
}

/** A request to an application with JSON in its body. */
export const sent = (method: string, body: unknown) => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

export const local = (path: string) => `http://localhost:4040${path}`

/** A server that listens at a port of its own, with faults thrown where the tests see them. */
export async function serve(options: Partial<ServeOptions>) {
  const started = await startServer({
    host: '127.0.0.1',
    ports: [0],
    files: [],
    isReadOnly: false,
    page: '/nowhere',
    version: '0.0.0',
    fault: (error) => {
      throw error
    },
    ...options,
  })
  if (!started.ok) throw new Error(started.message)
  return started.running
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A request with any headers, also those that `fetch` does not let anyone choose. */
export function raw(
  url: string,
  { method = 'GET', headers = {}, body = '' } = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) }
    const outgoing = ask(url, { method, headers: { ...headers, ...length } }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, text }),
      )
    })
    outgoing.on('error', failed)
    outgoing.end(body)
  })
}

/** The code of a refusal. */
export const codeOf = (text: string) => (JSON.parse(text) as { error: { code: string } }).error.code
