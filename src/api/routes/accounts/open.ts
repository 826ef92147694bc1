import { createRoute, z } from '@hono/zod-openapi'
import { refuse } from '../../errors.ts'
import { isOpenTo, setOpen } from '../../ledger/accounts.ts'
import { notAllowed } from '../../ledger/admit.ts'
import { audit } from '../../ledger/audit.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json, jsonBody } from '../../schemas.ts'

const openSchema = z
  .strictObject({
    isOpen: z.boolean().openapi({ description: 'whoever is at this machine may do all' }),
  })
  .openapi('OpenLedger')

export const openLedger = ledgerRoute({
  needs: 'accounts',
  route: createRoute({
    method: 'put',
    path: '/api/ledger/open',
    summary: 'Opens the ledger to whoever is at its machine, or closes it again',
    description: 'Without any account a ledger is open at its machine whatever this says.',
    request: { body: jsonBody(openSchema) },
    responses: { 200: json(openSchema, 'how it is now'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger, actor, serving } = c.var
    const { isOpen } = c.req.valid('json')
    const done = { action: isOpen ? 'ledger open' : 'ledger close', subject: '' }
    if (actor.via === 'token') {
      await audit(c, { ...done, outcome: 'forbidden' })
      return refuse(c, notAllowed(actor, 'open the ledger with a token'))
    }
    await setOpen(ledger, isOpen)
    await audit(c, { ...done, outcome: 'accepted' })
    return c.json({ isOpen: await isOpenTo(ledger, serving.ledger.isLoopback) }, 200)
  },
})
