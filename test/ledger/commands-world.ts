/** A ledger in memory: its commands are judged by what the events before them say. */
import { createHash } from 'node:crypto'
import { partsOf } from '../../src/ledger/part.ts'
import {
  type Campaign,
  commands,
  type Effects,
  effectsOf,
  type EpcisEvent,
  eventHash,
  type Flow,
  foldLot,
  type Judged,
  type Known,
  ledgerContext,
  type LotState,
  unnamedSite,
  uriOf,
} from '../../src/ledger/index.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The event as it is stored: with the ID that its content gives it. */
export const named = (event: EpcisEvent): EpcisEvent => ({
  ...event,
  eventID: event.eventID ?? eventHash(event, ledgerContext, sha256),
})

export const present = Date.parse('2026-03-10T00:00:00Z')

export interface World {
  readonly events: EpcisEvent[]
  readonly effects: Effects[]
  readonly lots: Map<string, LotState>
  readonly campaigns: Map<string, Campaign>
  readonly flows: Map<string, Flow[]>
}

export const emptyWorld = (): World => ({
  events: [],
  effects: [],
  lots: new Map(),
  campaigns: new Map(),
  flows: new Map(),
})

export const commandOf = (name: string) => {
  const entry = commands.find((one) => one.name === name)
  if (entry === undefined) throw new Error(`no command ${name}`)
  return entry
}

const naming = (world: World, lot: string) => world.effects.filter((one) => partsOf(one).has(lot))

/** What the world knows, with every history, as for a command of that time. */
export function knownOf(world: World, time: number): Known {
  const late = [...world.lots.values()].filter(({ last }) => last.time >= time)
  const history = new Map(late.map(({ uri }) => [uri, naming(world, uri)]))
  return {
    lots: world.lots,
    campaigns: world.campaigns,
    events: new Map(
      world.events.map((event) => [
        event.eventID ?? '',
        { event, context: ledgerContext, isVoid: false },
      ]),
    ),
    ...(history.size === 0 ? {} : { history }),
    flows: world.flows,
    site: unnamedSite,
    now: present,
  }
}

/** Judges a command whose input is read; the world stays as it is. */
export function judge(world: World, name: string, input: object): Judged {
  const entry = commandOf(name)
  return entry.judge(input, knownOf(world, entry.needs(input).time ?? present))
}

export function takeIn(world: World, event: EpcisEvent): void {
  const kept = named(event)
  const effects = effectsOf({ event: kept, context: ledgerContext })
  world.events.push(kept)
  world.effects.push(effects)
  for (const uri of partsOf(effects).keys()) {
    const { state } = foldLot(uri, naming(world, uri))
    if (state === undefined) continue
    world.lots.set(uri, state)
    if (state.master !== undefined) world.lots.set(state.master.code, state)
  }
  for (const mark of effects.campaigns) {
    if (mark.mark === 'start') {
      world.campaigns.set(mark.campaign.uri, mark.campaign).set(mark.campaign.code, mark.campaign)
      continue
    }
    const old = world.campaigns.get(mark.uri)
    if (old === undefined) continue
    const ended = { ...old, end: mark.time }
    world.campaigns.set(old.uri, ended).set(old.code, ended)
  }
  for (const flow of effects.flows) {
    world.flows.set(flow.node, [...(world.flows.get(flow.node) ?? []), flow])
  }
}

/** Runs a command; throws when it is refused. */
export function run(world: World, name: string, input: object): readonly EpcisEvent[] {
  const judged = judge(world, name, commandOf(name).input.parse(input) as object)
  if (judged.status !== 'accepted') throw new Error(`${name}: ${judged.status} ${judged.detail}`)
  for (const event of judged.events) takeIn(world, event)
  return judged.events.map(named)
}

const day = (time: string) => `2026-03-01T${time}:00+00:00`

/** What an ordinary ledger holds: the examples of the commands are accepted by it. */
export const ordinary: readonly (readonly [string, object])[] = [
  ['receive', { lot: 'F-2026-0001', mass: '712 kg', place: 'receiving', time: day('08:00') }],
  ['receive', { lot: 'F-2026-0002', mass: '260 kg', place: 'receiving', time: day('10:00') }],
  ['start-campaign', { campaign: 'C-2026-01', place: 'sx1', time: day('08:30') }],
  [
    'charge',
    { campaign: 'C-2026-01', lots: [{ lot: 'F-2026-0001', mass: '200 kg' }], time: day('09:00') },
  ],
  [
    'draw',
    {
      campaign: 'C-2026-01',
      lots: [
        { lot: 'P-2026-0001', mass: '60 kg', kind: 'product', product: 'didymium' },
        { lot: 'P-2026-0003', mass: '30 kg', kind: 'product', product: 'didymium' },
        { lot: 'P-2026-0004', mass: '20 kg', kind: 'product', product: 'didymium' },
        { lot: 'R-2026-0001', mass: '90 kg', kind: 'residue' },
      ],
      place: 'store',
      time: day('11:00'),
    },
  ],
  [
    'release',
    {
      lots: [{ lot: 'P-2026-0003' }, { lot: 'P-2026-0004' }],
      decision: 'released',
      time: day('12:00'),
    },
  ],
  ['ship', { lots: [{ lot: 'P-2026-0004' }], to: 'magnet-maker', time: day('13:00') }],
  ['pack', { package: 'D-0100', lots: [{ lot: 'P-2026-0001' }], time: day('14:00') }],
  [
    'sample',
    { lot: 'F-2026-0001', samples: [{ lot: 'S-2026-0001', mass: '100 g' }], time: day('15:00') },
  ],
]

export function ordinaryWorld(): World {
  const world = emptyWorld()
  for (const [name, input] of ordinary) run(world, name, input)
  return world
}

/** The URI of a lot of the ordinary ledger. */
export const lotUri = (code: string) => uriOf(unnamedSite, 'lot', code)
