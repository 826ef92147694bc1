import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { costBank } from '../../databank/costs.ts'
import { bank } from '../../databank/index.ts'
import { withValue } from '../edit.ts'
import { readPlant } from '../engine.ts'
import { newPlant } from '../new-plant.ts'
import type { PlantDocument } from '../plant.ts'
import { simulate } from '../simulate.ts'
import type { Solution } from '../solution.ts'
import { parametersOf } from '../study/parameters.ts'
import { movedPlant } from '../study/moved-plant.ts'
import { appraise } from './appraise.ts'
import type { Appraisal } from './appraisal.ts'
import { appraisalDocument, appraisalProblems } from './appraisal-schema.ts'
import { economicsFindings, soldByDeck } from './scenario-plant.ts'

const text = readFileSync('plants/belfast-commercial.yaml', 'utf8')

function read(of: string): PlantDocument {
  const reading = readPlant(of)
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  return reading.plant
}

let plant: PlantDocument
let solution: Solution
let appraisal: Appraisal

beforeAll(() => {
  plant = read(text)
  solution = simulate(plant)
  appraisal = appraise(plant, solution)
}, 60_000)

/** The Belfast plant with texts of its section replaced, appraised on the same solved flows. */
function changed(...changes: readonly (readonly [string, string])[]): Appraisal {
  let own = text
  for (const [from, to] of changes) {
    expect(own).toContain(from)
    own = own.replaceAll(from, to)
  }
  return appraise(read(own), solution)
}

