/** Whether a campaign still makes sense after a correction. */
import { campaignChecks } from '../../checks/index.ts'
import type { Effects } from '../../effects.ts'
import type { Campaign } from '../../lot.ts'
import { compareOrder } from '../../part.ts'
import type { LotState } from '../../state.ts'
import { codeOf } from '../../uris.ts'
import { at, type Case, refuse } from './case.ts'

/** A campaign with the starts and ends that events make. */
function marked(campaign: Campaign | undefined, uri: string, events: readonly Effects[]) {
  let now = campaign
  for (const mark of events.flatMap((one) => one.campaigns)) {
    if (mark.mark === 'start' && mark.campaign.uri === uri) now = { ...now, ...mark.campaign }
    if (mark.mark === 'end' && mark.uri === uri && now !== undefined)
      now = { ...now, end: mark.time }
  }
  return now
}

function errorsOf(c: Case, uri: string, events: readonly Effects[]) {
  const campaign = marked(c.known.campaigns.get(uri), uri, events)
  const own = events.flatMap((one) => one.flows.filter(({ node }) => node === uri))
  const flows = [...(c.known.flows?.get(uri) ?? []), ...own].toSorted((a, b) =>
    compareOrder({ time: a.time, id: a.event }, { time: b.time, id: b.event }),
  )
  if (campaign === undefined) {
    return flows.map((flow) => {
      return { flow, message: 'it was never started', key: `not-started ${flow.event}` }
    })
  }
  const view = { uri, campaign, flows, lots: new Map<string, LotState>() }
  return campaignChecks
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ code, find }) =>
      find(view).map((one) => ({ ...one, key: `${code} ${one.flow.event}` })),
    )
}

/** Refuses a correction after which a charge or a draw would have no campaign to belong to. */
export function keepCampaigns(
  c: Case,
  right: readonly Effects[],
  withdrawn: readonly Effects[],
): void {
  for (const uri of c.known.flows?.keys() ?? []) {
    const before = new Set(errorsOf(c, uri, withdrawn).map(({ key }) => key))
    const broken = errorsOf(c, uri, right).find(({ key }) => !before.has(key))
    if (broken === undefined) continue
    const { flow, message } = broken
    const what = `lot ${codeOf(flow.lot)} at ${at(c, flow.time)}: ${message}`
    const detail = `It would contradict what is written of campaign ${codeOf(uri)}, ${what}.`
    refuse(c, 'would-break-later-events', detail, 'A correction of those charges and draws first.')
    return
  }
}
