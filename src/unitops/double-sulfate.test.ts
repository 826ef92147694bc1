import { expect, test } from 'vitest'
import { magnetPlant, molesOf, reagentOf, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { doubleSulfate, doubleSulfateLog } from './double-sulfate.ts'

const salt = reagentOf({ 'solid Na2SO4': 1 })
/** 23.39 g/L Nd and 8.67 g/L Dy as sulfates, about 1 L/s (FLOGEN SIPS 2017). */
const nd = 23.39 / 144.242
const dy = 8.67 / 162.5
const liquor = streamOf(
  {
    'aqueous H2O': 55.2,
    'aqueous Nd+3': nd,
    'aqueous Dy+3': dy,
    'aqueous La+3': 1e-3,
    'aqueous SO4-2': 1.5 * (nd + dy + 1e-3),
  },
  333.15,
)
const precipitated = (params: Readonly<Record<string, unknown>>, el: string) =>
  run(doubleSulfate, { in: liquor, salt }, params).figures?.[`${el} precipitated`]?.value ?? 0

test('the row that the products are fitted on', () => {
  // 99.7 and 94.3 % printed; the salt adds a few per cent of volume that the fit left out.
  expect(Math.abs(precipitated({}, 'Nd') - 0.997)).toBeLessThan(0.002)
  expect(Math.abs(precipitated({}, 'Dy') - 0.943)).toBeLessThan(0.02)
})

test('products on record are those of the row, others lie between and beyond', () => {
  const salt = 7 * (nd + dy)
  const sodium = 2 * salt - 0.997 * nd - 0.943 * dy
  const sulfate = salt + 1.5 * (nd + dy) - 2 * (0.997 * nd + 0.943 * dy)
  const log = (left: number) => Math.log10(left * sodium * sulfate ** 2)
  expect(doubleSulfateLog(magnetPlant, 'Nd')).toBeCloseTo(log(0.003 * nd), 3)
  expect(doubleSulfateLog(magnetPlant, 'Dy')).toBeCloseTo(log(0.057 * dy), 3)
  expect(doubleSulfateLog(magnetPlant, 'La')).toBe(doubleSulfateLog(magnetPlant, 'Nd'))
  expect(doubleSulfateLog(magnetPlant, 'Ho')).toBeGreaterThan(doubleSulfateLog(magnetPlant, 'Y'))
})

test('dose and time move what falls; light before heavy', () => {
  expect(precipitated({ dose: 3 }, 'Dy')).toBeLessThan(precipitated({ dose: 7 }, 'Dy') - 0.1)
  expect(precipitated({ time: 300 }, 'Nd')).toBeLessThan(0.5)
  expect(precipitated({ dose: 3 }, 'Nd')).toBeGreaterThan(precipitated({ dose: 3 }, 'Dy'))
})

test('salt is drawn by the rare earth, and a cold tank is warned of', () => {
  const out = run(doubleSulfate, { in: liquor, salt }, { temperature: 298.15 })
  expect((out.draws?.salt ?? 0) * molesOf(salt, 'solid Na2SO4')).toBeCloseTo(
    7 * (nd + dy + 1e-3),
    9,
  )
  expect(out.warnings?.[0]?.code).toBe('outside-validity')
})

test('tank volume follows the flow', () => {
  const twice = { ...liquor, flow: liquor.flow.map((n) => 2 * n) }
  const single = sizeOf(doubleSulfate, { in: liquor, salt })
  expect(sizeOf(doubleSulfate, { in: twice, salt })).toBeCloseTo(2 * single, 8)
})
