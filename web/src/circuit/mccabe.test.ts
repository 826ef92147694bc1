import { describe, expect, it } from 'vitest'
import type { SolvedStage } from '../../../src/scenario/index.ts'
import { construct, curveThrough, onLine, staircase, stepOff, stepsOf } from './mccabe.ts'

/** Counter-current extraction by hand: D 2, A/O 1, fresh organic, raffinate at 1. */
const byHand = {
  // x1 = 1, y1 = 2; x2 = 1 + y1 = 3, y2 = 6; x3 = 1 + y2 = 7, y3 = 14; the feed has 1 + 14 = 15.
  x: [1, 3, 7],
  y: [2, 6, 14],
  feed: 15,
}

function stage(index: number, x: number, y: number, section = 'extraction'): SolvedStage {
  return {
    index,
    section,
    aqueous: { Nd: x },
    organic: { Nd: y },
    D: { Nd: y / x },
    beta: {},
    pH: 1,
    freeExtractant: 1,
    loading: 0.1,
    aqueousFlow: 1,
    organicFlow: 1,
    mixerPhaseRatio: 1,
  }
}

describe('steps of McCabe and Thiele', () => {
  it('are those of the textbook for a straight equilibrium', () => {
    // Kremser: three stages with E = D O/A = 2 leave 1/15 of the feed.
    const line = { slope: 1, through: [1, 0] as const }
    const found = stepOff((x) => 2 * x, line, 1, 14)
    expect(found?.steps).toBeCloseTo(3, 12)
    expect(found?.corners.filter((_, k) => k % 2 === 1)).toEqual(
      byHand.x.map((x, k) => [x, byHand.y[k]]),
    )
  })

  it('count the last step by the share of it that is needed', () => {
    const line = { slope: 1, through: [1, 0] as const }
    expect(stepOff((x) => 2 * x, line, 1, 10)?.steps).toBeCloseTo(2.5, 12)
  })

  it('go down a strip, where the line lies above the curve', () => {
    // D 0.5, A/O 2: y0 = 8 enters; x1 = 4, y1 = 2 needs x2 = 4 - (8 - 2) / 2 = 1, y2 = 0.5.
    const line = { slope: 2, through: [4, 8] as const }
    const found = stepOff((x) => 0.5 * x, line, 4, 0.5)
    expect(found?.steps).toBeCloseTo(2, 12)
    expect(onLine(line, 1)).toBe(2)
  })

  it('end where the curve meets the line', () => {
    expect(stepOff((x) => x, { slope: 2, through: [1, 0] }, 1, 100)).toBeUndefined()
  })
})

describe('construction from solved stages', () => {
  const stages = [
    ...byHand.x.map((x, k) => stage(k + 1, x, byHand.y[k] ?? 0)),
    // Strip: all that is on the organic goes to an aqueous without metal.
    { ...stage(4, 14, 0, 'strip'), D: { Nd: 0 } },
  ]
  const { legs } = construct(stages, 'Nd', undefined)

  it('has a leg for each section with the slope of its flows', () => {
    expect(legs.map(({ section, from, to }) => [section, from, to])).toEqual([
      ['extraction', 1, 3],
      ['strip', 4, 4],
    ])
    expect(legs[0]?.lower).toEqual([1, 0])
    expect(legs[0]?.upper).toEqual([byHand.feed, 14])
    expect(legs[1]?.upper[0]).toBeCloseTo(0, 12)
  })

  it('draws the stairs from corner to corner', () => {
    const [leg] = legs
    expect(leg === undefined ? [] : staircase(leg)).toEqual([
      [1, 0],
      [1, 2],
      [3, 2],
      [3, 6],
      [7, 6],
      [7, 14],
      [15, 14],
    ])
  })

  it('counts as many steps as there are stages', () => {
    expect(legs[0] === undefined ? 0 : stepsOf(legs[0])).toBeCloseTo(3, 6)
  })

  it('divides a section at its feed', () => {
    const plan = {
      name: 'sx',
      plant: '',
      sections: [],
      feeds: [{ name: 'feed', phase: 'aqueous', stage: 2, section: 'extraction', own: 2 }],
      draws: [],
      outlets: [],
      reagents: [],
    } as const
    expect(construct(stages, 'Nd', plan).legs.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [3, 3],
      [4, 4],
    ])
  })
})

describe('the curve through the stages', () => {
  it('passes its points and never turns between them', () => {
    const points = [
      [0, 0],
      [1, 5],
      [2, 6],
      [8, 6.5],
    ] as const
    const curve = curveThrough(points)
    for (const [x, y] of points) expect(curve?.at(x)).toBeCloseTo(y, 12)
    let last = 0
    for (let x = 0; x <= 8; x += 0.01) {
      const y = curve?.at(x) ?? 0
      expect(y).toBeGreaterThanOrEqual(last - 1e-12)
      last = y
    }
  })

  it('is refused where an element passes a maximum', () => {
    const back = [
      [1, 1],
      [2, 2],
      [2, 3],
    ] as const
    expect(curveThrough(back)).toBeUndefined()
  })
})
