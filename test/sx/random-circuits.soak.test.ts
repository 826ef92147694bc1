import { describe, expect, test } from 'vitest'
import { random } from '../../src/numerics/index.ts'
import type { SxProblem, SxSolution } from '../../src/unitops/sx/problem.ts'
import { solveCircuit } from '../../src/unitops/sx/solve.ts'
import { draws } from '../draws.ts'
import { closureGap, equilibriumGap } from './closure.ts'
import { randomCircuit } from './random-circuits.ts'
import type { RandomCircuit } from './random-circuits.ts'
import { fiveStarts, substitution } from './second-method.ts'

/** 100 in `npm test`, 2,000 in the soak; DIDYMIUM_SX_DRAWS and DIDYMIUM_SX_SEED for others. */
const DRAWS = Number(process.env['DIDYMIUM_SX_DRAWS'] ?? draws(2000))
const SEED = Number(process.env['DIDYMIUM_SX_SEED'] ?? 20_261)

function largestLoading(problem: SxProblem, solution: SxSolution): number {
  const { network, components } = problem
  const n = network.stages
  let largest = 0
  for (let i = 0; i < n; i++) {
    const organic =
      (network.organicForward[i] as number) +
      (network.organicBack[i] as number) +
      (network.organicExit[i] as number)
    let taken = 0
    for (let k = 0; k < components; k++)
      if ((problem.protons[k] as number) > 1)
        taken +=
          ((problem.bound[k] as number) * (solution.organicRate[k * n + i] as number)) / organic
    largest = Math.max(largest, taken / (problem.extractant[i] as number))
  }
  return largest
}

/** Finite and not negative, whatever the outcome. */
function sound(solution: SxSolution): boolean {
  const good = (v: number) => v >= 0 && v < Number.POSITIVE_INFINITY
  return (
    solution.aqueous.every(good) &&
    solution.organicRate.every(good) &&
    solution.lnHydrogen.every(Number.isFinite) &&
    solution.lnFree.every(Number.isFinite) &&
    Number.isFinite(solution.residual)
  )
}

const histogram = (values: readonly number[], edges: readonly number[]) =>
  edges
    .map((edge, k) => {
      const next = edges[k + 1] ?? Number.POSITIVE_INFINITY
      return `${edge}: ${values.filter((v) => v >= edge && v < next).length}`
    })
    .join('  ')

const fullEfficiency = (c: RandomCircuit) => c.problem.network.efficiency.every((e) => e === 1)

describe('random circuits', () => {
  test('inside what the sets carry: 99.5 % converge, and close to 1e-9', {
    timeout: 7_200_000,
  }, () => {
    const source = random(SEED)
    const open: RandomCircuit[] = []
    const [stages, loadings, ratios]: [number[], number[], number[]] = [[], [], []]
    const [solves, times]: [number[], number[]] = [[], []]
    let [reflux, worst, equilibrium] = [0, 0, 0]
    for (let draw = 0; draw < DRAWS; draw++) {
      const c = randomCircuit(source.split(), 'inside')
      expect(c.laid.dry, c.about).toBe(-1)
      const from = performance.now()
      const solution = solveCircuit(c.problem)
      times.push(performance.now() - from)
      expect(sound(solution), c.about).toBe(true)
      const gap = closureGap(c.problem, solution)
      if (!solution.converged || !(gap < 1e-9)) open.push(c)
      else worst = Math.max(worst, gap)
      if (solution.converged && fullEfficiency(c) && !c.problem.usesAqueous)
        equilibrium = Math.max(equilibrium, equilibriumGap(c.problem, solution))
      stages.push(c.stages)
      loadings.push(largestLoading(c.problem, solution))
      ratios.push(Math.log10(c.layout.organicFlow))
      solves.push(solution.iterations)
      if (c.reflux) reflux++
    }
    const share = (values: readonly number[], over: number) =>
      values.filter((v) => v > over).length / DRAWS
    const sorted = times.toSorted((a, b) => a - b)
    console.log(
      [
        `${DRAWS} draws, ${open.length} not converged; worst closure ` +
          `${worst.toExponential(1)}, worst equilibrium ${equilibrium.toExponential(1)}`,
        `stages    ${histogram(stages, [2, 10, 30, 61, 90, 120])}`,
        `loading   ${histogram(loadings, [0, 0.1, 0.3, 0.5, 0.7, 0.9])}`,
        `log10 O:A ${histogram(ratios, [-1.5, -0.5, 0, 0.5, 1, 1.5])}`,
        `solves    ${histogram(solves, [0, 10, 20, 50, 100, 300])}`,
        `reflux ${reflux}; median ${(sorted[DRAWS >> 1] as number).toFixed(1)} ` +
          `ms, 99 % ${(sorted[Math.floor(0.99 * DRAWS)] as number).toFixed(0)} ` +
          'ms',
      ].join('\n'),
    )
    expect(share(stages, 60)).toBeGreaterThan(0.3)
    expect(share(loadings, 0.5)).toBeGreaterThan(0.3)
    expect(reflux / DRAWS).toBeGreaterThan(0.3)
    expect(equilibrium).toBeLessThan(1e-7)
    expect(open.length / DRAWS).toBeLessThanOrEqual(0.005)
    for (const c of open)
      for (const start of fiveStarts)
        expect(substitution(c.problem, start), c.about).toBeUndefined()
  })
  test('without limits: always an answer without NaN or negative', { timeout: 3_600_000 }, () => {
    const source = random(SEED + 1)
    let open = 0
    const count = Math.ceil(DRAWS / 2)
    for (let draw = 0; draw < count; draw++) {
      const c = randomCircuit(source.split(), 'anything')
      const solution = solveCircuit(c.problem, { limit: 300 })
      expect(sound(solution), c.about).toBe(true)
      if (!solution.converged) {
        open++
        expect(solution.worstStage).toBeLessThan(c.stages)
        expect(solution.residual).toBeGreaterThan(0)
      } else expect(closureGap(c.problem, solution), c.about).toBeLessThan(1e-9)
    }
    console.log(`${count} draws without limits: ${open} without a steady state found`)
  })
  test('a second method finds the same steady state', () => {
    const source = random(SEED + 2)
    let [compared, tried] = [0, 0]
    while (compared < 6 && tried < 200) {
      const c = randomCircuit(source.split(), 'inside')
      tried++
      if (c.stages > 25 || !fullEfficiency(c) || c.problem.usesAqueous) continue
      const other = substitution(c.problem, fiveStarts[compared % 5] ?? fiveStarts[0], 3000)
      if (other === undefined) continue
      const own = solveCircuit(c.problem)
      expect(own.converged).toBe(true)
      for (let i = 0; i < c.stages; i++) {
        const gap = (other.lnHydrogen[i] as number) - (own.lnHydrogen[i] as number)
        expect(Math.abs(gap), c.about).toBeLessThan(1e-5)
      }
      compared++
    }
    expect(compared).toBe(6)
  })
  test('closure sees 1 % taken off one outlet', () => {
    const c = randomCircuit(random(4), 'inside')
    const solution = solveCircuit(c.problem)
    expect(closureGap(c.problem, solution)).toBeLessThan(1e-12)
    const aqueous = Float64Array.from(solution.aqueous)
    aqueous[0] = (aqueous[0] as number) * 0.99
    expect(closureGap(c.problem, { ...solution, aqueous })).toBeGreaterThan(1e-9)
  })
})
