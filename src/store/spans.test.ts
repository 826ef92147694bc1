import { expect, test } from 'vitest'
import { random } from '../numerics/index.ts'
import { advance, nodeOf, nodesAt } from './spans.ts'

test('a span is found at every moment that it covers, and at no other, once', () => {
  const chance = random(7)
  const day = 86_400_000
  for (let i = 0; i < 3000; i++) {
    const since = Math.floor(chance.between(-62_135_596_800_000, 253_402_300_000_000))
    const until = since + chance.pick([1, 2, 1000, day, 1000 * day, 40_000 * day])
    const node = nodeOf(since, until)
    const middle = Math.floor(chance.between(since, until))
    for (const time of [since - 1, since, middle, until - 1, until, until + 5 * day]) {
      const { before, after } = nodesAt(time)
      const found =
        (before.includes(node) && until > time ? 1 : 0) +
        (after.includes(node) && since <= time ? 1 : 0)
      expect(found, `${since} ${until} ${time}`).toBe(since <= time && time < until ? 1 : 0)
    }
  }
})

test('spans end where the next change is; nothing is no span', () => {
  const changes = [
    { time: 10, after: 5 },
    { time: 20, after: 0 },
    { time: 30, after: 7 },
    { time: 30, after: 8 },
  ]
  const done = advance(undefined, changes)
  expect(done).toEqual({
    ended: [{ mg: 5, since: 10, until: 20 }],
    now: { mg: 8, since: 30 },
  })
  expect(advance(done.now, [{ time: 40, after: 0 }])).toEqual({
    ended: [{ mg: 8, since: 30, until: 40 }],
    now: undefined,
  })
})
