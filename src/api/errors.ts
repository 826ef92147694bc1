import { z } from '@hono/zod-openapi'
import type { Context, TypedResponse } from 'hono'
import { statuses } from '../ledger/index.ts'
import { problemFor, sendProblem } from './epcis/problem.ts'

/** Every reason for which the server refuses, by its code: what a program decides by. */
export const errors = {
  'bad-request': { status: 400, about: 'the request is not as the contract says' },
  'malformed-json': { status: 400, about: 'the body is not JSON' },
  'bad-name': { status: 400, about: 'the name is no name of a plant file' },
  'token-needed': { status: 401, about: 'this server answers to who has its token' },
  'sign-in-needed': { status: 401, about: 'the ledger answers to who has signed in' },
  'wrong-password': { status: 401, about: 'name and password do not belong together' },
  'foreign-host': { status: 403, about: 'asked for by a name that is not of this machine' },
  'foreign-origin': { status: 403, about: 'asked for by the page of somebody else' },
  'not-allowed': { status: 403, about: 'the role of who asks may not do this' },
  'read-only': { status: 403, about: 'the file may not be written' },
  'not-found': { status: 404, about: 'there is nothing of that name' },
  'no-ledger': { status: 404, about: 'this server has no ledger yet' },
  conflict: { status: 409, about: 'what is there is not what this was made from' },
  'last-administrator': { status: 409, about: 'somebody must be left who may do all' },
  'too-large': { status: 413, about: 'more than the limits allow' },
  'media-type': { status: 415, about: 'a body is application/json' },
  'refused-plant': { status: 422, about: 'the plant file is refused; findings say where' },
  unsolved: { status: 422, about: 'the plant as written has no solution' },
  'refused-question': { status: 422, about: 'what is asked names nothing of the plant' },
  'refused-command': { status: 422, about: 'the ledger refuses it; status says why' },
  'refused-table': { status: 422, about: 'lines of a table are refused; problems say where' },
  busy: { status: 429, about: 'as much is under way as the limits allow' },
  'too-many': { status: 429, about: 'more requests than are answered in that time' },
  fault: { status: 500, about: 'the program is at fault' },
  'not-offered': { status: 501, about: 'this server does not do that' },
  database: { status: 503, about: 'the database of the ledger cannot be used now' },
  'not-built': { status: 503, about: 'the page is not built' },
  'time-limit': { status: 504, about: 'took longer than the limits allow' },
} as const

export type ErrorCode = keyof typeof errors
const errorCodes = Object.keys(errors) as readonly ErrorCode[]

export const findingSchema = z
  .object({
    file: z.string(),
    line: z.number(),
    column: z.number(),
    code: z.string(),
    message: z.string(),
    expected: z.string(),
  })
  .openapi('Finding')

const refusalSchema = z.object({ message: z.string(), expected: z.string() }).openapi('Refusal')

/** What is wrong with a command, a document or a table, and where. */
const problemSchema = z
  .object({ path: z.string(), message: z.string(), expected: z.string() })
  .openapi('Problem')

/** The shape of every refusal. */
export const errorSchema = z
  .object({
    code: z.enum(errorCodes),
    message: z.string().openapi({ description: 'what is wrong' }),
    expected: z.string().openapi({ description: 'what would be right; empty if nothing helps' }),
    findings: z.array(findingSchema).optional().openapi({ description: 'of a refused plant' }),
    refusals: z.array(refusalSchema).optional().openapi({ description: 'of a refused question' }),
    status: z.enum(statuses).optional().openapi({ description: 'of a refused command' }),
    problems: z.array(problemSchema).optional().openapi({ description: 'of a refused command' }),
    hash: z.string().nullable().optional().openapi({
      description: 'of the file as it stands after a conflict; null if there is none',
    }),
  })
  .openapi('Error')

export type ErrorBody = z.infer<typeof errorSchema>

const bodySchema = z.object({ error: errorSchema }).openapi('Refused')

type StatusOf<Code extends ErrorCode> = (typeof errors)[Code]['status']

export interface Declared {
  readonly description: string
  readonly content: { readonly 'application/json': { readonly schema: typeof bodySchema } }
}

/** The responses of a route that may be refused for these reasons, beside what any may be. */
export function refusals<const Codes extends readonly ErrorCode[]>(
  ...codes: Codes
): { [Status in StatusOf<Codes[number] | 'bad-request' | 'fault'>]: Declared } {
  const all = [...codes, 'bad-request', 'token-needed', 'foreign-host', 'fault'] as ErrorCode[]
  const byStatus = new Map<number, Declared>()
  for (const { status } of all.map((code) => errors[code])) {
    const same = all.filter((code) => errors[code].status === status)
    const description = same.map((code) => `${code}: ${errors[code].about}`).join('; ')
    byStatus.set(status, { description, content: { 'application/json': { schema: bodySchema } } })
  }
  return Object.fromEntries(byStatus) as ReturnType<typeof refusals<Codes>>
}

/** Why something is refused, before anyone knows to whom it is said. */
export type Refused<Code extends ErrorCode = ErrorCode> = Omit<ErrorBody, 'code'> & {
  readonly code: Code
}

export const refused = <Code extends ErrorCode>(
  code: Code,
  message: string,
  expected = '',
  more: Partial<ErrorBody> = {},
): Refused<Code> => ({ ...more, code, message, expected })

/** The response of a refusal, each status apart, as a route declares them. */
export type RefusedResponse<Code extends ErrorCode> = Code extends ErrorCode
  ? Response & TypedResponse<{ error: ErrorBody }, StatusOf<Code>, 'json'>
  : never

/** Paths whose clients know the exceptions of EPCIS, and not ours. */
const isEpcis = (path: string) => path === '/epcis' || path.startsWith('/epcis/')

/** Answers a request with a refusal. */
export function refuse<Code extends ErrorCode>(c: Context, error: Refused<Code>) {
  const { status } = errors[error.code]
  const { code, message, expected } = error
  if (isEpcis(c.req.path)) {
    const problem = problemFor(code, status, message, expected)
    return sendProblem(c, problem) as RefusedResponse<Code>
  }
  const body: ErrorBody = error
  return c.json({ error: body }, status) as RefusedResponse<Code>
}
