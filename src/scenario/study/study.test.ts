import { describe, expect, it } from 'vitest'
import { plantOf } from '../../../test/plants/kit.ts'
import { circuitPlant, smallPlant } from '../../../test/terminal/kit.ts'
import { bank } from '../../databank/index.ts'
import { simulate, withValue } from '../index.ts'
import { optimise, type Freedom } from './optimise.ts'
import { findParameter, matching, parametersOf, readValue } from './parameters.ts'
import { readRange, readValues } from './ranges.ts'
import { readRequirement, readResult } from './results.ts'
import { sensitivity, solveCases } from './sensitivity.ts'
import { isSolved, solveCase, type Study, studyOf, unmeasured } from './what-if.ts'

const small = studyOf(plantOf(smallPlant))
const circuit = studyOf(plantOf(circuitPlant))

function parameter(path: string, { plant, bank: data }: Study) {
  const found = findParameter(path, parametersOf(plant, data), plant)
  if (!found.ok) throw new Error(found.message)
  return found.parameter
}

function result(text: string, { plant, base }: Study) {
  const found = readResult(text, plant, base)
  if (!found.ok) throw new Error(found.message)
  return found.result
}

function requirement(text: string, { plant, base }: Study) {
  const found = readRequirement(text, plant, base)
  if (!found.ok) throw new Error(found.message)
  return found.requirement
}

describe('names of parameters', () => {
  const known = parametersOf(circuit.plant, bank)

  it('reach quantities, numbers, whole numbers, maps, assays and constants', () => {
    const expected = {
      'oxide.rate': 6000 / (6000 * 3600),
      'oxide.assay.Dy2O3': 0.2,
      'acid.species.HCl': 0.32,
      'sx1.sections[2].flow': 1.5e-3 / 3600,
      'sx1.sections[0].stages': 6,
      'extractants.PC88A-T21-NdPr.Nd.a': -3.0776,
      'extractants.PC88A-T21-NdPr.power': 3,
    }
    for (const [path, value] of Object.entries(expected)) {
      expect(known.find((p) => p.path === path)?.value, path).toBeCloseTo(value, 12)
    }
    expect(known.find((p) => p.path === 'sx1.sections[0].stages')?.whole).toBe(true)
    expect(known.find((p) => p.path.endsWith('.Nd.a'))?.deviation).toBe(0.033)
    // Constants of elements that the plant does not have move nothing.
    expect(known.some((p) => p.path.endsWith('.La.a'))).toBe(false)
  })

  it('are refused with the nearest, and where a specification varies them', () => {
    const find = (path: string, { plant }: Study) =>
      findParameter(path, parametersOf(plant, bank), plant)
    expect(find('sx1.organicFlwo', circuit)).toMatchObject({
      message: 'no parameter "sx1.organicFlwo"',
      expected: expect.stringContaining('did you mean "sx1.organicFlow"?') as string,
    })
    expect(find('sx7.organicFlow', circuit)).toMatchObject({
      expected: expect.stringContaining('did you mean "sx1"?') as string,
    })
    const specified = `${smallPlant}specifications:
  - { name: sold, vary: powder.rate, between: [0.5 t/y, 2 t/y], until: product didymium-oxide rate = 1 t/y }
`
    expect(find('powder.rate', studyOf(plantOf(specified)))).toMatchObject({
      message: 'powder.rate is varied by the specification "sold"',
    })
  })

  it('may hold stars', () => {
    const paths = (text: string) => {
      const found = matching(text, known, circuit.plant)
      return found.ok ? found.parameters.map(({ path }) => path) : found.message
    }
    expect(paths('sx1.sections[*].stages')).toHaveLength(3)
    expect(paths('extractants.*.a')).toEqual([
      'extractants.PC88A-T21-NdPr.Nd.a',
      'extractants.PC88A-T21-NdPr.Dy.a',
    ])
    expect(paths('*nothing*')).toBe('no parameter is like "*nothing*"')
  })

  it('take values in their units, within what their declaration allows', () => {
    const flow = parameter('sx1.organicFlow', circuit)
    expect(readValue('13 L/h', flow, circuit.plant)).toEqual({ ok: true, value: 13e-3 / 3600 })
    expect(readValue('13 kg', flow, circuit.plant)).toMatchObject({ ok: false })
    const stages = parameter('sx1.sections[0].stages', circuit)
    expect(readValue('6.5', stages, circuit.plant)).toMatchObject({ expected: 'a whole number' })
    const { plant } = circuit
    expect(readRange('8..13 L/h', flow, plant)).toMatchObject({
      low: 8e-3 / 3600,
      high: 13e-3 / 3600,
    })
    expect(readRange('13..8 L/h', flow, plant)).toMatchObject({ ok: false })
    expect(readValues('8, 9 L/h', flow, plant)).toEqual({
      ok: true,
      values: [8e-3 / 3600, 9e-3 / 3600],
    })
    expect(readValues('2..7 in 3', stages, plant)).toEqual({ ok: true, values: [2, 5, 7] })
  })

  it('of results that have no value are found before a study begins', () => {
    expect(unmeasured(small, [result('recovery Nd', small)])).toEqual([])
    expect(unmeasured(small, [result('recovery Dy', small)])).toHaveLength(1)
  })
})

