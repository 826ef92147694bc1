import { describe, expect, it } from 'vitest'
import type { CashFlowPeriod } from '../../../src/economics/finance/index.ts'
import type { ParameterView } from '../engine/protocol.ts'
import { byGroup, operatingGroups, unpricedText, whyNoRate } from './facts.ts'
import { barsOf, flowSentence } from './flow.ts'
import { headless } from './Drawn.tsx'
import { grouped, isOf, pathOf } from './numbers.ts'

const periods = [
  { label: '2026', project: -100, equity: -40, discountFactor: 1 },
  { label: '2027', project: 60, equity: 30, discountFactor: 0.5 },
  { label: '2028', project: 60, equity: 30, discountFactor: 0.25 },
] as unknown as readonly CashFlowPeriod[]

describe('a cash flow as it is drawn', () => {
  it('runs up to its sum and to its present value', () => {
    const bars = barsOf(periods, 'project')
    expect(bars.map(({ cumulative }) => cumulative)).toEqual([-100, -40, 20])
    expect(bars.at(-1)?.discounted).toBe(-100 + 30 + 15)
    expect(barsOf(periods, 'equity').at(-1)?.cumulative).toBe(20)
  })

  it('is told in words', () => {
    const scale = { unit: 'USD', factor: 1 }
    const said = flowSentence('Flow', barsOf(periods, 'project'), scale)
    expect(said).toMatch(/lowest \u2212100.USD in 2026, back above zero in 2028; in the end 20/)
    expect(flowSentence('Flow', barsOf(periods.slice(0, 2), 'project'), scale)).toMatch(/never/)
    expect(flowSentence('Flow', [], scale)).toBe('Flow: no period.')
  })
})

describe('what is said of money', () => {
  it('sums lines by group in the order of the groups, without empty ones', () => {
    const lines = [
      { group: 'waste', amount: 2 },
      { group: 'feed', amount: 5 },
      { group: 'waste', amount: -3 },
      { group: 'other', amount: 0 },
    ] as const
    expect(byGroup(lines, operatingGroups)).toEqual([
      { name: 'Feed', amount: 5 },
      { name: 'Waste', amount: -1 },
    ])
  })

  it('names a few gaps and counts the rest', () => {
    const gaps = ['a', 'b', 'c', 'd', 'e'].map((what) => ({ what, why: '' }))
    expect(unpricedText(gaps)).toEqual(['a', 'b', 'c', '2 more, listed below'])
    expect(unpricedText(gaps.slice(0, 2))).toEqual(['a', 'b'])
  })

  it('takes no rate of several for a return', () => {
    expect(whyNoRate({ outcome: 'several', rates: [0.1, 0.3] })).toMatch(/10.%, 30.%/)
  })

  it('leaves the heading of a chart to the page', () => {
    const svg = '<svg viewBox="0 0 900 440" width="900" height="440" role="img">'
    expect(headless(svg)).toBe('<svg viewBox="0 34 900 406" width="900" height="406" role="img">')
  })
})

describe('numbers of the economics of a plant', () => {
  const of = (label: string) => ({ path: label, label }) as ParameterView
  it('stand under what they are of', () => {
    const fields = [of('sales: products: didymium: price'), of('finance: life')]
    expect(grouped(fields).map(([group, [first]]) => [group, first?.label])).toEqual([
      ['didymium', 'price'],
      ['', 'life'],
    ])
    expect(grouped(fields)[0]?.[1][0]).toBe(grouped(fields)[0]?.[1][0])
  })

  it('have a place in the plant file', () => {
    expect(pathOf('economics.finance.debt[0].rate')).toEqual([
      'economics',
      'finance',
      'debt',
      0,
      'rate',
    ])
    expect(isOf('economics.sales.products.a.price', ['sales'])).toBe(true)
    expect(isOf('economics.salesmen', ['sales'])).toBe(false)
  })
})
