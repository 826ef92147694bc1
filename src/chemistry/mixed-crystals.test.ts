import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bank, properties } from '../databank/index.ts'
import { compileEquilibria } from './compile-equilibria.ts'
import { speciateMixed } from './mixed-crystals.ts'
import { speciate } from './speciation.ts'

const elements = ['La', 'Pr', 'Nd', 'Sm', 'Tb', 'Dy', 'Ho']
const plant = properties(bank, { elements, extractants: [] })
const eq = compileEquilibria(plant.equilibria)
const oxalates = plant.equilibria.solids
  .filter((solid) => 'C2O4-2' in solid.components && solid.crystal !== undefined)
  .map((solid) => solid.id)
const ideal = { solids: oxalates, activity: 'ideal' } as const

const fallen = (solids: Readonly<Record<string, number>>, symbol: string) =>
  2 * (solids[`${symbol}2(C2O4)3·10H2O`] ?? 0)

const amount = fc.double({ min: -14, max: -0.7, noNaN: true }).map((x) => 10 ** x)
const liquors = fc.record({
  'La+3': amount,
  'Pr+3': amount,
  'Nd+3': amount,
  'Sm+3': amount,
  'Dy+3': amount,
  'Ho+3': amount,
  'C2O4-2': fc.double({ min: 0.01, max: 0.6, noNaN: true }),
  'H+': fc.double({ min: 0.01, max: 3, noNaN: true }),
})

describe('mixed crystals', () => {
  test('a trace below its own solubility falls with its carrier', () => {
    const totals = { 'Dy+3': 0.2, 'Ho+3': 2e-4, 'C2O4-2': 0.45, 'H+': 1.5 }
    const alone = speciate(eq, totals, ideal)
    const mixed = speciateMixed(eq, totals, ideal)
    expect(alone.outcome).toBe('converged')
    expect(mixed.outcome).toBe('converged')
    expect(fallen(alone.solids, 'Ho')).toBe(0)
    expect(fallen(mixed.solids, 'Ho') / 2e-4).toBeGreaterThan(0.5)
    expect(fallen(mixed.solids, 'Dy')).toBeCloseTo(fallen(alone.solids, 'Dy'), 3)
  })

  test('a minor member is placed as a major one would be', () => {
    const share = (trace: number) => {
      const totals = { 'Nd+3': 0.2, 'Sm+3': trace, 'C2O4-2': 0.4, 'H+': 1 }
      return fallen(speciateMixed(eq, totals, ideal).solids, 'Sm') / trace
    }
    expect(share(1e-9)).toBeCloseTo(share(1e-11), 6)
    expect(share(1e-11)).toBeCloseTo(share(1e-60), 9)
  })

  test('one member is a pure solid', () => {
    const totals = { 'Nd+3': 0.2, 'C2O4-2': 0.4, 'H+': 1 }
    expect(speciateMixed(eq, totals, ideal)).toEqual(speciate(eq, totals, ideal))
  })

  test('every present member is in equilibrium at its fraction, and no total is exceeded', () => {
    fc.assert(
      fc.property(liquors, (totals) => {
        const found = speciateMixed(eq, totals, ideal)
        expect(found.outcome).toBe('converged')
        const symbols = ['La', 'Pr', 'Nd', 'Sm', 'Dy', 'Ho']
        const cations = symbols.reduce((sum, el) => sum + fallen(found.solids, el), 0)
        for (const el of symbols) {
          const total = totals[`${el}+3` as keyof typeof totals]
          const down = fallen(found.solids, el)
          expect(down).toBeGreaterThanOrEqual(0)
          expect(down).toBeLessThanOrEqual(total * (1 + 1e-9))
          const fraction = found.state.fractions?.[eq.solids.indexOf(`${el}2(C2O4)3·10H2O`)]
          if (cations > 1e-9 && fraction !== undefined && !Number.isNaN(fraction)) {
            expect(Math.abs(down / cations / fraction - 1)).toBeLessThan(1e-6)
          }
        }
      }),
      { numRuns: 200, seed: 20 },
    )
  })

  test('a start from another liquor, like or unlike, changes nothing', () => {
    const near = (totals: Readonly<Record<string, number>>) =>
      Object.fromEntries(Object.entries(totals).map(([id, n], i) => [id, n * (1 + 0.02 * i)]))
    fc.assert(
      fc.property(liquors, liquors, (totals, other) => {
        const cold = speciateMixed(eq, totals, ideal)
        for (const elsewhere of [near(totals), other]) {
          const start = speciateMixed(eq, elsewhere, ideal).state
          const warm = speciateMixed(eq, totals, { ...ideal, start })
          expect(warm.outcome).toBe('converged')
          for (const [id, there] of Object.entries(cold.solids)) {
            expect(Math.abs((warm.solids[id] ?? 0) - there)).toBeLessThan(1e-10 * 0.2)
          }
        }
      }),
      { numRuns: 200, seed: 21 },
    )
  })
})
