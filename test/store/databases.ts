/** The two databases that the store's tests run on. PostgreSQL is Debian's, started here. */
import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { StorePlace } from '../../src/store/index.ts'

/** Where Debian puts each version of PostgreSQL. */
const installed = '/usr/lib/postgresql'

function programs(): string {
  const versions = existsSync(installed) ? readdirSync(installed).map(Number) : []
  const newest = Math.max(0, ...versions.filter((version) => version >= 15))
  if (newest === 0) {
    throw new Error('these tests need PostgreSQL 15 or newer: apt-get install postgresql')
  }
  return join(installed, String(newest), 'bin')
}

/** PostgreSQL refuses to run as root: then the user that Debian's package has made runs it. */
function userFor(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])))
  if (uid === undefined || gid === undefined) throw new Error('there is no user postgres')
  chownSync(folder, uid, gid)
  return { uid, gid }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })

export interface Postgres {
  readonly url: (database: string) => string
  /** A new database of that name. */
  readonly create: (database: string) => Promise<string>
  /** One statement, as the owner of the server. */
  readonly ask: (database: string, text: string) => Promise<void>
  /** Ends the server as a power cut of the process would; `start` begins it again. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** True once the server takes connections; false when it has ended. */
async function ready(url: string, hasEnded: () => boolean): Promise<boolean> {
  const until = Date.now() + 30_000
  while (!hasEnded()) {
    const client = new Client(url)
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
  }
  return false
}

/**
 * A server of its own in a temporary folder, on loopback. It does not wait for the disk (-F): what
 * it has written outlives its processes, though not the machine.
 */
async function startPostgres(): Promise<Postgres> {
  const bin = programs()
  const folder = mkdtempSync(join(tmpdir(), 'didymium-postgres-'))
  const user = userFor(folder)
  const data = join(folder, 'data')
  const options = ['-D', data, '-A', 'trust', '-U', 'didymium', '-E', 'UTF8', '-N']
  execFileSync(join(bin, 'initdb'), options, { ...user, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const url = (database: string) => `postgres://didymium@127.0.0.1:${port}/${database}`
  let ended: Promise<void> = Promise.resolve()
  let pid: number | undefined
  const start = async () => {
    const settings = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F']
    // After a kill the old one's children hold the memory for a moment: then it ends at once.
    for (let isReady = false; !isReady; ) {
      const server = spawn(join(bin, 'postgres'), settings, {
        ...user,
        cwd: folder,
        stdio: 'ignore',
      })
      let hasEnded = false
      ended = new Promise((resolve) =>
        server.once('exit', () => {
          hasEnded = true
          resolve()
        }),
      )
      pid = server.pid
      isReady = await ready(url('postgres'), () => hasEnded)
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (pid === undefined) return
    process.kill(pid, signal)
    await ended
    pid = undefined
  }
  await start()
  const ask = async (database: string, text: string) => {
    const client = new Client(url(database))
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }
  return {
    url,
    create: async (database) => {
      await ask('postgres', `create database ${database}`)
      return url(database)
    },
    ask,
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const kinds = ['sqlite', 'postgres'] as const
export type Kind = (typeof kinds)[number]

/** Places for new ledgers, each empty, until the end. */
export async function startPlaces(kind: Kind) {
  const folder = mkdtempSync(join(tmpdir(), 'didymium-store-'))
  const postgres = kind === 'postgres' ? await startPostgres() : undefined
  let count = 0
  return {
    postgres,
    folder,
    next: async (): Promise<StorePlace> => {
      const name = `ledger${++count}`
      if (postgres === undefined) return { folder: join(folder, name) }
      return { databaseUrl: await postgres.create(name) }
    },
    end: async () => {
      await postgres?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
