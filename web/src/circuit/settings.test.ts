import { describe, expect, it } from 'vitest'
import type { ParameterView } from '../engine/protocol.ts'
import { placeIn, reachOf, valueIn, writtenAs, writtenUnit } from './settings.ts'

const parameter = (more: Partial<ParameterView>): ParameterView => ({
  path: 'sx1.organicFlow',
  textPath: ['units', 'sx1', 'organicFlow'],
  unit: 'sx1',
  label: 'organic flow',
  about: '',
  value: 20 / 3.6e6,
  text: '20 L/h',
  isDefault: false,
  dimension: 'volume-flow',
  shownIn: 'L/h',
  accepted: ['L/h', 'm3/h', 'm3/s'],
  min: 1e-12,
  max: null,
  whole: false,
  notes: [],
  ...more,
})

describe('sliders', () => {
  it('reach from half to twice, and write in the unit that stands there', () => {
    const one = parameter({ text: '0.02 m3/h' })
    const reach = reachOf({ label: '', parameter: one })
    expect([reach.from, reach.to]).toEqual([0.5 * one.value, 2 * one.value])
    expect(writtenAs(reach.to, one, 6000)).toBe('0.04 m3/h')
    expect(writtenAs(one.value, parameter({}), 6000)).toBe('20 L/h')
  })

  it('go from place to value and back', () => {
    const share = parameter({ value: 0.998, text: '0.998', dimension: 'ratio', max: 1, min: 0 })
    for (const setting of [
      { label: '', parameter: parameter({}) },
      { label: '', parameter: share, nines: true },
    ]) {
      const reach = reachOf(setting)
      for (const place of [0, 250, 777, 1000])
        expect(placeIn(reach, valueIn(reach, place))).toBe(place)
    }
  })

  it('move purities by what is missing', () => {
    const share = parameter({
      value: 0.998,
      text: '99.8 %',
      dimension: 'ratio',
      accepted: ['%', ''],
    })
    const reach = reachOf({ label: '', parameter: share, nines: true })
    expect(valueIn(reach, 1000)).toBeCloseTo(0.99999, 12)
    expect(writtenAs(0.99951, share, 6000)).toBe('99.951 %')
  })

  it('read the unit of a text', () => {
    expect(writtenUnit('13.5 L/h')).toBe('L/h')
    expect(writtenUnit('31.2 ± 0.4 %')).toBe('%')
    expect(writtenUnit('1e-3')).toBe('')
  })
})
