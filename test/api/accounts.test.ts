import { afterEach, describe, expect, it } from 'vitest'
import { hashPassword, isPassword } from '../../src/api/ledger/password.ts'
import { openStore } from '../../src/store/index.ts'
import { filesOf, raw, serve } from './kit.ts'
import {
  addAccount,
  documentOf,
  eventOf,
  type LedgerApp,
  ledgerApp,
  password,
  quickCosts,
  signedIn,
} from './ledger-kit.ts'

const hour = 3_600_000
let open: LedgerApp[] = []
afterEach(async () => {
  for (const served of open) {
    expect(served.faults).toEqual([])
    await served.close()
  }
  open = []
})

async function serving(options: Parameters<typeof ledgerApp>[0] = {}) {
  const served = await ledgerApp(options)
  open.push(served)
  return served
}

/** A server with an administrator and an operator, and a clock that tests set. */
async function staffed(options: Parameters<typeof ledgerApp>[0] = {}) {
  const clock = { now: Date.UTC(2026, 2, 1) }
  const served = await serving({ now: () => clock.now, ...options })
  await addAccount(served.store, 'boss', 'administrator')
  await addAccount(served.store, 'olga', 'operator')
  return { ...served, clock }
}

interface State {
  readonly me: { readonly account: string; readonly role: string; readonly via: string } | null
  readonly isOpen: boolean
  readonly hasAccounts: boolean
}

const codeOf = (answer: { readonly text: string }) =>
  (JSON.parse(answer.text) as { error: { code: string } }).error.code

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })

/** Makes a token; its secret and id. */
async function newToken(served: LedgerApp, headers: Record<string, string>, body: object) {
  const made = await served.ask('/api/tokens', { method: 'POST', headers, body })
  expect(made.status, made.text).toBe(201)
  return made.json<{ secret: string; id: string; role: string }>()
}

describe('a server without a ledger', () => {
  it('says so, and what to do', async () => {
    const served = await serving()
    const { appFor, local } = await import('./kit.ts')
    const bare = appFor({})
    for (const path of ['/api/ledger', '/api/session', '/epcis/events']) {
      const answer = await bare.app.request(local(path))
      expect([answer.status, await answer.text()]).toEqual([
        404,
        expect.stringContaining('didymium demo'),
      ])
    }
    await bare.close()
    expect((await served.ask('/api/ledger')).status).toBe(200)
  })
})

describe('a server with a folder', () => {
  it('opens the ledger that is made there while it runs, and lets it go', async () => {
    const files = filesOf({})
    const running = await serve({ data: files.root, page: '/nowhere' })
    const url = `http://127.0.0.1:${running.port}`
    expect((await raw(`${url}/api/ledger`)).status).toBe(404)
    const made = await openStore({ folder: files.root })
    await addAccount(made, 'boss', 'administrator')
    await made.close()
    expect((await raw(`${url}/api/ledger`)).status).toBe(401)
    const body = JSON.stringify({ name: 'boss', password })
    const headers = { 'content-type': 'application/json' }
    const signIn = await raw(`${url}/api/session`, { method: 'POST', headers, body })
    const [cookie = ''] = (signIn.headers['set-cookie']?.[0] ?? '').split(';')
    expect(cookie).toMatch(new RegExp(`^didymium-account-${running.port}=`))
    const me = await raw(`${url}/api/session`, { headers: { cookie } })
    expect(JSON.parse(me.text)).toMatchObject({ me: { account: 'boss' } })
    await running.close()
    // The address of who signed in is known, and the database is free.
    const again = await openStore({ folder: files.root })
    const [entry] = await again.audited({ limit: 1 })
    expect(entry).toMatchObject({ action: 'sign-in', outcome: 'accepted', detail: '127.0.0.1' })
    await again.close()
    files.remove()
  })
})

