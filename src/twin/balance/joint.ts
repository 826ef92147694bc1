import { reconcile } from '../reconcile/reconcile.ts'
import type { Constraint, Estimate, ReconcileResult, Variable } from '../reconcile/types.ts'
import type { Draft } from './draft.ts'
import { recoverySigns } from './element-balance.ts'
import { type Measurements, type Part, termOf } from './measurements.ts'
import type { BalanceOptions, Quantity } from './types.ts'

/** What all elements together say. */
export interface Joint {
  readonly result: ReconcileResult
  readonly estimates: ReadonlyMap<string, Estimate>
  readonly recoveries: ReadonlyMap<string, Quantity>
}

const above = (element: string) => `products ${element}`
const below = (element: string) => `treated ${element}`

/** True when every part of an element is measured with an uncertainty. */
function isComplete({ byName, parts, unassayed }: Measurements, element: string): boolean {
  const own = parts.get(element) ?? []
  const known = (name: string | undefined) =>
    name === undefined || byName.get(name)?.u !== undefined
  const isMeasured = own.every((p) => known(p.mass) && known(p.fraction) && known(p.modelled))
  const hasBoth = own.some(({ side }) => side === 'in') && own.some(({ side }) => side === 'out')
  return isMeasured && hasBoth && (unassayed.get(element) ?? []).length === 0
}

function constraintsOf(parts: readonly Part[], element: string): readonly Constraint[] {
  const sum = (name: string, sign: (part: Part) => number, total: string) => ({
    name,
    terms: [
      ...parts.flatMap((part) => (sign(part) === 0 ? [] : [termOf(part, sign(part))])),
      { factor: -1, of: total },
    ],
  })
  return [
    { name: element, terms: parts.map((part) => termOf(part, part.side === 'in' ? 1 : -1)) },
    // Not measured: computed with their covariance, for the recovery.
    sum(above(element), recoverySigns.above, above(element)),
    sum(below(element), recoverySigns.below, below(element)),
  ]
}

function recoveriesOf(
  result: ReconcileResult,
  estimates: ReadonlyMap<string, Estimate>,
  elements: readonly string[],
): ReadonlyMap<string, Quantity> {
  if (!('covariance' in result) || result.covariance === undefined) return new Map()
  const { covariance } = result
  return new Map(
    elements.flatMap((element, k) => {
      const [product, treated] = [
        estimates.get(above(element))?.value,
        estimates.get(below(element))?.value,
      ]
      if (product === undefined || treated === undefined || !(treated > 0)) return []
      const value = product / treated
      const at = (i: number, j: number) => covariance[2 * k + i]?.[2 * k + j] ?? 0
      const variance = at(0, 0) - 2 * value * at(0, 1) + value * value * at(1, 1)
      return [[element, { value, u: Math.sqrt(Math.max(0, variance)) / treated }] as const]
    }),
  )
}

/**
 * Masses and assays of all elements adjusted at once, so that each element closes: a wrong mass
 * shows in every element of its lot, a wrong assay in one. Undefined when no element is complete.
 */
export function jointOf(
  draft: Draft,
  measurements: Measurements,
  options: BalanceOptions,
): Joint | undefined {
  if (draft.holdUp.basis === 'unknown') return undefined
  const elements = measurements.elements.filter((element) => isComplete(measurements, element))
  if (elements.length === 0) return undefined
  const partsOf = (element: string) => measurements.parts.get(element) ?? []
  const used = new Set(
    elements.flatMap((el) =>
      partsOf(el).flatMap(({ mass, fraction, modelled }) =>
        [mass, fraction, modelled].filter((name) => name !== undefined),
      ),
    ),
  )
  const measured: Variable[] = [...used].flatMap((name) => {
    const one = measurements.byName.get(name)
    if (one === undefined) return []
    const { value, u = 0, doubt } = one
    return [{ name, value, u, ...(doubt === undefined ? {} : { doubt }) }]
  })
  const sums = elements.flatMap((element) => [above(element), below(element)])
  const result = reconcile({
    variables: [...measured, ...sums.map((name) => ({ name }))],
    constraints: elements.flatMap((element) => constraintsOf(partsOf(element), element)),
    shared: measurements.shared.filter(({ a, b }) => used.has(a) && used.has(b)),
    covarianceOf: sums,
    ...(options.alpha === undefined ? {} : { alpha: options.alpha }),
    ...(options.eliminations === undefined ? {} : { eliminations: options.eliminations }),
  })
  const listed = 'estimates' in result ? (result.estimates ?? []) : []
  const estimates = new Map(listed.map((estimate) => [estimate.name, estimate]))
  return { result, estimates, recoveries: recoveriesOf(result, estimates, elements) }
}
