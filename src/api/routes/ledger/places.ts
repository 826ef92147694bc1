import { createRoute } from '@hono/zod-openapi'
import { catchUp, codeOf, siteOf, uriOf } from '../../../ledger/index.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { groupsOf } from '../../ledger/groups.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { placeListSchema } from './schemas.ts'

export const listPlaces = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/places',
    summary: 'Places of the site, and those where something is or runs',
    responses: { 200: json(placeListSchema, 'places'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    await catchUp(ledger)
    const site = await siteOf(ledger.store)
    const held = groupsOf(await ledger.store.holdings(), ({ place }) => place)
    const names = new Map(
      (site.places ?? []).map(({ code, name }) => [uriOf(site, 'place', code), name]),
    )
    const campaigns = await ledger.store.campaigns({})
    const uris = new Set([...names.keys(), ...held.keys(), ...campaigns.map(({ place }) => place)])
    const places = [...uris].sort().map((uri) => {
      const there = (held.get(uri) ?? []).filter(({ mg }) => mg !== 0)
      const code = codeOf(uri)
      return {
        uri,
        code,
        name: names.get(uri) ?? code,
        lots: there.length,
        mg: there.reduce((sum, { mg }) => sum + mg, 0),
      }
    })
    return c.json({ places }, 200)
  },
})
