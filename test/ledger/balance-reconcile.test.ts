import { describe, expect, it } from 'vitest'
import { random } from '../../src/numerics/index.ts'
import { type ReconcileProblem, reconcile, type Variable } from '../../src/twin/index.ts'
import {
  chiSquaredLimit,
  chiSquaredTail,
  sidakLimit,
} from '../../src/twin/reconcile/chi-squared.ts'

const elements = ['Nd', 'Pr', 'Dy', 'Fe'] as const

/** Lots in and out with true masses and fractions that close, and readings with normal errors. */
const truth = {
  A: { side: 1, mass: 120, Nd: 0.22, Pr: 0.05, Dy: 0.012, Fe: 0.63 },
  B: { side: 1, mass: 80, Nd: 0.25, Pr: 0.03, Dy: 0.03, Fe: 0.6 },
  P: { side: -1, mass: 40, Nd: 0.8, Pr: 0.05, Dy: 0.002, Fe: 0.0002 },
  Q: { side: -1, mass: 5, Nd: 0.01, Pr: 0.01, Dy: 0.7, Fe: 0.0005 },
} as const
const residue = elements.map((element) => {
  const left = Object.values(truth).reduce(
    (sum, lot) => sum + lot.side * lot.mass * lot[element],
    0,
  )
  return [element, left / 160] as const
})

function problem(seed: number | undefined, change: (v: Variable) => Variable = (v) => v) {
  const draw = random(seed ?? 1)
  const reading = (name: string, value: number, relative: number): Variable => {
    const u = value * relative
    const error = seed === undefined ? 0 : draw.normal() * u
    return change({ name, value: value + error, u })
  }
  const lots = [
    ...Object.entries(truth).map(([name, lot]) => ({ name, ...lot })),
    { name: 'R', side: -1, mass: 160, ...(Object.fromEntries(residue) as Record<string, number>) },
  ] as readonly ({ name: string; side: number; mass: number } & Record<string, number | string>)[]
  const variables = lots.flatMap((lot) => [
    reading(`m ${lot.name}`, lot.mass, 0.002),
    ...elements.map((el) => reading(`${el} ${lot.name}`, Number(lot[el]), 0.01)),
  ])
  const constraints = elements.map((el) => ({
    name: el,
    terms: lots.map((lot) => ({
      factor: lot.side,
      of: `m ${lot.name}`,
      times: `${el} ${lot.name}`,
    })),
  }))
  return { variables, constraints } satisfies ReconcileProblem
}

function solved(given: ReconcileProblem) {
  const result = reconcile(given)
  if (result.outcome !== 'reconciled' && result.outcome !== 'gross-error') {
    throw new Error(`${result.outcome}: ${result.detail}`)
  }
  return result
}

describe('limits', () => {
  it.each([
    [1, 0.05, 3.841],
    [4, 0.05, 9.488],
    [10, 0.01, 23.209],
    [30, 0.05, 43.773],
    [100, 0.05, 124.342],
    [2, 0.001, 13.816],
  ])('has the chi-squared table: %i degrees at %f', (degrees, alpha, limit) => {
    expect(chiSquaredLimit(alpha, degrees)).toBeCloseTo(limit, 3)
    expect(chiSquaredTail(limit, degrees)).toBeCloseTo(alpha, 4)
  })

  it('has critical z of Sidak', () => {
    expect(sidakLimit(0.05, 1)).toBeCloseTo(1.96, 2)
    expect(sidakLimit(0.05, 6)).toBeCloseTo(2.63, 2)
    expect(sidakLimit(0.05, 9)).toBeCloseTo(2.77, 2)
  })
})

