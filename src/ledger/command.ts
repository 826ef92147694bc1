import type { z } from 'zod'
import type { Effects, Flow } from './effects.ts'
import type { EpcisEvent, Json } from './epcis/event.ts'
import type { Campaign } from './lot.ts'
import type { LotState } from './state.ts'

/** The business whose ledger it is. */
export interface Site {
  readonly name: string
  /** Begins the URIs that this site gives: https://recycler.example/id. */
  readonly authority: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** True for a made-up history; every page and certificate then says so. */
  readonly isSynthetic: boolean
  /** Places that commands may name; left out: any. */
  readonly places?: readonly SitePlace[]
}

export interface SitePlace {
  /** Ends its URI: `${authority}/place/${code}`. */
  readonly code: string
  readonly name: string
}

/**
 * Why a command is refused, the first that applies of this order. Published: programs may rely on
 * the words and on their order.
 */
export const statuses = [
  'accepted',
  'forbidden',
  'malformed',
  'unknown-lot',
  'unknown-campaign',
  'unknown-event',
  'unknown-place',
  'already-exists',
  'already-corrected',
  'campaign-ended',
  'before-its-time',
  'in-the-future',
  'not-there',
  'not-enough',
  'mass-not-conserved',
  'mixes-custody',
  'not-released',
  'already-shipped',
  'would-break-later-events',
  'conflict',
] as const
export type CommandStatus = (typeof statuses)[number]
export type RefusedStatus = Exclude<CommandStatus, 'accepted'>

/** What a command has to know of the ledger before it can be judged. */
export interface Needs {
  /** URIs or codes of lots. */
  readonly lots: readonly string[]
  readonly campaigns: readonly string[]
  /** Event IDs. */
  readonly events: readonly string[]
  /** When it happens, ms; left out: now. Decides which histories are wanted. */
  readonly time?: number
  /** True when the charges and draws of the campaigns are wanted too. */
  readonly flows?: boolean
}

/** What was found of it. Lots and campaigns are found by URI and by code. */
export interface Known {
  readonly lots: ReadonlyMap<string, LotState>
  readonly campaigns: ReadonlyMap<string, Campaign>
  readonly events: ReadonlyMap<
    string,
    { readonly event: EpcisEvent; readonly context: Json; readonly isVoid: boolean }
  >
  /**
   * By URI of a lot that has events at or after the time of the command: all its valid events, in
   * order. For a correction: of every lot of the event, and without that event.
   */
  readonly history?: ReadonlyMap<string, readonly Effects[]>
  /** True within a correction, which looks itself at what it would break. */
  readonly isPart?: boolean
  /** Charges and draws by URI of the campaign, where they were asked for. */
  readonly flows?: ReadonlyMap<string, readonly Flow[]>
  readonly site: Site
  /** The present, ms since 1970. */
  readonly now: number
}

export type Judged =
  | { readonly status: 'accepted'; readonly events: readonly EpcisEvent[] }
  | { readonly status: RefusedStatus; readonly detail: string; readonly expected: string }

/** Who may do what: each role may do what is listed for it in `roles.ts`. */
export const roles = ['viewer', 'operator', 'laboratory', 'quality', 'administrator'] as const
export type Role = (typeof roles)[number]

/**
 * One thing that people do: a file of `commands/` and a line of its index. The terminal, the API,
 * the forms of the page, the reference and the tests walk the registry.
 */
export interface CommandEntry<Input = never> {
  /** receive, weigh, stock-take ... */
  readonly name: string
  readonly about: string
  /** Roles that may do it, beside the administrator. */
  readonly roles: readonly Role[]
  /** Fields with their description (`.describe`), units in words; strict. */
  readonly input: z.ZodType<Input>
  /** An input that is accepted in an ordinary ledger. */
  readonly example: Input
  readonly needs: (input: Input) => Needs
  /** The events that the command means, or why it is refused. Pure. */
  readonly judge: (input: Input, known: Known) => Judged
}
