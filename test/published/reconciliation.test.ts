import { describe, expect, it } from 'vitest'
import { type ReconcileProblem, reconcile, type Variable } from '../../src/twin/index.ts'

/**
 * Example A: a heat exchanger with a bypass, six flows, a textbook example attributed to
 * S. Narasimhan and C. Jordache, Data Reconciliation and Gross Error Detection (Gulf, 2000).
 * Example B: a separator with two components, measured values of table 4.1 of "Basic Concepts in
 * Data Reconciliation" (North Carolina State University and University of Ottawa, 2003). Results
 * that the sources do not print (z, all of B) were computed once by another program.
 */
const measured = [101.91, 64.45, 34.65, 64.2, 36.44, 98.88] as const
const reconciled = [100.22, 64.5, 35.72, 64.5, 35.72, 100.22] as const

const exchanger = (values: readonly number[]): ReconcileProblem => ({
  variables: values.map((value, k) => ({ name: `${k + 1}`, value, u: 1 })),
  constraints: [
    [1, -2, -3],
    [2, -4],
    [3, -5],
    [4, 5, -6],
  ].map((streams, k) => ({
    name: `node ${k + 1}`,
    terms: streams.map((s) => ({ factor: Math.sign(s), of: `${Math.abs(s)}` })),
  })),
  covarianceOf: ['1', '2'],
})

/** Values of a result that must have been solved. */
function solved(problem: ReconcileProblem) {
  const result = reconcile(problem)
  if (result.outcome !== 'reconciled' && result.outcome !== 'gross-error') {
    throw new Error(`${result.outcome}: ${result.detail}`)
  }
  return result
}
const valuesOf = (problem: ReconcileProblem) => solved(problem).estimates.map((e) => e.value ?? 0)

const worst = (values: readonly number[], expected: readonly number[]) =>
  Math.max(...values.map((value, k) => Math.abs(value - (expected[k] ?? 0))))

describe('example A: heat exchanger with bypass', () => {
  it('gives the published flows to the digits that are printed', () => {
    const deviation = worst(valuesOf(exchanger(measured)), reconciled)
    process.stdout.write(`example A: largest deviation ${deviation.toFixed(4)} of about 100\n`)
    expect(deviation).toBeLessThan(0.0051)
  })

  it('passes the global test with the z and uncertainties of another program', () => {
    const result = solved(exchanger(measured))
    expect(result.outcome).toBe('reconciled')
    expect(result.global.chi2).toBeCloseTo(6.4075, 4)
    expect(result.global.degrees).toBe(4)
    expect(result.global.limit).toBeCloseTo(9.488, 3)
    const z = result.estimates.map((e) => e.z ?? 0)
    expect(worst(z, [2.07, 0.06, 1.31, 0.37, 0.88, 1.64])).toBeLessThan(0.0051)
    expect(result.estimates[0]?.valueU).toBeCloseTo(0.577, 3)
    expect(result.criticalZ).toBeCloseTo(2.63, 2)
    expect(result.covariance[0]?.[0]).toBeCloseTo(1 / 3, 10)
  })

  it.each([0, 1, 2, 3, 4, 5])('notices stream %i moved by 1 %%', (k) => {
    const moved = measured.map((value, at) => (at === k ? value * 1.01 : value))
    expect(worst(valuesOf(exchanger(moved)), reconciled)).toBeGreaterThan(0.0051)
  })
})

const flows = [
  ['F1', 1095.475, 4.8],
  ['F2', 478.402, 3.9],
  ['F3', 488.232, 4.4],
] as const
const fractions = [
  ['x1 F1', 0.4822, 0.0048],
  ['x2 F1', 0.517, 0.0052],
  ['x1 F2', 0.941, 0.0094],
  ['x2 F2', 0.0501, 0.0005],
  ['x1 F3', 0.0197, 0.0002],
  ['x2 F3', 0.9748, 0.0097],
] as const

