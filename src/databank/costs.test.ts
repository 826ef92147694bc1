import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { costAt } from '../economics/correlation.ts'
import { checkFiles, isMoneyFile } from './check.ts'
import { costFiles } from './costs.generated.ts'
import { costBank, loadCosts, type CostCorrelation, type PricePoint } from './costs.ts'
import { files as plantFiles } from './data.generated.ts'

const bank = costBank()
const files: Readonly<Record<string, unknown>> = { ...plantFiles, ...costFiles() }

test('prices and factors are in their own module, and no plant data with them', () => {
  expect(Object.keys(costFiles()).every(isMoneyFile)).toBe(true)
  expect(Object.keys(plantFiles).some(isMoneyFile)).toBe(false)
  expect(loadCosts(costFiles())).toEqual(bank)
})

test('a broken record is refused with its file and place', () => {
  const [first] = bank.correlations
  const some = ['sources.json', 'sources/economics.json'].map(
    (path) => [path, files[path]] as const,
  )
  const put = (path: string, content: unknown) => () =>
    checkFiles({ ...Object.fromEntries(some), [path]: content })
  const stray = { correlations: [{ ...first, source: 'nowhere' }] }
  expect(put('equipment/x.json', stray)).toThrow(/equipment\/x\.json.*nowhere/)
  const silent = { correlations: [{ ...first, source: undefined }] }
  expect(put('equipment/x.json', silent)).toThrow(/equipment\/x\.json correlations\.0\.source/)
  expect(put('prices/x.json', { decks: [{ id: 'x' }] })).toThrow(/prices\/x\.json decks\.0/)
  const twice = { 'equipment/x.json': { correlations: [first] } }
  expect(() => loadCosts({ ...costFiles(), ...twice })).toThrow(/twice/)
})

/** Units as the sources print sizes, in SI. */
const units: Readonly<Record<string, number>> = {
  gal: 3.785411784e-3,
  hp: 745.6998715822702,
  'ft**2': 0.09290304,
  'ft**3': 0.028316846592,
  ton: 907.18474,
  'ton/hr': 907.18474 / 3600,
  'MBTU/hr': (1e6 * 1055.05585262) / 3600,
  'ft**3/min': 0.028316846592 / 60,
  'gal/min': 3.785411784e-3 / 60,
  unit: 1,
}

/** The printed size of a correlation in SI: by its own form, or by the unit that it names. */
function printed({ size, form }: CostCorrelation): number {
  const [number, unit = ''] = (size.published ?? '').split(/ (.*)/)
  return form === undefined ? Number(number) * (units[unit] ?? 1) : Number(number) / form.perSI
}

test.each(bank.correlations.map((c) => [c.id, c] as const))(
  '%s gives its own reference',
  (_, c) => {
    expect(costAt(c, c.size.reference) / c.cost.value).toBeCloseTo(1, 9)
    expect(printed(c) / c.size.reference).toBeCloseTo(1, 4)
    const [low, high] = c.range ?? [0, 0]
    expect(c.size.reference).toBeGreaterThanOrEqual(low)
    expect(c.size.reference).toBeLessThanOrEqual(high)
    expect([c.rangeSource, c.rangeAssumption].filter((said) => said !== undefined)).toHaveLength(1)
    if (c.size.unit === '1') return
    // Dearer as it grows, in its range and beyond: a fit that turns round is not fit for use.
    const sizes = Array.from(
      { length: 41 },
      (_, k) => low * 0.01 * ((high / low) * 1e4) ** (k / 40),
    )
    const prices = sizes.map((size) => costAt(c, size))
    const falls = prices.filter((price, k) => price < (prices[k - 1] ?? 0) * 0.85)
    expect(falls, `falls with size: ${prices.map((p) => p.toPrecision(3)).join(' ')}`).toEqual([])
  },
)

