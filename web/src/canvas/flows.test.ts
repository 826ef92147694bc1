import { describe, expect, it } from 'vitest'
import type { Solution, SolvedStream } from '../../../src/scenario/index.ts'
import { changeText, cutOf, flowText, inFlowUnit } from './flows.ts'

const stream = (mass: number, more: Partial<SolvedStream> = {}): SolvedStream => ({
  from: 'a.out',
  to: 'b.in',
  temperature: 298.15,
  phase: 'aqueous',
  mass,
  species: {},
  elements: {},
  volume: {},
  density: {},
  ...more,
})

describe('flows on the lines', () => {
  it('are rates while operating, a year being the plant’s own', () => {
    expect(inFlowUnit(1 / 3600, 'kg/h', 6000)).toBeCloseTo(1, 12)
    expect(inFlowUnit(1 / 3600, 't/y', 6000)).toBeCloseTo(6, 12)
    expect(inFlowUnit(1, 't/d', 6000)).toBeCloseTo(86.4, 12)
    expect(flowText(stream(4.75 / 3600), 'kg/h', 6000)).toBe('4.75')
    expect(flowText(undefined, 'kg/h', 6000)).toBe('')
  })

  it('say what changed by more than a thousandth', () => {
    expect(changeText(stream(1.032), stream(1))).toBe('+3.2\u202f%')
    expect(changeText(stream(0.9), stream(1))).toBe('\u221210\u202f%')
    expect(changeText(stream(1.0009), stream(1))).toBe('')
    expect(changeText(stream(1), stream(0))).toBe('new')
    expect(changeText(stream(0), stream(1))).toBe('gone')
    expect(changeText(stream(1), undefined)).toBe('')
  })
})

describe('the cut of a circuit', () => {
  const circuit = (strip: Record<string, number>, raffinate: Record<string, number>) =>
    ({
      circuits: { sx: {} },
      streams: {
        up: stream(1, { from: 'sx.strip-liquor', elements: strip }),
        down: stream(1, { from: 'sx.raffinate', elements: raffinate }),
      },
    }) as unknown as Solution

  it('is between the neighbours that leave their own way', () => {
    expect(cutOf(circuit({ Dy: 1, Tb: 0.001 }, { Tb: 1, Gd: 1 }), 'sx')).toBe('Tb | Dy')
  })

  it('is not said where the neighbours are not parted', () => {
    expect(cutOf(circuit({ Nd: 0.3, Sm: 1 }, { Nd: 0.7, Pr: 1 }), 'sx')).toBe('')
    expect(cutOf(circuit({}, {}), 'sx')).toBe('')
    expect(cutOf(circuit({ Dy: 1 }, { Tb: 1 }), 'mill')).toBe('')
  })
})