function separator(change: (variable: Variable) => Variable = (v) => v): ReconcileProblem {
  const variables = [...flows, ...fractions].map(([name, value, u]) => change({ name, value, u }))
  const signs = [1, -1, -1]
  return {
    variables,
    constraints: [
      { name: 'total', terms: flows.map(([of], k) => ({ factor: signs[k] ?? 0, of })) },
      {
        name: 'component 1',
        terms: flows.map(([of], k) => ({ factor: signs[k] ?? 0, of, times: `x1 ${of}` })),
      },
      ...flows.map(([name]) => ({
        name: `sum ${name}`,
        terms: [
          { factor: 1, of: `x1 ${name}` },
          { factor: 1, of: `x2 ${name}` },
        ],
        equals: 1,
      })),
    ],
  }
}
const expectedB = {
  F1: [966.4, 0.05],
  F2: [479.31, 0.005],
  F3: [487.1, 0.005],
  'x1 F1': [0.481, 5e-5],
  'x1 F2': [0.9499, 5e-5],
  'x1 F3': [0.0197, 5e-5],
  'x2 F1': [0.519, 5e-5],
  'x2 F2': [0.0501, 5e-5],
  'x2 F3': [0.9803, 5e-5],
} as const

/** Largest deviation from the expected values, in half units of their last digit. */
function deviationB(problem: ReconcileProblem): number {
  const { estimates } = solved(problem)
  return Math.max(
    ...Object.entries(expectedB).map(([name, [value, half]]) => {
      const own = estimates.find((e) => e.name === name)?.value ?? Number.NaN
      return Math.abs(own - value) / half
    }),
  )
}

describe('example B: separator with a gross error', () => {
  it('finds the feed meter, sets it aside and closes without it', () => {
    const result = solved(separator())
    expect(result.outcome).toBe('gross-error')
    expect(result.first.chi2).toBeCloseTo(291.4, 1)
    expect(result.first.degrees).toBe(5)
    expect(result.first.limit).toBeCloseTo(11.07, 2)
    expect(result.removed).toHaveLength(1)
    expect(result.removed[0]?.name).toBe('F1')
    expect(result.removed[0]?.z).toBeCloseTo(17, 1)
    expect(result.global.chi2).toBeCloseTo(1.535, 3)
    expect(result.global.degrees).toBe(4)
    const feed = result.estimates.find((e) => e.name === 'F1')
    expect(feed?.flag).toBe('gross')
    expect(feed?.valueU).toBeCloseTo(5.9, 1)
    const deviation = deviationB(separator())
    process.stdout.write(`example B: largest deviation ${deviation.toFixed(2)} half last digits\n`)
    expect(deviation).toBeLessThan(1.01)
  })

  it('gives z 17.0, 14.0 and 13.0 before anything is set aside', () => {
    const { estimates } = solved({ ...separator(), eliminations: 0 })
    const z = ['F1', 'F2', 'F3'].map((name) => estimates.find((e) => e.name === name)?.z ?? 0)
    expect(worst(z, [17, 14, 13])).toBeLessThan(0.051)
  })

  it.each(['F2', 'F3', 'x1 F1', 'x2 F1', 'x1 F2', 'x2 F2', 'x1 F3', 'x2 F3'])(
    'notices %s moved by 1 %%',
    (name) => {
      const moved = separator((v) => (v.name === name ? { ...v, value: (v.value ?? 0) * 1.01 } : v))
      // A fraction next to a much surer one hardly moves what comes out, but it is noticed in G.
      const offG = Math.abs(solved(moved).global.chi2 - 1.535) / 5e-4
      expect(Math.max(deviationB(moved), offG)).toBeGreaterThan(1.01)
    },
  )

  it('notices the feed meter moved by 1 % before it is set aside', () => {
    const moved = separator((v) => (v.name === 'F1' ? { ...v, value: (v.value ?? 0) * 1.01 } : v))
    expect(Math.abs(solved(moved).first.chi2 - 291.4)).toBeGreaterThan(1)
  })
})
