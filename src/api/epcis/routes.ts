import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { LedgerEnv, Need } from '../ledger/env.ts'
import { recordOf } from '../routes/ledger/schemas.ts'
import { problemSchema } from './problem.ts'

const document = recordOf<object>('EpcisDocument', 'A document or collection of EPCIS 2.0 in JSON.')

/** What the contract says of a route of EPCIS; GS1's own documents say the rest. */
interface EpcisRoute {
  readonly needs: Need
  readonly method: 'get' | 'post' | 'delete'
  /** Below /epcis. */
  readonly path: string
  readonly summary: string
  /** The status of success: with a document, with a Location, or with nothing. */
  readonly success: 200 | 201 | 202 | 204
  /** Other statuses than 400, 401, 403, 406 and 500. */
  readonly statuses?: readonly number[]
  /** Whether any query parameter of EPCIS is read. */
  readonly isQuery?: boolean
  readonly handler: (c: Context<LedgerEnv>) => Promise<Response> | Response
}

const successes: Readonly<Record<EpcisRoute['success'], string>> = {
  200: 'the document',
  201: 'kept; Location says where',
  202: 'taken; Location is the capture',
  204: 'done',
}

const problems: Readonly<Record<number, string>> = {
  400: 'the document or a parameter is not as it should be',
  401: 'nobody has signed in',
  403: 'the role of who asks may not do this',
  404: 'there is no such thing',
  406: 'not to be had in that form or version',
  409: 'it is there already, with another content',
  413: 'too large, or more than is answered at once',
  414: 'the address is too long',
  415: 'that form is not understood',
  429: 'too many requests',
  500: 'the program is at fault',
  501: 'this server does not do that',
}

const problem = (status: number) => ({
  description: problems[status] ?? '',
  content: { 'application/problem+json': { schema: problemSchema } },
})

/** Names in braces of a path. */
const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** The parameters of a path as the contract describes them. */
function parametersOf(path: string) {
  const text = (name: string) =>
    z
      .string()
      .max(2000)
      .openapi({ param: { name, in: 'path' } })
  return z.object(Object.fromEntries(namesIn(path).map((name) => [name, text(name)])))
}

/** A route of EPCIS as the contract lists it, with who may ask it. */
export function epcisRoute(entry: EpcisRoute) {
  const { needs, method, path, summary, success, statuses = [], isQuery, handler } = entry
  const isRead = method === 'get'
  const more = [
    ...(isRead ? [414] : []),
    ...(method === 'post' ? [413, 415] : []),
    ...(namesIn(path).length > 0 ? [404] : []),
  ]
  const refused = [400, 401, 403, 406, 429, 500, ...more, ...statuses]
  const content = {
    'application/json': { schema: document },
    'application/ld+json': { schema: document },
  }
  const hasDocument = success === 200
  const description =
    isQuery === true
      ? 'Takes the parameters of the EPCIS simple event query (several values of one apart by |), ' +
        'perPage and nextPageToken; Link says where the next page is.'
      : 'As GS1 EPCIS 2.0 describes it.'
  return {
    needs,
    route: createRoute({
      method,
      path: `/epcis${path}`,
      summary: `EPCIS 2.0: ${summary}`,
      description,
      tags: ['EPCIS'],
      request: { params: parametersOf(path) },
      responses: {
        [success]: { description: successes[success], ...(hasDocument ? { content } : {}) },
        ...Object.fromEntries([...new Set(refused)].map((status) => [status, problem(status)])),
      },
    }),
    handler,
  }
}
