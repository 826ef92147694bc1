import type { Context, MiddlewareHandler } from 'hono'
import { ledgerNamespace } from '../../ledger/index.ts'
import type { LedgerEnv } from '../ledger/env.ts'
import { except } from './problem.ts'

const version = '2.0'

/** What is said of this server with every answer. Events leave as they came. */
const said: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Version': version,
  'GS1-EPCIS-Min': version,
  'GS1-EPCIS-Max': version,
  'GS1-CBV-Version': version,
  'GS1-CBV-Min': version,
  'GS1-CBV-Max': version,
  'GS1-EPC-Format': 'Never_Translates',
  'GS1-CBV-XML-Format': 'Never_Translates',
  'GS1-Extensions': `didymium=${ledgerNamespace}`,
}

/** `2.0.1` as a number that versions of two parts can be compared by. */
function numberOf(text: string): number {
  const [, major = '', minor = '0'] = /^\s*(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d+)*\s*$/.exec(text) ?? []
  return major === '' ? Number.NaN : 1000 * Number(major) + Number(minor)
}

const ours = numberOf(version)

/** True unless a client asks for versions without ours; a text that is no version is not ours. */
function isVersionAsked(c: Context, standard: string): boolean {
  const asked = (name: string) => c.req.header(`GS1-${standard}-${name}`)
  const [exact, least, most] = [asked('Version'), asked('Min'), asked('Max')]
  return (
    (exact === undefined || numberOf(exact) === ours) &&
    (least === undefined || numberOf(least) <= ours) &&
    (most === undefined || numberOf(most) >= ours)
  )
}

const jsonTypes = ['application/json', 'application/ld+json'] as const
type JsonType = (typeof jsonTypes)[number]

const mediaOf = (part: string) => (part.split(';')[0] ?? '').trim().toLowerCase()

/** The type that a client would like best of those that an answer has; undefined for none. */
function accepted(header: string | undefined): JsonType | undefined {
  if (header === undefined || header.trim() === '') return 'application/json'
  for (const part of header.split(',')) {
    if (/;\s*q=0(?:\.0*)?\s*$/.test(part)) continue
    const media = mediaOf(part)
    const found = jsonTypes.find((type) => type === media)
    if (found !== undefined) return found
    if (['*/*', 'application/*', 'application/problem+json'].includes(media)) return jsonTypes[0]
  }
  return undefined
}

/** The type of an answer, which `negotiate` has found to be one that the client takes. */
const answerType = (c: Context): JsonType => accepted(c.req.header('accept')) ?? jsonTypes[0]

/** Answers with a document in the type that the client takes. */
export const sendDocument = (c: Context, document: unknown, status: 200 | 201 = 200): Response =>
  c.body(JSON.stringify(document), status, { 'content-type': answerType(c) })

const formats = new Set(['no_preference', 'never_translates'])

/** What of a request this server cannot do; undefined where it can. */
function unacceptable(c: Context): string | undefined {
  for (const standard of ['EPCIS', 'CBV']) {
    if (!isVersionAsked(c, standard)) return `only ${standard} ${version} is spoken here`
  }
  for (const name of ['GS1-EPC-Format', 'GS1-CBV-XML-Format']) {
    const asked = c.req.header(name)
    if (asked !== undefined && !formats.has(asked.trim().toLowerCase())) {
      return `${name} ${asked}: events leave as they came (No_Preference, Never_Translates)`
    }
  }
  if (accepted(c.req.header('accept')) === undefined) return `answers are ${jsonTypes.join(' or ')}`
  return undefined
}

/** Says what is spoken here, and refuses what is not, before anything is read. */
export function negotiate(): MiddlewareHandler<LedgerEnv> {
  return async (c, next) => {
    for (const [name, value] of Object.entries(said)) c.header(name, value)
    const { limits } = c.var.serving.ledger
    const { pathname, search } = new URL(c.req.url)
    const length = pathname.length + search.length
    if (length > limits.address) {
      const detail = `${length} characters; at most ${limits.address}: use POST /queries`
      return except(c, 'URITooLongException', detail)
    }
    if (c.req.method === 'OPTIONS') return next()
    const why = unacceptable(c)
    if (why !== undefined) return except(c, 'NotAcceptableException', why)
    const { method } = c.req
    const type = c.req.header('content-type')
    if (method === 'POST' && !jsonTypes.some((one) => one === mediaOf(type ?? ''))) {
      const detail = `${type ?? 'no content type'}: documents are ${jsonTypes.join(' or ')}`
      return except(c, 'UnsupportedMediaTypeException', detail)
    }
    return next()
  }
}

/** The address of this server as the client knows it. */
export function originOf(c: Context): string {
  const url = new URL(c.req.url)
  const isSecure = c.req.header('x-forwarded-proto') === 'https'
  return isSecure ? url.origin.replace(/^http:/, 'https:') : url.origin
}

/** A token of a page is good as long as the server has the ledger; so much is promised. */
const tokenLife = 24 * 3_600_000

/** Says where the next page is. */
export function linkNext(c: Context, token: string, now: number): void {
  const url = new URL(c.req.url)
  url.searchParams.set('nextPageToken', token)
  c.header('Link', `<${originOf(c)}${url.pathname}${url.search}>; rel="next"`)
  c.header('GS1-Next-Page-Token-Expires', new Date(now + tokenLife).toISOString())
}
