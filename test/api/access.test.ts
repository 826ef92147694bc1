import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessBy } from '../../src/api/access.ts'
import { type Running, startServer } from '../../src/api/server.ts'
import { smallPlant } from '../terminal/kit.ts'
import { codeOf, filesOf, page, raw, serve } from './kit.ts'

const files = filesOf({ 'plants/a.yaml': smallPlant, ...page })
const token = 'a token that nobody guesses, 41 long: yes'
const served = { folder: files.path('plants'), page: files.path('web') }
let open: Running
let closed: Running
beforeAll(async () => {
  open = await serve(served)
  closed = await serve({ ...served, host: '0.0.0.0', token })
})
afterAll(async () => {
  await Promise.all([open.close(), closed.close()])
  files.remove()
})

const body = '{"text":"x","ifHash":null}'
const json = { 'content-type': 'application/json' }

describe('on this machine', () => {
  it('answers to its own names at its own port, without an account', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '127.8.0.1', '[::1]']) {
      const answer = await raw(open.url, { headers: { host: `${name}:${open.port}` } })
      expect(answer.status, name).toBe(200)
    }
  })

  it('answers to no other name, so that a page of somebody else cannot read it', async () => {
    const { port } = open
    const names = [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '192.168.1.2',
    ]
    const hosts = [
      ...names.flatMap((name) => [name, `${name}:${port}`]),
      'localhost',
      `localhost:${port + 1}`,
      `localhost:${port}@evil.example`,
    ]
    for (const host of hosts) {
      for (const path of ['', 'api/plants', 'assets/main-C0ffee12.js']) {
        const answer = await raw(open.url + path, { headers: { host } })
        expect([answer.status >= 400, answer.text.includes('small')], host).toEqual([true, false])
        if (answer.status === 403) expect(codeOf(answer.text)).toBe('foreign-host')
      }
    }
  })

  it('changes nothing for a page of another origin', async () => {
    const url = `${open.url}api/plants/new.yaml`
    const foreign: readonly Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: `http://localhost:${open.port + 1}` },
      { origin: 'null' },
      { origin: 'not an origin' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) {
      for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) {
        const answer = await raw(url, { method, headers: { ...json, ...headers }, body })
        expect([answer.status, codeOf(answer.text)]).toEqual([403, 'foreign-origin'])
      }
    }
    const listed = await raw(`${open.url}api/plants`)
    expect(listed.text).not.toContain('new.yaml')
  })

  it('does so for its own page, and for a program, which has no page', async () => {
    const url = `${open.url}api/simulate`
    const own = `http://127.0.0.1:${open.port}`
    for (const headers of [{ origin: own }, { 'sec-fetch-site': 'same-origin' }, {}]) {
      const answer = await raw(url, { method: 'POST', headers: { ...json, ...headers }, body: '{' })
      expect([answer.status, codeOf(answer.text)]).toEqual([400, 'malformed-json'])
    }
  })

  it('tells browsers what a page may do, also where it refuses', async () => {
    for (const path of ['', 'api/health', 'api/none', 'none.js']) {
      const { headers } = await raw(open.url + path)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'")
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })
})

describe('beyond this machine', () => {
  it.each([
    ['0.0.0.0', undefined, 'a token of at least 32 characters is needed'],
    ['::', undefined, 'a token of at least 32 characters is needed'],
    ['192.168.1.2', undefined, 'a token of at least 32 characters is needed'],
    ['0.0.0.0', 'x'.repeat(31), 'the token has 31 characters; at least 32 are needed'],
    ['127.0.0.1', '', 'the token has 0 characters; at least 32 are needed'],
  ])('does not start at %s with the token %s', async (host, word, message) => {
    const started = await startServer({
      ...served,
      host,
      ports: [0],
      files: [],
      isReadOnly: false,
      version: '0.0.0',
      fault: () => undefined,
      ...(word === undefined ? {} : { token: word }),
    })
    expect(started.ok ? '' : started.message).toContain(message)
  })

  const at = (path: string) => `http://127.0.0.1:${closed.port}${path}`
  const bearer = (word: string) => ({ authorization: `Bearer ${word}` })

  it('gives nothing to who has no token, not even the page', async () => {
    const wrong = [{}, bearer('x'), bearer(`${token}x`), bearer(''), { authorization: token }]
    const cookies = [`didymium-${closed.port}=${token}`, `didymium-${closed.port}=`]
    for (const headers of [...wrong, ...cookies.map((cookie) => ({ cookie }))]) {
      for (const path of ['/', '/api/plants', '/api/openapi.json', '/assets/main-C0ffee12.js']) {
        const answer = await raw(at(path), { headers })
        expect([answer.status, codeOf(answer.text)], path).toEqual([401, 'token-needed'])
        expect(answer.headers['www-authenticate']).toBe('Bearer')
      }
    }
    // The token itself opens nothing in an address, where it would be kept.
    expect((await raw(at(`/?token=${encodeURIComponent(token)}`))).status).toBe(401)
  })

  it('answers to a program that sends the token, by whatever name', async () => {
    const headers = { ...bearer(token), host: 'twin.example' }
    expect((await raw(at('/api/plants'), { headers })).status).toBe(200)
    const foreign = { ...headers, ...json, origin: 'http://evil.example' }
    const answer = await raw(at('/api/plants/x.yaml'), { method: 'PUT', headers: foreign, body })
    expect(codeOf(answer.text)).toBe('foreign-origin')
  })

  it('lets one browser in by a link, once, and keeps the word out of the address', async () => {
    const link = new URL(closed.url)
    const first = await raw(at(`/circuits?unit=sx1&${link.search.slice(1)}`))
    expect([first.status, first.headers.location]).toEqual([303, '/circuits?unit=sx1'])
    const cookie = String(first.headers['set-cookie'])
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/)
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    expect((await raw(at('/'), { headers })).status).toBe(200)
    expect((await raw(at('/api/plants'), { headers })).status).toBe(200)
    expect((await raw(at(`/${link.search}`))).status).toBe(401)
    // Who is let in can let in another browser.
    const more = await raw(at('/api/links'), { method: 'POST', headers })
    const { path } = JSON.parse(more.text) as { path: string }
    expect((await raw(at(path))).status).toBe(303)
  })

  it('does not let a link lead elsewhere', async () => {
    const made = await raw(at('/api/links'), { method: 'POST', headers: bearer(token) })
    const { path } = JSON.parse(made.text) as { path: string }
    const answer = await raw(at(`//evil.example/${path.slice(1)}`))
    expect(answer.headers.location ?? '/').toMatch(/^\/(?!\/)/)
  })

  it('forgets a link after a day', () => {
    let now = 0
    const access = accessBy(token, () => now)
    const [late, early] = [access.link(), access.link()]
    now = 24 * 3600 * 1000 - 1
    expect(access.redeem(early)).toBeDefined()
    now++
    expect(access.redeem(late)).toBeUndefined()
    expect(access.redeem('made up')).toBeUndefined()
  })
})