describe('without an account', () => {
  it('whoever is at the machine may do all, until there is one', async () => {
    const served = await serving()
    const first = (await served.ask('/api/session')).json<State>()
    expect(first).toMatchObject({
      me: { account: 'local', role: 'administrator', via: 'local' },
      isOpen: true,
      hasAccounts: false,
    })
    const body = { name: 'boss', fullName: 'The Boss', role: 'administrator', password }
    const weak = await served.ask('/api/accounts', {
      method: 'POST',
      body: { ...body, password: 'short' },
    })
    expect(weak.status).toBe(400)
    const viewer = await served.ask('/api/accounts', {
      method: 'POST',
      body: { ...body, role: 'viewer' },
    })
    expect([viewer.status, codeOf(viewer)]).toEqual([409, 'last-administrator'])
    const made = await served.ask('/api/accounts', { method: 'POST', body })
    expect(made.status).toBe(201)
    expect(made.text).not.toContain('scrypt')
    expect((await served.ask('/api/ledger')).status).toBe(401)
    expect((await served.ask('/api/session')).json()).toEqual({
      me: null,
      isOpen: false,
      hasAccounts: true,
    })
    const headers = await signedIn(served, 'boss')
    expect((await served.ask('/api/ledger', { headers })).json()).toMatchObject({
      me: { account: 'boss', via: 'sign-in' },
      isOpen: false,
    })
  })

  it('a ledger that is set open stays so on its machine, and nowhere else', async () => {
    const served = await staffed()
    const set = async (isOpen: boolean, headers = {}) =>
      (await served.ask('/api/ledger/open', { method: 'PUT', headers, body: { isOpen } })).status
    expect(await set(true)).toBe(401)
    expect(await set(true, await signedIn(served, 'olga'))).toBe(403)
    expect(await set(true, await signedIn(served, 'boss'))).toBe(200)
    expect((await served.ask('/api/ledger')).json()).toMatchObject({ me: { account: 'local' } })
    // A token that is wrong is not taken for nobody.
    expect((await served.ask('/api/ledger', { headers: bearer('wrong') })).status).toBe(401)
    const token = 'a token that nobody guesses, 41 long: yes'
    const beyond = await serving({ isLoopback: false, token })
    expect((await beyond.ask('/api/ledger')).status).toBe(401)
    const access = bearer(token)
    const answer = await beyond.ask('/api/ledger', { headers: access })
    expect([answer.status, codeOf(answer)]).toEqual([401, 'sign-in-needed'])
    await addAccount(beyond.store, 'boss', 'administrator')
    const signIn = await beyond.ask('/api/session', {
      method: 'POST',
      headers: access,
      body: { name: 'boss', password },
    })
    const [cookie = ''] = (signIn.headers.get('set-cookie') ?? '').split(';')
    const both = { ...access, cookie }
    expect((await beyond.ask('/api/ledger', { headers: both })).status).toBe(200)
    // A program sends both of its tokens; the account's alone does not reach the server.
    const { secret } = await newToken(beyond, both, { label: 'historian' })
    expect((await beyond.ask('/api/ledger', { headers: bearer(secret) })).status).toBe(401)
    const program = { ...bearer(secret), 'didymium-access': token }
    expect((await beyond.ask('/api/ledger', { headers: program })).status).toBe(200)
  })
})

