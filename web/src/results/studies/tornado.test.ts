import { describe, expect, it } from 'vitest'
import type { Sensitivity } from '../../../../src/scenario/index.ts'
import { ticksOf, tornadoRows, tornadosOf } from './tornado.ts'

const slope = (low: number | null, high: number | null) => ({
  result: 'purity',
  slope: 1,
  error: 0,
  elasticity: 0.5,
  low,
  high,
})
const parameter = (name: string, low: number | null, high: number | null) => ({
  parameter: name,
  unit: 'L/h',
  value: 10,
  move: 1,
  slopes: [slope(low, high)],
  failures: low === null ? ['the organic is saturated'] : [],
})

const sensitivity: Sensitivity = {
  schema: 'didymium/sensitivity@1',
  plant: '',
  results: [{ result: 'purity', unit: '%', base: 99 }],
  parameters: [
    parameter('small', 98.9, 99.1),
    parameter('still', 99, 99),
    parameter('wide', 97, 99.5),
    parameter('cut off', null, 99.9),
    parameter('one side', 98, 98.5),
  ],
}

describe('a tornado', () => {
  it('has the bars that reach farthest first, both directions and from the base', () => {
    const [tornado] = tornadosOf(sensitivity)
    expect(tornado?.base).toBe(99)
    // wide 2.5, one side 1 from the base, cut off 0.9, small 0.2, still 0.
    expect(tornado?.bars.map((bar) => bar.parameter)).toEqual([
      'wide',
      'one side',
      'cut off',
      'small',
      'still',
    ])
    expect(tornado?.bars[2]?.failures).toEqual(['the organic is saturated'])
  })

  it('is a table with the same numbers', () => {
    const [tornado] = tornadosOf(sensitivity)
    const rows = tornado === undefined ? [] : tornadoRows(tornado)
    expect(rows[0]?.[4]).toBe('purity, %, down')
    expect(rows[1]).toEqual(['wide', 'L/h', 10, 1, 97, 99.5, 1, 0, 0.5])
    expect(rows.at(-1)).toEqual(['as written', '', null, null, 99, 99, null, null, null])
  })
})

describe('ticks', () => {
  it('are round numbers within the axis, at most five', () => {
    expect(ticksOf(0, 100)).toEqual([0, 25, 50, 75, 100])
    expect(ticksOf(99.69, 99.95)).toEqual([99.7, 99.8, 99.9])
    for (const span of [1e-6, 0.013, 7, 3300]) {
      const ticks = ticksOf(5, 5 + span)
      expect(ticks.length).toBeLessThanOrEqual(5)
      expect(ticks.length).toBeGreaterThan(1)
    }
    expect(ticksOf(3, 3)).toEqual([3])
  })
})
