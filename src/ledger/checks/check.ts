import type { Effects, Flow, Release } from '../effects.ts'
import type { Campaign, LotMaster } from '../lot.ts'
import type { Part } from '../part.ts'
import type { LedgerFinding, LotState } from '../state.ts'

/** One event as it meets one lot. */
export interface Step {
  readonly uri: string
  readonly event: Effects
  /** What the event says of this lot. */
  readonly part: Part
  readonly before: {
    readonly places: ReadonlyMap<string, number>
    readonly came: number
    readonly master: LotMaster | undefined
    readonly releases: readonly Release[]
  }
  readonly after: { readonly places: ReadonlyMap<string, number> }
}

interface Rule {
  /** Published: programs may rely on it. */
  readonly code: string
  readonly severity: LedgerFinding['severity']
  /** What is wrong when it finds something, in a sentence. */
  readonly about: string
}

/** A rule on one event of one lot; says what is wrong. */
export interface LotCheck extends Rule {
  readonly find: (step: Step) => string | undefined
}

/** A rule on a lot after all its events. */
export interface StateCheck extends Rule {
  readonly find: (state: LotState) => string | undefined
}

/** A transformation over several events with everything that went into it and came out. */
export interface CampaignView {
  readonly uri: string
  readonly campaign: Campaign
  /** In order of time. */
  readonly flows: readonly Flow[]
  readonly lots: ReadonlyMap<string, LotState>
}

/** A rule on a campaign; says what is wrong and with which flow. */
export interface CampaignCheck extends Rule {
  readonly find: (
    view: CampaignView,
  ) => readonly { readonly message: string; readonly flow: Flow }[]
}

/** A mass for people: 12.5 kg. */
export const inKilograms = (mg: number): string => `${mg / 1e6} kg`
