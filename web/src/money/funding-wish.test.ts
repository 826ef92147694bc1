import { describe, expect, it } from 'vitest'
import type { CashFlowInputs } from '../../../src/economics/finance/index.ts'
import { requestOf, wishOf } from './funding-wish.ts'

const inputs = {
  grants: [{ name: 'state', amount: 12e6, milestones: [{ at: 1, share: 1 }], treatment: 'income' }],
  debt: [
    {
      name: 'bank',
      size: { dscr: 1.4 },
      rate: 0.08,
      term: 10,
      repayment: 'sculpted',
      duringConstruction: 'paid',
    },
  ],
} as unknown as CashFlowInputs

describe('the wish for funding', () => {
  it('begins with what the plant states, and keeps the terms that it does not ask', () => {
    const wish = wishOf(inputs)
    expect(wish).toMatchObject({ dscr: '1.4', grant: '12', rate: '8', term: '10' })
    const asked = requestOf({ ...wish, equityIrr: '15' }, inputs)
    expect(asked).toMatchObject({
      ok: true,
      request: {
        floors: { equityIrr: 0.15, dscr: 1.4 },
        grant: { name: 'state', amount: 12e6, treatment: 'income' },
        debt: { name: 'bank', rate: 0.08, duringConstruction: 'paid' },
      },
    })
  })

  it('invents nothing: a plant without a loan must be told its terms', () => {
    const none = {} as CashFlowInputs
    const wish = wishOf(none)
    expect(requestOf(wish, none)).toMatchObject({
      ok: false,
      why: 'Give the interest of the loan.',
    })
    const told = { ...wish, rate: '7', term: '12' }
    expect(requestOf(told, none)).toMatchObject({ ok: false })
    expect(requestOf({ ...told, dscr: '1.3' }, none)).toMatchObject({ ok: true })
    expect(requestOf({ ...told, dscr: 'x' }, none)).toMatchObject({ ok: false })
  })
})
