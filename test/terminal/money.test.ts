import { readFileSync } from 'node:fs'
import { readSheet } from 'read-excel-file/node'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newPlant } from '../../src/scenario/index.ts'
import { wellFormed } from '../draw/xml.ts'
import { folder, say, unsolvable } from './kit.ts'

const files = folder()
afterAll(() => files.remove())

/** The new plant with the example of its economics section taken out of the comment. */
const [before = '', commented = ''] = newPlant().split('# economics:\n')
const text = `${before}economics:\n${commented.replaceAll(/^# /gm, '')}`
const plant = files.write('plant.yaml', text)
const pounds = files.write('pounds.yaml', text.replace('currency: USD', 'currency: GBP'))
const bare = files.write('bare.yaml', newPlant())
const failing = files.write('failing.yaml', unsolvable)

type Json = Readonly<Record<string, unknown>>

/** A part of the published schema of the appraisal, as a check. */
async function partOf(name: string) {
  const published = JSON.parse((await say('schema', 'appraisal')).out) as Json
  const properties = published['properties'] as Readonly<
    Record<string, z.core.JSONSchema.JSONSchema>
  >
  return z.fromJSONSchema(properties[name] ?? false)
}

describe('cost', () => {
  it('prints capital and operating cost with what they rest on', async () => {
    const { code, out } = await say('cost', plant)
    expect(code).toBe(0)
    expect(out).toMatch(/^total plant cost +[\d\u2009]+$/m)
    expect(out).toContain('class 4 (AACE)')
    expect(out).toMatch(/USD\/kg \(2024\) of rare earth oxide/)
    expect(out).toContain('--all prints them')
    const all = await say('cost', plant, '--all')
    expect(all.out).toContain('operating.feeds.swarf: a round price')
    expect(all.out).toMatch(/Taken from the data\n {2}\S+: .+ \[\S+\]/)
  })

  it('costs a plant without a section, and names what is missing', async () => {
    const { code, out } = await say('cost', bare)
    expect(code).toBe(0)
    expect(out).toMatch(/Missing, and not in the figures\n[\s\S]*feed swarf/)
  })

  it('--json has the parts of the published schema', async () => {
    const printed = JSON.parse((await say('cost', plant, '--json')).out) as Json
    for (const name of ['basis', 'capital', 'operating', 'staff', 'gaps', 'warnings']) {
      expect((await partOf(name)).safeParse(printed[name]), name).toMatchObject({ success: true })
    }
  })

  it('writes a workbook and a chart', async () => {
    const [book, chart] = [files.path('cost.xlsx'), files.path('cost.svg')]
    const { code } = await say('cost', plant, '--xlsx', book, '--plot', chart)
    expect(code).toBe(0)
    const rows = await readSheet(book)
    expect(rows.flat().map(String)).toContain('Contingency')
    expect(wellFormed(readFileSync(chart, 'utf8'))).toEqual([])
  })

  it.each([
    [['--method', 'guess'], '--method guess: didymium, qgess, scaled'],
    [['--deck', '2042'], 'no price deck "2042"'],
    [['--method', 'scaled'], 'the method "scaled" needs one'],
  ])('refuses %j', async (options, message) => {
    const { code, err } = await say('cost', plant, ...options)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('ends with 1 where there is no solution', async () => {
    expect((await say('cost', failing)).code).toBe(1)
  })
})

describe('check', () => {
  it('knows what the section names and the data do not have', async () => {
    const named = text.replace('region: uk }', 'region: uk }\n  estimate: { factors: lang-solid }')
    const { code, err } = await say('check', files.write('named.yaml', named))
    expect(code).toBe(2)
    expect(err).toMatch(/named\.yaml:\d+:24: .*no factor set "lang-solid" \(.*lang-solids/)
  })
})

describe('finance', () => {
  it('prints results, sales, every year and the conventions', async () => {
    const { code, out } = await say('finance', plant)
    expect(code).toBe(0)
    for (const head of ['project value', 'payback', 'break-even', 'equity return', 'Conventions']) {
      expect(out).toContain(head)
    }
    // Two years of construction and fifteen of operation.
    expect(out.match(/^20\d\d /gm)).toHaveLength(17)
  })

  it('--json has the cash flow and its periods, and the sums agree', async () => {
    const printed = JSON.parse((await say('finance', plant, '--json')).out) as Json
    for (const name of ['sales', 'basis', 'defaults']) {
      expect((await partOf(name)).safeParse(printed[name]), name).toMatchObject({ success: true })
    }
    const { cashFlow, periods } = printed['finance'] as {
      readonly cashFlow: { readonly project: readonly number[] }
      readonly periods: readonly { readonly project: number }[]
    }
    expect(periods.map(({ project }) => project)).toEqual(cashFlow.project)
  })

  it('looks for a mix of money, and says when there is none', async () => {
    const floors = ['--equity-irr', '90 %', '--dscr', '9']
    const { code, out } = await say('finance', plant, '--fund', 'most-debt', ...floors)
    expect(code).toBe(1)
    expect(out).toContain('not possible')
    for (const [options, message] of [
      [['--fund', 'some'], 'least-grant or most-debt'],
      [['--fund', 'most-debt', '--dscr', '0.5'], 'from 1 to 10'],
      [['--fund', 'most-debt', '--loan', 'cheap'], '8 %, 10 y'],
    ] as const) {
      const said = await say('finance', plant, ...options)
      expect(said.code).toBe(2)
      expect(said.err).toContain(message)
    }
  })
})

describe('studies of money', () => {
  it('move a number of the section and answer with a figure of the appraisal', async () => {
    const vary = 'economics.sales.products.didymium-oxide.price=40, 80 USD/kg'
    const asked = ['--vary', vary, '--result', 'money npv', '--result', 'money revenue', '--json']
    const { code, out } = await say('sensitivity', plant, ...asked)
    expect(code).toBe(0)
    type Row = { readonly values: readonly number[] }
    const { cases } = JSON.parse(out) as { readonly cases: readonly Row[] }
    const [cheap, dear] = cases.map(({ values }) => values)
    expect((dear?.[1] ?? 0) / (cheap?.[1] ?? 1)).toBeCloseTo(2, 9)
    expect(dear?.[0]).toBeGreaterThan(cheap?.[0] ?? 0)
  })

  it('know their names, and a plant without a section has none', async () => {
    const listed = await say('sensitivity', plant, '--list')
    expect(listed.out).toContain('economics.finance.life')
    expect(listed.out).toContain('money npv, MUSD')
    const none = await say('sensitivity', bare, '--list')
    expect(none.out).not.toContain('economics.')
    const wrong = await say(
      'sensitivity',
      plant,
      '--parameter',
      'swarf.rate',
      '--result',
      'money nvp',
    )
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('npv')
  })

  it('are no condition of a plant that is being solved', async () => {
    const asking = text.replace(
      'require: stream oxide Fe fraction <= 0.1 %',
      'require: money npv >= 0',
    )
    const { code, err } = await say('check', files.write('asking.yaml', asking))
    expect(code).toBe(2)
    expect(err).toContain('money is not known while the plant is solved')
  })
})

describe('compare', () => {
  it('sets plants side by side with the difference, as table, sheet and chart', async () => {
    const [book, chart] = [files.path('compare.xlsx'), files.path('compare.svg')]
    const { code, out } = await say('compare', plant, bare, '--xlsx', book, '--plot', chart)
    expect(code).toBe(0)
    expect(out).toMatch(/^figure +unit +plant +bare +second less first$/m)
    const rows = await readSheet(book)
    expect(rows[0]).toEqual(['figure', 'unit', 'plant', 'bare'])
    expect(wellFormed(readFileSync(chart, 'utf8'))).toEqual([])
  })

  it('refuses plants that are counted in different money', async () => {
    const { code, err } = await say('compare', plant, pounds)
    expect(code).toBe(2)
    expect(err).toContain('USD of 2024, GBP of 2024')
  })
})
