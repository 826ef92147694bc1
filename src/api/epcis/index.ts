import type { Context } from 'hono'
import type { LedgerEnv } from '../ledger/env.ts'
import { captureRoutes, limitHeaders } from './capture.ts'
import { except } from './problem.ts'
import { queryRoutes } from './queries.ts'

/** Every route of EPCIS 2.0, under its standard path below /epcis. */
export const epcisRoutes = [...captureRoutes, ...queryRoutes] as const

/** Methods that a path answers to; none for one that is not of EPCIS. */
function methodsOf(path: string): readonly string[] {
  const steps = path.split('/')
  const methods = epcisRoutes
    .filter(({ route }) => {
      const parts = route.path.split('/')
      return (
        parts.length === steps.length &&
        parts.every((part, k) => part === steps[k] || (part.startsWith('{') && steps[k] !== ''))
      )
    })
    .map(({ route }) => route.method.toUpperCase())
  return path === '/epcis' || methods.length > 0 ? [...new Set([...methods, 'OPTIONS'])] : []
}

/** What a path answers to, and what is spoken there. */
export function options(c: Context<LedgerEnv>): Response {
  const methods = methodsOf(c.req.path.replace(/\/$/, ''))
  if (methods.length === 0) return noResource(c)
  c.header('Allow', methods.join(', '))
  limitHeaders(c)
  c.header('GS1-Capture-Error-Behaviour', 'rollback')
  return c.body(null, 204)
}

/** Answers where there is no route: another method, or nothing at all. */
export function noResource(c: Context<LedgerEnv>): Response {
  const methods = methodsOf(c.req.path.replace(/\/$/, ''))
  if (methods.length === 0) {
    return except(c, 'NoSuchResourceException', `nothing at ${c.req.path}; see /api/openapi.json`)
  }
  c.header('Allow', methods.join(', '))
  const detail = `${c.req.method} is not answered here, but ${methods.join(', ')}`
  return except(c, 'ImplementationException', detail, { status: 405 })
}
