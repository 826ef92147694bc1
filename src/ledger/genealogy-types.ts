import type { LotKind } from './lot.ts'

/** Share, 0 to 1, by element symbol. */
export type Shares = Readonly<Record<string, number>>

export interface GenealogyNode {
  /** URI of a lot or campaign, or event ID of a transformation in one event. */
  readonly uri: string
  readonly type: 'lot' | 'campaign' | 'transformation'
  readonly code: string
  readonly kind?: LotKind
  readonly product?: string
  /** First event (lot), start (campaign), time of the event; ms since 1970. */
  readonly time: number
  /** Of a lot: what there is of it now, mg. */
  readonly mg?: number
  /** Steps between lots from the one asked for. */
  readonly depth: number
  /**
   * Up: the share of each element of the lot asked for that came through here. Down: the share of
   * that lot's element that is known to have come here. An element that is left out: none, or
   * nobody can say; `unknown` of the genealogy tells which.
   */
  readonly shares: Shares
}

export interface GenealogyEdge {
  readonly from: string
  readonly to: string
  /** Sum of the flows along it, mg. */
  readonly mg: number
  readonly time: number
}

/** An end of the walk: a lot that nothing known goes before (or comes after). */
export interface GenealogyEnd {
  readonly lot: string
  readonly shares: Shares
}

export interface Genealogy {
  readonly lot: string
  readonly direction: 'up' | 'down'
  readonly nodes: readonly GenealogyNode[]
  readonly edges: readonly GenealogyEdge[]
  /** With `unknown` their shares add up to 1 for every element. */
  readonly ends: readonly GenealogyEnd[]
  readonly unknown: Shares
  /** Elements that shares are given for. */
  readonly elements: readonly string[]
  /** A limit was met: there is more than is shown. */
  readonly isCut: boolean
  readonly limits: { readonly depth: number; readonly flows: number }
  /** Nodes that at one and the same moment come before themselves; shares there are unknown. */
  readonly cycles: readonly string[]
}

export interface GenealogyOptions {
  readonly direction: 'up' | 'down'
  /** Steps between lots at most; 30 unless told. */
  readonly depth?: number
  /** Flows at most; 20,000 unless told. */
  readonly limit?: number
  /** False: nodes and edges only, without shares. */
  readonly shares?: boolean
}
