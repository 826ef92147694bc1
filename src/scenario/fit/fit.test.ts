import { describe, expect, it } from 'vitest'
import { compileDistribution, type MeasuredRow, shakeout } from '../../chemistry/index.ts'
import { bank } from '../../databank/index.ts'
import { random } from '../../numerics/index.ts'
import { fitConstants, type FitRequest } from './index.ts'

const request: FitRequest = {
  id: 'own',
  title: 'own',
  model: 'mass-action',
  extractant: 'PC88A',
  diluent: 'kerosene',
  medium: 'chloride',
  fix: { effective: 0.473 },
}

const truth = bank.extractants.get('PC88A-T21-NdPr')
if (truth === undefined) throw new Error('PC88A-T21-NdPr')
const nd = compileDistribution(truth, ['Nd'])

/** Tests with Nd at several acids, D measured to 2 %. */
function tests(
  count: number,
  seed = 1,
  extractant = (_: number) => 1,
  metal = 0.05,
): MeasuredRow[] {
  const chance = random(seed)
  return Array.from({ length: count }, (_, k) => {
    const acid = 0.01 + (0.15 * k) / count
    const strength = extractant(k)
    const row = { extractant: strength, hydrogenFeed: acid, phaseRatio: 1, feed: { Nd: metal } }
    const D = (shakeout(row, nd).D['Nd'] ?? 0) * Math.exp(chance.normal(0, 0.02))
    return { ...row, measured: [{ of: 'D', element: 'Nd', value: D }], place: `t.csv:${k + 2}` }
  })
}

function fitted(rows: readonly MeasuredRow[], more: Partial<FitRequest> = {}) {
  const answer = fitConstants(rows, { ...request, ...more }, 'own')
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.fit
}

function refusals(rows: readonly MeasuredRow[], more: Partial<FitRequest>): string {
  const answer = fitConstants(rows, { ...request, ...more }, 'own')
  if (answer.ok) throw new Error('not refused')
  return answer.problems.map(({ message, expected }) => `${message} (${expected})`).join('\n')
}

/** A row with its D multiplied. */
function wrong(row: MeasuredRow, by: number): MeasuredRow {
  return { ...row, measured: row.measured.map((m) => ({ ...m, value: m.value * by })) }
}

describe('what a laboratory does', () => {
  it('finds the wild number, and leaves it out when asked', () => {
    const rows = tests(12).map((row, k) => (k === 4 ? wrong(row, 1.8) : row))
    const fit = fitted(rows)
    expect(fit.measures.filter(({ outlier }) => outlier).map(({ place }) => place)).toEqual([
      't.csv:6',
    ])
    expect(fit.warnings.join('\n')).toMatch(
      /t\.csv:6: Nd D .* is an outlier .* --leave-out t\.csv:6/,
    )
    const without = fitted(rows, { leaveOutOutliers: true })
    expect(without.skipped).toEqual([{ place: 't.csv:6', why: 'left out' }])
    expect(without.scatter).toBeLessThan(fit.scatter / 3)
    expect(fitted(tests(12)).measures.some(({ outlier }) => outlier)).toBe(false)
  })

  it('counts a copied line once, and a repeat twice', () => {
    const rows = tests(6)
    const copy = { ...(rows[2] as MeasuredRow), place: 't.csv:20' }
    const fit = fitted([...rows, copy])
    expect(fit.skipped[0]?.why).toMatch(/the same to the last digit as t\.csv:4/)
    expect(fit.numbers[0]?.value).toBe(fitted(rows).numbers[0]?.value)
    expect(fitted([...rows, wrong(copy, 1.01)]).measures).toHaveLength(7)
  })

  it('tells error from lack of fit by repeats', () => {
    const repeated = [...tests(8, 1), ...tests(8, 2).map((r, k) => ({ ...r, place: `u.csv:${k}` }))]
    const right = fitted(repeated)
    expect(right.repeats).toMatchObject({ tests: 16, degreesOfFreedom: 8 })
    expect(right.repeats?.probability).toBeGreaterThan(0.01)
    const bad = fitted(repeated, { fix: { 'Nd.slope': 2 } })
    expect(bad.repeats?.probability).toBeLessThan(1e-4)
    expect(bad.warnings.join('\n')).toMatch(/the model lacks something/)
  })

  it('takes what is below the limit of detection as that', () => {
    const rows = tests(8)
    const limited = (value: number, limit: 'below' | 'above'): MeasuredRow => {
      const row = { ...(rows[7] as MeasuredRow), hydrogenFeed: 1, place: 't.csv:30' }
      return { ...row, measured: [{ of: 'D', element: 'Nd', value, limit }] }
    }
    const [alone] = fitted(rows).numbers
    const [kept] = fitted([...rows, limited(0.05, 'below')]).numbers
    expect(Math.abs((kept?.value ?? 0) - (alone?.value ?? 1))).toBeLessThan(1e-6)
    // A limit that contradicts the other tests pulls.
    const [pulled] = fitted([...rows, limited(0.05, 'above')]).numbers
    expect(pulled?.value).toBeGreaterThan((alone?.value ?? 0) + 0.01)
    expect(fitted([...rows, limited(0.05, 'above')]).degreesOfFreedom).toBe(7)
  })

  it('weighs by stated errors, and says when they are too small', () => {
    const state = (rows: readonly MeasuredRow[], relative: number) =>
      rows.map((row) => ({
        ...row,
        measured: row.measured.map((m) => ({ ...m, uncertainty: relative * m.value })),
      }))
    const honest = fitted(state(tests(12), 0.02))
    expect(honest.errors).toBe('stated')
    const twice = fitted(state(tests(12), 0.04)).numbers[0]?.standardError ?? 0
    expect(twice / (honest.numbers[0]?.standardError ?? 0)).toBeCloseTo(2, 2)
    const boast = fitted(state(tests(12), 0.001))
    expect(boast.errors).toBe('scatter')
    expect(boast.warnings.join('\n')).toMatch(/times the stated errors/)
  })

  it('lets each source have a scatter of its own', () => {
    const good = tests(8, 1).map((row) => ({ ...row, source: 'good' }))
    const poor = tests(8, 3).map((row, k) => {
      const place = `p.csv:${k}`
      return { ...wrong(row, k % 2 === 0 ? 2 : 0.7), source: 'poor', place }
    })
    const [equal, own] = ['common', 'source'].map((scatter) => {
      return fitted([...good, ...poor], { scatter: scatter as 'common' | 'source' })
    })
    const at = (fit: typeof own) => fit?.sources.find(({ source }) => source === 'good')?.rms ?? 9
    expect(at(own)).toBeLessThan(at(equal) / 3)
    const left = own?.leftOut.find(({ source }) => source === 'good')
    expect(left?.rms).toBeGreaterThan(at(own))
  })

  it('says when the phases do not add up', () => {
    const [first, ...rest] = tests(6)
    const both = [
      { of: 'aqueous', element: 'Nd', value: 0.03 },
      { of: 'organic', element: 'Nd', value: 0.03 },
    ] as const
    const fit = fitted([{ ...(first as MeasuredRow), measured: both }, ...rest])
    expect(fit.warnings.join('\n')).toMatch(/t\.csv:2: the Nd of both phases is 20 % more/)
  })
})

