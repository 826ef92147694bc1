import { expect, test } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import { compileDistribution } from '../../src/chemistry/distribution/index.ts'
import type { Distribution, ExtractantSet } from '../../src/chemistry/distribution/index.ts'

const sets = [...bank.extractants.values()]

/** ln D of a compiled set and its two derivatives at one state. */
function at(distribution: Distribution, hydrogen: number, free: number, aqueous: Float64Array) {
  const n = distribution.elements.length
  const [lnD, dH, dF] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  distribution.evaluate(hydrogen, free, aqueous, lnD, dH, dF)
  return { lnD, dH, dF }
}

/** Fourth-order central difference of ln D to the logarithm of one variable. */
function difference(f: (factor: number) => Float64Array, k: number) {
  const h = 1e-3
  const value = (steps: number) => f(Math.exp(steps * h))[k] as number
  return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * h)
}

test.each(sets.map((set): [string, ExtractantSet] => [set.id, set]))(
  '%s: derivatives are those of ln D',
  (_, set) => {
    const elements = Object.keys(set.parameters)
    const distribution = compileDistribution(set, elements)
    let [moved, states] = [0, 0]
    for (const hydrogen of [1e-5, 0.003, 0.3, 4]) {
      for (const free of [1e-4, 0.05, 0.4, 1]) {
        const aqueous = Float64Array.from(elements, (_, k) => 0.01 + 0.02 * (k % 4))
        const { lnD, dH, dF } = at(distribution, hydrogen, free, aqueous)
        for (let k = 0; k < elements.length; k++) {
          const toH = difference((t) => at(distribution, hydrogen * t, free, aqueous).lnD, k)
          const toF = difference((t) => at(distribution, hydrogen, free * t, aqueous).lnD, k)
          expect(Number.isFinite(lnD[k])).toBe(true)
          expect(Math.abs((dH[k] as number) - toH)).toBeLessThan(1e-8 * (1 + Math.abs(toH)))
          expect(Math.abs((dF[k] as number) - toF)).toBeLessThan(1e-8 * (1 + Math.abs(toF)))
          moved += Math.abs(toH) + Math.abs(toF)
          states++
        }
      }
    }
    expect(states).toBe(16 * elements.length)
    expect(moved).toBeGreaterThan(0)
  },
)
