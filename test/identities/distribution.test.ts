import { expect, test } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import { compileDistribution, distributionModels } from '../../src/chemistry/index.ts'
import type { Distribution, ExtractantSet } from '../../src/chemistry/index.ts'

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

test('every set names a model and gives it what it reads, and every model has a set', () => {
  for (const set of sets) {
    const model = distributionModels.find((candidate) => candidate.kind === set.model)
    if (model === undefined) throw new Error(`${set.id}: ${set.model}`)
    for (const [element, own] of Object.entries(set.parameters)) {
      const names = Object.keys(own)
      const complete = model.parameterNames.every((name) => names.includes(name))
      expect(complete || names.join() === 'D', `${set.id} ${element}`).toBe(true)
      expect(set.quality[element], `${set.id} ${element}`).toBeTruthy()
      expect(set.protons[element], `${set.id} ${element}`).toBeDefined()
    }
    // `total` is the concentration at which an isotherm was measured; no model reads it.
    const known = new Set([...model.constantNames, 'total'])
    expect(Object.keys(set.constants).filter((name) => !known.has(name))).toEqual([])
    expect(set.worth.length).toBeGreaterThan(20)
  }
  const used = new Set(sets.map((set) => set.model))
  expect(distributionModels.filter((model) => !used.has(model.kind))).toEqual([])
})

test('a family alone means its 10 vol% member', () => {
  for (const family of ['PC88A-ETR-P507', 'D2EHPA-ETR', 'CYANEX572-ETR']) {
    const [alone, member] = [bank.extractants.get(family), bank.extractants.get(`${family}-10pct`)]
    expect(alone?.parameters).toBeDefined()
    expect(alone?.parameters).toEqual(member?.parameters)
    expect(alone?.constants).toEqual(member?.constants)
  }
})

test('an element that the set does not know is refused', () => {
  const set = bank.extractants.get('PC88A-T21')
  if (set === undefined) throw new Error('PC88A-T21')
  expect(() => compileDistribution(set, ['Nd', 'Co'])).toThrow('Co')
  const stated = { D: { value: 0.01, source: 'definition', method: 'assumption' } } as const
  const assumed = { ...set, parameters: { ...set.parameters, Co: stated } }
  const { lnD, dH, dF } = at(
    compileDistribution(assumed, ['Nd', 'Co']),
    0.1,
    0.3,
    new Float64Array(2),
  )
  expect(Math.exp(lnD[1] as number)).toBeCloseTo(0.01, 14)
  expect(Math.abs(dH[1] as number) + Math.abs(dF[1] as number)).toBe(0)
})
