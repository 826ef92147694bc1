import type {
  CertificateLine,
  Conformity,
  Limit,
  Specification,
  Verdict,
} from './certificate-types.ts'
import { certified, estimateOf, type Basis, type Estimate } from './certified.ts'

type Plain = 'pass' | 'fail' | 'unknown'

interface Judged {
  readonly verdict: Plain
  readonly remark?: string
}

/** A limit of quantification that lies above the limit says nothing. */
function judgeAtMost({ least, most, isBelow }: Estimate, bound: number): Judged {
  if (most <= bound) return { verdict: 'pass' }
  if (least > bound) return { verdict: 'fail' }
  const remark = isBelow
    ? 'the limit of quantification lies above the limit'
    : 'results below their limit of quantification decide'
  return { verdict: 'unknown', remark }
}

function judgeAtLeast({ least, most }: Estimate, bound: number): Judged {
  if (least >= bound) return { verdict: 'pass' }
  if (most < bound) return { verdict: 'fail' }
  return { verdict: 'unknown', remark: 'results below their limit of quantification decide' }
}

function judge({ atLeast, atMost }: Limit, estimate: Estimate | undefined): Judged {
  if (estimate === undefined) return { verdict: 'unknown', remark: 'not measured' }
  const both = [
    ...(atLeast === undefined ? [] : [judgeAtLeast(estimate, atLeast)]),
    ...(atMost === undefined ? [] : [judgeAtMost(estimate, atMost)]),
  ]
  return (
    both.find(({ verdict }) => verdict === 'fail') ??
    both.find(({ verdict }) => verdict === 'unknown') ?? { verdict: 'pass' }
  )
}

function lineOf(basis: Basis, product: readonly string[], limit: Limit): CertificateLine {
  const { measure, analyte } = limit
  const estimate = estimateOf(basis, product, measure, analyte)
  const value = certified(measure, analyte, estimate)
  const { verdict, remark } = judge(limit, estimate)
  const isProvisional = value.status === 'provisional' && verdict !== 'unknown'
  const said = isProvisional ? `as things are: ${verdict}` : remark
  const isClose = [limit.atLeast, limit.atMost].some(
    (bound) =>
      bound !== undefined &&
      value.value !== undefined &&
      value.u !== undefined &&
      Math.abs(value.value - bound) <= value.u,
  )
  return {
    ...value,
    limit,
    verdict: isProvisional ? 'provisional' : verdict,
    isClose,
    ...(said === undefined ? {} : { remark: said }),
  }
}

const worstFirst: readonly Verdict[] = ['fail', 'unknown', 'provisional', 'pass']

/**
 * A lot against a specification. Simple acceptance: the value is compared with the limit, and
 * `isClose` says when the limit lies within the expanded uncertainty. Results below a limit of
 * quantification count as anything from nothing to that limit, and pass only if all of it does.
 */
export function conformityOf(basis: Basis, specification: Specification): Conformity {
  const lines = specification.limits.map((limit) => lineOf(basis, specification.elements, limit))
  const verdict = worstFirst.find((one) => lines.some((line) => line.verdict === one)) ?? 'unknown'
  return { specification, lines, verdict }
}
