import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { appFor, codeOf, filesOf, local, page } from './kit.ts'

const files = filesOf({ ...page, 'secret.txt': 'outside' })
const { app, close } = appFor({ page: files.path('web') })
afterAll(async () => {
  await close()
  files.remove()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(local(path), { headers })
const asset = '/assets/main-C0ffee12.js'

describe('the page', () => {
  it('answers at the address of the server and of each of its pages, and is asked for again', async () => {
    for (const path of ['/', '/circuits/sx1', '/circuits/a%20b', '/%2e%2e/x']) {
      const answer = await get(path)
      expect(answer.status, path).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(await answer.text()).toContain('<title>Didymium</title>')
    }
  })

  it('keeps files whose name holds their hash for ever, others not', async () => {
    const hashed = await get(asset)
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(hashed.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect((await get('/worker.js')).headers.get('cache-control')).toBe('no-cache')
  })

  it.each([
    ['gzip, deflate, br', 'br', 'in brotli'],
    ['gzip', 'gzip', 'in gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'in gzip'],
    ['*', 'br', 'in brotli'],
    ['identity', null, 'export const answer = 42\n'],
    ['', null, 'export const answer = 42\n'],
  ])('is given out compressed to who takes %s', async (accepted, encoding, text) => {
    const answer = await get(asset, { 'accept-encoding': accepted })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    expect(await answer.text()).toBe(text)
  })

  it('is not sent again to who has it, until it is another', async () => {
    const first = await get('/')
    const etag = String(first.headers.get('etag'))
    const again = await get('/', { 'if-none-match': `"x", ${etag}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const plain = (await get(asset)).headers.get('etag')
    const squeezed = (await get(asset, { 'accept-encoding': 'br' })).headers.get('etag')
    expect(plain).not.toBe(squeezed)
    writeFileSync(files.path('web/index.html'), '<title>Didymium</title> built anew')
    const changed = await get('/', { 'if-none-match': etag })
    expect([changed.status, await changed.text()]).toEqual([
      200,
      '<title>Didymium</title> built anew',
    ])
  })

  it('answers HEAD without a body', async () => {
    const answer = await app.request(local(asset), { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  it.each([
    '/.hidden',
    '/assets/../../secret.txt',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/none-C0ffee12.js',
    '/assets',
    '/none.js',
    '/assets/main-C0ffee12.js/x.js',
  ])('has nothing at %s', async (path) => {
    const answer = await get(path)
    const text = await answer.text()
    expect(text).not.toMatch(/outside|nobody/)
    if (answer.status !== 200) expect(codeOf(text)).toBe('not-found')
    else expect(text).toContain('<title>')
  })

  it('says so where it is not built', async () => {
    const bare = appFor({})
    const answer = await bare.app.request(local('/'))
    expect([answer.status, codeOf(await answer.text())]).toEqual([503, 'not-built'])
    expect((await bare.app.request(local('/api/health'))).status).toBe(200)
    await bare.close()
  })
})
