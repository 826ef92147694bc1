import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { documentLimits } from '../scenario/index.ts'
import { negotiate } from './epcis/negotiate.ts'
import { noResource, options } from './epcis/index.ts'
import { refuse, refused } from './errors.ts'
import { guard, type GuardOptions } from './guard.ts'
import { admit } from './ledger/admit.ts'
import type { LedgerEnv } from './ledger/env.ts'
import type { LedgerLimits } from './ledger/limits.ts'
import { givePage } from './page.ts'
import { guardedRoutes } from './routes/guarded.ts'
import { routes } from './routes/index.ts'
import type { Serving } from './serving.ts'

export interface AppOptions extends Pick<GuardOptions, 'isLoopback' | 'port'> {
  readonly serving: Serving
  /** Folder of the built page. */
  readonly page: string
  /** Hears of what went wrong inside; the one who asked is told no more than that. */
  readonly fault: (error: Error) => void
}

/** Twice a text at its largest: line ends and quotes take two characters in JSON. */
const mostBody = 2 * documentLimits.bytes + 65_536

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** The first of what is wrong with a request, and where. */
function wrong(issues: readonly Issue[], target: string) {
  const [first] = issues
  const place = [target === 'json' ? 'body' : target, ...(first?.path ?? [])].map(String).join('.')
  return refused(
    'bad-request',
    `${place}: ${first?.message ?? 'is not as the contract says'}`,
    '/api/openapi.json',
  )
}

const description = `The plant files of a folder, solutions, and long work with its progress.
Every refusal is { error: { code, message, expected } }; the codes are those of the schema Error.`

/** The document of the contract, OpenAPI 3.1. */
function describe(app: OpenAPIHono<LedgerEnv>, version: string) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'Demanded where the server listens beyond its own machine.',
  })
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Didymium',
      version,
      description,
      license: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
  })
}

/** Limits of bodies that are not those of plant files. */
function limitBodies(app: OpenAPIHono<LedgerEnv>, limits: LedgerLimits) {
  const limited = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: (c) =>
        refuse(c, refused('too-large', 'the body is too large', `at most ${maxSize} bytes`)),
    })
  app.use('/epcis/*', limited(limits.captureBytes))
  app.use('/api/ledger/commands/*', limited(limits.commandBytes))
  app.use('/api/ledger/assays', limited(limits.tableBytes))
  for (const path of ['/api/session', '/api/accounts/*', '/api/tokens/*']) {
    app.use(path, limited(limits.commandBytes))
  }
}

/** The routes of the ledger; each lets in who may do what it does. */
function addLedger(app: OpenAPIHono<LedgerEnv>, limits: LedgerLimits) {
  limitBodies(app, limits)
  app.use('/epcis/*', negotiate())
  app.options('/epcis/*', options)
  for (const { needs, route } of guardedRoutes) {
    app.on(route.method, route.getRoutingPath(), admit(needs))
  }
  app.openapiRoutes(guardedRoutes)
  app.all('/epcis/*', noResource)
}

/** The application: who asks is looked at first, then the API answers, then the page. */
export function createApp({ serving, isLoopback, port, page, fault }: AppOptions) {
  const app = new OpenAPIHono<LedgerEnv>({
    defaultHook: (result, c) =>
      result.success ? undefined : refuse(c, wrong(result.error.issues, result.target)),
  })
  app.use(guard({ access: serving.access, isLoopback, port }))
  for (const path of ['/api/*', '/epcis/*']) {
    app.use(path, async (c, next) => {
      c.set('serving', serving)
      await next()
    })
  }
  app.use(
    '/api/*',
    bodyLimit({
      maxSize: mostBody,
      onError: (c) =>
        refuse(c, refused('too-large', 'the body is too large', `at most ${mostBody} bytes`)),
    }),
  )
  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      if (error.status === 415) {
        return refuse(c, refused('media-type', 'the body is of another kind', 'application/json'))
      }
      if (error.status === 400) {
        return refuse(c, refused('malformed-json', 'the body is not JSON', 'a JSON document'))
      }
    }
    if (error.name === 'StoreError') {
      const expected = 'ask again; nothing is lost that was acknowledged'
      return refuse(c, refused('database', error.message, expected))
    }
    fault(error)
    return refuse(c, refused('fault', 'the program failed at this', 'please report it'))
  })
  const api = app.openapiRoutes(routes)
  addLedger(app, serving.ledger.limits)
  let document: ReturnType<typeof describe> | undefined
  app.get('/api/openapi.json', (c) => c.json((document ??= describe(app, serving.version))))
  app.all('/api/*', (c) => refuse(c, refused('not-found', 'no such route', '/api/openapi.json')))
  app.get('*', givePage(page))
  app.notFound((c) => refuse(c, refused('not-found', 'no such address', '/ or /api/openapi.json')))
  return api
}

/** The application as the typed client of hono knows it. */
export type Api = ReturnType<typeof createApp>
