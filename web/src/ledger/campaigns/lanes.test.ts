import { describe, expect, it } from 'vitest'
import type { CampaignRow } from '../said.ts'
import { lanesOf, timeTicks } from './lanes.ts'

const campaign = (code: string, place: string, start: number, end?: number): CampaignRow => ({
  uri: code,
  code,
  place,
  start,
  ...(end === undefined ? {} : { end }),
  chargedMg: 0,
  drawnMg: 0,
  charges: 0,
  draws: 0,
})

describe('the time line of campaigns', () => {
  it('gives those that run side by side at one place a lane each', () => {
    const campaigns = [
      campaign('A', 'sx1', 0, 10),
      campaign('B', 'sx1', 5, 15),
      campaign('C', 'sx1', 10, 20),
      campaign('D', 'sx2', 0),
      campaign('gone', 'sx3', 0, 1),
    ]
    const { bars, places, count } = lanesOf(campaigns, { from: 4, to: 30, now: 25 })
    expect(bars.map(({ campaign: { code }, lane }) => [code, lane])).toEqual([
      ['A', 0],
      ['B', 1],
      ['C', 0],
      ['D', 2],
    ])
    expect(places).toEqual([
      { uri: 'sx1', lane: 0, lanes: 2 },
      { uri: 'sx2', lane: 2, lanes: 1 },
    ])
    expect(count).toBe(3)
    expect(bars[3]?.to).toBe(25)
  })

  it('names few times, whatever the stretch', () => {
    const from = new Date(2025, 2, 10).getTime()
    for (const days of [3, 20, 90, 400, 2000]) {
      const ticks = timeTicks(from, from + days * 86_400_000)
      expect(ticks.length).toBeGreaterThan(1)
      expect(ticks.length).toBeLessThan(11)
      for (const { at } of ticks) expect(at).toBeGreaterThanOrEqual(from)
    }
    expect(timeTicks(from, from + 400 * 86_400_000)[0]?.text).toBe('Apr 2025')
  })
})
