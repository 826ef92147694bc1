import { expect, test } from 'vitest'
import type { PitzerCation } from '../../src/chemistry/index.ts'
import { compilePitzer, meanActivity } from '../../src/chemistry/index.ts'
import { readCase } from './case.ts'
import { type Ion, logarithms, meanLogarithm } from './excess-energy.ts'

interface Case {
  readonly salts: Readonly<Record<string, Ion>>
  readonly molalities: readonly number[]
  readonly measured: Readonly<Record<string, readonly (readonly [number, number])[]>>
}

const published = readCase('pitzer-activity') as Case
const salt = (name: string): Ion => {
  const found = published.salts[name]
  if (found === undefined) throw new Error(name)
  return found
}
const cation = ({ charge, parameters: [beta0, beta1, cPhi] }: Ion): PitzerCation => ({
  charge,
  beta0,
  beta1,
  cPhi,
})

test('HCl and NdCl3 from 0.1 to 3 m: the engine and the excess Gibbs energy agree', () => {
  const rows = published.molalities.map((m) => {
    const row: Record<string, number> = { m }
    for (const name of ['HCl', 'NdCl3']) {
      const gamma = Math.exp(meanActivity(cation(salt(name)), m))
      const other = Math.exp(meanLogarithm(salt(name), m))
      expect(Math.abs(gamma / other - 1)).toBeLessThan(1e-8)
      row[name] = Number(gamma.toFixed(5))
    }
    return row
  })
  console.table(rows)
})

test('mixtures with unlike charges agree too', () => {
  const ions = ['HCl', 'NdCl3', 'LaCl3', 'CoCl2'].map(salt)
  const model = compilePitzer(ions.map(cation))
  for (const m of [
    [1, 0.3, 0.05, 0.2],
    [0.01, 0.2, 0.1, 0.02],
    [3, 0.01, 0.4, 0.5],
  ]) {
    const found = new Float64Array(ions.length + 1)
    model.evaluate(Float64Array.from(m), found)
    for (const [i, expected] of logarithms(ions, m).entries()) {
      expect(Math.abs((found[i] as number) - expected)).toBeLessThan(1e-8)
    }
  }
})

test.each(Object.keys(published.measured))('%s against measured coefficients', (name) => {
  const rows = (published.measured[name] ?? []).map(([m, measured]) => {
    const gamma = Math.exp(meanActivity(cation(salt(name)), m))
    expect(Math.abs(gamma / measured - 1)).toBeLessThan(0.025)
    return {
      m,
      measured,
      gamma: Number(gamma.toFixed(4)),
      '%': (100 * (gamma / measured - 1)).toFixed(2),
    }
  })
  console.log(name)
  console.table(rows)
})

test('one per cent on a parameter is seen', () => {
  for (const name of ['HCl', 'NdCl3']) {
    const right = meanLogarithm(salt(name), 1)
    for (const key of ['beta0', 'beta1', 'cPhi'] as const) {
      const wrong = { ...cation(salt(name)) }
      const changed = { ...wrong, [key]: wrong[key] * 1.01 }
      expect(Math.abs(Math.exp(meanActivity(changed, 1) - right) - 1)).toBeGreaterThan(1e-6)
    }
  }
})
