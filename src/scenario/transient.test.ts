import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plantOf } from '../../test/plants/kit.ts'
import { studyOf } from './study/what-if.ts'
import { settlingTime } from './transient-document.ts'
import { transient } from './transient.ts'
import type { TransientRequest } from './transient.ts'

describe('settling time', () => {
  it('is the last crossing of the band, as a line between moments', () => {
    const times = [0, 1, 2, 3, 4]
    expect(settlingTime(times, [0, 0.5, 0.9, 1, 1], 1, 0.05)).toBeCloseTo(2.5, 12)
    expect(settlingTime(times, [0, 1, 1.2, 1, 1], 1, 0.05)).toBeCloseTo(2.75, 12)
    expect(settlingTime(times, [0, 0.5, 0.6, 0.7, 0.8], 1, 0.05)).toBeNull()
    expect(settlingTime(times, [1, 1, 1, 1, 1], 1, 0.05)).toBe(0)
  })
})

describe('transient of a plant', () => {
  const file = new URL('../../plants/belfast-demonstration.yaml', import.meta.url)
  const study = studyOf(plantOf(readFileSync(file, 'utf8'), { file: 'belfast.yaml' }))
  const request: TransientRequest = {
    circuit: 'sx4',
    start: 'steady',
    until: '40 d',
    frames: 11,
    tolerance: 5e-3,
    changes: [],
    floors: [],
  }
  const ask = (more: Partial<TransientRequest>) => transient(study, { ...request, ...more })
  const messages = (more: Partial<TransientRequest>) => {
    const answer = ask(more)
    return 'refusals' in answer ? answer.refusals.map((r) => `${r.message} | ${r.expected}`) : []
  }

  it('goes from one steady state to another, as a document that can be played', () => {
    const moved = ask({ changes: ['sx4.organicFlow * 1.02 @ 1 d'] })
    if (!('transient' in moved)) throw new Error(JSON.stringify(moved))
    const { transient: t } = moved
    expect(t.balance.worst).toBeLessThan(1e-10)
    expect(t.settings.map((s) => s.from)).toEqual([0, 86400])
    expect(t.frames.times).toHaveLength(11)
    expect(t.frames.pH.every((column) => column.length === t.frames.stages.length)).toBe(true)
    expect(t.times.length).toBeLessThanOrEqual(402)
    expect(t.distance).toBeLessThan(0.1)
  })

  it('refuses what means nothing, all at once', () => {
    expect(
      messages({ circuit: 'sx9', until: 'soon', changes: ['faster'], floors: ['pure'] }),
    ).toEqual([
      expect.stringContaining('no unit "sx9" | did you mean "sx1"?'),
      expect.stringContaining('--until'),
      expect.stringContaining('"faster" changes nothing'),
      expect.stringContaining('"pure" asks for no purity'),
    ])
    expect(messages({ changes: ['motors.rate = 1 t/y'] })[0]).toContain(
      'no parameter "motors.rate"',
    )
    expect(messages({ circuit: 'leach' })[0]).toContain('it has no transient')
    expect(messages({ floors: ['strip-licor Dy >= 99 %'] })[0]).toContain('strip-liquor')
    expect(messages({ until: '100000 d' })[0]).toContain('out of bounds')
  })

  it('says why a change has no steady state', () => {
    const answer = ask({ changes: ['sx4.organicFlow = 0.001 L/h'] })
    expect('failure' in answer && answer.failure.detail.length).toBeGreaterThan(10)
  })
})
