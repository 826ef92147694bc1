import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compileDistribution,
  type ExtractantSet,
  type MeasuredRow,
  type Measurement,
  shakeout,
} from '../../src/chemistry/index.ts'
import { bank, fitConstants, type FitRequest } from '../../src/scenario/index.ts'
import { answersAt, predicted, sensitivities } from '../../src/scenario/fit/equations.ts'
import { poseFit } from '../../src/scenario/fit/problem.ts'

const request: FitRequest = {
  id: 'synthetic',
  title: 'synthetic',
  model: 'mass-action',
  extractant: 'PC88A',
  diluent: 'kerosene',
  medium: 'chloride',
}

const truth = (() => {
  const set = bank.extractants.get('PC88A-T21-NdPr')
  if (set === undefined) throw new Error('PC88A-T21-NdPr')
  return set
})()

interface Plan {
  readonly extractant: number
  readonly hydrogenFeed: number
  readonly feed: Readonly<Record<string, number>>
  readonly saponified?: number
  readonly pH?: number
}

/** What a laboratory without error measures of a test. */
function measured(
  plan: Plan,
  set: ExtractantSet,
  of: readonly Measurement['of'][],
  place: string,
): MeasuredRow {
  const { pH, hydrogenFeed, ...rest } = plan
  const acid = pH === undefined ? { hydrogenFeed } : { pH }
  const row = { ...rest, ...acid, phaseRatio: 1.3, measured: [], place }
  const answer = shakeout(row, compileDistribution(set, Object.keys(plan.feed)))
  const numbers = of.flatMap((kind): Measurement[] =>
    kind === 'pH'
      ? [{ of: kind, value: answer.pH }]
      : Object.keys(plan.feed).map((element) => {
          return { of: kind, element, value: answer[kind][element] ?? 0 }
        }),
  )
  return { ...row, measured: numbers }
}

const plans: readonly Plan[] = [0.3, 0.6, 1.2].flatMap((extractant) =>
  [0.01, 0.05, 0.15, 0.3].map((hydrogenFeed, k) => {
    const saponified = k === 3 ? 0.2 : 0
    return {
      extractant,
      hydrogenFeed,
      saponified,
      feed: { Nd: 0.02 + 0.02 * k, Pr: 0.03, Dy: 0.01 },
    }
  }),
)

const rowsOf = (set: ExtractantSet, of: readonly Measurement['of'][]) =>
  plans.map((plan, k) => measured(plan, set, of, `plan:${k}`))

function fitted(rows: readonly MeasuredRow[], more: Partial<FitRequest>) {
  const answer = fitConstants(rows, { ...request, ...more }, 'synthetic')
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.fit
}

