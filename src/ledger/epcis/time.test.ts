import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestTimeOf, offsetOf, timeOf, timeText } from './time.ts'

describe('a date-time', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2005-04-03T20:33:31.116-06:00', Date.UTC(2005, 3, 4, 2, 33, 31, 116)],
    ['2023-02-02T11:04:03.1415Z', Date.UTC(2023, 1, 2, 11, 4, 3, 141)],
    ['2023-02-02T11:04:03.28399Z', Date.UTC(2023, 1, 2, 11, 4, 3, 283)],
    ['1969-12-31T23:59:59.9996Z', -1],
    ['2005-07-11T11:30:47.12-06:00', Date.UTC(2005, 6, 11, 17, 30, 47, 120)],
    ['2024-02-29T00:00:00+14:00', Date.UTC(2024, 1, 28, 10)],
    ['2005-07-11T11:30:47.0Z', Date.UTC(2005, 6, 11, 11, 30, 47)],
  ])('%s is read', (text, ms) => expect(timeOf(text)).toBe(ms))

  it.each([
    ['2023-02-02T11:04:03.1415Z', Date.UTC(2023, 1, 2, 11, 4, 3, 142)],
    ['2023-02-02T11:04:03.1414999Z', Date.UTC(2023, 1, 2, 11, 4, 3, 141)],
    ['2023-12-31T23:59:59.9996Z', Date.UTC(2024, 0, 1)],
    ['2005-07-11T11:30:47.5+05:59', Date.UTC(2005, 6, 11, 5, 31, 47, 500)],
  ])('%s is rounded for the hash', (text, ms) => expect(nearestTimeOf(text)).toBe(ms))

  it('is read as the language reads it', () => {
    const fraction = fc.stringMatching(/^\.\d{1,6}$/)
    fc.assert(
      fc.property(fraction, (digits) => {
        const text = `2026-03-01T08:00:00${digits}+01:30`
        expect(timeOf(text)).toBe(Math.floor(Date.parse(text)))
      }),
      { seed: 20_260_307 },
    )
  })

  it.each([
    '',
    '22-07-2026',
    '2026-03-01',
    '2026-03-01T08:00Z',
    '2026-03-01T08:00:00',
    '2026-03-01 08:00:00Z',
    '2026-03-01T08:00:00.Z',
    '2026-03-01T08:00:00z',
    '2026-03-01T08:00:00+0100',
    '2026-03-01T08:00:00+14:01',
    '2026-03-01T08:00:00+01:60',
    '2026-02-29T08:00:00Z',
    '1900-02-29T08:00:00Z',
    '2026-13-01T08:00:00Z',
    '2026-00-01T08:00:00Z',
    '2026-03-00T08:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T08:00:60Z',
    '0026-03-01T08:00:00Z',
    ' 2026-03-01T08:00:00Z',
    '2026-03-01T08:00:00Z ',
  ])('%j is none', (text) => expect(timeOf(text)).toBeUndefined())

  it('reads back as it was written, in any offset', () => {
    const ms = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9998, 0, 1) })
    const minutes = fc.integer({ min: -840, max: 840 })
    fc.assert(
      fc.property(ms, minutes, (time, east) => {
        const [hours, rest] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60]
        const digits = (n: number) => String(n).padStart(2, '0')
        const offset = `${east < 0 ? '-' : '+'}${digits(hours)}:${digits(rest)}`
        expect(offsetOf(offset)).toBe(east)
        expect(timeOf(timeText(time, offset))).toBe(time)
        expect(Date.parse(timeText(time, offset))).toBe(time)
      }),
      { seed: 20_260_306 },
    )
    expect(timeText(0)).toBe('1970-01-01T00:00:00.000+00:00')
  })
})
