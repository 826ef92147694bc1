import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Draw, UncertaintyRequest } from '../../../../src/scenario/index.ts'
import { solveText } from '../in-hand.ts'
import { tasks } from './results.ts'
import { tasks as sourceTasks } from './sources.ts'

const path = new URL('../../../../plants/belfast-demonstration.yaml', import.meta.url)

beforeAll(() => {
  const text = readFileSync(path, 'utf8')
  expect(solveText({ file: 'belfast.yaml', text, sets: {} }).kind).toBe('whole')
})

const request: UncertaintyRequest = {
  design: 'lhs',
  draws: 6,
  seed: 3,
  results: ['product neodymium-oxide reoOfTreo'],
  requirements: ['product neodymium-oxide reoOfTreo >= 99.5 %', 'recovery Nd >= 50 %'],
  inputs: [],
  unstatedConstants: 0,
  unstatedAssays: 0,
}

describe('studies of the plant in hand', () => {
  it('know what can be moved and followed, and what the plant requires', () => {
    const { parameters, results, requirements } = tasks.choices()
    const flow = parameters.find((p) => p.path === 'sx1.organicFlow')
    expect(flow?.value).toBeCloseTo(20, 9)
    expect(flow?.unit).toBe('L/h')
    expect(results.some(({ text, usual }) => usual && text === request.results[0])).toBe(true)
    expect(requirements[0]).toBe('product neodymium-oxide reoOfTreo >= 99.5 %')
  })

  it('make the same draws piece by piece and in any order, and sum up what there is', () => {
    const planned = tasks.plan(request)
    expect(planned.ok && planned.plan.draws).toBe(6)
    const later = tasks.draws({ request, from: 4, count: 4 })
    expect(later.map(({ draw }) => draw)).toEqual([4, 5])
    const made: Draw[] = [...later, ...tasks.draws({ request, from: 0, count: 4 })]
    const whole = tasks.draws({ request, from: 0, count: 6 })
    const values = (draw: Draw) => ('values' in draw ? (draw.values[0] ?? Number.NaN) : Number.NaN)
    for (const draw of made) {
      expect(values(draw)).toBeCloseTo(values(whole[draw.draw] as Draw), 9)
    }
    const { summary, bins, targets } = tasks.spread({ request, made: later })
    expect(summary.draws).toBe(2)
    expect(bins[0]?.counts.reduce((sum, count) => sum + count, 0)).toBe(2)
    expect(targets).toEqual([
      { result: request.results[0], unit: '%', comparison: '>=', target: expect.closeTo(99.5, 9) },
      { result: '', unit: '%', comparison: '>=', target: expect.closeTo(50, 9) },
    ])
  })

  it('say what is wrong with a question instead of answering it', () => {
    const question = { parameters: ['sx1.organicFloww'], results: [], by: 0.1 }
    const answer = tasks.sensitivity(question)
    expect(answer.ok).toBe(false)
    expect(JSON.stringify(answer)).toMatch(/organicFlow/)
    expect(tasks.plan({ ...request, draws: 1 }).ok).toBe(false)
  })

  it('find slopes and tell how far they are', () => {
    const told: number[] = []
    const question = {
      parameters: ['sx1.sections[1].flow'],
      results: ['product neodymium-oxide reoOfTreo'],
      by: 0.1,
    }
    const answer = tasks.sensitivity(question, (share) => told.push(share))
    if (!answer.ok) throw new Error('refused')
    const [slope] = answer.sensitivity.parameters[0]?.slopes ?? []
    expect(slope?.slope).toBeLessThan(0)
    expect(told).toEqual([1])
  })

  it('know the pH of liquors and of nothing else', () => {
    const found = tasks.pH()
    expect(found['pls']).toBeCloseTo(4.3, 1)
    expect(found['magnets-in']).toBeUndefined()
  })
})

describe('sources of the plant in hand', () => {
  it('are every set, constant and property with a publication on record', () => {
    const report = sourceTasks.sources()
    expect(report.sets.map(({ id }) => id)).toEqual(['PC88A-T21-NdPr'])
    expect(report.sets[0]?.units).toEqual(['sx1', 'sx2', 'sx3', 'sx4'])
    const rate = report.constants.find(({ name }) => name === 'leach.oxide-rate')
    expect(rate?.units).toEqual(['leach'])
    const all = [
      ...report.constants,
      ...report.equilibria,
      ...report.properties,
      ...report.elements,
      ...report.sets.flatMap(({ numbers }) => numbers),
    ]
    expect(all.length).toBeGreaterThan(400)
    for (const { source } of all) expect(report.publications[source], source).toBeDefined()
    expect(report.said.some(({ at, kind }) => at === 'leach' && kind === 'assumption')).toBe(true)
  })
})
