import type { Assay, Campaign, Claim, LotMaster, Weighing } from './lot.ts'

/** Where an event stands in the order of the world: by time, then by its id. */
export interface Order {
  /** Milliseconds since 1970. */
  readonly time: number
  /** Event ID. */
  readonly id: string
}

/** What one event says of one lot's mass. */
export interface MassEffect {
  readonly lot: string
  /**
   * change: mg comes (positive) or goes (negative); count: the lot has exactly mg there;
   * move: mg goes from `place` to `to`, all that is there when mg is undefined;
   * arrive: the lot has mg at `to` and nowhere else: what was elsewhere moved there, what was
   * nowhere came. Only events of others that observe a receipt say this.
   */
  readonly kind: 'change' | 'count' | 'move' | 'arrive'
  readonly mg?: number
  /** URI of the place; undefined: wherever the lot is. */
  readonly place?: string
  readonly to?: string
  /** Why: receiving, charge, draw, blend, ship, scrap, stock-take ... the word of the command. */
  readonly why: string
}

/** Mass into or out of a transformation: what genealogy walks. */
export interface Flow {
  /** URI of the campaign, or the event ID of a transformation in one event. */
  readonly node: string
  readonly lot: string
  readonly direction: 'in' | 'out'
  readonly mg: number
  readonly time: number
  readonly event: string
}

/** A lot that left to somebody, or came back. */
export interface Shipment {
  readonly lot: string
  readonly time: number
  readonly event: string
  readonly direction: 'out' | 'back'
  readonly mg: number
  readonly party?: string
  readonly order?: string
  /** What is claimed of the lot by mass balance: spends what the account has earned. */
  readonly claims?: readonly Claim[]
}

/** Quality has let a lot go, or refused it. The last word counts. */
export interface Release {
  readonly lot: string
  readonly time: number
  readonly event: string
  readonly isConformant: boolean
  /** What it was judged by, and why. */
  readonly specification?: string
  readonly reason?: string
}

/** A lot put into, or taken out of, a package. */
export interface Packing {
  readonly lot: string
  readonly time: number
  readonly event: string
  readonly package: string
  readonly action: 'ADD' | 'DELETE'
  readonly mg?: number
}

/** A lot whose mass is not in a unit of mass, or any other trouble of reading an event. */
export interface Trouble {
  readonly lot?: string
  readonly message: string
}

/** All that one event says, in the words of the ledger. Nothing here depends on other events. */
export interface Effects extends Order {
  readonly lots: readonly LotMaster[]
  readonly masses: readonly MassEffect[]
  readonly flows: readonly Flow[]
  readonly weighings: readonly Weighing[]
  readonly assays: readonly Assay[]
  readonly shipments: readonly Shipment[]
  readonly packings: readonly Packing[]
  readonly releases?: readonly Release[]
  /** A campaign that starts or ends here. */
  readonly campaigns: readonly CampaignMark[]
  readonly troubles: readonly Trouble[]
}

export type CampaignMark =
  | { readonly mark: 'start'; readonly campaign: Campaign }
  | { readonly mark: 'end'; readonly uri: string; readonly time: number }
