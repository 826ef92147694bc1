import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  type EpcisException,
  type EpcisExceptionName,
  epcisExceptions,
} from '../../ledger/index.ts'
import type { ErrorCode } from '../errors.ts'

/** A refusal in the words of EPCIS 2.0: a problem document (RFC 7807). */
export interface ProblemDocument {
  readonly type: `epcisException:${EpcisExceptionName}`
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance?: string
  /** Of a document: what is wrong with which event, and where. */
  readonly errors?: readonly {
    readonly event?: number
    readonly path: string
    readonly message: string
    readonly expected: string
  }[]
}

export const problemSchema = z
  .object({
    type: z.string().openapi({ description: 'epcisException: and its name' }),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z
      .array(
        z.object({
          event: z.number().optional().openapi({ description: 'which event, from 0' }),
          path: z.string(),
          message: z.string(),
          expected: z.string(),
        }),
      )
      .optional(),
  })
  .openapi('EpcisProblem')

/** An exception as its problem document. */
export function problemOf(
  { name, detail }: EpcisException,
  more: Partial<Pick<ProblemDocument, 'status' | 'instance' | 'errors'>> = {},
): ProblemDocument {
  const { status, title } = epcisExceptions[name]
  return { type: `epcisException:${name}`, title, status, detail, ...more }
}

/** Answers with a problem document. */
export function sendProblem(c: Context, problem: ProblemDocument): Response {
  return c.body(JSON.stringify(problem), problem.status as 400, {
    'content-type': 'application/problem+json',
  })
}

/** Answers with an exception of EPCIS. */
export const except = (
  c: Context,
  name: EpcisExceptionName,
  detail: string,
  more: Parameters<typeof problemOf>[1] = {},
): Response => sendProblem(c, problemOf({ name, detail }, more))

/** Which exception says what a refusal of the API says. */
const exceptions: Partial<Record<ErrorCode, EpcisExceptionName>> = {
  'bad-request': 'QueryParameterException',
  'malformed-json': 'ValidationException',
  'token-needed': 'SecurityException',
  'sign-in-needed': 'SecurityException',
  'foreign-host': 'SecurityException',
  'foreign-origin': 'SecurityException',
  'not-allowed': 'SecurityException',
  'not-found': 'NoSuchResourceException',
  'no-ledger': 'NoSuchResourceException',
  'too-large': 'CaptureLimitExceededException',
  'media-type': 'UnsupportedMediaTypeException',
}

/** A refusal of the API in the words of EPCIS. */
export const problemFor = (
  code: ErrorCode,
  status: number,
  message: string,
  expected: string,
): ProblemDocument =>
  problemOf(
    {
      name: exceptions[code] ?? 'ImplementationException',
      detail: expected === '' ? message : `${message}: ${expected}`,
    },
    { status },
  )