describe('a sign-in', () => {
  it('leaves a cookie that no script and no other page has, and ends when it is ended', async () => {
    const served = await staffed()
    const answer = await served.ask('/api/session', {
      method: 'POST',
      body: { name: ' OLGA ', password },
    })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^didymium-account-4040=[\w-]{43};.*HttpOnly.*SameSite=Strict/)
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    const keys = await served.store.keys({ account: 'olga', now: served.clock.now })
    expect(JSON.stringify(keys)).not.toContain(headers.cookie.slice(-43))
    expect((await served.ask('/api/ledger', { headers })).status).toBe(200)
    const ended = await served.ask('/api/session', { method: 'DELETE', headers })
    expect([ended.status, ended.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringMatching(/Max-Age=0/),
    ])
    expect((await served.ask('/api/ledger', { headers })).status).toBe(401)
  })

  it('lasts 12 hours after it was used, and a week at most', async () => {
    const served = await staffed()
    const { clock, ask } = served
    const idle = await signedIn(served, 'olga')
    const used = await signedIn(served, 'boss')
    const start = clock.now
    const status = async (headers: Record<string, string>) =>
      (await ask('/api/ledger/commands', { headers })).status
    clock.now = start + 12 * hour - 1
    expect(await status(used)).toBe(200)
    clock.now = start + 12 * hour
    expect([await status(idle), await status(used)]).toEqual([401, 200])
    for (let at = 20 * hour; at < 7 * 24 * hour; at += 11 * hour) {
      clock.now = start + at
      expect(await status(used), String(at / hour)).toBe(200)
    }
    clock.now = start + 7 * 24 * hour
    expect(await status(used)).toBe(401)
  })

  it('is refused alike for a wrong name, a wrong password and a closed account', async () => {
    const served = await staffed()
    await addAccount(served.store, 'gone', 'operator', false)
    const wrong = [
      { name: 'olga', password: 'not the password' },
      { name: 'nobody', password },
      { name: 'gone', password },
    ]
    const answers = []
    for (const body of wrong) {
      const answer = await served.ask('/api/session', { method: 'POST', body })
      answers.push([answer.status, answer.text])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    expect(new Set(answers.map(String)).size).toBe(1)
    expect(answers[0]?.[0]).toBe(401)
    // What was typed for a name may be a password; the audit does not keep it.
    const audited = await served.store.audited({ limit: 10 })
    expect(audited.map(({ account, outcome }) => [account, outcome])).toEqual([
      ['gone', 'wrong-password'],
      ['nobody', 'wrong-password'],
      ['olga', 'wrong-password'],
    ])
  })

  it('may be tried only so often, for one account and for all', async () => {
    const served = await staffed({
      ledgerLimits: {
        signIn: { points: 3, seconds: 60 },
        signInAddress: { points: 5, seconds: 60 },
      },
    })
    const attempt = async (name: string, word = 'not the password') => {
      const body = { name, password: word }
      return served.ask('/api/session', { method: 'POST', body })
    }
    const status = async (name: string, word?: string) => (await attempt(name, word)).status
    expect(await status('olga', password)).toBe(200)
    for (let k = 0; k < 3; k++) expect(await status('olga')).toBe(401)
    const locked = await attempt('olga', password)
    expect([locked.status, codeOf(locked)]).toEqual([429, 'too-many'])
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await status('boss')).toBe(401)
    expect(await status('boss')).toBe(429)
  })
})

