import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashPassword } from '../../src/api/ledger/password.ts'
import type { DeskStore, LedgerStore, Role } from '../../src/ledger/index.ts'
import { openStore } from '../../src/store/index.ts'
import { appFor, filesOf, local } from './kit.ts'

/** Some microseconds a password: what is tested is not how long a guess takes. */
export const quickCosts = { logN: 4, r: 8, p: 1 }

export type Body = unknown

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or text as it stands. */
  readonly body?: Body
}

type AppOptions = Parameters<typeof appFor>[0]

/** An application over a new ledger in a folder that goes when the tests are done. */
export async function ledgerApp(options: AppOptions = {}) {
  const files = filesOf({})
  const store = await openStore({ folder: files.root })
  const { app, faults, close } = appFor({ ...options, store })
  const ask = async (path: string, { method = 'GET', headers = {}, body }: Asked = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const sent = body === undefined ? {} : { body: text }
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await app.request(local(path), {
      method,
      headers: { ...type, ...headers },
      ...sent,
    })
    const read = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      text: read,
      /** Tests say which shape they look at. */
      json: <T = Record<string, unknown>>(_like?: T): T => JSON.parse(read) as T,
    }
  }
  return {
    ask,
    store,
    app,
    faults,
    close: async () => {
      await close()
      await store.close()
      files.remove()
    },
  }
}

export type LedgerApp = Awaited<ReturnType<typeof ledgerApp>>

export const password = 'a long enough password'

/** Puts an account into a store, as the terminal does. */
export async function addAccount(
  store: LedgerStore & DeskStore,
  name: string,
  role: Role,
  isActive = true,
) {
  const passwordHash = await hashPassword(password, quickCosts)
  await store.putAccount({ name, fullName: name, role, passwordHash, isActive, createdAt: 0 })
}

/** Signs in; the headers that a browser sends from then on. */
export async function signedIn({ ask }: LedgerApp, name: string) {
  const body = { name, password }
  const answer = await ask('/api/session', { method: 'POST', body })
  if (answer.status !== 200) throw new Error(answer.text)
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  return { cookie }
}

const vectors = new URL('../vectors/epcis/openepcis/', import.meta.url).pathname

/** Documents of a folder of the vectors, by their name. */
export function vectorsOf(folder: string): readonly (readonly [string, unknown])[] {
  return readdirSync(join(vectors, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(join(vectors, folder, name), 'utf8'))] as const)
}

/** An ordinary event of a lot, the one of that number. */
export const eventOf = (k: number, more: object = {}) => ({
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: 'storing',
  eventID: `urn:uuid:00000000-0000-4000-8000-${String(k).padStart(12, '0')}`,
  eventTime: new Date(Date.UTC(2026, 0, 1) + k * 60_000).toISOString(),
  eventTimeZoneOffset: '+00:00',
  quantityList: [{ epcClass: `https://recycler.example/id/lot/L-${k % 7}` }],
  ...more,
})

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'

export const documentOf = (events: readonly unknown[]) => ({
  '@context': [context],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-01T00:00:00.000Z',
  epcisBody: { eventList: events },
})