describe('a case with numbers moved', () => {
  const measures = [
    'stream S7 Dy rate',
    'stream S6 Nd rate',
    'reagent caustic rate',
    'stream S7 pH',
  ]
  const results = measures.map((text) => result(text, circuit))

  it.each([
    ['oxide.rate', '7 t/y'],
    ['sx1.organicFlow', '13 L/h'],
    ['sx1.sections[1].stages', '5'],
    ['sx1.sections[2].flow', '1.7 L/h'],
    ['leach.acidRatio', '1.2'],
    ['acid.species.HCl', '30 %'],
    ['oxide.assay.Nd2O3', '76 %'],
  ])('%s is solved as if the text said %s', (path, value) => {
    const text = withValue(circuitPlant, `units.${path}`, value)
    if (text === undefined) throw new Error(`no ${path}`)
    const written = studyOf(plantOf(text))
    const expected = solveCase(
      written,
      [],
      results.map(({ measure }) => measure),
    )
    const moved = parameter(path, circuit)
    const read = readValue(value, moved, circuit.plant)
    if (!read.ok || !isSolved(expected)) throw new Error('the case does not work')
    const measured = results.map(({ measure }) => measure)
    const found = solveCase(circuit, [{ parameter: moved, value: read.value }], measured)
    if (!isSolved(found)) throw new Error(found.detail)
    for (const [k, v] of found.values.entries()) {
      expect(Math.abs(v / (expected.values[k] as number) - 1)).toBeLessThan(1e-8)
    }
  })

  it('uses a moved constant as a set that says so', () => {
    const set = bank.extractants.get('PC88A-T21-NdPr')
    if (set === undefined) throw new Error('no set')
    const a = {
      ...set.parameters['Dy']?.['a'],
      value: -0.45,
      source: '',
      method: 'assumption',
    } as const
    const other = { ...set, parameters: { ...set.parameters, Dy: { a } } }
    const changedBank = { ...bank, extractants: new Map([...bank.extractants, [set.id, other]]) }
    const expected = simulate(circuit.plant, { bank: changedBank }).streams['S7']?.elements['Dy']
    const move = { parameter: parameter('extractants.PC88A-T21-NdPr.Dy.a', circuit), value: -0.45 }
    const found = solveCase(circuit, [move], [result('stream S7 Dy rate', circuit).measure])
    expect(isSolved(found) && found.values[0]).toBeCloseTo(expected ?? 0, 14)
  })

  it('says in words what has no solution', () => {
    const outcome = (path: string, value: number, study = circuit) => {
      const found = solveCase(study, [{ parameter: parameter(path, study), value }], [])
      return isSolved(found) ? 'converged' : `${found.outcome}: ${found.detail}`
    }
    expect(outcome('powder.rate', -1, small)).toMatch(/^out-of-bounds: powder.rate would be -1/)
    expect(outcome('powder.assay.Nd2O3', 0.75, small)).toMatch(/^over-100: the assay of powder/)
    expect(outcome('extractants.PC88A-T21-NdPr.Nd.a', 1)).toMatch(/^organic-not-stripped: /)
    expect(outcome('split.outlets.kept', 0.2, small)).toMatch(/^out-of-domain: /)
  })
})

