import { expect, it } from 'vitest'
import { address } from '../client.ts'
import {
  counted,
  fieldTime,
  fractionText,
  kgText,
  massText,
  shortUri,
  sureText,
  timeOfField,
  withOffset,
} from './figures.ts'

it('writes masses in the unit in which they are read', () => {
  expect(massText(412_500_000)).toBe('412.5\u202fkg')
  expect(massText(28_717_600_000)).toBe('28.718\u202ft')
  expect(massText(250_000)).toBe('250\u202fg')
  expect(massText(undefined)).toBe('unknown')
  expect(kgText(-17_073_200_000)).toBe('\u221217\u2009073.200')
})

it('writes fractions with as many digits as they are sure', () => {
  expect(sureText(0.224, 0.003)).toBe('22.40 ± 0.30\u202f%')
  expect(sureText(0.000_12, 0.000_01)).toBe('120 ± 10\u202fppm')
  expect(sureText(0.224, undefined)).toBe('22.4\u202f%')
  expect(fractionText(0.000_05)).toBe('50\u202fppm')
  expect(fractionText(undefined)).toBe('unknown')
})

it('takes times of here there and back', () => {
  const ms = new Date(2026, 2, 1, 8, 5).getTime()
  expect(fieldTime(ms)).toBe('2026-03-01T08:05')
  expect(timeOfField('2026-03-01T08:05')).toBe(ms)
  expect(Date.parse(withOffset(ms))).toBe(ms)
  expect(timeOfField('')).toBeUndefined()
})

it('names things shortly', () => {
  expect(shortUri('https://site.example/id/lot/F-2026-0001')).toBe('F-2026-0001')
  expect(shortUri('urn:epc:id:sgln:4012345.00001.0')).toBe('4012345.00001.0')
  expect(counted(1, 'lot')).toBe('1 lot')
  expect(counted(12_000, 'lot')).toBe('12\u2009000 lots')
  expect(address('api/x', { at: 5, place: '', kind: undefined, text: 'a b' })).toBe(
    'api/x?at=5&text=a+b',
  )
})