describe('passwords', () => {
  it('are kept as scrypt with salt and costs, and are known again', async () => {
    const kept = await hashPassword('pässword of Ångström', quickCosts)
    expect(kept).toMatch(/^scrypt\$4\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
    expect(await hashPassword('pässword of Ångström', quickCosts)).not.toBe(kept)
    // The same letters, composed otherwise by another keyboard.
    expect(await isPassword('pa\u0308ssword of A\u030Angstro\u0308m', kept)).toBe(true)
    expect(await isPassword('password of Angstrom', kept)).toBe(false)
    expect(await isPassword('anything', undefined, quickCosts)).toBe(false)
  })

  it('of nobody take as long as those of somebody', async () => {
    const costs = { logN: 11, r: 8, p: 1 }
    const kept = await hashPassword(password, costs)
    const timed = async (of: string | undefined) => {
      const start = performance.now()
      await isPassword('wrong', of, costs)
      return performance.now() - start
    }
    const least = { known: Infinity, unknown: Infinity }
    for (let k = 0; k < 5; k++) {
      least.known = Math.min(least.known, await timed(kept))
      least.unknown = Math.min(least.unknown, await timed(undefined))
    }
    expect(least.unknown).toBeGreaterThan(least.known / 3)
  })
})

describe('accounts', () => {
  it('are changed by who may, and somebody is always left to administer', async () => {
    const served = await staffed()
    let boss = await signedIn(served, 'boss')
    const op = await signedIn(served, 'olga')
    const change = (headers: Record<string, string>, name: string, body: object) =>
      served.ask(`/api/accounts/${name}`, { method: 'PATCH', headers, body })
    const last = await change(boss, 'boss', { role: 'viewer' })
    expect([last.status, codeOf(last)]).toEqual([409, 'last-administrator'])
    expect((await change(boss, 'boss', { isActive: false })).status).toBe(409)
    // Two who give up at once: one of them stays.
    await addAccount(served.store, 'other', 'administrator')
    const other = await signedIn(served, 'other')
    const both = await Promise.all([
      change(boss, 'other', { role: 'viewer' }),
      change(other, 'boss', { role: 'viewer' }),
    ])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
    for (const name of ['boss', 'other']) await addAccount(served.store, name, 'administrator')
    boss = await signedIn(served, 'boss')
    for (const body of [{ role: 'administrator' }, { isActive: true }]) {
      expect((await change(op, 'olga', body)).status).toBe(403)
    }
    expect((await change(op, 'boss', { fullName: 'Me' })).status).toBe(403)
    expect((await change(op, 'nobody', { fullName: 'Me' })).status).toBe(403)
    expect((await change(boss, 'nobody', { fullName: 'Me' })).status).toBe(404)
    expect((await change(op, 'olga', { fullName: 'Op Erator' })).status).toBe(200)
    // One changes the own password with the old one; other browsers are signed out.
    const elsewhere = await signedIn(served, 'olga')
    const fresh = 'another long password'
    const unknown = await change(op, 'olga', { password: fresh })
    expect([unknown.status, codeOf(unknown)]).toEqual([401, 'wrong-password'])
    expect((await change(op, 'olga', { password: fresh, oldPassword: password })).status).toBe(200)
    const see = async (headers: Record<string, string>) =>
      (await served.ask('/api/ledger/commands', { headers })).status
    expect([await see(op), await see(elsewhere)]).toEqual([200, 401])
    // Closing an account ends all that came in by it.
    expect((await change(boss, 'olga', { isActive: false })).status).toBe(200)
    expect(await see(op)).toBe(401)
    const again = await change(boss, 'olga', { isActive: true, password })
    expect(again.json()).toMatchObject({ isActive: true, fullName: 'Op Erator' })
    await signedIn(served, 'olga')
    const listed = await served.ask('/api/accounts', { headers: boss })
    expect(listed.text).not.toContain('passwordHash')
  })
})

describe('tokens', () => {
  it('work for a program with no more than their role, until they expire or are revoked', async () => {
    const served = await staffed()
    const boss = await signedIn(served, 'boss')
    const { secret, id } = await newToken(served, boss, {
      label: 'scale',
      role: 'quality',
      days: 2,
    })
    const post = (headers: Record<string, string>) =>
      served.ask('/epcis/capture', { method: 'POST', headers, body: documentOf([eventOf(1)]) })
    expect((await post(bearer(secret))).status).toBe(202)
    expect((await served.ask('/api/accounts', { headers: bearer(secret) })).status).toBe(403)
    // A token makes no token and changes no account: it would outlive being revoked.
    const all = await newToken(served, boss, { label: 'all' })
    for (const [method, path, body] of [
      ['POST', '/api/tokens', { label: 'more' }],
      ['PUT', '/api/ledger/open', { isOpen: true }],
      ['PATCH', '/api/accounts/boss', { fullName: 'Me' }],
      ['POST', '/api/accounts', { name: 'more', fullName: 'M', role: 'viewer', password }],
    ] as const) {
      for (const token of [secret, all.secret]) {
        const answer = await served.ask(path, { method, headers: bearer(token), body })
        expect(answer.status, `${method} ${path}`).toBe(403)
      }
    }
    expect((await served.store.audited({ limit: 50 })).map(({ account }) => account)).toContain(
      'boss',
    )
    served.clock.now += 2 * 24 * hour
    expect((await post(bearer(secret))).status).toBe(401)
    const later = await signedIn(served, 'boss')
    const more = await newToken(served, later, { label: 'again' })
    const revoke = () => served.ask(`/api/tokens/${more.id}`, { method: 'DELETE', headers: later })
    expect((await revoke()).status).toBe(204)
    expect((await revoke()).status).toBe(404)
    expect((await post(bearer(more.secret))).status).toBe(401)
    expect(id).not.toBe(more.id)
  })

  it('have at most the role of their account, also when that is taken away', async () => {
    const served = await staffed()
    const [boss, op] = [await signedIn(served, 'boss'), await signedIn(served, 'olga')]
    const ask = (headers: Record<string, string>, body: object) =>
      served.ask('/api/tokens', { method: 'POST', headers, body })
    for (const role of ['administrator', 'quality', 'laboratory']) {
      expect((await ask(op, { label: 'x', role })).status, role).toBe(403)
    }
    expect((await ask(op, { label: 'x', account: 'boss' })).status).toBe(403)
    expect((await ask(boss, { label: 'x', account: 'olga', role: 'quality' })).status).toBe(403)
    expect((await ask(boss, { label: 'x', account: 'nobody' })).status).toBe(404)
    const own = await newToken(served, op, { label: 'mine' })
    const other = await newToken(served, boss, { label: 'for op', account: 'olga', role: 'viewer' })
    const list = async (headers: Record<string, string>) =>
      (await served.ask('/api/tokens', { headers })).json<{ tokens: { id: string }[] }>().tokens
    expect((await list(op)).map(({ id }) => id).sort()).toEqual([own.id, other.id].sort())
    expect(JSON.stringify(await list(boss))).not.toContain(own.secret)
    // Written to the store past the API, as the terminal might.
    const account = (await served.store.accounts()).find(({ name }) => name === 'olga')
    if (account === undefined) throw new Error('no op')
    await served.store.putAccount({ ...account, role: 'viewer' })
    const see = async (secret: string) =>
      (await served.ask('/api/ledger/commands', { headers: bearer(secret) })).status
    expect([await see(own.secret), await see(other.secret)]).toEqual([401, 200])
  })
})

describe('limits', () => {
  it('are told with the time to wait', async () => {
    const served = await serving({ ledgerLimits: { requests: { points: 4, seconds: 60 } } })
    const statuses = []
    for (let k = 0; k < 5; k++) statuses.push((await served.ask('/api/session')).status)
    expect(statuses).toEqual([200, 200, 200, 200, 429])
    const late = await served.ask('/epcis/events')
    expect([late.status, late.headers.get('content-type')]).toEqual([
      429,
      'application/problem+json',
    ])
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    // Plants are not the ledger's.
    expect((await served.ask('/api/health')).status).toBe(200)
  })

  it('hold for bodies of commands and tables', async () => {
    const served = await serving({ ledgerLimits: { commandBytes: 1000, tableBytes: 2000 } })
    const body = { text: 'x'.repeat(3000) }
    for (const path of ['/api/ledger/commands/scrap', '/api/ledger/assays', '/api/session']) {
      const answer = await served.ask(path, { method: 'POST', body })
      expect([answer.status, codeOf(answer)], path).toEqual([413, 'too-large'])
    }
  })
})

describe('on this machine', () => {
  it('no other name and no page of others reaches the ledger', async () => {
    const served = await serving()
    const host = { host: 'evil.example' }
    const origin = { origin: 'http://evil.example' }
    for (const path of ['/api/ledger', '/epcis/events', '/api/session']) {
      const asked = await served.ask(path, { headers: host })
      expect([asked.status, asked.text.includes('another name')]).toEqual([403, true])
    }
    for (const path of ['/api/ledger/commands/scrap', '/epcis/capture', '/api/session']) {
      for (const headers of [origin, { 'sec-fetch-site': 'cross-site' }]) {
        const asked = await served.ask(path, { method: 'POST', headers, body: {} })
        expect([asked.status, asked.text.includes('another origin')], path).toEqual([403, true])
      }
    }
    expect((await served.store.head()).seq).toBe(0)
  })
})

describe('the audit', () => {
  it('is paged, and no entry of one moment is lost between two pages', async () => {
    const served = await serving()
    for (let k = 0; k < 25; k++) {
      await served.store.audit({
        time: 1000 + Math.floor(k / 4),
        account: 'x',
        role: 'viewer',
        action: 'test',
        subject: String(k),
        outcome: 'accepted',
        detail: '',
      })
    }
    const seen: string[] = []
    let before: number | null = 1_000_000
    while (before !== null) {
      const page = await served.ask(`/api/audit?limit=7&before=${before}`)
      const { entries, before: next } = page.json<{
        entries: { subject: string }[]
        before: number | null
      }>()
      seen.push(...entries.map(({ subject }) => subject))
      before = next
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, k) => String(24 - k)))
  })
})
