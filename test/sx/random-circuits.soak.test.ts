import { describe, expect, test } from 'vitest'
import { random } from '../../src/numerics/index.ts'
import type { SxSolution } from '../../src/unitops/sx/problem.ts'
import { solveCircuit } from '../../src/unitops/sx/solve.ts'
import { draws, soaking } from '../draws.ts'
import { closureGap, equilibriumGap } from './closure.ts'
import { confirmation, largestLoading, outcomeOf } from './outcomes.ts'
import { randomCircuit } from './random-circuits.ts'
import type { RandomCircuit } from './random-circuits.ts'
import { fromFiveStarts } from './second-method.ts'

/** 100 in `npm test`, 2,000 in the soak, and there 20,000 of another seed after them. */
const DRAWS = Number(process.env['DIDYMIUM_SX_DRAWS'] ?? draws(2000))
const MANY = 20_000
const SEED = Number(process.env['DIDYMIUM_SX_SEED'] ?? 20_261)

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

/** How often each text occurs. */
const tally = (texts: readonly string[]) =>
  [...new Set(texts)]
    .toSorted()
    .map((text) => `${text}: ${texts.filter((t) => t === text).length}`)
    .join('  ')

/** Draws, solves, prints the histogram and demands what the population promises. */
function drawInside(count: number, seed: number): void {
  const source = random(seed)
  const open: RandomCircuit[] = []
  const [stages, loadings, ratios]: [number[], number[], number[]] = [[], [], []]
  const [solves, times, outcomes]: [number[], number[], string[]] = [[], [], []]
  let [reflux, saponified, worst, equilibrium] = [0, 0, 0, 0]
  for (let draw = 0; draw < count; draw++) {
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
    outcomes.push(outcomeOf(c.problem, solution))
    stages.push(c.stages)
    loadings.push(largestLoading(c.problem, solution))
    ratios.push(Math.log10(c.layout.organicFlow))
    solves.push(solution.iterations)
    if (c.reflux) reflux++
    if (c.problem.organicSource.some((v) => v > 0)) saponified++
  }
  const share = (values: readonly number[], over: number) =>
    values.filter((v) => v > over).length / count
  const sorted = times.toSorted((a, b) => a - b)
  console.log(
    [
      `${count} draws, ${open.length} not converged; worst closure ` +
        `${worst.toExponential(1)}, worst equilibrium ${equilibrium.toExponential(1)}`,
      `stages    ${histogram(stages, [2, 10, 30, 61, 90, 120])}`,
      `loading   ${histogram(loadings, [0, 0.1, 0.3, 0.5, 0.7, 0.9])}`,
      `log10 O:A ${histogram(ratios, [-1.5, -0.5, 0, 0.5, 1, 1.5])}`,
      `solves    ${histogram(solves, [0, 10, 20, 50, 100, 300])}`,
      `outcomes  ${tally(outcomes)}`,
      `reflux ${reflux}, saponified ${saponified}; median ` +
        `${(sorted[count >> 1] as number).toFixed(1)} ms, 99 % ` +
        `${(sorted[Math.floor(0.99 * count)] as number).toFixed(0)} ms`,
    ].join('\n'),
  )
  expect(share(stages, 60)).toBeGreaterThan(0.3)
  expect(share(loadings, 0.5)).toBeGreaterThan(0.3)
  expect(reflux / count).toBeGreaterThan(0.3)
  expect(equilibrium).toBeLessThan(1e-7)
  expect(open.length / count).toBeLessThanOrEqual(0.005)
  for (const c of open) {
    const how = confirmation(c.problem)
    console.log(`open: ${c.about}: ${how}`)
    expect(how, c.about).toBeDefined()
  }
}

describe('random circuits', () => {
  test(
    'inside what the sets carry: 99.5 % converge, and close to 1e-9',
    {
      timeout: 7_200_000,
    },
    () => drawInside(DRAWS, SEED),
  )
  test.runIf(soaking)('the same for ten times as many', { timeout: 14_400_000 }, () =>
    drawInside(MANY, SEED + 3),
  )
  test('without limits: always an answer without NaN or negative', { timeout: 3_600_000 }, () => {
    const source = random(SEED + 1)
    const outcomes: string[] = []
    const count = DRAWS
    for (let draw = 0; draw < count; draw++) {
      const c = randomCircuit(source.split(), 'anything')
      const solution = solveCircuit(c.problem, { limit: 300 })
      expect(sound(solution), c.about).toBe(true)
      outcomes.push(outcomeOf(c.problem, solution))
      if (!solution.converged) {
        expect(solution.worstStage).toBeLessThan(c.stages)
        expect(solution.residual).toBeGreaterThan(0)
      } else expect(closureGap(c.problem, solution), c.about).toBeLessThan(1e-9)
    }
    console.log(`${count} draws without limits: ${tally(outcomes)}`)
  })
  test('a second method, where it settles, settles on the same steady state', {
    timeout: 600_000,
  }, () => {
    const source = random(SEED + 2)
    const kinds = { plain: [0, 0], bypass: [0, 0], activity: [0, 0] }
    for (let draw = 0; draw < 80; draw++) {
      const c = randomCircuit(source.split(), 'inside')
      if (c.stages > 40) continue
      const kind = c.problem.usesAqueous ? 'activity' : fullEfficiency(c) ? 'plain' : 'bypass'
      const own = solveCircuit(c.problem)
      expect(own.converged, c.about).toBe(true)
      kinds[kind][1] = (kinds[kind][1] ?? 0) + 1
      const other = fromFiveStarts(c.problem, 500)
      if (other === undefined) continue
      kinds[kind][0] = (kinds[kind][0] ?? 0) + 1
      for (let i = 0; i < c.stages; i++) {
        const gap = (other.lnHydrogen[i] as number) - (own.lnHydrogen[i] as number)
        expect(Math.abs(gap), c.about).toBeLessThan(1e-5)
      }
    }
    const text = Object.entries(kinds).map(([kind, [a, b]]) => `${kind} ${a} of ${b}`)
    console.log(`the second method settles from five starts: ${text.join(', ')}`)
    expect(kinds.plain[0]).toBeGreaterThan(3)
    expect(kinds.bypass[0]).toBeGreaterThan(0)
    expect(kinds.activity[0]).toBeGreaterThan(0)
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
