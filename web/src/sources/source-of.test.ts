import { describe, expect, it } from 'vitest'
import type { Solution } from '../../../src/scenario/index.ts'
import type { SourceReport } from '../engine/tasks/sources.ts'
import { addressOf, numbersWith, originOf, unitOfPath } from './source-of.ts'

const number = (name: string, units: readonly string[] = []) => ({
  name,
  value: 1,
  unit: '',
  source: 'tanaka-2021',
  method: 'fitted',
  units,
})

const report: SourceReport = {
  sets: [
    {
      id: 'PC88A-T21-NdPr',
      title: 'PC88A',
      medium: 'nitrate',
      diluent: 'D70',
      model: 'power',
      validity: { pH: [0.1, 2.5] },
      worth: '',
      notes: [],
      origin: 'built-in',
      units: ['sx1'],
      sources: ['tanaka-2021'],
      points: 3,
      numbers: [number('Nd a'), number('Pr a')],
    },
  ],
  constants: [number('leach.oxide-rate', ['leach'])],
  equilibria: [],
  properties: [],
  elements: [],
  said: [
    { kind: 'assumption', at: 'leach', text: 'time is ours' },
    { kind: 'source', at: 'sx1.sections[1]', text: 'a paper' },
    { kind: 'note', at: 'sx10', text: 'of another unit' },
  ],
  publications: { 'tanaka-2021': { title: 'Tanaka et al.' } },
}

const warning = (unit: string, rank: number, text: string) => ({
  rank,
  unit,
  stage: null,
  code: 'x',
  text,
})
const solution = {
  units: { leach: { kind: 'leach' }, sx1: { kind: 'sx-circuit' }, oxide: { kind: 'product' } },
  streams: { pls: { from: 'leach.out', to: 'sx1.feed' } },
  warnings: [
    warning('sx1', 2, 'pH is outside 0.1 to 2.5 of PC88A-T21-NdPr (3 stages)'),
    warning('leach', 3, 'for information'),
  ],
} as unknown as Solution

describe('the origin of a figure', () => {
  it('is what is said of a parameter and of what holds it, and what its unit asks for', () => {
    const origin = originOf('leach.time', report, solution)
    expect(origin.said.map(({ text }) => text)).toEqual(['time is ours'])
    expect(origin.constants.map(({ name }) => name)).toEqual(['leach.oxide-rate'])
    expect(origin.warnings).toHaveLength(1)
    const flow = originOf('sx1.sections[1].flow', report, solution)
    expect(flow.said.map(({ text }) => text)).toEqual(['a paper'])
    expect(originOf('sx1.sections[0].flow', report, solution).said).toEqual([])
    expect(flow.sets.map(({ id }) => id)).toEqual(['PC88A-T21-NdPr'])
  })

  it('is the number of a set for a constant, its publication and its warnings', () => {
    const origin = originOf('extractants.PC88A-T21-NdPr.Nd.a', report, solution)
    expect(origin.number?.name).toBe('Nd a')
    expect(origin.warnings).toHaveLength(1)
  })

  it('is every circuit for what belongs to no single unit', () => {
    expect(originOf('recovery Nd', report, solution).sets).toHaveLength(1)
    expect(originOf('product oxide reoOfTreo', report, solution).sets).toHaveLength(1)
    expect(originOf('stream pls pH', report, solution).sets).toHaveLength(0)
  })

  it('finds the unit of results and parameters', () => {
    expect(unitOfPath('product oxide rate', solution)).toBe('oxide')
    expect(unitOfPath('stream pls rate', solution)).toBe('leach')
    expect(unitOfPath('sx1.sections[0].stages', solution)).toBe('sx1')
    expect(unitOfPath('recovery Nd', solution)).toBeUndefined()
  })
})

describe('numbers', () => {
  it('are found by words of their name, method, publication and units', () => {
    expect(numbersWith(report.constants, 'tanaka leach', report)).toHaveLength(1)
    expect(numbersWith(report.constants, 'tanaka mill', report)).toHaveLength(0)
  })

  it('lead to their publication by DOI, else by address', () => {
    expect(addressOf({ doi: '10.1/x', url: 'https://a' })).toBe('https://doi.org/10.1/x')
    expect(addressOf({ url: 'https://a' })).toBe('https://a')
    expect(addressOf({})).toBeUndefined()
  })
})