test('the published accounts are all there, as printed', () => {
  const accounts = bank.correlations.filter((c) => c.account !== undefined)
  expect(accounts).toHaveLength(67)
  const sum = (of: (c: CostCorrelation) => number) => accounts.reduce((s, c) => s + of(c), 0)
  expect(sum((c) => c.cost.value)).toBeCloseTo(30_148_399.7417, 2)
  expect(sum((c) => c.exponent)).toBeCloseTo(43.41326882, 7)
  expect(
    sum((c) => c.size.reference / (units[(c.size.published ?? '').split(' ')[1] ?? ''] ?? 1)),
  ).toBeCloseTo(1_132_705.0421, 3)
})

test('constants that were read elsewhere', () => {
  const by = (id: string) => bank.correlations.find((c) => c.id === id) as CostCorrelation
  expect(costAt(by('turton-mixer-settler'), 1)).toBeCloseTo(10 ** 4.7116, 3)
  expect(costAt(by('turton-filter-plate-frame'), 10)).toBeCloseTo(
    10 ** (4.2756 + 0.352 + 0.0714),
    2,
  )
  expect(costAt(by('towler-pump'), 0.01)).toBeCloseTo(3300 + 48 * 10 ** 1.2, 6)
  expect(costAt(by('towler-pulveriser'), 1000 / 3600)).toBeCloseTo(3000 + 390 * 1000 ** 0.5, 6)
  expect(costAt(by('epa-tank-frp'), 3.785411784)).toBeCloseTo(4717.255 + 2291.1 - 58.587 + 1, 6)
})

test('factor sets add up to what their source prints, on a base that is said', () => {
  for (const set of bank.factorSets.values()) {
    const sum = set.lines.reduce((s, { factor }) => s + factor, 1)
    expect(sum, set.id).toBeCloseTo(set.sum, 9)
  }
  expect(bank.factorSets.get('qgess')).toMatchObject({ base: 'bare-erected', sum: 2.97 })
  // Table 17 prints 413 % of fixed and 487 % of total capital, with land at 6 %.
  expect(bank.factorSets.get('peters-solids-and-fluids')?.sum).toBeCloseTo(4.87 - 0.06, 9)
})

test('depreciation schedules use up what they depreciate', () => {
  for (const { id, fractions } of bank.schedules.values()) {
    expect(
      fractions.reduce((s, f) => s + f, 0),
      id,
    ).toBeCloseTo(1, 9)
  }
})

const middle = ({ low, high }: PricePoint) => {
  const known = [low, high].filter((price) => price !== undefined)
  return known.reduce((s, price) => s + price, 0) / known.length
}

test('decks name inputs that exist, and prices that their own ranges hold', () => {
  for (const deck of bank.decks.values()) {
    for (const { item, price } of deck.inputs) {
      expect(bank.inputs.get(price)?.item, `${deck.id} ${item}`).toBe(item)
    }
    for (const { product, price, low = 0, high = Infinity, tiers = [] } of deck.products) {
      expect(price >= low && price <= high, `${deck.id} ${product}`).toBe(true)
      const last = tiers.at(-1)
      if (last !== undefined) expect([last.volume, last.share]).toEqual([undefined, undefined])
    }
    expect(deck.vat.note.length).toBeGreaterThan(0)
  }
})

test('Chinese prices are the quotes with 13 % tax taken out', () => {
  const deck = bank.decks.get('2025-china')
  expect(deck).toMatchObject({ currency: 'CNY', vat: { treatment: 'taken out', rate: 0.13 } })
  for (const product of ['NdPr oxide', 'Dy2O3', 'Tb4O7', 'Ho2O3', 'Y2O3', 'La2O3']) {
    const quote = bank.history.find(
      (point) => point.product === product && point.source === 'smm-20251016',
    ) as PricePoint
    expect(quote).toMatchObject({ currency: 'CNY', per: 't', vat: 'included' })
    const priced = deck?.products.find((p) => p.product === product)?.price ?? 0
    expect(priced, product).toBeCloseTo(middle(quote) / 1000 / 1.13, 3)
  }
})

test('an ask is never for a whole output', () => {
  const products = bank.decks.get('2025-europe-ask')?.products ?? []
  expect(products.length).toBeGreaterThan(0)
  for (const { product, price, tiers = [] } of products) {
    expect(tiers.length, product).toBeGreaterThan(1)
    expect(tiers.at(-1)?.price ?? price, product).toBeLessThan(price)
  }
})

