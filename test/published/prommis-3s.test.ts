import { describe, expect, test } from 'vitest'
import type { ExtractantSet } from '../../src/chemistry/index.ts'
import { solveCircuit } from '../../src/unitops/sx/solve.ts'
import { closureGap } from '../sx/closure.ts'
import { scaled } from './case.ts'
import { prommis, prommisElements, prommisProblem, prommisSet } from './prommis.ts'

/** Relative deviation of every published metal outlet, and of H and HSO4 in the raffinate. */
function deviations(set: ExtractantSet): Readonly<Record<string, number>> {
  const problem = prommisProblem(set)
  const solution = solveCircuit(problem)
  expect(solution.converged).toBe(true)
  expect(closureGap(problem, solution)).toBeLessThan(1e-12)
  const n = problem.network.stages
  const { MW_used } = prommis.given
  const result: Record<string, number> = {}
  prommisElements.forEach((e, k) => {
    const mass = 1000 * (MW_used[e] as number)
    const published = prommis.published.aq_out_mg_L[e]
    const expected =
      typeof published === 'number' ? published : Number.parseFloat(published as string)
    result[`${e} aqueous`] = ((solution.aqueous[k * n] as number) * mass) / expected - 1
    const organic = (solution.organicRate[k * n + 2] as number) / 62.01
    result[`${e} organic`] = (organic * mass) / (prommis.published.org_out_mg_L[e] as number) - 1
  })
  const free = 10 ** ((solution.lnHydrogen[0] as number) / Math.LN10)
  result['H aqueous'] = (free * 1000) / (prommis.published.aq_out_mg_L.H as number) - 1
  const dehpa = Math.exp(solution.lnFree[2] as number) * prommis.given.DEHPA_MW * 1000
  result.DEHPA = dehpa / (prommis.published.org_out_mg_L.DEHPA as number) - 1
  return result
}

const largest = (d: Readonly<Record<string, number>>) =>
  Math.max(...Object.values(d).map((v) => Math.abs(v)))

describe('PROMMIS-3S', () => {
  test('all 24 metal outlets, acid and extractant to 1e-4', () => {
    const found = deviations(prommisSet())
    const text = Object.entries(found).map(([k, v]) => `${k} ${v.toExponential(1)}`)
    console.log(`PROMMIS-3S, relative deviations: ${text.join(', ')}`)
    expect(Object.keys(found)).toHaveLength(26)
    expect(largest(found)).toBeLessThan(1e-4)
  })
  test('fails when a constant is moved by 1 %', () => {
    const set = prommisSet()
    for (const [element, row] of Object.entries(set.parameters))
      for (const [name, { value }] of Object.entries(row)) {
        if (value === 0) continue
        const moved = largest(deviations(scaled(set, name, 1.01, element)))
        expect(moved, `${element} ${name}`).toBeGreaterThan(1e-4)
      }
  })
})
