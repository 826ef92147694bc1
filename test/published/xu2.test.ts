import { describe, expect, test } from 'vitest'
import type { ExtractantSet } from '../../src/chemistry/index.ts'
import { solveCircuit } from '../../src/unitops/sx/solve.ts'
import { closureGap } from '../sx/closure.ts'
import { builtIn, readCase, scaled } from './case.ts'
import { onceThrough } from './once-through.ts'

const { recomputed_here: reference } = readCase('xu2') as {
  recomputed_here: {
    readonly fA_out: number
    readonly exact_stage_model_24_21: {
      readonly B_purity_aq: number
      readonly A_purity_org: number
    }
    readonly profile: readonly (readonly [number, number, number])[]
  }
}

function xuSet(): ExtractantSet {
  return builtIn('XU-BETA2')
}

const STAGES = 45
const FEED = 24

/**
 * The exact stage model: organic holds S in every stage but the last, which gives W back to the
 * scrub. W and S follow from the printed rules: E'_M = S/W = sqrt(beta), S - W = fA.
 */
function solved(set: ExtractantSet) {
  const out = exactOutlet()
  const W = out / (Math.SQRT2 - 1)
  const S = W + out
  const loading = new Float64Array(STAGES).fill(3 * S)
  loading[STAGES - 1] = 3 * out
  const problem = onceThrough({
    set,
    elements: ['A', 'B'],
    stages: STAGES,
    aqueousFlow: 1,
    organicFlow: 1,
    feedStage: FEED - 1,
    scrubFlow: 1,
    feed: { A: 0.5, B: 0.5 },
    organicFeed: {},
    hydrogen: 20,
    scrubHydrogen: 20,
    sulfate: 0,
    extractant: 1,
    loading,
  })
  const solution = solveCircuit(problem)
  expect(solution.converged).toBe(true)
  expect(closureGap(problem, solution)).toBeLessThan(1e-12)
  const x = (i: number, k: number) => solution.aqueous[k * STAGES + i] as number
  const y = (i: number, k: number) => solution.organicRate[k * STAGES + i] as number
  const share = (f: (i: number, k: number) => number, i: number) => f(i, 0) / (f(i, 0) + f(i, 1))
  return {
    purityB: 1 - share(x, 0),
    purityA: share(y, STAGES - 1),
    profile: reference.profile.map(
      ([stage]) => [share(x, stage - 1), share(y, stage - 1)] as const,
    ),
  }
}

/** Organic product for 99.9 % A and 99.99 % B, from the balance of A. */
const exactOutlet = () => (0.5 - 0.0001) / (0.999 - 0.0001)

function deviations(set: ExtractantSet): number[] {
  const found = solved(set)
  const { B_purity_aq, A_purity_org } = reference.exact_stage_model_24_21
  return [
    found.purityB - B_purity_aq,
    found.purityA - A_purity_org,
    ...found.profile.flatMap(([x, y], j) => {
      const [, px, py] = reference.profile[j] as readonly [number, number, number]
      return [x - px, y - py]
    }),
  ]
}

describe('XU2', () => {
  test('purities and profile of 24 + 21 stages to 1e-6', () => {
    expect(exactOutlet()).toBeCloseTo(reference.fA_out, 5)
    const found = deviations(xuSet())
    const worst = Math.max(...found.map((v) => Math.abs(v)))
    console.log(
      `XU2: purity B ${(found[0] as number).toExponential(1)}, A ${(found[1] as number).toExponential(1)}, ` +
        `worst of the profile ${worst.toExponential(1)}`,
    )
    expect(worst).toBeLessThan(1e-6)
  })
  test('fails when beta is moved by 1 %', () => {
    for (const element of ['A', 'B']) {
      const worst = Math.max(
        ...deviations(scaled(xuSet(), 'beta', 1.01, element)).map((v) => Math.abs(v)),
      )
      expect(worst).toBeGreaterThan(1e-6)
    }
  })
})
