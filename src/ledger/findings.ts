import { catchUp } from './catch-up.ts'
import { campaignChecks } from './checks/index.ts'
import { statesOf } from './family.ts'
import type { Ledger } from './ledger.ts'
import type { Campaign } from './lot.ts'
import type { LedgerFinding } from './state.ts'
import type { LedgerStore } from './store.ts'

const campaignsAtOnce = 20

/** What is wrong with campaigns: with their flows, and with what was charged together. */
async function findingsOf(
  store: LedgerStore,
  campaigns: readonly Campaign[],
): Promise<LedgerFinding[]> {
  const all = await store.flowsOf(campaigns.map(({ uri }) => uri))
  const states = await statesOf(store, [...new Set(all.map(({ lot }) => lot))])
  return campaigns.flatMap((campaign) => {
    const flows = all
      .filter(({ node }) => node === campaign.uri)
      .sort((a, b) => a.time - b.time || (a.event < b.event ? -1 : 1))
    return campaignChecks.flatMap(({ code, severity, find }) =>
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
  })
}

/** What is not as it should be, of lots and of campaigns; the newest first, at most `limit`. */
export async function findings(ledger: Ledger, limit = 1000): Promise<readonly LedgerFinding[]> {
  await catchUp(ledger)
  const { store } = ledger
  const found: LedgerFinding[] = [...(await store.findings(limit))]
  const campaigns = await store.campaigns({})
  for (let start = 0; start < campaigns.length; start += campaignsAtOnce) {
    found.push(...(await findingsOf(store, campaigns.slice(start, start + campaignsAtOnce))))
  }
  return found.sort((a, b) => b.time - a.time).slice(0, limit)
}
