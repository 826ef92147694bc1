import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Access } from './access.ts'
import { refuse, refused } from './errors.ts'

export interface GuardOptions {
  readonly access: Access
  /** Whether the server listens on this machine only. */
  readonly isLoopback: boolean
  /** The port that it listens on. */
  readonly port: () => number
}

/**
 * What a page may do: everything comes from this server, nothing is framed or sent elsewhere.
 * Styles are set on elements by the diagrams and charts; workers are made of texts by the layout.
 */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers: readonly (readonly [string, string])[] = [
  ['Content-Security-Policy', policy],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), geolocation=(), microphone=()'],
]

/** The name by which the server was asked. */
const hostOf = (c: Context) => c.req.header('host') ?? new URL(c.req.url).host

const loopbackName = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?$/i

/** True for a name of this machine, at the port of the server. */
function isOwnName(host: string, port: number): boolean {
  const found = loopbackName.exec(host)
  return found !== null && Number(found[1] ?? 80) === port
}

/** True unless the request comes from a page that this server did not give out. */
function isOwnPage(c: Context): boolean {
  const origin = c.req.header('origin')
  if (origin !== undefined) {
    const own = `//${hostOf(c)}`.toLowerCase()
    return [`http:${own}`, `https:${own}`].includes(origin.toLowerCase())
  }
  const site = c.req.header('sec-fetch-site')
  return site === undefined || site === 'same-origin' || site === 'none'
}

const changes = (method: string) => !/^(?:GET|HEAD)$/.test(method)

/** Looks at who asks, before anything is read or done, and says to browsers what they may do. */
export function guard({ access, isLoopback, port }: GuardOptions): MiddlewareHandler {
  const cookieName = () => `didymium-${port()}`
  return async (c, next) => {
    for (const [name, value] of headers) c.header(name, value)
    if (/^\/(?:api|epcis)(?:\/|$)/.test(c.req.path)) c.header('Cache-Control', 'no-store')
    // A name of somebody else that leads here would let a foreign page read the answers.
    if (isLoopback && !isOwnName(hostOf(c), port())) {
      const expected = `http://127.0.0.1:${port()} or http://localhost:${port()}`
      return refuse(c, refused('foreign-host', 'asked for by another name', expected))
    }
    if (changes(c.req.method) && !isOwnPage(c)) {
      return refuse(c, refused('foreign-origin', 'asked for by a page of another origin'))
    }
    if (!access.isDemanded) return next()
    const word = c.req.query('token')
    if (word !== undefined && c.req.method === 'GET') return enter(c, word, access, cookieName())
    const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    // A program that signs in with a token of its account sends the server's own beside it.
    const given = c.req.header('didymium-access') ?? bearer
    if (given !== undefined && access.isToken(given)) return next()
    const cookie = getCookie(c, cookieName())
    if (cookie !== undefined && access.isCookie(cookie)) return next()
    c.header('WWW-Authenticate', 'Bearer')
    return refuse(c, refused('token-needed', 'no token, or a wrong one', needed))
  }
}

const needed =
  'Authorization: Bearer TOKEN, or Didymium-Access: TOKEN, or the link that the server printed'

/** Takes the word of a link, and goes on to the page without it, so that it is kept nowhere. */
function enter(c: Context, word: string, access: Access, cookieName: string) {
  const cookie = access.redeem(word)
  if (cookie === undefined) {
    const expected = 'a new link: POST /api/links with the token'
    return refuse(c, refused('token-needed', 'this link was used or is too old', expected))
  }
  const secure = c.req.header('x-forwarded-proto') === 'https'
  setCookie(c, cookieName, cookie, { path: '/', httpOnly: true, sameSite: 'Strict', secure })
  const url = new URL(c.req.url)
  url.searchParams.delete('token')
  c.header('Cache-Control', 'no-store')
  return c.redirect(`${url.pathname.replace(/^\/+/, '/')}${url.search}`, 303)
}
