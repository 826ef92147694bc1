import { expect, test } from 'vitest'
import {
  catchUp,
  genealogy,
  inventory,
  recycledShare,
  type LotState,
} from '../../src/ledger/index.ts'
import {
  assay,
  campaign,
  charge,
  day,
  draw,
  lot,
  place,
  receive,
  ship,
  write,
  count,
  transform,
  move,
} from './histories.ts'
import { memoryLedger } from './memory-derived.ts'

const kg = (mass: number) => Math.round(mass * 1e6)
const store1 = place('store')

test('a lot comes, is charged, drawn and shipped', async () => {
  const ledger = memoryLedger()
  const [f1, f2, p1] = [lot('F1'), lot('F2'), lot('P1')]
  const c1 = campaign('C1')
  await write(ledger, [
    receive(day(1), { lot: f1, mg: kg(100) }, store1, {
      sources: [{ class: 'post-consumer', share: 1 }],
    }),
    receive(day(1), { lot: f2, mg: kg(100) }, store1, {
      sources: [{ class: 'pre-consumer', share: 1 }],
    }),
    assay(day(2), f1, [{ analyte: 'Nd', value: 0.2, u: 0.004, k: 2 }]),
    assay(day(2), f2, [{ analyte: 'Nd', value: 0.3, u: 0.006, k: 2 }]),
    charge(day(3), c1, [
      { lot: f1, mg: kg(100) },
      { lot: f2, mg: kg(100) },
    ]),
    draw(day(4), c1, [{ lot: p1, mg: kg(40) }], store1, { product: 'Nd2O3' }),
    assay(day(5), p1, [
      { analyte: 'Nd', value: 0.99, u: 0.002, k: 2, basis: 'oxide', oxide: 'Nd2O3' },
    ]),
    ship(day(6), [{ lot: p1, mg: kg(10) }]),
  ])
  await catchUp(ledger)
  const now = await inventory(ledger)
  expect(now.lines.map(({ code, wetMg }) => [code, wetMg])).toEqual([['P1', kg(30)]])
  const g = await genealogy(ledger, p1, { direction: 'up' })
  expect(g.unknown).toEqual({ Nd: 0 })
  const shares = Object.fromEntries(g.ends.map((end) => [end.lot, end.shares['Nd']]))
  expect(shares[f1]).toBeCloseTo(0.4, 12)
  expect(shares[f2]).toBeCloseTo(0.6, 12)
  const recycled = await recycledShare(ledger, p1)
  expect(recycled.elements[0]?.postConsumer).toBeCloseTo(0.4, 12)
  const down = await genealogy(ledger, f1, { direction: 'down' })
  console.log(JSON.stringify(down, null, 1), JSON.stringify(now, null, 1))
})
