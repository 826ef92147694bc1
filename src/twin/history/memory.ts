/**
 * A ledger in memory that judges commands as a real one does, in the order of their time, so that a
 * made-up history can be told without a database.
 */
import {
  type Campaign,
  commands,
  type Effects,
  effectsOf,
  type EpcisEvent,
  type Flow,
  foldLot,
  isUri,
  type Known,
  ledgerContext,
  type LotState,
  newRecord,
  partsOf,
  type Site,
  uriOf,
} from '../../ledger/index.ts'

type KnownEvent = Known['events'] extends ReadonlyMap<string, infer E> ? E : never

/** The lists grow while the history is told. */
export interface Memory {
  readonly site: Site
  readonly sha256: (text: string) => string
  readonly by: string
  readonly states: Map<string, LotState>
  readonly effects: Map<string, Effects[]>
  readonly campaigns: Map<string, Campaign>
  readonly flows: Map<string, Flow[]>
  readonly events: Map<string, KnownEvent>
  readonly ofEvent: Map<string, Effects>
}

export function openMemory(site: Site, by: string, sha256: Memory['sha256']): Memory {
  return {
    site,
    by,
    sha256,
    states: new Map(),
    effects: new Map(),
    campaigns: new Map(),
    flows: new Map(),
    events: new Map(),
    ofEvent: new Map(),
  }
}

const fullUri = ({ site }: Memory, kind: 'lot' | 'campaign', ref: string) =>
  isUri(ref) ? ref : uriOf(site, kind, ref)

/** A lot of the history by its code. */
export const lotOf = (memory: Memory, code: string): LotState | undefined =>
  memory.states.get(fullUri(memory, 'lot', code))

/** Folds the lots of an event anew, without an event that is wrong. */
function refold(memory: Memory, uris: Iterable<string>, without?: string): Map<string, LotState> {
  const folded = new Map<string, LotState>()
  for (const uri of uris) {
    const own = (memory.effects.get(uri) ?? []).filter(({ id }) => id !== without)
    const { state } = foldLot(uri, own)
    if (state !== undefined) folded.set(uri, state)
  }
  return folded
}

/** What a command may look at: of a correction, lots as they are without the wrong event. */
function knownBy(memory: Memory, refs: readonly string[], now: number, wrong?: string): Known {
  const lots = new Map<string, LotState>()
  const touched = wrong === undefined ? [] : [...partsOf(effectsBy(memory, wrong)).keys()]
  const corrected = refold(memory, touched, wrong)
  for (const ref of [...refs, ...touched]) {
    const uri = fullUri(memory, 'lot', ref)
    const state = touched.includes(uri) ? corrected.get(uri) : memory.states.get(uri)
    if (state === undefined) continue
    lots.set(ref, state)
    lots.set(uri, state)
  }
  const campaigns = new Map<string, Campaign>()
  for (const [uri, campaign] of memory.campaigns) {
    campaigns.set(uri, campaign)
    campaigns.set(campaign.code, campaign)
  }
  const history = new Map(
    touched.map((uri) => [uri, (memory.effects.get(uri) ?? []).filter(({ id }) => id !== wrong)]),
  )
  return {
    lots,
    campaigns,
    events: memory.events,
    flows: memory.flows,
    site: memory.site,
    now,
    ...(wrong === undefined ? {} : { history }),
  }
}

function effectsBy(memory: Memory, id: string): Effects {
  const found = memory.ofEvent.get(id)
  if (found === undefined) throw new Error(`the history has no event ${id}`)
  return found
}

function markCampaigns(memory: Memory, { campaigns, flows }: Effects): void {
  for (const mark of campaigns) {
    if (mark.mark === 'start') memory.campaigns.set(mark.campaign.uri, mark.campaign)
    else {
      const campaign = memory.campaigns.get(mark.uri)
      if (campaign !== undefined) memory.campaigns.set(mark.uri, { ...campaign, end: mark.time })
    }
  }
  for (const flow of flows) {
    const own = memory.flows.get(flow.node) ?? []
    own.push(flow)
    memory.flows.set(flow.node, own)
  }
}

/** Takes one event in; an earlier one than the last of a lot folds the lot anew. */
function takeIn(memory: Memory, event: EpcisEvent): void {
  const effects = effectsOf({ event, context: ledgerContext })
  const id = event.eventID ?? ''
  memory.events.set(id, { event, context: ledgerContext, isVoid: false })
  memory.ofEvent.set(id, effects)
  markCampaigns(memory, effects)
  for (const uri of partsOf(effects).keys()) {
    const before = memory.states.get(uri)
    const own = memory.effects.get(uri) ?? []
    own.push(effects)
    memory.effects.set(uri, own)
    const isLater = before === undefined || before.last.time < effects.time
    const { state } = isLater ? foldLot(uri, [effects], before) : foldLot(uri, own)
    if (state !== undefined) memory.states.set(uri, state)
  }
}

/** Takes an event out that was declared wrong. */
function takeOut(memory: Memory, id: string): void {
  const known = memory.events.get(id)
  if (known !== undefined) memory.events.set(id, { ...known, isVoid: true })
  for (const uri of partsOf(effectsBy(memory, id)).keys()) {
    const own = (memory.effects.get(uri) ?? []).filter((one) => one.id !== id)
    memory.effects.set(uri, own)
    const { state } = foldLot(uri, own)
    if (state === undefined) memory.states.delete(uri)
    else memory.states.set(uri, state)
  }
}

/**
 * Runs a command at a time, ms since 1970, and answers its events with their IDs. Throws where the
 * ledger would refuse it: a made-up history must bear being told.
 */
export function tell(
  memory: Memory,
  name: string,
  input: Readonly<Record<string, unknown>>,
  now: number,
): readonly EpcisEvent[] {
  const entry = commands.find((one) => one.name === name)
  if (entry === undefined) throw new Error(`there is no command ${name}`)
  const wrong = name === 'correct' ? String(input['event']) : undefined
  const { lots } = entry.needs(input)
  const judged = entry.judge(input, knownBy(memory, lots, now, wrong))
  if (judged.status !== 'accepted') {
    throw new Error(`${name} ${JSON.stringify(input)}: ${judged.status}: ${judged.detail}`)
  }
  const named = (event: EpcisEvent) =>
    newRecord(event, ledgerContext, memory.by, memory.sha256).event
  const right = judged.events.filter(({ errorDeclaration }) => errorDeclaration === undefined)
  const stored = right.map(named)
  const ids = stored.flatMap(({ eventID }) => eventID ?? [])
  if (wrong !== undefined) takeOut(memory, wrong)
  for (const event of stored) takeIn(memory, event)
  const declared = judged.events.flatMap((event) => {
    const { errorDeclaration } = event
    if (errorDeclaration === undefined) return []
    const whole = ids.length === 0 ? {} : { correctiveEventIDs: ids }
    return [named({ ...event, errorDeclaration: { ...errorDeclaration, ...whole } })]
  })
  return [...stored, ...declared]
}
