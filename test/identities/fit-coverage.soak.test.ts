import { expect, test } from 'vitest'
import {
  compileDistribution,
  type ExtractantSet,
  type MeasuredRow,
  type Measurement,
  type Shakeout,
  shakeout,
} from '../../src/chemistry/index.ts'
import { type Random, random } from '../../src/numerics/index.ts'
import { fitConstants, type FitRequest } from '../../src/scenario/index.ts'
import { draws } from '../draws.ts'

/**
 * Synthetic tests with known constants and normal errors of known size, fitted a thousand times:
 * intervals that claim 95 % must hold the truth in 93 to 97 % of them, for each number and in all.
 * The seeds were chosen before the first run. The first laboratory runs all its trials in every
 * test run, the others a twentieth outside of `npm run soak`, with a bound as wide as chance.
 */
const full = 1000
const sourced = (value: number) => ({ value, source: 'truth', method: 'assumption' }) as const

interface Laboratory {
  readonly name: string
  readonly seed: number
  readonly truth: ExtractantSet
  readonly always?: boolean
  readonly request: Partial<FitRequest>
  readonly known: Readonly<Record<string, number>>
  /** What is measured of a test at equilibrium. */
  readonly measure: (truth: Shakeout, chance: Random) => Measurement[]
}

const request: FitRequest = {
  id: 'synthetic',
  title: 'synthetic',
  model: 'mass-action',
  extractant: 'PC88A',
  diluent: '',
  medium: '',
}

function truthOf(numbers: Readonly<Record<string, number>>, power: number): ExtractantSet {
  const parameters = Object.entries(numbers).map(([el, a]) => [el, { a: sourced(a) }] as const)
  return {
    ...request,
    parameters: Object.fromEntries(parameters),
    constants: {
      power: sourced(power),
      reference: sourced(0.5),
      effective: sourced(0),
      monomersPerFree: sourced(2),
      monomersPerProton: sourced(2),
    },
    protons: {},
    quality: {},
    validity: {},
    worth: '',
    points: [],
    sources: [],
    notes: [],
  }
}

/** A plan of tests: extractant, acid and metal varied. */
const plan = [0.4, 0.7, 1].flatMap((extractant) =>
  [0.02, 0.08, 0.2].map((hydrogenFeed, k): MeasuredRow => {
    const feed = { Nd: [0.02, 0.05, 0.1][k] ?? 0, Pr: 0.03 }
    const place = `plan:${extractant}-${hydrogenFeed}`
    return { extractant, hydrogenFeed, phaseRatio: 1, feed, measured: [], place }
  }),
)

const laboratories: readonly Laboratory[] = [
  {
    name: 'D of a mixture, errors not stated',
    seed: 20_261_122,
    truth: truthOf({ Nd: -3.05, Pr: -3.2 }, 2.6),
    always: true,
    request: { free: ['power'] },
    known: { 'Nd.a': -3.05, 'Pr.a': -3.2, power: 2.6 },
    measure: ({ D }, chance) =>
      ['Nd', 'Pr'].map((element) => {
        return { of: 'D', element, value: (D[element] ?? 0) * Math.exp(chance.normal(0, 0.08)) }
      }),
  },
  {
    name: 'raffinate and pH, errors stated',
    seed: 20_261_123,
    truth: truthOf({ Nd: -3.05, Pr: -3.2 }, 3),
    request: {},
    known: { 'Nd.a': -3.05, 'Pr.a': -3.2 },
    measure: ({ aqueous, pH }, chance) => {
      const metals = ['Nd', 'Pr'].map((element): Measurement => {
        const x = aqueous[element] ?? 0
        const value = x * Math.exp(chance.normal(0, 0.02))
        return { of: 'aqueous', element, value, uncertainty: 0.02 * value }
      })
      return [...metals, { of: 'pH', value: pH + chance.normal(0, 0.02), uncertainty: 0.02 }]
    },
  },
  {
    name: 'D at an imposed pH, slope free',
    seed: 20_261_124,
    truth: truthOf({ Nd: -3.05 }, 3),
    request: { free: ['slope'], elements: ['Nd'] },
    known: { 'Nd.a': -3.05, 'Nd.slope': 3 },
    measure: ({ D }, chance) => [
      { of: 'D', element: 'Nd', value: (D['Nd'] ?? 0) * Math.exp(chance.normal(0, 0.1)) },
    ],
  },
]

/** The plan of a laboratory, and what truly comes of each test. */
function planOf({ name, truth }: Laboratory) {
  return plan.map((row, k) => {
    const { hydrogenFeed: _, feed, ...rest } = row
    const imposed: MeasuredRow = { ...rest, feed: { Nd: feed['Nd'] ?? 0 }, pH: 0.6 + 0.08 * k }
    const test = name.includes('imposed') ? imposed : row
    const answer = shakeout(test, compileDistribution(truth, Object.keys(test.feed)))
    return { test, answer }
  })
}

test.each(laboratories)('$name: 95 % intervals hold the truth', (laboratory) => {
  const chance = random(laboratory.seed)
  const tests = planOf(laboratory)
  const trials = laboratory.always === true ? full : draws(full)
  const held: Record<string, number> = {}
  let [sum, squares] = [0, 0]
  for (let turn = 0; turn < trials; turn++) {
    const rows = tests.map(({ test, answer }): MeasuredRow => {
      return { ...test, measured: laboratory.measure(answer, chance) }
    })
    const answer = fitConstants(rows, { ...request, ...laboratory.request }, 'synthetic')
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    expect(answer.fit.outcome).toBe('converged')
    for (const [name, truth] of Object.entries(laboratory.known)) {
      const number = answer.fit.numbers.find((candidate) => candidate.name === name)
      const [low = Number.NaN, high = Number.NaN] = number?.interval ?? []
      held[name] = (held[name] ?? 0) + (low <= truth && truth <= high ? 1 : 0)
      const z = ((number?.value ?? Number.NaN) - truth) / (number?.standardError ?? Number.NaN)
      sum += z
      squares += z * z
    }
  }
  const names = Object.keys(laboratory.known)
  const shares = names.map((name) => (held[name] ?? 0) / trials)
  const pooled = shares.reduce((a, b) => a + b, 0) / shares.length
  const count = trials * names.length
  console.log(
    `${laboratory.name}: ${names.map((n, k) => `${n} ${(100 * (shares[k] ?? 0)).toFixed(1)} %`).join(', ')}, ` +
      `pooled ${(100 * pooled).toFixed(2)} %; z mean ${(sum / count).toFixed(3)}, ` +
      `rms ${Math.sqrt(squares / count).toFixed(3)}`,
  )
  // A thousand: 93 to 97 %, 2.9 standard deviations of the count; fewer: as many deviations.
  const width = 0.02 * Math.sqrt(full / trials)
  for (const share of [...shares, pooled]) {
    expect(share).toBeGreaterThanOrEqual(0.95 - width)
    expect(share).toBeLessThanOrEqual(0.95 + width)
  }
})
