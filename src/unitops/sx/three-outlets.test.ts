import { describe, expect, test } from 'vitest'
import { simulateCascade } from './cascade.ts'
import { threeOutlets } from './three-outlets.ts'

const wanted = {
  betaAB: 3.9,
  betaBC: 3,
  feed: [0.6, 0.1, 0.3],
  purityA: 0.99,
  purityC: 0.99,
  recoveryA: 0.97,
  recoveryC: 0.97,
} as const

describe('three outlets', () => {
  const found = threeOutlets(wanted)

  test('each design is confirmed stage by stage', () => {
    expect(found.length).toBeGreaterThan(3)
    for (const d of found) {
      const out = (0.6 * 0.97) / 0.99
      const { extraction, scrub, S, drawStage: stage, drawn: moles } = d
      const draw = { phase: 'aqueous', stage, moles } as const
      const beta = [3.9 * 3, 3, 1]
      const made = simulateCascade({ beta, feed: wanted.feed, extraction, scrub, S, out, draw })
      expect(made?.organic[0]).toBeGreaterThanOrEqual(0.99)
      expect(made?.raffinate[2]).toBeGreaterThanOrEqual(0.99)
      expect(made?.draw?.[1]).toBeCloseTo(d.purityB, 9)
      const leaving = (k: number) =>
        out * (made?.organic[k] ?? 0) +
        (1 - out - moles) * (made?.raffinate[k] ?? 0) +
        moles * (made?.draw?.[k] ?? 0)
      for (const [k, fed] of wanted.feed.entries()) expect(leaving(k)).toBeCloseTo(fed, 8)
      expect(stage).toBeLessThanOrEqual(extraction)
    }
  })

  test('more on the organic needs fewer stages; the hold-up has the price of both', () => {
    const stages = found.map((d) => d.extraction + d.scrub)
    expect(stages).toEqual([...stages].sort((a, b) => b - a))
    for (const d of found) expect(d.holdUp).toBeCloseTo(d.S * (d.extraction + d.scrub), 9)
  })

  test('what leaves no middle product has no cascade', () => {
    expect(threeOutlets({ ...wanted, recoveryA: 1, recoveryC: 1, feed: [0.7, 0, 0.3] })).toEqual([])
  })
})

describe('an organic draw in the scrub section', () => {
  test('balances like one of the aqueous', () => {
    const draw = { phase: 'organic', stage: 30, moles: 0.2 } as const
    const base = { beta: [6, 3, 1], feed: [0.3, 0.3, 0.4], extraction: 20, scrub: 20 }
    const made = simulateCascade({ ...base, S: 3, out: 0.3, draw })
    for (const [k, fed] of base.feed.entries()) {
      const leaving =
        0.3 * (made?.organic[k] ?? 0) +
        0.5 * (made?.raffinate[k] ?? 0) +
        0.2 * (made?.draw?.[k] ?? 0)
      expect(leaving).toBeCloseTo(fed, 8)
    }
  })

  test('a draw larger than what passes is none', () => {
    const draw = { phase: 'aqueous', stage: 3, moles: 9 } as const
    const cascade = { beta: [2, 1], feed: [0.5, 0.5], extraction: 5, scrub: 5, S: 2, out: 0.5 }
    expect(simulateCascade({ ...cascade, draw })).toBeUndefined()
  })
})