describe('reconciliation of masses and assays', () => {
  it('leaves what closes as it is', () => {
    const given = problem(undefined)
    const result = solved(given)
    result.estimates.forEach(({ value = 0, u = 0 }, k) => {
      expect(Math.abs(value - (given.variables[k]?.value ?? 0))).toBeLessThan(1e-9 * u + 1e-15)
    })
    expect(result.removed).toEqual([])
  })

  it('closes every constraint to 1e-9 and changes nothing the second time', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const given = { ...problem(seed), eliminations: 0 }
      const result = solved(given)
      expect(result.closure).toBeLessThan(1e-9)
      const again = solved({
        ...given,
        variables: given.variables.map((v, k) => ({
          ...v,
          value: result.estimates[k]?.value ?? 0,
        })),
      })
      expect(again.global.chi2).toBeLessThan(1e-12)
      again.estimates.forEach(({ value = 0, u = 0 }, k) => {
        expect(Math.abs(value - (result.estimates[k]?.value ?? 0))).toBeLessThan(1e-6 * u)
      })
    }
  })

  it('raises a false alarm about as often as alpha says, and is not biased', () => {
    const runs = 240
    let [alarms, suspects, z] = [0, 0, 0]
    for (let seed = 1; seed <= runs; seed++) {
      const result = solved({ ...problem(seed), eliminations: 0 })
      if (result.outcome === 'gross-error') alarms++
      if (result.estimates.some(({ flag }) => flag !== 'ok')) suspects++
      const nd = result.estimates.find(({ name }) => name === 'Nd A')
      z += ((nd?.value ?? 0) - truth.A.Nd) / (nd?.valueU ?? 1)
    }
    // 240 times 0.05 is 12, three deviations of a binomial count are 10.
    expect(alarms).toBeGreaterThan(2)
    expect(alarms).toBeLessThan(23)
    expect(suspects).toBeLessThan(23)
    // A mean of 240 unit deviates is within three over their root.
    expect(Math.abs(z / runs)).toBeLessThan(0.2)
  })

  it('adjusts towards the truth: a reading that is too high comes down', () => {
    const high = problem(undefined, (v) =>
      v.name === 'Nd P' ? { ...v, value: (v.value ?? 0) + 2 * (v.u ?? 0) } : v,
    )
    const estimate = solved(high).estimates.find(({ name }) => name === 'Nd P')
    expect(estimate?.value).toBeLessThan(estimate?.measured ?? 0)
    expect(estimate?.value).toBeGreaterThan(truth.P.Nd)
  })

  it('finds a wrong assay by what it would have to be, and a wrong mass by all its elements', () => {
    for (const name of ['Nd A', 'Dy Q', 'm R']) {
      let found = 0
      for (let seed = 1; seed <= 20; seed++) {
        const given = problem(seed, (v) => {
          if (v.name !== name) return v
          // So large that its own adjustment would be some five deviations of what can be seen.
          const by = name === 'm R' ? 0.15 : 0.12
          return { ...v, value: (v.value ?? 0) * (1 + by), doubt: 1 }
        })
        const result = solved(given)
        if (result.outcome === 'gross-error' && result.removed[0]?.name === name) found++
      }
      expect(found, name).toBeGreaterThanOrEqual(19)
    }
  })

  it('finds a planted error of five deviations of a stream meter', () => {
    const given = (seed: number): ReconcileProblem => {
      const draw = random(seed)
      const flows = [100, 64, 36, 64, 36, 100]
      return {
        variables: flows.map((flow, k) => {
          const error = draw.normal()
          return { name: `${k}`, value: flow + error + (k === 0 ? 5 : 0), u: 1 }
        }),
        constraints: [
          [0, 1, 2],
          [1, 3],
          [2, 4],
        ]
          .map(([from, ...to], k) => ({
            name: `node ${k}`,
            terms: [{ factor: 1, of: `${from}` }, ...to.map((t) => ({ factor: -1, of: `${t}` }))],
          }))
          .concat([
            {
              name: 'mixer',
              terms: [
                { factor: 1, of: '3' },
                { factor: 1, of: '4' },
                { factor: -1, of: '5' },
              ],
            },
          ]),
      }
    }
    let found = 0
    for (let seed = 1; seed <= 100; seed++) {
      const result = solved(given(seed))
      if (result.removed[0]?.name === '0') found++
    }
    // The adjustment has a deviation of 0.82: five are seen as 4.1, and the limit is 3.1.
    expect(found).toBeGreaterThanOrEqual(75)
  })

  it('shares errors: two lots of one assay move together', () => {
    const variables: Variable[] = [
      { name: 'feed', value: 103, u: 1 },
      { name: 'a', value: 50, u: 1 },
      { name: 'b', value: 50, u: 1 },
    ]
    const constraints = [
      { name: 'sum', terms: ['feed', 'a', 'b'].map((of, k) => ({ factor: k === 0 ? 1 : -1, of })) },
    ]
    const apart = solved({ variables, constraints })
    expect(apart.estimates.map(({ value }) => value)).toEqual(
      [102, 51, 51].map((v) => expect.closeTo(v, 9)),
    )
    const together = solved({ variables, constraints, shared: [{ a: 'a', b: 'b', covariance: 1 }] })
    // Variance of a + b is then 4, not 2: the feed gives a fifth, not a third.
    expect(together.estimates.map(({ value }) => value)).toEqual(
      [102.4, 51.2, 51.2].map((v) => expect.closeTo(v, 9)),
    )
    expect(together.global.chi2).toBeCloseTo(9 / 5, 9)
  })

  it('computes what was not measured, and says what cannot be computed', () => {
    const variables: Variable[] = [
      { name: 'a', value: 10, u: 1 },
      { name: 'b' },
      { name: 'c' },
      { name: 'd' },
    ]
    const sum = (name: string, of: readonly string[], equals: number) => ({
      name,
      equals,
      terms: of.map((one) => ({ factor: 1, of: one })),
    })
    const result = reconcile({
      variables,
      constraints: [sum('first', ['a', 'b'], 30), sum('second', ['c', 'd'], 5)],
      covarianceOf: ['a', 'b'],
    })
    expect(result).toMatchObject({ outcome: 'not-determined', undetermined: ['c', 'd'] })
    if (!('estimates' in result)) throw new Error('no estimates')
    expect(result.estimates?.[1]).toMatchObject({
      value: expect.closeTo(20),
      valueU: expect.closeTo(1),
    })
    expect(result.covariance).toEqual([
      [expect.closeTo(1), expect.closeTo(-1)],
      [expect.closeTo(-1), expect.closeTo(1)],
    ])
  })

  it('agrees with the limit of a very large variance where something is not measured', () => {
    const given = problem(7)
    const hidden = (v: Variable, how: Partial<Variable>) =>
      v.name === 'm R' ? { name: v.name, ...how } : v
    const projected = solved({
      ...given,
      variables: given.variables.map((v) => hidden(v, { start: 100 })),
    })
    const large = solved({
      ...given,
      variables: given.variables.map((v) => hidden(v, { value: 160, u: 1e5 })),
    })
    projected.estimates.forEach(({ value = 0, valueU = 0 }, k) => {
      const other = large.estimates[k]
      expect(Math.abs(value - (other?.value ?? 0))).toBeLessThan(1e-4 * valueU)
      expect(valueU / (other?.valueU ?? 0)).toBeCloseTo(1, 4)
    })
    expect(projected.global.degrees).toBe(3)
  })

  it('takes a constraint twice for one, and refuses contradictions by name', () => {
    const [a, b]: Variable[] = [
      { name: 'a', value: 10, u: 1 },
      { name: 'b', value: 12, u: 1 },
    ]
    const equal = {
      name: 'equal',
      terms: [
        { factor: 1, of: 'a' },
        { factor: -1, of: 'b' },
      ],
    }
    const twice = solved({
      variables: [a, b].flatMap((v) => v ?? []),
      constraints: [equal, { ...equal, name: 'again' }],
    })
    expect(twice.global).toMatchObject({ degrees: 1, chi2: expect.closeTo(2) })
    const other = { ...equal, name: 'other', equals: 3 }
    expect(
      reconcile({ variables: [a, b].flatMap((v) => v ?? []), constraints: [equal, other] }),
    ).toMatchObject({ outcome: 'singular' })
    const exact: Variable[] = [
      { name: 'a', value: 10, u: 0 },
      { name: 'b', value: 12, u: 0 },
    ]
    expect(reconcile({ variables: exact, constraints: [equal] })).toMatchObject({
      outcome: 'singular',
      constraint: 'equal',
    })
  })

  it('refuses what is no problem', () => {
    const one = { name: 'a', value: 1, u: 1 }
    const of = (variables: Variable[], name = 'a') =>
      reconcile({ variables, constraints: [{ name: 'c', terms: [{ factor: 1, of: name }] }] })
    expect(of([{ name: 'a', value: 1 }])).toMatchObject({ outcome: 'singular' })
    expect(of([one, one])).toMatchObject({ outcome: 'singular' })
    expect(of([{ ...one, value: Number.NaN }])).toMatchObject({ outcome: 'singular' })
    expect(of([one], 'b')).toMatchObject({ outcome: 'singular', constraint: 'c' })
  })
})
