import { rareEarthSymbols } from '../../chemistry/index.ts'
import { costBank } from '../../databank/costs.ts'
import { covarianceFactor, quantileOf, normalQuantile, shareBelow } from '../../numerics/index.ts'
import { designFaults, drawsOf, uniforms } from '../study/chance.ts'
import type { Refusal } from '../study/parameters.ts'
import { correlations, unstated } from '../study/uncertainty.ts'
import type { Study } from '../study/what-if.ts'
import type { Appraisal } from '../economics/appraisal.ts'
import type { AppraisalData } from '../economics/appraise.ts'
import { capitalPath, factorName, riskInputs } from './inputs.ts'
import { readCondition, readMeasureName, usualMeasures } from './measures.ts'
import { containedName, pricePlan, type Sold } from './price-model.ts'
import type { RiskInput, RiskMeasure, RiskPlan, RiskRequest } from './types.ts'

/** A plant or scenario that odds are asked of: solved and appraised as it is written. */
export interface RiskSubject {
  readonly name: string
  /** What is set otherwise than in the plant file. */
  readonly set: readonly string[]
  readonly study: Study
  readonly data: AppraisalData
  readonly appraisal: Appraisal
}

export type RiskPlanning =
  | { readonly ok: true; readonly plan: RiskPlan }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Largest share of draws that a tail may be. */
const mostTail = 0.5

/** Resolves a request for one plant; or everything that is wrong with it. */
export function planRisk(subject: RiskSubject, request: RiskRequest): RiskPlanning {
  const { study, appraisal } = subject
  const refusals: Refusal[] = []
  const sold = [...study.solution.products, ...containedIn(study)]
  const prices = pricePlan(study.plant, sold, costBank().history)
  const { inputs, assumptions } = riskInputs(study, appraisal, prices, request, refusals)
  const measures = measuresOf(subject, request, refusals)
  const requirements = request.requirements.flatMap((text) => {
    const read = readCondition(text, study, appraisal)
    if (!read.ok) refusals.push(read)
    return read.ok ? [read.requirement] : []
  })
  if (inputs.length === 0) {
    const message = 'nothing of the plant is uncertain'
    refusals.push({ ok: false, message, expected: 'a risk block, or --input PATH=SPREAD' })
  } else {
    const isCorrelated = () => correlations(study, inputs) !== undefined
    const results = measures.length + requirements.length
    refusals.push(...designFaults(request, inputs.length, results, isCorrelated))
  }
  if (!(request.tail > 0 && request.tail <= mostTail)) {
    const expected = `a share above 0, at most ${mostTail}`
    refusals.push({ ok: false, message: `a tail of ${request.tail}`, expected })
  }
  if (refusals.length > 0) return { ok: false, refusals }
  const names = inputs.map(({ name }) => name)
  return {
    ok: true,
    plan: {
      request,
      inputs,
      measures,
      requirements,
      prices,
      draws: drawsOf(request, inputs.length),
      fixed: [...unstated(study, names), ...prices.fixed],
      assumptions: [
        ...(isAssumed(inputs, ({ name }) => name === capitalPath) ? assumptions : []),
        ...(isAssumed(inputs, ({ name }) => name.startsWith(factorName('')))
          ? prices.assumptions
          : []),
      ],
    },
  }
}

/** Whether an input of some kind is spread as nobody stated. */
const isAssumed = (inputs: readonly RiskInput[], of: (input: RiskInput) => boolean) =>
  inputs.some((input) => input.origin === 'assumed' && of(input))

/** Rare earths that a feed is paid for by what it contains: its cost moves with their prices. */
function containedIn({ plant }: Study): readonly Sold[] {
  const isPaid = Object.keys(plant.economics.operating.payability ?? {}).length > 0
  return isPaid
    ? rareEarthSymbols.map((element) => ({ name: containedName(element), elements: [element] }))
    : []
}

function measuresOf(
  { study, appraisal }: RiskSubject,
  { results }: RiskRequest,
  refusals: Refusal[],
): readonly RiskMeasure[] {
  const measures = new Map(usualMeasures(appraisal).map((measure) => [measure.name, measure]))
  for (const text of results) {
    const read = readMeasureName(text, study, appraisal)
    if (read.ok) measures.set(read.measure.name, read.measure)
    else refusals.push(read)
  }
  return [...measures.values()]
}

/**
 * The values of the inputs at every draw, row-major draws by inputs. The same seed gives the same
 * draws on every machine, and with `lhs` an input draws the same share of its distribution in every
 * plant that has it: common random numbers. Constants of one fit keep its correlation (a Gaussian
 * copula).
 */
export function drawnRisks(study: Study, plan: RiskPlan): Float64Array {
  const { inputs, draws, request } = plan
  const n = inputs.length
  const shares = uniforms(
    inputs.map(({ name }) => name),
    { ...request, draws },
  )
  const matrix = request.design === 'saltelli' ? undefined : correlations(study, inputs)
  const factor = matrix === undefined ? undefined : covarianceFactor(matrix, n)
  if (factor !== undefined) correlate(shares, factor, n)
  const quantiles = inputs.map(({ distribution, parameter }) => {
    const quantile = quantileOf(distribution)
    return parameter?.whole === true ? (share: number) => Math.round(quantile(share)) : quantile
  })
  return shares.map((share, at) => (quantiles[at % n] as (share: number) => number)(share))
}

/** Gives shares in (0, 1) the correlation of their normal deviates, row by row, in place. */
function correlate(shares: Float64Array, factor: Float64Array, n: number): void {
  const deviates = new Float64Array(n)
  for (let row = 0; row < shares.length; row += n) {
    for (let k = 0; k < n; k++) deviates[k] = normalQuantile(shares[row + k] as number)
    for (let k = 0; k < n; k++) {
      const own = factor[k * n + k] as number
      let z = own * (deviates[k] as number)
      let others = 0
      for (let j = 0; j < k; j++) {
        const part = factor[k * n + j] as number
        others += part * part
        z += part * (deviates[j] as number)
      }
      if (others > 0) shares[row + k] = Math.min(1 - 1e-16, Math.max(1e-300, shareBelow(z)))
    }
  }
}
