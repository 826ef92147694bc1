import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { availableParallelism, hostname } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { openWorkers } from '../jobs/index.ts'
import { accessBy, leastToken } from './access.ts'
import { doorTo } from './ledger/door.ts'
import { findStore, type LedgerPlace } from './ledger/find-store.ts'
import { type LedgerLimits, limitersOf, usualLedgerLimits } from './ledger/limits.ts'
import { oneAtATime } from './ledger/one-at-a-time.ts'
import { openPlants } from './ledger/plants.ts'
import { openReports } from './ledger/reports.ts'
import { usualPasswordCosts } from './ledger/password.ts'
import { createApp } from './app.ts'
import { type FolderOptions, openFolder } from './folder.ts'
import { type JobLimits, openJobs } from './jobs.ts'

export interface ServeOptions extends FolderOptions, LedgerPlace {
  /** Address to listen at: of this machine, unless there is a token. */
  readonly host: string
  /** Ports to try, in order; 0 lets the system choose. */
  readonly ports: readonly number[]
  readonly token?: string
  /** Folder of the built page. */
  readonly page: string
  readonly version: string
  readonly limits?: Partial<ServeLimits>
  readonly ledgerLimits?: Partial<LedgerLimits>
  /** Hears of faults of the program. */
  readonly fault: (error: Error) => void
}

export interface ServeLimits extends JobLimits {
  /** Solutions under way at once, and milliseconds that one may take. */
  readonly solving: number
  readonly solvingTime: number
  /** Milliseconds that requests under way are given when the server ends. */
  readonly grace: number
}

/** A server that answers. */
export interface Running {
  /** The address of the page; with a word that lets one browser in, where a token is demanded. */
  readonly url: string
  readonly port: number
  readonly hasPage: boolean
  /** Finishes requests under way, cancels jobs and lets the port go. */
  readonly close: () => Promise<void>
}

export type Started =
  | { readonly ok: true; readonly running: Running }
  | { readonly ok: false; readonly message: string }

const minute = 60_000
const mostConnections = 256

const usualLimits = (): ServeLimits => ({
  running: 2,
  kept: 20,
  time: 60 * minute,
  threads: availableParallelism(),
  solving: 8,
  solvingTime: 2 * minute,
  grace: 5000,
})

/** True for an address that only this machine can reach. */
const isLoopbackHost = (host: string) =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** What is wrong with who may ask; undefined when nothing is. */
function unsafe(host: string, token: string | undefined): string | undefined {
  if (token !== undefined && token.length < leastToken) {
    return `the token has ${token.length} characters; at least ${leastToken} are needed`
  }
  if (token === undefined && !isLoopbackHost(host)) {
    return `${host} can be reached from other machines: a token of at least ${leastToken} characters is needed`
  }
  return undefined
}

/** Listens at the first free port of a list. */
async function listen(server: Server, host: string, ports: readonly number[]) {
  const attempt = (port: number) =>
    new Promise<string | undefined>((done) => {
      const failed = (error: NodeJS.ErrnoException) => done(error.code ?? error.message)
      server.once('error', failed)
      server.listen(port, host, () => {
        server.off('error', failed)
        done(undefined)
      })
    })
  let failure = 'no port was named'
  for (const port of ports) {
    const code = await attempt(port)
    if (code === undefined) return undefined
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: 'is taken',
      EACCES: 'may not be used',
      EADDRNOTAVAIL: 'is no address of this machine',
      ENOTFOUND: 'is no address of this machine',
    }
    failure = `${host}:${port} ${reasons[code] ?? `cannot be listened at (${code})`}`
    if (code !== 'EADDRINUSE') break
  }
  return failure
}

const portOf = (server: Server) => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** How others call this machine where it listens to all of them. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return hostname()
  return host.includes(':') ? `[${host}]` : host
}

/** Waits until nothing is under way, but not longer than so many milliseconds. */
async function finish(server: Server, grace: number): Promise<void> {
  const closed = new Promise<void>((done) => void server.close(() => done()))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}

/** Starts the server, or says why it may not or cannot be started. */
export async function startServer(options: ServeOptions): Promise<Started> {
  const { host, ports, token, page, version, fault } = options
  const problem = unsafe(host, token)
  if (problem !== undefined) return { ok: false, message: problem }
  const limits = { ...usualLimits(), ...options.limits }
  const access = accessBy(token)
  const workers = openWorkers(Math.max(2, limits.running))
  const jobs = openJobs(workers, limits)
  const closing = new AbortController()
  const folder = openFolder(options)
  const door = doorTo(() => findStore(options))
  const ledgerLimits = { ...usualLedgerLimits, ...options.ledgerLimits }
  const app = createApp({
    serving: {
      version,
      folder,
      workers,
      jobs,
      access,
      ledger: {
        door,
        isLoopback: isLoopbackHost(host),
        port: () => portOf(server),
        limits: ledgerLimits,
        limiters: limitersOf(ledgerLimits),
        changing: oneAtATime(),
        reports: openReports(),
        plants: openPlants(folder, workers, {
          time: limits.solvingTime,
          closing: closing.signal,
        }),
        long: { underWay: 0 },
        passwordCosts: usualPasswordCosts,
      },
      solving: { most: limits.solving, time: limits.solvingTime, underWay: 0 },
      closing: closing.signal,
    },
    isLoopback: isLoopbackHost(host),
    port: () => portOf(server),
    page,
    fault,
  })
  const listener = getRequestListener(app.fetch)
  const server = createServer({ requestTimeout: minute }, (request, response) => {
    void listener(request, response)
  })
  server.maxConnections = mostConnections
  const failure = await listen(server, host, ports)
  if (failure !== undefined) {
    await workers.close()
    return { ok: false, message: failure }
  }
  const port = portOf(server)
  const close = async () => {
    const finished = finish(server, limits.grace)
    await jobs.close()
    await finished
    closing.abort()
    await workers.close()
    await door.close()
  }
  const url = `http://${nameOf(host)}:${port}/${access.isDemanded ? `?token=${access.link()}` : ''}`
  const hasPage = existsSync(join(page, 'index.html'))
  return { ok: true, running: { url, port, hasPage, close } }
}
