import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bank } from '../databank/index.ts'
import { molarMass, molarMassUncertainty, parseFormula, rareEarthSymbols } from './index.ts'

const read = (text: string) => {
  const parsed = parseFormula(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error}`)
  return parsed
}

test('reads hydrates, brackets and charges', () => {
  expect(read('Nd2(C2O4)3·10H2O').composition).toEqual({ Nd: 2, C: 6, O: 22, H: 20 })
  expect(read('CaSO4.2H2O').composition).toEqual({ Ca: 1, S: 1, O: 6, H: 4 })
  expect(read('NH4+')).toMatchObject({ composition: { N: 1, H: 4 }, charge: 1 })
  expect(read('SO4-2')).toMatchObject({ composition: { S: 1, O: 4 }, charge: -2 })
  expect(read('Nd+3')).toMatchObject({ composition: { Nd: 1 }, charge: 3 })
  expect(read('B(OH)4-')).toMatchObject({ composition: { B: 1, O: 4, H: 4 }, charge: -1 })
  expect(read('[Co(NH3)6]+3')).toMatchObject({ composition: { Co: 1, N: 6, H: 18 }, charge: 3 })
  expect(read('CO').composition).toEqual({ C: 1, O: 1 })
  expect(read('Co').composition).toEqual({ Co: 1 })
})

test.each([
  ['', 'empty'],
  ['Nx2', 'no element'],
  ['Nd2(C2O4', 'not closed'],
  ['Nd)2', 'never opened'],
  ['nd', 'unexpected'],
  ['Nd0', 'zero'],
  ['(Nd]2', 'not closed'],
  ['NaCl··H2O', 'empty'],
  ['2H2O', 'unexpected'],
])('refuses %s', (text, reason) => {
  const parsed = parseFormula(text)
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) expect(parsed.error).toContain(reason)
})

test('never throws on any text', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof parseFormula(text).ok === 'boolean'))
})

test('a written composition reads back as itself', () => {
  const symbol = fc.constantFrom('H', 'C', 'O', 'Co', 'Nd', 'S', 'Sc', 'Ua', ...rareEarthSymbols)
  const parts = fc.uniqueArray(fc.tuple(symbol, fc.integer({ min: 1, max: 99 })), {
    minLength: 1,
    selector: ([s]) => s,
  })
  fc.assert(
    fc.property(parts, (list) => {
      const text = list.map(([s, n]) => `${s}${n}`).join('')
      expect(read(text).composition).toEqual(Object.fromEntries(list))
    }),
  )
})

test('molar masses with their uncertainty', () => {
  expect(molarMass(bank.elements, read('H2O').composition)).toBeCloseTo(0.018015, 9)
  expect(molarMass(bank.elements, { Ua: 1 })).toBe(0.001)
  expect(molarMassUncertainty(bank.elements, { Nd: 2 })).toBeCloseTo(6e-6, 12)
  expect(() => molarMass(bank.elements, { Xx: 1 })).toThrow('Xx')
})
