import { createRoute, z } from '@hono/zod-openapi'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { count } from '../ledger/schemas.ts'
import { auditSchema } from './schemas.ts'

export const readAudit = ledgerRoute({
  needs: 'audit',
  route: createRoute({
    method: 'get',
    path: '/api/audit',
    summary: 'Who did what, and what was refused; the newest first',
    request: {
      query: z.object({
        account: z.string().max(64).optional(),
        before: z.coerce.number().optional().openapi({ description: 'ms since 1970' }),
        limit: count(1000, 100),
      }),
    },
    responses: { 200: json(auditSchema, 'entries'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { account, before, limit } = c.req.valid('query')
    const entries = await c.var.ledger.store.audited({
      limit: Math.max(1, limit),
      ...(account === undefined ? {} : { account }),
      ...(before === undefined ? {} : { before }),
    })
    // Entries of one millisecond stay together, so that none is lost between two pages.
    const last = entries.length < limit ? undefined : entries.at(-1)?.time
    const whole = entries.filter(({ time }) => time !== last)
    const isCut = last !== undefined && whole.length > 0
    return c.json({ entries: isCut ? whole : [...entries], before: isCut ? last + 1 : null }, 200)
  },
})
