import { describe, expect, test } from 'vitest'
import { depreciationShares } from './depreciation.ts'
import type { DepreciationRule } from './depreciation.ts'

const close = (rule: DepreciationRule, expected: readonly number[]) => {
  const found = depreciationShares(rule, expected.length)
  expected.forEach((share, k) => expect(found[k]).toBeCloseTo(share, 12))
}

describe('depreciation', () => {
  test('in the United Kingdom: full expensing, a special first year, pools, buildings', () => {
    close({ kind: 'first-year', share: 1 }, [1, 0, 0])
    const special = { kind: 'writing-down', rate: 0.06 } as const
    // The rest joins the pool in the next year.
    close({ kind: 'first-year', share: 0.5, rest: special }, [0.5, 0.03, 0.0282])
    close({ kind: 'writing-down', rate: 0.14 }, [0.14, 0.1204, 0.103544])
    const buildings = depreciationShares({ kind: 'straight-line', years: 1 / 0.03 }, 40)
    expect(buildings[0]).toBeCloseTo(0.03, 12)
    expect(buildings[32]).toBeCloseTo(0.03, 12)
    expect(buildings[33]).toBeCloseTo(0.01, 12)
    expect(buildings[34]).toBe(0)
  })

  test('in the United States: a bonus, the rest by the table from the same year', () => {
    const rest = { kind: 'macrs', years: 5 } as const
    close({ kind: 'first-year', share: 0.4, rest, restFrom: 'same-year' }, [
      0.4 + 0.12,
      0.192,
      0.1152,
      0.06912,
      0.06912,
      0.03456,
      0,
    ])
  })

  test.each([3, 5, 7, 10, 15, 20] as const)(
    'MACRS of %d years has a row more and adds up',
    (years) => {
      const shares = depreciationShares({ kind: 'macrs', years }, years + 1)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(shares[years]).toBeGreaterThan(0)
      // The first year is half of the declining rate: 200 % to 10 years, 150 % above.
      expect(shares[0]).toBeCloseTo((years > 10 ? 0.75 : 1) / years, 4)
    },
  )

  test('changes over to a straight line where that is asked for', () => {
    close(
      { kind: 'double-declining', years: 5, toStraightLine: true },
      [0.4, 0.24, 0.144, 0.108, 0.108, 0],
    )
    close({ kind: 'double-declining', years: 5 }, [0.4, 0.24, 0.144, 0.0864, 0.05184, 0])
  })

  test('of other tables and of land', () => {
    close({ kind: 'table', shares: [0.7, 0.3] }, [0.7, 0.3, 0])
    close({ kind: 'table', shares: [0.7, 0.3] }, [0.7])
    close({ kind: 'none' }, [0, 0])
  })
})
