import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearAxis, logAxis, placeOn, stageTicks, ticksOf, valueOn } from './scale.ts'
import { endLabels, pathOf } from './shape.ts'

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('axes', () => {
  it('hold all their values between round numbers, with few ticks', () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (values, zero) => {
          const axis = linearAxis('x', values, zero)
          for (const value of values) {
            const place = placeOn(axis, value)
            expect(place).toBeGreaterThanOrEqual(-1e-9)
            expect(place).toBeLessThanOrEqual(1 + 1e-9)
          }
          expect(ticksOf(axis).length).toBeLessThanOrEqual(6)
          expect(ticksOf(axis).length).toBeGreaterThan(0)
        },
      ),
      { seed: 1, numRuns: 500 },
    )
  })

  it('go to a place and back', () => {
    for (const axis of [linearAxis('x', [-3, 8]), logAxis('x', [1e-7, 0.3])]) {
      for (const place of [0, 0.25, 1])
        expect(placeOn(axis, valueOn(axis, place))).toBeCloseTo(place, 12)
    }
  })

  it('have whole decades on log axes, and not too many', () => {
    const axis = logAxis('x', [3e-5, 0.2])
    expect(axis.from / 1e-5).toBeCloseTo(1, 12)
    expect(axis.to).toBe(1)
    expect(logAxis('x', [1e-60, 0.2]).from).toBeCloseTo(1e-9, 20)
    expect(logAxis('x', [0, -1])).toMatchObject({ from: 0.1, to: 1 })
    expect(ticksOf(logAxis('x', [1e-9, 1])).length).toBeLessThanOrEqual(6)
    expect(ticksOf(logAxis('x', [1e-3, 1])).map((t) => t.text)).toEqual([
      '10⁻³',
      '10⁻²',
      '0.1',
      '1',
    ])
  })

  it('number stages at round distances', () => {
    expect(stageTicks(34).map((t) => t.value)).toEqual([1, 5, 10, 15, 20, 25, 30])
    expect(stageTicks(6).map((t) => t.value)).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('lines', () => {
  const box = { left: 0, top: 0, width: 100, height: 100 }
  const axis = { title: '', kind: 'linear', from: 0, to: 10 } as const

  it('break where there is no value', () => {
    const points = [
      [0, 0],
      [5, null],
      [10, 10],
    ] as const
    expect(pathOf(points, box, axis, axis)).toBe('M0 100M100 0')
  })

  it('have names that do not cover each other and stay inside', () => {
    const ends = Array.from({ length: 7 }, (_, k) => ({ text: `${k}`, colour: '', x: 0, y: 95 }))
    const at = endLabels(ends, 5, 96).map((end) => end.at)
    expect(Math.max(...at)).toBeLessThanOrEqual(96)
    for (const [k, y] of at.entries())
      if (k > 0) expect(y - (at[k - 1] ?? 0)).toBeGreaterThanOrEqual(13)
  })
})
