import { createRoute, z } from '@hono/zod-openapi'
import { catchUp, codeOf, genealogy, inventory, siteOf } from '../../../ledger/index.ts'
import { refuse } from '../../errors.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { picture, sendPicture } from '../../ledger/files.ts'
import { lotNamed, noLot } from '../../ledger/lots.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { balanceFor, balanceQuery, driftFor, driftQuery } from './balance.ts'
import { genealogyQuery, inventoryOptions, inventoryQuery } from './lot.ts'

/** Loaded when something is drawn: charts would cost the server its start-up time. */
const drawing = () => import('../../../draw/index.ts')

export const genealogyPicture = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/genealogy.svg',
    summary: 'The genealogy of a lot as a drawing',
    request: { query: genealogyQuery },
    responses: { 200: picture('the drawing'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { lot: ref, direction, depth, limit } = c.req.valid('query')
    const { ledger } = c.var
    const lot = await lotNamed(ledger, ref)
    if (lot === undefined) return refuse(c, noLot(ref))
    const found = await genealogy(ledger, lot, { direction, depth, limit })
    const { isSynthetic } = await siteOf(ledger.store)
    const { drawGenealogy } = await drawing()
    return sendPicture(
      c,
      await drawGenealogy(found, { isSynthetic }),
      `${codeOf(lot)}-${direction}`,
    )
  },
})

export const balancePicture = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/balance.svg',
    summary: 'A balance as a chart',
    request: { query: balanceQuery },
    responses: { 200: picture('the chart'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ledger, serving } = c.var
    const found = await balanceFor(ledger, serving.ledger, c.req.valid('query'))
    if ('code' in found) return refuse(c, found)
    const { drawBalance } = await drawing()
    return sendPicture(c, drawBalance(found), 'balance')
  },
})

export const driftPicture = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/drift.svg',
    summary: 'Drift over campaigns as a chart with its limits',
    request: { query: driftQuery },
    responses: { 200: picture('the chart'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ledger, serving } = c.var
    const found = await driftFor(ledger, serving.ledger, c.req.valid('query'))
    if ('code' in found) return refuse(c, found)
    const { drawDrift } = await drawing()
    return sendPicture(c, drawDrift(found), 'drift')
  },
})

export const inventoryPicture = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/inventory.svg',
    summary: 'The inventory by place as a chart',
    request: { query: inventoryQuery },
    responses: { 200: picture('the chart'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    const site = await siteOf(ledger.store)
    const found = await inventory(ledger, inventoryOptions(site, c.req.valid('query')))
    const { drawInventory } = await drawing()
    return sendPicture(c, drawInventory(found, site), 'inventory')
  },
})

export const timelinePicture = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/campaigns.svg',
    summary: 'Campaigns on a time line',
    request: { query: z.object({}) },
    responses: { 200: picture('the time line'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    await catchUp(ledger)
    const campaigns = await ledger.store.campaigns({})
    const { isSynthetic } = await siteOf(ledger.store)
    const { drawTimeline } = await drawing()
    return sendPicture(c, drawTimeline(campaigns, { now: ledger.now(), isSynthetic }), 'campaigns')
  },
})
