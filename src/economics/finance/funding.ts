import { cashFlow } from './cash-flow.ts'
import { total } from './columns.ts'
import type { Debt } from './debt.ts'
import type { CashFlowInputs, Grant } from './inputs.ts'
import { metrics } from './metrics.ts'
import type { InternalRate } from './metrics-types.ts'

/** What a mix of money must keep. */
export interface FundingFloors {
  /** Least return of the equity, a year; nominal where flows are. */
  readonly equityIrr?: number
  /** Least service cover in any year. */
  readonly dscr?: number
  /** Covenants that begin with the repayment do not test the years of grace. Absent: all years. */
  readonly dscrIn?: 'all-years' | 'repayment-years'
}

export interface FundingRequest {
  /** Least grant that keeps the floors with the best loan, or most loan with the grant as it is. */
  readonly seek: 'least-grant' | 'most-debt'
  readonly floors: FundingFloors
  /** How the grant is paid and treated; its amount is what is sought, up to `amount`. */
  readonly grant?: Grant
  /** Terms of the loan; its size is what is sought. */
  readonly debt: Debt
  /** Most that may be borrowed of what the grants leave of the fixed capital; absent: all. */
  readonly mostDebt?: number
}

/** One mix with what it gives. */
export interface FundingMix {
  /** The grant that is sought; others of the inputs are paid beside it. */
  readonly grant: number
  /** Share of the fixed capital, and the sum. */
  readonly debtShare: number
  readonly debt: number
  /** What the owners put in: the deepest that the sum of their flow goes. */
  readonly equity: number
  readonly equityIrr: InternalRate
  readonly equityNpv: number
  /** Least service cover in the years that are tested; undefined without a loan. */
  readonly dscr: number | undefined
  readonly projectNpv: number
  readonly keepsFloors: boolean
}

export type Funding =
  | { readonly outcome: 'found'; readonly mix: FundingMix }
  /** The mix that comes nearest to the floor of the return while it keeps the cover. */
  | { readonly outcome: 'not-possible'; readonly why: string; readonly nearest: FundingMix }

/** The return as one number: with nothing put in it has no bound. */
function returnOf(rate: InternalRate): number {
  if (rate.outcome === 'found') return rate.rate
  if (rate.outcome === 'several') return Math.min(...rate.rates)
  return rate.why === 'never-invested' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}

function deepest(flow: Float64Array): number {
  let [sum, least] = [0, 0]
  for (const x of flow) {
    sum += x
    least = Math.min(least, sum)
  }
  return -least
}

/** What one grant and one share of debt give. */
export function fundingMix(
  inputs: CashFlowInputs,
  request: FundingRequest,
  grant: number,
  debtShare: number,
): FundingMix {
  const others = (inputs.grants ?? []).filter(({ name }) => name !== request.grant?.name)
  const grants =
    request.grant === undefined
      ? (inputs.grants ?? [])
      : [...others, { ...request.grant, amount: grant }]
  const size = { shareOf: 'fixed-capital', share: debtShare } as const
  const loans = (inputs.debt ?? []).filter(({ name }) => name !== request.debt.name)
  const debt = debtShare > 0 ? [...loans, { ...request.debt, size }] : loans
  const flow = cashFlow({ ...inputs, grants, debt })
  const found = metrics(flow)
  const { floors } = request
  const { cover } = found
  const dscr = floors.dscrIn === 'repayment-years' ? cover?.leastRepaying : cover?.least
  return {
    grant,
    debtShare,
    debt: flow.loans.find(({ name }) => name === request.debt.name)?.amount ?? 0,
    equity: deepest(flow.equity),
    equityIrr: found.equityIrr,
    equityNpv: found.equityNpv,
    dscr,
    projectNpv: found.projectNpv,
    keepsFloors:
      returnOf(found.equityIrr) >= (floors.equityIrr ?? Number.NEGATIVE_INFINITY) &&
      (dscr ?? Number.POSITIVE_INFINITY) >= (floors.dscr ?? Number.NEGATIVE_INFINITY),
  }
}

const steps = 20

/** Between a value that holds and one that does not, the last that holds. */
function edge(holds: (x: number) => boolean, good: number, bad: number): number {
  let [inside, outside] = [good, bad]
  for (let round = 0; round < 30; round++) {
    const middle = 0.5 * (inside + outside)
    if (holds(middle)) inside = middle
    else outside = middle
  }
  return inside
}

