import { catchUp } from './catch-up.ts'
import { campaignChecks } from './checks/index.ts'
import { statesOf } from './family.ts'
import type { Ledger } from './ledger.ts'
import type { Campaign } from './lot.ts'
import { remembered } from './remembered.ts'
import type { LedgerFinding } from './state.ts'
import type { LedgerStore } from './store.ts'

const campaignsAtOnce = 20

/** What is wrong with campaigns: with their flows, and with what was charged together. */
async function lookAt(
  store: LedgerStore,
  campaigns: readonly Campaign[],
): Promise<LedgerFinding[]> {
  // Asked for first: what is read after it is kept only if nothing has changed since.
  const { keepCampaign } = await remembered(store)
  const all = await store.flowsOf(campaigns.map(({ uri }) => uri))
  const charged = all.filter(({ direction }) => direction === 'in').map(({ lot }) => lot)
  const states = await statesOf(store, [...new Set(charged)])
  return campaigns.flatMap((campaign) => {
    const flows = all
      .filter(({ node }) => node === campaign.uri)
      .sort((a, b) => a.time - b.time || (a.event < b.event ? -1 : 1))
    const found = campaignChecks.flatMap(({ code, severity, find }) =>
      find({ uri: campaign.uri, campaign, flows, lots: states }).map(
        ({ message, flow }): LedgerFinding => ({
          code,
          severity,
          message,
          lot: flow.lot,
          campaign: campaign.uri,
          event: flow.event,
          time: flow.time,
        }),
      ),
    )
    keepCampaign(
      campaign.uri,
      found,
      flows.map(({ lot }) => lot),
    )
    return found
  })
}

/** What is not as it should be, of lots and of campaigns; the newest first, at most `limit`. */
export async function findings(ledger: Ledger, limit = 1000): Promise<readonly LedgerFinding[]> {
  await catchUp(ledger)
  const { store } = ledger
  const found: LedgerFinding[] = [...(await store.findings(limit))]
  const campaigns = await store.campaigns({})
  const known = (await remembered(store)).campaigns
  const unseen: Campaign[] = []
  for (const campaign of campaigns) {
    const before = known.get(campaign.uri)
    if (before === undefined) unseen.push(campaign)
    else found.push(...before)
  }
  for (let start = 0; start < unseen.length; start += campaignsAtOnce) {
    found.push(...(await lookAt(store, unseen.slice(start, start + campaignsAtOnce))))
  }
  return found.sort((a, b) => b.time - a.time).slice(0, limit)
}
