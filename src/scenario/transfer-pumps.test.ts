import { expect, it } from 'vitest'
import { plants, solve } from '../../test/plants/kit.ts'

it('moves every liquid line by a pump of its own, and a reagent by one for all its users', () => {
  const { units, streams } = solve(`${plants}/belfast-demonstration.yaml`)
  const pumps = (unit: string) =>
    (units[unit]?.equipment ?? []).filter((item) => item.basis.startsWith('transfer'))
  const drawn = Object.values(streams)
    .filter(({ from }) => from === 'acid.out')
    .reduce((sum, { volume }) => sum + (volume['aqueous'] ?? 0), 0)
  expect(drawn).toBeGreaterThan(0)
  expect(pumps('acid')).toHaveLength(1)
  expect(pumps('acid')[0]?.size.value).toBeCloseTo(drawn, 12)
  // 2 bar at 60 %.
  expect(pumps('acid')[0]?.power).toBeCloseTo((drawn * 2e5) / 0.6, 9)
  const leaving = Object.values(streams).filter(
    ({ from, phase }) => from.startsWith('leach-filter.') && phase === 'aqueous',
  )
  expect(pumps('leach-filter')).toHaveLength(leaving.length)
  expect(pumps('magnets')).toEqual([])
})
