import { expect, test } from 'vitest'
import { newTaxState, taxYear } from './tax.ts'
import type { LossRule } from './tax.ts'

const run = (losses: LossRule, incomes: readonly number[], credits: readonly number[] = []) => {
  const state = newTaxState()
  const paid = incomes.map((income, k) => {
    const tax = taxYear({ rate: 0.25, losses }, state, income, credits[k] ?? 0)
    return { tax, used: state.used }
  })
  return { paid, state }
}
const taxes = (losses: LossRule, incomes: readonly number[]) =>
  run(losses, incomes).paid.map(({ tax }) => tax)

test.each<[string, LossRule, readonly number[], readonly number[]]>([
  ['in full', { kind: 'carried', share: 1, free: 0 }, [-20, 15, 10], [0, 0, 1.25]],
  // United Kingdom: 5 in full and half of what is above: 5 + 5 of 15, then 5 + 2.5 of 10.
  ['half above 5', { kind: 'carried', share: 0.5, free: 5 }, [-20, 15, 10], [0, 1.25, 0.625]],
  // United States: 80 % of the profit.
  ['four fifths', { kind: 'carried', share: 0.8, free: 0 }, [-20, 15, 10], [0, 0.75, 0.5]],
  ['refunded', { kind: 'refunded' }, [-20, 15, 10], [-5, 3.75, 2.5]],
  ['lost', { kind: 'lost' }, [-20, 15, 10], [0, 3.75, 2.5]],
])('losses %s', (_, rule, incomes, expected) => {
  taxes(rule, incomes).forEach((tax, k) => expect(tax).toBeCloseTo(expected[k] as number, 12))
})

test('credits wait for a tax, and what is not used is known', () => {
  const { paid, state } = run({ kind: 'lost' }, [-4, 8, 8], [1, 2, 0])
  expect(paid.map(({ used }) => used)).toEqual([0, 2, 1])
  expect(state.credits).toBe(0)
  expect(run({ kind: 'lost' }, [4], [3]).state.credits).toBe(2)
})
