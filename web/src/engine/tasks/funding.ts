import {
  findFunding,
  fundingMap,
  type Funding,
  type FundingMix,
  type FundingRequest,
} from '../../../../src/economics/finance/funding.ts'
import type { CashFlowInputs } from '../../../../src/economics/finance/inputs.ts'
import type { TaskMap } from '../protocol.ts'

/** The mix that was found, and what other shares of debt give with its grant. */
export interface FundingAnswer {
  readonly funding: Funding
  /** From no debt to the most that may be borrowed. */
  readonly ladder: readonly FundingMix[]
}

/** Steps of the ladder. */
const steps = 10

/** Seeks a mix of grant, loan and equity; needs no plant in hand. */
function search({
  inputs,
  request,
}: {
  readonly inputs: CashFlowInputs
  readonly request: FundingRequest
}): FundingAnswer {
  const funding = findFunding(inputs, request)
  const { grant } = funding.outcome === 'found' ? funding.mix : funding.nearest
  const most = request.mostDebt ?? 1
  const shares = Array.from({ length: steps + 1 }, (_, k) => (most * k) / steps)
  return { funding, ladder: fundingMap(inputs, request, [grant], shares) }
}

export const tasks = { search } satisfies TaskMap