/** Line and column of a text that stands once in the plant's own text. */
function place(whole: string, written: string) {
  const [before = ''] = whole.split(written)
  const lines = before.split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

const sum = (lines: readonly { readonly amount: number }[]) =>
  lines.reduce((total, { amount }) => total + amount, 0)

describe('an appraisal', () => {
  it('is the document that its schema says, by any method, with loans and without', () => {
    expect(appraisalProblems(appraisalDocument(appraisal))).toEqual([])
    const loan = '    debt: [{ dscr: 1.4, rate: 8 %, term: 10, repayment: sculpted }]\n'
    const cases = [
      changed(['  finance:\n', `  finance:\n${loan}`]),
      changed(['  estimate:\n', '  estimate:\n    method: qgess\n']),
      changed(['  estimate:\n', '  estimate:\n    method: scaled\n    anchor: belfast-2024\n']),
      appraise(soldByDeck(plant, '2025-europe-ask'), solution, { breakEvens: true }),
    ]
    for (const each of cases) expect(appraisalProblems(appraisalDocument(each))).toEqual([])
    expect(appraisalProblems({ ...appraisal, title: 3 }).length).toBeGreaterThan(0)
  })

  it('adds up', () => {
    const { capital, operating, sales, finance } = appraisal
    expect(sum(capital.lines)).toBeCloseTo(capital.totals.total, 3)
    expect(sum(operating.lines)).toBeCloseTo(operating.perYear, 3)
    expect(operating.products.reduce((total, { cost }) => total + cost, 0)).toBeCloseTo(
      operating.perYear,
      3,
    )
    expect(sum(sales.lines)).toBeCloseTo(sales.perYear, 3)
    expect(sum(finance.inputs.costs)).toBeCloseTo(operating.perYear, 3)
    expect(sum(finance.inputs.capital)).toBeCloseTo(capital.totals.fixed, 3)
    const people = appraisal.staff.reduce((total, staff) => total + staff.people, 0)
    expect(people).toBe(70)
  })

  it('is the same in another currency but for the rate of exchange', () => {
    const pounds = changed(['currency: USD', 'currency: GBP'])
    const rate = costBank().exchange.get('GBP')?.perUsd['2024'] ?? Number.NaN
    const pairs = [
      [pounds.capital.totals.total, appraisal.capital.totals.total],
      [pounds.operating.perYear, appraisal.operating.perYear],
      [pounds.sales.perYear, appraisal.sales.perYear],
      [pounds.finance.metrics.projectNpv, appraisal.finance.metrics.projectNpv],
    ] as const
    for (const [mine, other] of pairs) expect(mine / (rate * other)).toBeCloseTo(1, 9)
    expect(pounds.finance.metrics.projectIrr).toMatchObject({
      rate: expect.closeTo(
        appraisal.finance.metrics.projectIrr.outcome === 'found'
          ? appraisal.finance.metrics.projectIrr.rate
          : Number.NaN,
        9,
      ),
    })
  })

  it('takes a number that is moved as it takes the same number written', () => {
    const known = parametersOf(plant, bank).filter(({ place }) => place.of === 'economics')
    expect(known.length).toBeGreaterThan(40)
    for (const [path, to, value] of [
      ['economics.operating.feeds.magnets', '7.5 USD/kg', 7.5],
      ['economics.sales.products.didymium-oxide.price', '91 USD/kg', 91],
      ['economics.finance.grants[0].amount', '3 MGBP', 3e6],
      ['economics.operating.positions.skilled', '6', 6],
    ] as const) {
      const parameter = known.find((p) => p.path === path)
      if (parameter === undefined) throw new Error(`no parameter ${path}`)
      const moved = movedPlant(plant, [{ parameter, value }], bank)
      if ('outcome' in moved) throw new Error(moved.detail)
      const written = withValue(text, path, to)
      expect(written).toBeDefined()
      const other = appraise(read(written ?? ''), solution)
      const mine = appraise(moved, solution)
      expect(mine.finance.metrics).toEqual(other.finance.metrics)
      expect(mine.finance.metrics.projectNpv).not.toBe(appraisal.finance.metrics.projectNpv)
    }
  })

  it('goes with its prices: sales with the factor on them, capital with that on equipment', () => {
    const known = parametersOf(plant, bank)
    const move = (path: string, value: number) => {
      const parameter = known.find((p) => p.path === path)
      if (parameter === undefined) throw new Error(`no parameter ${path}`)
      const moved = movedPlant(plant, [{ parameter, value }], bank)
      if ('outcome' in moved) throw new Error(moved.detail)
      return appraise(moved, solution)
    }
    const factor = fc.double({ min: 0.2, max: 5, noNaN: true })
    fc.assert(
      fc.property(factor, (times) => {
        const prices = move('economics.sales.priceFactor', times)
        expect(prices.sales.perYear / appraisal.sales.perYear).toBeCloseTo(times, 9)
        expect(prices.capital.totals.totalPlant).toBeCloseTo(appraisal.capital.totals.totalPlant, 3)
        const dear = move('economics.estimate.equipmentFactor', times)
        const { totalPlant } = appraisal.capital.totals
        expect(dear.capital.totals.totalPlant / totalPlant).toBeCloseTo(times, 9)
      }),
      { numRuns: 4 },
    )
  })

  it('says what it took from the data, until the plant states it', () => {
    const path = 'economics.operating.electricity'
    expect(appraisal.defaults.map((of) => of.path)).toContain(path)
    const sources = costBank().sources
    for (const { path: at, source } of appraisal.defaults) {
      expect(sources.has(source), `${at} is from "${source}"`).toBe(true)
    }
    const stated = changed(['  operating:\n', '  operating:\n    electricity: 0.2 GBP/kWh\n'])
    expect(stated.defaults.map((of) => of.path)).not.toContain(path)
  })

  it('never counts what has no price as nothing: it is a gap', () => {
    const own = changed([
      'gadolinium-samarium-carbonate: { price: { value: 0 USD/kg, assumption: no buyer is named for a by-product of 3 t/y } }',
      '',
    ])
    const what = own.gaps.map((gap) => gap.what)
    expect(what).toContain('gadolinium-samarium-carbonate')
    expect(own.sales.lines.map(({ product }) => product)).not.toContain(
      'gadolinium-samarium-carbonate',
    )
  })

  it('sells at the prices of a deck where it is asked to', () => {
    const deck = appraise(soldByDeck(plant, 'belfast-2030-company'), solution)
    const [line] = deck.sales.lines.filter(({ product }) => product === 'didymium-oxide')
    expect(line?.tiers[0]?.price).toBe(90)
    const ask = appraise(soldByDeck(plant, '2025-europe-ask'), solution)
    const tiers = ask.sales.lines.find(({ product }) => product === 'didymium-oxide')?.tiers
    expect(tiers?.map(({ volume }) => Math.round(volume / 1000))).toEqual([73, 235])
  })

  it('finds what the section names and the data do not have', () => {
    const misnamed = text.replace('  sales:\n', '  sales:\n    deck: "2204"\n')
    const own = read(misnamed)
    const [finding, ...more] = economicsFindings(own)
    expect(more).toEqual([])
    expect(finding?.message).toContain('no price deck "2204"')
    expect(finding?.expected).toContain('2024')
    expect(finding).toMatchObject(place(misnamed, '"2204"'))
    const two = read(
      text
        .replace('iron-residue: hazardous waste', 'iron-residue: hasardous waste')
        .replace('  estimate:\n', '  estimate:\n    ownFactors: { pipes: 40 % }\n'),
    )
    expect(economicsFindings(two).map(({ message }) => message)).toEqual([
      expect.stringContaining('no factor in the set peters-solids-and-fluids "pipes"'),
      expect.stringContaining('no price of "hasardous waste"'),
    ])
  })

  it('never throws and holds no NaN, whatever numbers the section has', () => {
    const at = text.indexOf('economics:\n')
    const numbers = [...text.matchAll(/-?\d+(?:\.\d+)?/g)].filter(({ index }) => index > at)
    const put = fc.record({
      which: fc.nat({ max: numbers.length - 1 }),
      value: fc.constantFrom('0', '-1', '1', '1e9', '1e-9', '100', '0.5', '3', '20', '60'),
    })
    fc.assert(
      fc.property(fc.uniqueArray(put, { maxLength: 4, selector: ({ which }) => which }), (puts) => {
        let own = text
        for (const { which, value } of puts.toSorted((a, b) => b.which - a.which)) {
          const { index = 0, 0: old = '' } = numbers[which] ?? {}
          own = `${own.slice(0, index)}${value}${own.slice(index + old.length)}`
        }
        const reading = readPlant(own)
        // What is refused is said with its place; that is another test.
        if (!reading.ok) return reading.findings.length > 0
        const found = appraise(reading.plant, solution, { breakEvens: true })
        // A NaN is printed as null, which the schema does not take for a number.
        expect(appraisalProblems(appraisalDocument(found))).toEqual([])
        return true
      }),
      { numRuns: 40 },
    )
  })

  it('is made of any plant, with or without a section', () => {
    const small = read(newPlant())
    const own = appraise(small, simulate(small))
    expect(own.capital.totals.total).toBeGreaterThan(0)
    expect(own.assumptions.map(({ at }) => at)).toContain('economics.finance.discountRate')
    expect(own.gaps.some(({ what }) => what.startsWith('feed swarf'))).toBe(true)
  })
})