/** Mean of a year's quotes in dollars of the United States survey, by year. */
function yearly(product: string): ReadonlyMap<number, number> {
  const years = new Map<number, number[]>()
  for (const point of bank.history) {
    if (point.product !== product || point.currency !== 'USD') continue
    if (!point.market.startsWith('USGS') || point.low === undefined) continue
    const year = Number(point.date.slice(0, 4))
    years.set(year, [...(years.get(year) ?? []), middle(point)])
  }
  return new Map([...years].map(([y, all]) => [y, all.reduce((s, p) => s + p, 0) / all.length]))
}

/** Changes of the logarithm from one year to the next, by year. */
function changes(product: string): ReadonlyMap<number, number> {
  const prices = yearly(product)
  return new Map(
    [...prices].flatMap(([year, price]) => {
      const before = prices.get(year - 1)
      return before === undefined ? [] : [[year, Math.log(price / before)] as const]
    }),
  )
}

const mean = (values: readonly number[]) => values.reduce((s, v) => s + v, 0) / values.length

test('priors of prices follow from the history by the formula that they state', () => {
  expect(bank.priors.length).toBeGreaterThan(3)
  for (const { product, volatility, years } of bank.priors) {
    const all = [...changes(product).values()]
    const square = all.reduce((s, c) => s + (c - mean(all)) ** 2, 0) / (all.length - 1)
    expect([years, volatility], product).toEqual([all.length, expect.closeTo(Math.sqrt(square), 5)])
  }
  for (const { between, value } of bank.priceCorrelations) {
    const [first, second] = between.map(changes) as [
      ReturnType<typeof changes>,
      ReturnType<typeof changes>,
    ]
    const both = [...first].flatMap(([year, a]) => {
      const b = second.get(year)
      return b === undefined ? [] : [[a, b] as const]
    })
    const [ma, mb] = [mean(both.map(([a]) => a)), mean(both.map(([, b]) => b))]
    const of = (f: (a: number, b: number) => number) =>
      mean(both.map(([a, b]) => f(a - ma, b - mb)))
    const r = of((a, b) => a * b) / Math.sqrt(of((a) => a * a) * of((_, b) => b * b))
    expect(value, between.join(' ')).toBeCloseTo(r, 5)
  }
})

test('money is in currencies that can be exchanged', () => {
  const known = new Set(['USD', ...bank.exchange.keys()])
  const used = [
    ...[...bank.inputs.values()].map((price) => price.currency),
    ...[...bank.decks.values()].map((deck) => deck.currency),
    ...bank.wages.map((wage) => wage.currency),
    ...bank.correlations.map((c) => c.cost.currency),
  ]
  expect(used.filter((currency) => !known.has(currency))).toEqual([])
})

/** Types of equipment that unit operations state, from where they write them. */
function statedTypes(): ReadonlySet<string> {
  const folder = fileURLToPath(new URL('../unitops', import.meta.url))
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  )
  const text = sources.map((path) => readFileSync(`${folder}/${path}`, 'utf8')).join('\n')
  const blocks = text.matchAll(
    /\btype: (?:[^'\n]*\? )?'([a-z -]+)'(?: : '([a-z -]+)')?,\s+count\b/g,
  )
  const flux = text.matchAll(/byFlux\(\s*'([a-z -]+)'/g)
  return new Set([...blocks, ...flux].flatMap(([, a, b]) => [a, b].filter((t) => t !== undefined)))
}

test('every type of equipment that a unit operation states has a price, or says why not', () => {
  const stated = statedTypes()
  for (const type of ['mixer-settler', 'vacuum furnace', 'acid still', 'agitator', 'storage bin']) {
    expect(stated).toContain(type)
  }
  const known = new Set([
    ...bank.correlations.flatMap((c) => c.types),
    ...bank.equipmentGaps.map((gap) => gap.type),
  ])
  expect([...stated].filter((type) => !known.has(type))).toEqual([])
})
