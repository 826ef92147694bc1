import { describe, expect, it } from 'vitest'
import { plantOf } from '../../../test/plants/kit.ts'
import { changed, circuitPlant } from '../../../test/terminal/kit.ts'
import { bank } from '../../databank/index.ts'
import { moments, ranked, rankCorrelation } from '../../numerics/index.ts'
import { drawnInputs, planUncertainty, solveDraw, type UncertaintyRequest } from './uncertainty.ts'
import { summarise } from './uncertainty-summary.ts'
import { studyOf, type Study } from './what-if.ts'

const plain: UncertaintyRequest = {
  design: 'lhs',
  draws: 400,
  seed: 1,
  results: [],
  requirements: [],
  inputs: [],
  unstatedConstants: 0,
  unstatedAssays: 0,
}

function studied(text: string, data = bank): Study {
  return studyOf(plantOf(text), data)
}

function planned(study: Study, request: Partial<UncertaintyRequest>) {
  const found = planUncertainty(study, { ...plain, ...request })
  if (!found.ok) throw new Error(found.refusals.map((r) => r.message).join('\n'))
  return found.plan
}

/** Draws, solutions and summary of a request. */
function run(study: Study, request: Partial<UncertaintyRequest>) {
  const plan = planned(study, request)
  const values = drawnInputs(study, plan)
  const draws = Array.from({ length: plan.draws }, (_, k) => solveDraw(study, plan, values, k))
  return { plan, values, draws, summary: summarise(study, plan, values, draws) }
}

const column = (values: Float64Array, width: number, k: number) =>
  values.filter((_, at) => at % width === k)

const small = studied(changed('rate: 1 t/y', 'rate: 1 ± 0.05 t/y'))
const circuit = studied(circuitPlant)

describe('draws of a plant that is a product of its inputs', () => {
  const { summary, plan, values } = run(small, {
    results: ['product didymium-oxide rate'],
    requirements: ['product didymium-oxide rate >= 0.9 t/y'],
  })

  it('have the mean, the spread and the quantiles of the closed form', () => {
    const [rate] = summary.results
    expect(rate?.base).toBeCloseTo(0.9, 9)
    expect(rate?.mean).toBeCloseTo(0.9, 4)
    expect(rate?.deviation).toBeCloseTo(0.045, 3)
    expect(rate?.p10).toBeCloseTo(0.9 - 1.28155 * 0.045, 3)
    expect(rate?.p50).toBeCloseTo(0.9, 3)
    expect(rate?.p90).toBeCloseTo(0.9 + 1.28155 * 0.045, 3)
    expect(summary.requirements[0]?.met).toBeCloseTo(0.5, 2)
    expect(summary.inputs[0]).toMatchObject({
      path: 'powder.rate',
      deviation: expect.closeTo(0.05, 9),
    })
    expect(summary.inputs[0]?.origin).toBe('stated')
  })

  it('say which input it is', () => {
    const [influence] = summary.results[0]?.influences ?? []
    expect(influence?.input).toBe('powder.rate')
    expect(influence?.rankCorrelation).toBeCloseTo(1, 9)
    expect(influence?.firstOrder).toBeGreaterThan(0.95)
    expect(moments(values).deviation / (plan.inputs[0]?.deviation ?? 1)).toBeCloseTo(1, 2)
  })
})

describe('a draw without a solution', () => {
  it('is counted with its outcome and its reason, and meets no requirement', () => {
    // 70 ± 1 % and 29 ± 1 %: above 100 % in all in 24 % of draws (z = 1 / sqrt 2).
    const { summary } = run(small, {
      inputs: ['powder.assay.*=± 1 %', 'powder.rate=± 0 t/y'],
      results: ['product didymium-oxide rate'],
      requirements: ['product didymium-oxide rate >= 0 t/y'],
    })
    expect(summary.draws).toBe(400)
    const lost = summary.draws - summary.solved
    expect(Math.abs(lost / 400 - 0.24)).toBeLessThan(0.04)
    expect(summary.failures).toEqual([
      { outcome: 'over-100', unit: 'powder', count: lost, detail: expect.any(String) as string },
    ])
    expect(summary.requirements[0]?.met).toBeCloseTo(summary.solved / 400, 12)
    // The rate that is left is the same in every draw: nothing drives it.
    expect(summary.results[0]).toMatchObject({ deviation: 0, influences: [] })
  })
})

