import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { guardedRoutes } from '../../src/api/routes/guarded.ts'
import { commands, mayDo, type Role, roles } from '../../src/ledger/index.ts'
import { addAccount, type LedgerApp, ledgerApp, signedIn } from './ledger-kit.ts'

let served: LedgerApp
const as = new Map<Role, { readonly cookie: string }>()
beforeAll(async () => {
  served = await ledgerApp()
  for (const role of roles) await addAccount(served.store, `the-${role}`, role)
  for (const role of roles) as.set(role, await signedIn(served, `the-${role}`))
})
afterAll(async () => {
  expect(served.faults).toEqual([])
  await served.close()
})

/** The path of a route with something in its places that is not there. */
const pathOf = (path: string) => path.replaceAll(/\{\w+\}/g, 'nothing')

/** Answers for who may not do a thing, whatever else is wrong with the question. */
const isRefused = (status: number) => status === 401 || status === 403

describe('every route', () => {
  it('says what it needs: nothing only where one signs in', () => {
    const open = guardedRoutes.filter(({ needs }) => needs === 'nothing')
    expect(open.map(({ route }) => `${route.method} ${route.path}`).sort()).toEqual([
      'get /api/session',
      'post /api/session',
    ])
  })

  const asked = guardedRoutes.filter(({ needs }) => needs !== 'nothing')

  it.each(roles)('lets %s do what the table of roles says, and nothing else', async (role) => {
    for (const { needs, route } of asked) {
      if (route.method === 'delete' && route.path === '/api/session') continue
      const { status, text } = await served.ask(pathOf(route.path), {
        method: route.method.toUpperCase(),
        headers: as.get(role) ?? {},
        ...(route.method === 'get' || route.method === 'delete' ? {} : { body: {} }),
      })
      const name = `${role}: ${route.method} ${route.path} ${status} ${text.slice(0, 200)}`
      if (needs === 'self') {
        expect([status === 401, status], name).toEqual([false, status])
      } else expect(isRefused(status), name).toBe(!mayDo(role, needs))
    }
  })

  it('answers nobody who has not signed in', async () => {
    const wrong: Readonly<Record<string, string>>[] = [
      {},
      { cookie: 'didymium-account-4040=made-up' },
      { authorization: 'Bearer made-up' },
    ]
    for (const { route } of asked) {
      for (const headers of wrong) {
        const answer = await served.ask(pathOf(route.path), {
          method: route.method.toUpperCase(),
          headers,
          ...(route.method === 'get' || route.method === 'delete' ? {} : { body: {} }),
        })
        expect(answer.status, `${route.method} ${route.path}`).toBe(401)
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
        expect(answer.text).toMatch(/nobody has signed in/)
      }
    }
  })
})

describe('every command', () => {
  it.each(roles)('is done for %s where the table of roles says so', async (role) => {
    const headers = as.get(role) ?? {}
    for (const { name, example } of commands) {
      const answer = await served.ask(`/api/ledger/commands/${name}?preview=1`, {
        method: 'POST',
        headers,
        body: example,
      })
      expect(answer.status === 403, `${role} ${name} ${answer.text.slice(0, 200)}`).toBe(
        !mayDo(role, `command ${name}`),
      )
    }
    const listed = (await served.ask('/api/ledger/commands', { headers })).json<{
      readonly commands: readonly { readonly name: string; readonly mayI: boolean }[]
    }>()
    for (const { name, mayI } of listed.commands) expect(mayI).toBe(mayDo(role, name))
    expect(listed.commands).toHaveLength(commands.length)
  })

  it('that is forbidden is kept in the audit, with who tried', async () => {
    const body = { lot: 'F-1' }
    const path = '/api/ledger/commands/scrap'
    const viewer = as.get('viewer') ?? {}
    const refused = await served.ask(path, { method: 'POST', headers: viewer, body })
    expect([refused.status, refused.json()]).toMatchObject([
      403,
      { error: { code: 'not-allowed', status: 'forbidden' } },
    ])
    const capture = await served.ask('/epcis/capture', { method: 'POST', headers: viewer, body })
    expect(capture.status).toBe(403)
    const administrator = as.get('administrator') ?? {}
    const { entries } = (
      await served.ask('/api/audit?account=the-viewer&limit=1000', { headers: administrator })
    ).json<{ readonly entries: readonly Record<string, unknown>[] }>()
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'command scrap', subject: 'F-1', outcome: 'forbidden' }),
    )
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'POST /epcis/capture', outcome: 'forbidden' }),
    )
  })
})
