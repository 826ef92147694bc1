import { createRoute, z } from '@hono/zod-openapi'
import { type Campaign, catchUp, type Flow } from '../../../ledger/index.ts'
import { refuse, refused } from '../../errors.ts'
import type { OpenLedger } from '../../ledger/door.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { groupsOf } from '../../ledger/groups.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { rangeOf } from './list-lots.ts'
import { campaignDetailSchema, campaignListSchema, reference, timeText } from './schemas.ts'

/** A campaign with the sums of what went in and what came out. */
function campaignRow(campaign: Campaign, flows: readonly Flow[]) {
  const [charged, drawn] = [
    flows.filter(({ direction }) => direction === 'in'),
    flows.filter(({ direction }) => direction === 'out'),
  ]
  const sum = (of: readonly Flow[]) => of.reduce((total, { mg }) => total + mg, 0)
  return {
    ...campaign,
    chargedMg: sum(charged),
    drawnMg: sum(drawn),
    charges: charged.length,
    draws: drawn.length,
  }
}

export const listCampaigns = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/campaigns',
    summary: 'Campaigns with what was charged and drawn, in order of their start',
    request: { query: z.object({ from: timeText.optional(), to: timeText.optional() }) },
    responses: { 200: json(campaignListSchema, 'campaigns'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { from, to } = c.req.valid('query')
    const { store } = c.var.ledger
    await catchUp(c.var.ledger)
    const isTimed = from !== undefined || to !== undefined
    const found = await store.campaigns(isTimed ? { time: rangeOf(from, to) } : {})
    const flows = groupsOf(await store.flowsOf(found.map(({ uri }) => uri)), ({ node }) => node)
    const rows = found.map((one) => campaignRow(one, flows.get(one.uri) ?? []))
    return c.json({ campaigns: rows.sort((a, b) => a.start - b.start) }, 200)
  },
})

/** A campaign by URI or code. */
async function campaignOf(ledger: OpenLedger, ref: string): Promise<Campaign | undefined> {
  const [found] = await ledger.store.campaigns({ uris: [ref] })
  return found ?? (await ledger.store.campaigns({})).find(({ code }) => code === ref)
}

export const readCampaign = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/campaign',
    summary: 'A campaign with every charge and draw',
    request: { query: z.object({ ref: reference('a campaign') }) },
    responses: { 200: json(campaignDetailSchema, 'the campaign'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    await catchUp(ledger)
    const campaign = await campaignOf(ledger, c.req.valid('query').ref)
    if (campaign === undefined) return refuse(c, refused('not-found', 'no such campaign'))
    const flows = await ledger.store.flowsOf([campaign.uri])
    const lots = await ledger.store.lots([...new Set(flows.map(({ lot }) => lot))])
    const named = flows.map((flow) => {
      const master = lots.get(flow.lot)?.master
      const { code = flow.lot, kind = null, product = null } = master ?? {}
      return { ...flow, code, kind, product }
    })
    named.sort((a, b) => a.time - b.time)
    return c.json({ campaign: campaignRow(campaign, flows), flows: named }, 200)
  },
})
