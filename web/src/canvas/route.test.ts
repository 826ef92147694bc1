import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { length, roomsOf, routeBetween, straightened } from './route.ts'

const place = fc.integer({ min: -2000, max: 2000 })
const point = fc.record({ x: place, y: place })

describe('a line led anew', () => {
  it('has only level and upright pieces, leaves to the right and arrives from the left', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const way = routeBetween(from, to, [])
        expect(way[0]).toEqual(from)
        expect(way.at(-1)).toEqual(to)
        for (let i = 1; i < way.length; i++) {
          const [a, b] = [way[i - 1] ?? from, way[i] ?? to]
          expect(a.x === b.x || a.y === b.y).toBe(true)
        }
        expect((way[1] ?? to).x).toBeGreaterThan(from.x)
        expect((way.at(-2) ?? from).x).toBeLessThan(to.x)
        expect(length(way)).toBeGreaterThanOrEqual(
          Math.abs(from.x - to.x) + Math.abs(from.y - to.y),
        )
      }),
      { numRuns: 300, seed: 3 },
    )
  })

  it('goes around a unit that stands in its way', () => {
    const box = { x: 100, y: -20, width: 60, height: 40 }
    const way = routeBetween({ x: 0, y: 0 }, { x: 300, y: 0 }, [box])
    expect(way.some(({ y }) => y < box.y || y > box.y + box.height)).toBe(true)
    expect(routeBetween({ x: 0, y: 0 }, { x: 300, y: 0 }, [])).toHaveLength(2)
  })

  it('drops points where it does not turn', () => {
    const way = [
      { x: 0, y: 0 },
      { x: 5, y: 0 },
      { x: 9, y: 0 },
      { x: 9, y: 4 },
    ]
    expect(straightened(way)).toEqual([way[0], way[2], way[3]])
  })
})

describe('room for a flow on the line', () => {
  it('is on the longest level piece that the line has for itself', () => {
    const rooms = roomsOf({
      a: [
        { x: 0, y: 0 },
        { x: 40, y: 0 },
        { x: 40, y: 100 },
        { x: 300, y: 100 },
      ],
      b: [
        { x: 100, y: 100 },
        { x: 300, y: 100 },
      ],
    })
    expect(rooms.get('a')).toEqual({ at: { x: 20, y: 0 }, length: 40 })
    expect(rooms.has('b')).toBe(false)
  })
})