describe('sensitivity', () => {
  it('is exact where the plant is a product of its parameters', () => {
    const [rate, sold] = ['powder.rate', 'powder.moisture'].map((p) => parameter(p, small))
    if (rate === undefined || sold === undefined) throw new Error('no parameter')
    const found = sensitivity(
      small,
      [rate, sold],
      [result('product didymium-oxide rate', small)],
      0.1,
    )
    const [first, second] = found.parameters.map(({ slopes }) => slopes[0])
    // t/y of product for each t/y of feed, 0.9 of which is sold.
    expect(first?.slope).toBeCloseTo(0.9, 9)
    expect(first?.elasticity).toBeCloseTo(1, 9)
    expect([first?.low, first?.high]).toEqual([expect.closeTo(0.81, 9), expect.closeTo(0.99, 9)])
    // Moisture is zero and cannot be less: one side only.
    expect(second?.slope).not.toBeNull()
    expect(second?.elasticity).toBeCloseTo(0, 12)
  })

  it('of a circuit equals differences of plants that were read and solved anew', () => {
    const wanted = ['stream S7 Dy rate', 'stream S7 Nd rate'].map((text) => result(text, circuit))
    const moved = ['sx1.sections[1].flow', 'oxide.rate'].map((p) => parameter(p, circuit))
    const found = sensitivity(circuit, moved, wanted, 0.05)
    const solved = (path: string, value: string) => {
      const { streams } = simulate(plantOf(withValue(circuitPlant, `units.${path}`, value) ?? ''))
      const { Dy = 0, Nd = 0 } = streams['S7']?.elements ?? {}
      return [Dy * 3.6 * 6000, Nd * 3.6 * 6000]
    }
    const cases = [
      ['sx1.sections[1].flow', '1.998 L/h', '2.002 L/h', 0.004],
      ['oxide.rate', '5.997 t/y', '6.003 t/y', 0.006],
    ] as const
    for (const [k, [path, low, high, width]] of cases.entries()) {
      const [below, above] = [solved(path, low), solved(path, high)]
      for (const [j, slope] of (found.parameters[k]?.slopes ?? []).entries()) {
        const difference = ((above[j] ?? 0) - (below[j] ?? 0)) / width
        expect(Math.abs((slope.slope ?? 0) / difference - 1)).toBeLessThan(1e-4)
        expect(slope.error).toBeLessThan(1e-3 * Math.abs(difference))
      }
    }
  })

  it('of stages is that of one more and one less', () => {
    const wanted = [result('stream S7 Nd rate', circuit)]
    const stages = parameter('sx1.sections[1].stages', circuit)
    const rows = solveCases(
      circuit,
      [3, 5].map((value) => [{ parameter: stages, value }]),
      wanted,
    )
    const [less = 0, more = 0] = rows.map(({ values }) => values[0] ?? 0)
    const found = sensitivity(circuit, [stages], wanted, 0.01).parameters[0]
    expect(found?.move).toBe(1)
    expect(found?.slopes[0]?.slope).toBeCloseTo((more - less) / 2, 12)
  })
})