/** The largest share of debt at which `holds`; undefined when there is none on the grid. */
function mostShare(holds: (share: number) => boolean, most: number): number | undefined {
  for (let k = steps; k >= 0; k--) {
    const share = (most * k) / steps
    if (!holds(share)) continue
    return k === steps ? share : edge(holds, share, (most * (k + 1)) / steps)
  }
  return undefined
}

/** With one grant: the share of debt that the cover allows and that gives the owners most. */
function bestShare(mixAt: (share: number) => FundingMix, floor: number, most: number): FundingMix {
  const covered = (mix: FundingMix) => (mix.dscr ?? Number.POSITIVE_INFINITY) >= floor
  const limit = mostShare((share) => covered(mixAt(share)), most) ?? 0
  let best = mixAt(0)
  for (let k = 1; k <= steps; k++) {
    const mix = mixAt((limit * k) / steps)
    if (covered(mix) && returnOf(mix.equityIrr) > returnOf(best.equityIrr)) best = mix
  }
  return best
}

/** The largest share of the fixed capital that may be borrowed beside a grant. */
function shareLimit(inputs: CashFlowInputs, request: FundingRequest): (grant: number) => number {
  const { debt: _, ...without } = inputs
  const fixedCapital = -total(cashFlow(without).columns.capital)
  const others = (inputs.grants ?? []).filter(({ name }) => name !== request.grant?.name)
  const given = others.reduce((sum, { amount }) => sum + amount, 0)
  return (grant) => {
    const left = fixedCapital > 0 ? 1 - (grant + given) / fixedCapital : 0
    return (request.mostDebt ?? 1) * Math.max(0, left)
  }
}

function leastGrant(inputs: CashFlowInputs, request: FundingRequest): Funding {
  const { floors } = request
  const limit = shareLimit(inputs, request)
  const best = (grant: number) =>
    bestShare(
      (share) => fundingMix(inputs, request, grant, share),
      floors.dscr ?? Number.NEGATIVE_INFINITY,
      limit(grant),
    )
  const without = best(0)
  if (without.keepsFloors) return { outcome: 'found', mix: without }
  const most = request.grant?.amount ?? 0
  const all = best(most)
  if (!all.keepsFloors) {
    const why =
      request.grant === undefined
        ? 'no grant was offered, and without one no loan keeps the floors'
        : 'not even the whole grant keeps the floors'
    return { outcome: 'not-possible', why, nearest: all }
  }
  let [low, high, mix] = [0, most, all]
  while (high - low > 1e-4 * most) {
    const middle = 0.5 * (low + high)
    const tried = best(middle)
    if (tried.keepsFloors) [high, mix] = [middle, tried]
    else low = middle
  }
  return { outcome: 'found', mix }
}

function mostDebt(inputs: CashFlowInputs, request: FundingRequest): Funding {
  const grant = request.grant?.amount ?? 0
  const limit = shareLimit(inputs, request)(grant)
  const mixAt = (share: number) => fundingMix(inputs, request, grant, share)
  const share = mostShare((share) => mixAt(share).keepsFloors, limit)
  if (share !== undefined) return { outcome: 'found', mix: mixAt(share) }
  const floor = request.floors.dscr ?? Number.NEGATIVE_INFINITY
  return {
    outcome: 'not-possible',
    why: 'no share of debt, none included, keeps the floors with this grant',
    nearest: bestShare(mixAt, floor, limit),
  }
}

/**
 * The mix of grant, loan and equity that keeps the floors. Shares of debt are tried on a grid of
 * twentieths and then halved to the edge, so an island of good mixes narrower than that is missed;
 * the grant is found to a ten-thousandth of what is offered. The loan keeps its terms.
 */
export function findFunding(inputs: CashFlowInputs, request: FundingRequest): Funding {
  return request.seek === 'least-grant' ? leastGrant(inputs, request) : mostDebt(inputs, request)
}

/** Mixes on a grid of grants and shares of debt, to draw as a map. */
export function fundingMap(
  inputs: CashFlowInputs,
  request: FundingRequest,
  grants: readonly number[],
  shares: readonly number[],
): readonly FundingMix[] {
  return grants.flatMap((grant) => shares.map((share) => fundingMix(inputs, request, grant, share)))
}
