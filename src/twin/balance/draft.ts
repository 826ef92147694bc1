import type { Assay, Content, LotMaster, LotState, Weighing } from '../../ledger/index.ts'
import type { BalanceOptions, BalanceReport, BalanceRole, HoldUp } from './types.ts'

/** One lot that goes in or comes out, as the ledger has it. */
export interface Item {
  readonly role: BalanceRole
  readonly side: 'in' | 'out'
  readonly lot: string
  readonly master?: LotMaster
  readonly mg: number
  /** Standard uncertainty of the mass, kg; undefined when nobody has said. */
  readonly massU?: number
  /** What is known of what it consists of. */
  readonly contents: readonly Content[]
}

/** What a report is made of, before anything is computed. */
export interface Draft
  extends Pick<
    BalanceReport,
    'kind' | 'title' | 'campaign' | 'from' | 'to' | 'isSynthetic' | 'notes'
  > {
  readonly items: readonly Item[]
  readonly holdUp: HoldUp
  /** Assays of the lots and of those that their contents come from. */
  readonly assays: readonly Assay[]
  /** Fractions of other lots by kind, product and element: what an odd one is held against. */
  readonly peers?: ReadonlyMap<string, readonly number[]>
}

const rolesIn = new Set<BalanceRole>(['feed', 'reagent', 'returned', 'moved in', 'open'])
export const sideOf = (role: BalanceRole): 'in' | 'out' => (rolesIn.has(role) ? 'in' : 'out')

export const codeOf = (master: LotMaster | undefined, uri: string): string =>
  master?.code ?? uri.slice(uri.lastIndexOf('/') + 1)

/** What lots have to share to be held against each other. */
export const peerKey = (master: LotMaster | undefined, element: string): string | undefined =>
  master === undefined ? undefined : `${master.kind} ${master.product ?? ''} ${element}`

/** Relative standard uncertainty that the last weighing before a time has stated. */
function statedU(weighings: readonly Weighing[], time: number): number | undefined {
  const stated = weighings.filter(({ u, mg }) => u !== undefined && mg > 0)
  const before = stated.filter((weighing) => weighing.time <= time)
  const last = before.at(-1) ?? stated[0]
  return last?.u === undefined ? undefined : last.u / (last.k ?? 1) / last.mg
}

/** Standard uncertainty of a mass of a lot, kg: as weighed, else the site's own. */
export function massUOf(
  state: LotState | undefined,
  mg: number,
  time: number,
  options: BalanceOptions,
): number | undefined {
  const relative = statedU(state?.weighings ?? [], time) ?? options.massU
  return relative === undefined ? undefined : (relative * Math.abs(mg)) / 1e6
}