describe('a table of cases', () => {
  it('keeps the rows without a solution and says why', () => {
    const rate = parameter('powder.rate', small)
    const share = parameter('split.outlets.kept', small)
    const cases = [
      [{ parameter: rate, value: 2 * rate.value }],
      [{ parameter: share, value: 0.3 }],
      [{ parameter: rate, value: 3 * rate.value }],
    ]
    const rows = solveCases(small, cases, [result('product didymium-oxide rate', small)])
    expect(rows.map(({ values }) => values[0])).toEqual([
      expect.closeTo(1.8, 9),
      undefined,
      expect.closeTo(2.7, 9),
    ])
    expect(rows[1]?.outcome).toBe('out-of-domain')
    expect(rows[1]?.detail).not.toBe('')
  })
})

describe('optimise', () => {
  const freedom = (path: string, low: string, study = circuit): Freedom => {
    const moved = parameter(path, study)
    const read = readRange(low, moved, study.plant)
    if (!read.ok) throw new Error(read.message)
    return { parameter: moved, low: read.low, high: read.high }
  }

  it('finds a closed form, what binds and what it costs', () => {
    // As little feed as gives 1.8 t/y of product at 90 % sold: 2 t/y; 1 t/y less asked: 1.111 t/y.
    const rate = freedom('powder.rate', '0.5..4 t/y', small)
    const found = optimise(small, {
      freedoms: [rate],
      terms: [{ weight: 1, of: rate.parameter }],
      sense: 'minimise',
      requirements: [requirement('product didymium-oxide rate >= 1.8 t/y', small)],
      most: 100,
    })
    expect(found.outcome).toBe('optimal')
    expect(found.objective).toMatchObject({
      before: expect.closeTo(1, 9),
      value: expect.closeTo(2, 4),
    })
    expect(found.requirements[0]).toMatchObject({ met: true, binds: true })
    expect(found.requirements[0]?.price).toBeCloseTo(-1 / 0.9, 4)
    expect(found.text).toBe('what binds: product didymium-oxide rate >= 1.8 t/y')
  })

  it('says in a sentence where nothing keeps a requirement', () => {
    const found = optimise(small, {
      freedoms: [freedom('powder.rate', '0.5..4 t/y', small)],
      terms: [{ weight: 1, of: result('product didymium-oxide rate', small) }],
      sense: 'minimise',
      requirements: [requirement('product didymium-oxide rate >= 5 t/y', small)],
      most: 100,
    })
    expect(found.outcome).toBe('infeasible')
    expect(found.text).toBe(
      'nothing within the bounds keeps product didymium-oxide rate >= 5 t/y (3.6 t/y is reached); ' +
        'powder.rate at its upper bound 4 t/y: widen it, or ask for less',
    )
  })

  it('trades stages against scrub acid: no neighbour is better', { timeout: 30_000 }, () => {
    const scrub = freedom('sx1.sections[1].flow', '0.5..4 L/h')
    const stages = freedom('sx1.sections[1].stages', '2..8')
    const pure = requirement('stream S7 Nd fraction <= 30 ppm', circuit)
    const request = {
      terms: [
        { weight: 1, of: result('reagent scrub-acid rate', circuit) },
        { weight: 1, of: stages.parameter },
      ],
      sense: 'minimise',
      requirements: [pure],
      most: 600,
    } as const
    const found = optimise(circuit, { ...request, freedoms: [scrub, stages] })
    expect(found.outcome).toBe('optimal')
    expect(found.requirements[0]).toMatchObject({ met: true })
    expect(found.objective.value).toBeLessThan(found.objective.before ?? 0)
    const best = found.parameters[1]?.value ?? 0
    for (const other of [best - 1, best + 1].filter((n) => n >= 2 && n <= 8)) {
      const fixed = studyOf(
        plantOf(circuitPlant.replace('scrub, stages: 4', `scrub, stages: ${other}`)),
      )
      const terms = [
        { weight: 1, of: result('reagent scrub-acid rate', fixed) },
        { weight: 1, of: parameter('sx1.sections[1].stages', fixed) },
      ]
      const rival = optimise(fixed, { ...request, terms, freedoms: [scrub] })
      expect(
        rival.requirements[0]?.met === false ||
          rival.objective.value > found.objective.value - 1e-4,
      ).toBe(true)
    }
  })
})
