import { join } from 'node:path'
import { expect, test } from 'vitest'
import { leftOver, plants, solve } from './kit.ts'

const solution = solve(join(plants, 'makuutu.yaml'))
const [mrec] = solution.products

test('converges with its recycle, every unit closed to 1e-9, and meets the trade grade', () => {
  expect(solution.outcome).toBeNull()
  expect(solution.balance.worst).toBeLessThan(1e-9)
  expect(solution.balance.charge).toBeLessThan(1e-9)
  expect(mrec?.specification).toBe('met')
  for (const symbol of ['Nd', 'Ce', 'Y', 'Al', 'Ca', 'N', 'S']) {
    expect(leftOver(solution, symbol), symbol).toBeLessThan(1e-9)
  }
})

/** Stage 1 study, 20 March 2023: t/y of oxides on average, its recovery, shares of the basket. */
const published = { treo: [1156, 1160], recovery: 0.273, magnetAndHeavy: 0.71, magnet: 0.43 }

test('the published output, recovery and basket groups', () => {
  if (mrec === undefined) throw new Error('no product')
  const treo = mrec.rate['t/y'] * mrec.purity.treoInProduct
  const recovery = treo / (5000e3 * 848e-6)
  const oxide: Readonly<Record<string, number>> = { La: 1.1728, Ce: 1.2284, Pr: 1.2082, Nd: 1.1664 }
  const heavy: Readonly<Record<string, number>> = { Tb: 1.1762, Dy: 1.1477 }
  const masses = solution.streams['mrec']?.elements ?? {}
  const tonnes = (symbol: string, factor: number) =>
    ((masses[symbol] ?? 0) * factor * 3600 * solution.operatingHours) / 1000
  const share = (of: Readonly<Record<string, number>>, symbols: readonly string[]) =>
    symbols.reduce((sum, s) => sum + tonnes(s, of[s] ?? 0), 0) / treo
  const light = share(oxide, ['La', 'Ce'])
  const magnet = share(oxide, ['Pr', 'Nd']) + share(heavy, ['Tb', 'Dy'])
  const rows = [
    ['TREO, t/y', treo, published.treo[0] ?? 0],
    ['recovery of oxides', recovery, published.recovery],
    ['magnet and heavy over TREO', 1 - light, published.magnetAndHeavy],
    ['magnet over TREO', magnet, published.magnet],
  ] as const
  for (const [name, found, stated] of rows) {
    const deviation = found / stated - 1
    console.log(
      `${name}: ${found.toPrecision(4)}, published ${stated}, ${(100 * deviation).toFixed(2)} %`,
    )
    expect(Math.abs(deviation), name).toBeLessThan(0.01)
  }
})
