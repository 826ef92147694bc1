import { createRoute, z } from '@hono/zod-openapi'
import { refusals } from '../errors.ts'
import { json } from '../schemas.ts'
import { answered } from '../serving.ts'

const healthSchema = z
  .object({ status: z.literal('ok'), version: z.string(), running: z.number() })
  .openapi('Health')

export const health = answered({
  route: createRoute({
    method: 'get',
    path: '/api/health',
    summary: 'Whether the server answers, its version and the jobs under way',
    responses: { 200: json(healthSchema, 'it answers'), ...refusals() },
  }),
  handler: (c) => {
    const { version, jobs } = c.var.serving
    return c.json({ status: 'ok' as const, version, running: jobs.running() }, 200)
  },
})
