import { createRoute, z } from '@hono/zod-openapi'
import { findings, flagged } from '../../../ledger/index.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { findingListSchema } from './documents.ts'
import { count } from './schemas.ts'

export const readFindings = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/findings',
    summary: 'What is not as it should be, and shipped lots of which something changed since',
    request: { query: z.object({ limit: count(10_000, 1000) }) },
    responses: { 200: json(findingListSchema, 'findings'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { limit } = c.req.valid('query')
    const { ledger } = c.var
    const [found, flags] = [await findings(ledger, limit), await flagged(ledger, limit)]
    return c.json({ findings: found, flags }, 200)
  },
})