describe('inputs', () => {
  it('are cut at what their declaration allows, and keep their distribution inside', () => {
    const plan = planned(small, { inputs: ['powder.assay.Pr6O11=± 40 %'], draws: 2000 })
    const k = plan.inputs.findIndex(({ parameter }) => parameter.path.endsWith('Pr6O11'))
    const values = column(drawnInputs(small, plan), plan.inputs.length, k).toSorted()
    expect(values[0]).toBeGreaterThan(0)
    expect(values.at(-1)).toBeLessThan(1)
    // Phi(-0.725) = 0.2342 and Phi(1.775) = 0.9620: half way 0.5981, that is z = 0.2484.
    expect(values[1000]).toBeCloseTo(0.29 + 0.4 * 0.2484, 2)
  })

  it('of the same name draw the same numbers whatever else is uncertain', () => {
    const [few, more] = [0, 0.05].map((unstatedConstants) =>
      planned(circuit, { unstatedConstants }),
    )
    if (few === undefined || more === undefined) throw new Error('no plan')
    const extra = planned(circuit, { inputs: ['oxide.rate=± 0.1 t/y'] })
    const at = (plan: typeof few, path: string) => {
      const k = plan.inputs.findIndex(({ parameter }) => parameter.path === path)
      return column(drawnInputs(circuit, plan), plan.inputs.length, k)
    }
    const path = 'extractants.PC88A-T21-NdPr.Nd.a'
    expect(at(extra, path)).toEqual(at(few, path))
    expect(at(more, path)).toEqual(at(few, path))
    const other = planned(circuit, { seed: 2 })
    expect(at(other, path)).not.toEqual(at(few, path))
  })

  it('of one fit are drawn with its correlation', () => {
    const set = bank.extractants.get('PC88A-T21-NdPr')
    if (set === undefined) throw new Error('no set')
    const covariance = {
      names: ['Nd.a', 'Dy.a'],
      matrix: [
        [0.0009, 0.00054],
        [0.00054, 0.0004],
      ],
    }
    const fitted = new Map([...bank.extractants, [set.id, { ...set, covariance }]])
    const study = studied(circuitPlant, { ...bank, extractants: fitted })
    const plan = planned(study, { draws: 4000 })
    const values = drawnInputs(study, plan)
    const [nd, dy] = [0, 1].map((k) => column(values, 2, k)) as [Float64Array, Float64Array]
    // Correlation 0.9: Spearman's is 6 / pi asin(0.45).
    expect(rankCorrelation(ranked(nd), ranked(dy))).toBeCloseTo((6 / Math.PI) * Math.asin(0.45), 2)
    // The stated standard errors stay: the covariance says how they go together.
    expect(moments(nd).deviation).toBeCloseTo(0.033, 3)
    expect(moments(dy).deviation).toBeCloseTo(0.021, 3)
    const refused = planUncertainty(study, { ...plain, design: 'saltelli' })
    expect(refused).toMatchObject({
      refusals: [{ message: 'saltelli needs inputs that are independent' }],
    })
  })

  it('that nobody states are listed, and drawn only when the user says how', () => {
    expect(planned(circuit, {}).fixed).toEqual([
      'oxide.assay.Nd2O3',
      'oxide.assay.Dy2O3',
      'oxide.assay.Fe2O3',
    ])
    const wide = planned(circuit, { unstatedAssays: 0.02 })
    expect(wide.fixed).toEqual([])
    expect(wide.inputs.find((i) => i.parameter.path === 'oxide.assay.Dy2O3')).toMatchObject({
      deviation: expect.closeTo(0.004, 12) as number,
      origin: 'assumed',
    })
  })
})

describe('a request that cannot be met', () => {
  it.each([
    [{ draws: 1 }, '1 draws'],
    [{ seed: 0.5 }, 'the seed 0.5'],
    [{ results: ['recovery Dy'] }, '"recovery Dy" has no value in the solved plant'],
    [{ results: ['purity Nd'] }, '"purity" cannot be measured'],
    [{ inputs: ['powder.ratte=± 1 t/y'] }, 'no parameter "powder.ratte"'],
    [{ inputs: ['powder.rate'] }, '"powder.rate" says no uncertainty'],
    [{ inputs: ['powder.rate=± 0 t/y'] }, 'no input of the plant has an uncertainty'],
    [{ design: 'saltelli', draws: 5 }, '5 draws are too few for saltelli'],
  ] as const)('%o is refused: %s', (request, message) => {
    const found = planUncertainty(small, { ...plain, ...request })
    if (found.ok) throw new Error('it was planned')
    expect(found.refusals.map((r) => r.message)).toContain(message)
    for (const { expected } of found.refusals) expect(typeof expected).toBe('string')
  })
})

describe('designs', () => {
  it('of Sobol points and of Saltelli give the shares of a linear plant', {
    timeout: 30_000,
  }, () => {
    // Neodymium goes with rate (1 - moisture): shares of variance 0.05^2 to 0.03^2, nearly.
    const study = studied(changed('rate: 1 t/y', 'rate: 1 ± 0.05 t/y\n    moisture: 20 ± 2.4 %'))
    const results = ['stream S2 Nd rate']
    const whole = 0.05 ** 2 + 0.03 ** 2
    const expected = { 'powder.rate': 0.05 ** 2 / whole, 'powder.moisture': 0.03 ** 2 / whole }
    const { summary } = run(study, { design: 'saltelli', draws: 512, results })
    expect(summary.draws).toBe(512)
    const spread = summary.results[0]
    for (const { input, firstOrder, total } of spread?.influences ?? []) {
      const share = expected[input as keyof typeof expected]
      expect(firstOrder).toBeCloseTo(share, 1)
      expect(Math.abs((total ?? 0) - share)).toBeLessThan(0.05)
    }
    const sobol = run(study, { design: 'sobol', draws: 256, results }).summary.results[0]
    expect((sobol?.p50 ?? 0) / (sobol?.base ?? 1)).toBeCloseTo(1, 2)
  })
})