describe('without error the truth comes back', () => {
  const a = (element: string) => truth.parameters[element]?.['a']?.value ?? Number.NaN
  const fix = { effective: 0.473 }
  test.each([
    ['D', ['D'], {}],
    ['the raffinate', ['aqueous'], {}],
    ['the loaded organic', ['organic'], {}],
    ['D and pH', ['D', 'pH'], {}],
    ['D, power free', ['D'], { free: ['power'] }],
    ['D, effective free', ['D'], { free: ['effective'], fix: {} }],
    ['D, loading stoichiometry free', ['D'], { free: ['monomersPerProton'] }],
    ['raffinate, slope free', ['aqueous'], { free: ['slope'] }],
    ['D, the base holds Dy', ['D'], { elements: ['Nd', 'Pr'], base: truth, fix: {} }],
    ['D, Nd/Pr held', ['D'], { separations: [{ over: 'Nd', under: 'Pr', low: 1.3, high: 1.6 }] }],
  ] as const)('%s', (_, of, more) => {
    const fit = fitted(rowsOf(truth, of), { fix, leastD: 0, ...more })
    expect(fit.outcome).toBe('converged')
    const expected: Record<string, number> = {
      power: 3,
      effective: 0.473,
      monomersPerProton: 2,
      'Nd/Pr': 10 ** 0.1461,
    }
    for (const { name, value } of fit.numbers) {
      const [element = '', parameter] = name.split('.')
      const known = parameter === 'a' ? a(element) : (expected[name] ?? 3)
      expect(value, name).toBeCloseTo(known, 5)
    }
    expect(Object.keys(fit.set.parameters)).toEqual(expect.arrayContaining(['Nd', 'Pr', 'Dy']))
  })

  test('with the pH imposed', () => {
    const rows = plans.map((plan, k) =>
      measured({ ...plan, pH: 0.6 + 0.07 * k }, truth, ['D'], `plan:${k}`),
    )
    const fit = fitted(rows, { fix, leastD: 0, free: ['slope', 'power'] })
    for (const { name, value } of fit.numbers) {
      if (name.endsWith('.a')) expect(value).toBeCloseTo(a(name.slice(0, 2)), 5)
      else expect(value).toBeCloseTo(3, 5)
    }
  })

  test('a pH line', () => {
    const lines = bank.extractants.get('PC88A-ETR-P507-26pct')
    if (lines === undefined) throw new Error('PC88A-ETR-P507-26pct')
    const rows = [0.1, 0.2, 0.4, 0.6].map((pH, k) =>
      measured(
        { extractant: 0.81, hydrogenFeed: 0, pH, feed: { Dy: 0.02, Ho: 0.03 } },
        lines,
        ['D'],
        `plan:${k}`,
      ),
    )
    const fit = fitted(rows, { model: 'ph-isotherm' })
    for (const { name, value } of fit.numbers) {
      const [element = '', parameter = ''] = name.split('.')
      expect(value, name).toBeCloseTo(lines.parameters[element]?.[parameter]?.value ?? 0, 6)
    }
  })
})

test('derivatives are those of differences, and near answers those of the roots', () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  const of = ['D', 'aqueous', 'organic', 'pH'] as const
  const rows = [
    ...rowsOf(truth, of),
    measured({ extractant: 0.5, hydrogenFeed: 0, pH: 1.1, feed: { Nd: 0.1 } }, truth, of, 'x:1'),
  ]
  const free = ['slope', 'power', 'effective', 'monomersPerProton']
  const posed = poseFit(rows, { ...request, free, leastD: 0, leaveOut: new Set() })
  if (!posed.ok) throw new Error(JSON.stringify(posed.problems))
  const { problem } = posed
  const count = problem.parameters.length
  const arbitrary = fc.tuple(...problem.parameters.map(() => number(-0.3, 0.3)))
  fc.assert(
    fc.property(arbitrary, (moves) => {
      const at = problem.parameters.map(({ name, start }, j) => {
        const usual = name.endsWith('.a') ? (name === 'Dy.a' ? -0.4 : -3) : start
        return usual + (name === 'monomersPerProton' ? 0.3 : 1) * (moves[j] ?? 0)
      })
      const answers = answersAt(problem, at)
      const slopes = new Float64Array(problem.measures.length * count)
      sensitivities(problem, at, answers, slopes)
      for (let j = 0; j < count; j++) {
        const step = 1e-5
        const moved = (by: number) => at.map((x, k) => (k === j ? x + by : x))
        const [ahead, behind] = [answersAt(problem, moved(step)), answersAt(problem, moved(-step))]
        const near = answersAt(problem, moved(step), answers)
        for (const [m, measure] of problem.measures.entries()) {
          const of = (list: typeof answers) => predicted(measure, list[measure.row] as never)
          const slope = (of(ahead) - of(behind)) / (2 * step)
          const found = slopes[m * count + j] as number
          const where = `${problem.parameters[j]?.name} ${measure.of} ${measure.row}`
          expect(Math.abs(found - slope), where).toBeLessThan(1e-4 * Math.max(1, Math.abs(slope)))
          expect(Math.abs(of(near) - of(ahead)), where).toBeLessThan(1e-8)
        }
      }
    }),
    { numRuns: 3, seed: 4 },
  )
})