describe('what the tests cannot tell', () => {
  it('the power at one concentration of extractant', () => {
    const dilute = tests(10, 1, () => 1, 1e-4)
    const fit = fitted(dilute, { free: ['power'] })
    expect(fit.outcome).toBe('undetermined')
    expect(fit.warnings.join('\n')).toMatch(
      /power.*(known only together|cannot be told).*tests at several extractant concentrations/s,
    )
    const varied = tests(12, 1, (k) => [0.3, 0.6, 1.2][k % 3] ?? 1)
    expect(fitted(varied, { free: ['power'] }).warnings).toEqual([])
  })

  it('a number that runs to its bound', () => {
    const fit = fitted(tests(8), { bounds: { 'Nd.a': [-3, 0] } })
    expect(fit.numbers[0]).toMatchObject({ name: 'Nd.a', value: -3, atBound: true })
    expect(fit.warnings.join('\n')).toMatch(
      /Nd\.a ended on its lower bound -3: the tests ask for less/,
    )
  })

  it('errors without a degree of freedom', () => {
    const fit = fitted(tests(1))
    expect(fit.numbers[0]?.standardError).toBeUndefined()
    expect(fit.warnings.join('\n')).toMatch(/as many measurements as unknowns/)
  })
})

describe('refusals say what to change', () => {
  it.each([
    [{ model: 'mass' }, /model "mass" is no distribution model \(.*mass-action/],
    [{ model: 'solvating' }, /"solvating" cannot be fitted here/],
    [{ elements: ['Nd', 'Dy'] }, /nothing was measured of Dy \(a column "Dy D"/],
    [{ free: ['pwer'] }, /"pwer" cannot be freed \(did you mean "power"/],
    [{ fix: { 'Dy.a': 1 } }, /"Dy\.a" cannot be fixed/],
    [{ free: ['power'], fix: { power: 3 } }, /both freed and fixed/],
    [{ bounds: { power: [5, 1] as const } }, /bounds of power are 5 and 1/],
    [
      { free: ['slope', 'power', 'effective'], fix: {} },
      /2 usable measurements for 4 unknowns .*measure 3 more/,
    ],
    [{ base: bank.extractants.get('PC88A-ETR-P507-26pct') }, /is of the model ph-isotherm/],
    [
      { separations: [{ over: 'Nd', under: 'Pr', low: 1.3, high: 1.6 }] },
      /Nd\/Pr: Pr is not fitted/,
    ],
    [
      { separations: [{ over: 'Nd', under: 'Nd', low: 1, high: 2 }] },
      /the separation factors go round/,
    ],
  ] as readonly (readonly [Partial<FitRequest>, RegExp])[])('%j', (more, message) => {
    expect(refusals(tests(2), more)).toMatch(message)
  })

  it('an element that loads the extractant without constants', () => {
    const rows = tests(4).map((row) => ({ ...row, feed: { ...row.feed, Dy: 0.01 } }))
    expect(refusals(rows, {})).toMatch(/t\.csv:2 brings Dy, which loads the extractant .*base set/)
    expect(fitted(rows, truth === undefined ? {} : { base: truth }).set.parameters).toHaveProperty(
      'Dy',
    )
  })

  it('more tests than a fit takes', () => {
    const [row] = tests(1)
    const many = Array.from({ length: 10_001 }, () => row as MeasuredRow)
    expect(refusals(many, {})).toMatch(/10001 tests \(at most 10000 in one fit\)/)
  })

  it('nothing, and nothing usable', () => {
    const bare = tests(3).map((row) => ({ ...row, measured: [] }))
    expect(refusals(bare, {})).toMatch(/nothing was measured/)
    const zero = tests(3).map((row) => wrong(row, 0))
    expect(refusals(zero, {})).toMatch(/0 usable measurements of Nd for 1 numbers/)
  })
})
