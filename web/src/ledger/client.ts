/**
 * How the page asks the server about the ledger. Every answer is a value or the reason why there is
 * none, in words that can be shown as they are.
 */

/** Why there is no answer: nobody there, not signed in, not allowed, no such thing, refused. */
export type Why = 'offline' | 'closed' | 'forbidden' | 'absent' | 'refused'

export interface Trouble {
  readonly ok: false
  readonly why: Why
  /** What the server calls it; empty where no server answered. */
  readonly code: string
  readonly message: string
  /** What would be right; empty where nobody said. */
  readonly expected: string
  /** Why a command is refused, a word of the published list; empty of anything else. */
  readonly status: string
  /** What is wrong where, in what was sent. */
  readonly problems: readonly Problem[]
}

export interface Problem {
  readonly path: string
  readonly message: string
  readonly expected: string
}

export type Answer<T> = { readonly ok: true; readonly value: T } | Trouble

/** The server's answer to a question about the ledger. */
export const ask = <T>(path: string): Promise<Answer<T>> =>
  spoken<T>(path, { headers: { accept: 'application/json' } })

/** Sends something, and hears what became of it. */
export function send<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const accept = 'application/json'
  if (body === undefined) return spoken<T>(path, { method, headers: { accept } })
  const headers = { accept, 'content-type': 'application/json' }
  return spoken<T>(path, { method, body: JSON.stringify(body), headers })
}

async function spoken<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  let answer: Response
  try {
    answer = await fetch(path, { ...init, cache: 'no-store' })
  } catch {
    return trouble('offline', 'The server does not answer.', 'Start it again, then try again.')
  }
  const isJson = answer.headers.get('content-type')?.includes('json') === true
  if (answer.status === 204) return { ok: true, value: undefined as T }
  const said: unknown = isJson ? await answer.json().catch(() => undefined) : undefined
  // A static folder answers every address with the page.
  if (answer.ok && isJson) return { ok: true, value: said as T }
  return refusal(answer, said)
}

function refusal(answer: Response, said: unknown): Trouble {
  if (answer.ok || (said === undefined && answer.status === 404)) {
    const message = 'No server of Didymium answers here.'
    return trouble('offline', message, 'The ledger needs `didymium serve`.')
  }
  const error = within(said, 'error') ?? said
  const message = textOf(error, 'message') || textOf(error, 'detail') || textOf(error, 'title')
  const words = message === '' ? `The server answered ${answer.status}.` : message
  return {
    ...trouble(reasons[answer.status] ?? 'refused', words, textOf(error, 'expected')),
    code: textOf(error, 'code'),
    status: textOf(error, 'status'),
    problems: problemsOf(within(error, 'problems')),
  }
}

const reasons: Readonly<Record<number, Why>> = { 401: 'closed', 403: 'forbidden', 404: 'absent' }

const trouble = (why: Why, message: string, expected: string): Trouble => {
  return { ok: false, why, code: '', message, expected, status: '', problems: [] }
}

const problemsOf = (value: unknown): readonly Problem[] =>
  (Array.isArray(value) ? value : []).map((one: unknown) => ({
    path: textOf(one, 'path'),
    message: textOf(one, 'message'),
    expected: textOf(one, 'expected'),
  }))

function within(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function textOf(value: unknown, key: string): string {
  const found = within(value, key)
  return typeof found === 'string' ? found : ''
}

/** An address with its question: what is undefined or empty is left out. */
export function address(
  path: string,
  query: Readonly<Record<string, string | number | boolean | undefined>> = {},
): string {
  const words = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  )
  const said = new URLSearchParams(words).toString()
  return said === '' ? path : `${path}?${said}`
}
