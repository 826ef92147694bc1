import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CashFlowInputs, cashFlow, metrics } from '../../economics/index.ts'
import { cashFlowSheets } from './cash-flow-sheets.ts'
import type { Grid } from './grid.ts'
import { writtenGrids } from './write.ts'

const hasOffice = spawnSync('soffice', ['--version']).status === 0

/** A plant with something in every column, by year. */
const full: CashFlowInputs = {
  basis: { currency: 'USD', year: '2024' },
  step: 'year',
  firstYear: 2026,
  spend: [0.3, 0.7],
  life: 12,
  delay: 0.5,
  ramp: { by: 'year', shares: [0.4, 0.8, 1] },
  capital: [
    { name: 'plant', amount: 100e6, depreciation: { kind: 'macrs', years: 7 } },
    { name: 'land', amount: 5e6, depreciation: { kind: 'none' } },
  ],
  sales: [
    { product: 'NdPr', ratePerYear: 300e3, market: 110, payable: 0.98 },
    {
      product: 'Dy',
      ratePerYear: 20e3,
      market: [400, 380, 350],
      payable: 1,
      escalation: 0.01,
      tiers: [
        {
          name: 'contract',
          volume: 8e3,
          rule: { kind: 'floor', floor: 360, upside: 0.5 },
          years: 5,
          indexed: true,
        },
        { name: 'europe', volume: 5e3, rule: { kind: 'collar', floor: 300, cap: 390 } },
        { name: 'rest', rule: { kind: 'market', times: 0.8 } },
      ],
    },
    { product: 'salt', ratePerYear: 1e6, market: 0.1, payable: 1, output: false },
  ],
  costs: [
    { name: 'reagents', amount: 9e6, variable: true, factors: [1, 1.1, 0.9] },
    { name: 'labour', amount: 6e6, variable: false, escalation: 0.01 },
    { name: 'gate fee', amount: -1e6, variable: true },
  ],
  oneOffs: [
    { name: 'start-up', amount: 3e6, at: 2, treatment: 'expense' },
    { name: 'bond', amount: 1e6, at: 0.5, treatment: 'none' },
    { name: 'salvage', amount: -2e6, at: 'end', treatment: 'expense' },
  ],
  replacements: [
    { name: 'organic', amount: 1.5e6, everyYears: 4, treatment: 'expense' },
    { name: 'lining', amount: 2e6, everyYears: 5, treatment: { kind: 'writing-down', rate: 0.18 } },
  ],
  grants: [
    { name: 'state', amount: 10e6, milestones: [{ at: 1, share: 1 }], treatment: 'reduces-base' },
    { name: 'city', amount: 2e6, milestones: [{ at: 2, share: 1 }], treatment: 'income' },
  ],
  royalties: [{ name: 'licence', share: 0.02, products: ['Dy'] }],
  credits: [
    {
      name: '45X',
      shareOfCost: 0.1,
      treatment: 'paid',
      phaseOut: [
        { year: 2030, share: 0.75 },
        { year: 2031, share: 0.5 },
      ],
    },
    { name: 'per kg', perKg: 3, indexed: true, treatment: 'against-tax' },
  ],
  workingCapital: { amount: 2e6, receivableDays: 45, inventoryDays: 30, payableDays: 20 },
  inflation: { general: 0.025, revenue: 0.02, yearsBefore: 1 },
  tax: { rate: 0.25, losses: { kind: 'carried', share: 0.5, free: 5e6 } },
  debt: [
    {
      name: 'bank',
      size: { shareOf: 'all-capital', share: 0.4 },
      rate: 0.07,
      term: 8,
      grace: 1,
      repayment: 'annuity',
      duringConstruction: 'capitalised',
      arrangementFee: 0.02,
      commitmentFee: 0.01,
    },
    {
      name: 'shaped',
      size: { dscr: 2.5, atMost: 0.2 },
      rate: 0.08,
      term: 7,
      repayment: 'sculpted',
      duringConstruction: 'paid',
    },
  ],
  discountRate: 0.08,
  equityDiscountRate: 0.12,
  conventions: { taxPaid: 'next-year', discountRate: 'real' },
}

const plain = ({ debt: _, ...inputs }: CashFlowInputs): CashFlowInputs => inputs

/** The same by quarter, with every other choice. */
const quarterly: CashFlowInputs = {
  ...full,
  step: 'quarter',
  ramp: { by: 'quarter', shares: [0.1, 0.3, 0.6, 1] },
  tax: { rate: 0.3, losses: { kind: 'refunded' } },
  conventions: {
    timeZero: 'operation',
    discountAt: 'end',
    depreciationFrom: 'spend',
    depreciationAtEnd: 'lost',
    constructionInterest: 'not-deducted',
    quarterlyRate: 'nominal',
    workingCapitalAt: 'first-operation',
    loanDrawn: 'start',
  },
}

const gridsOf = (inputs: CashFlowInputs) => {
  const flow = cashFlow(inputs)
  return cashFlowSheets({ inputs, cashFlow: flow, metrics: metrics(flow) })
}

/** Types another value into an input, as a person would. */
function typed(grids: readonly Grid[], name: string, value: number): void {
  const row = grids
    .find((grid) => grid.name === 'inputs')
    ?.rows.find(([cell]) => cell?.value === name)
  const cell = row?.[1]
  if (row === undefined || cell === undefined) throw new Error(`no input ${name}`)
  row[1] = { ...cell, value }
}

const moved: CashFlowInputs = {
  ...plain(full),
  sales: full.sales.map((sale, k) => (k === 0 ? { ...sale, market: 87 } : sale)),
  ramp: { by: 'year', shares: [0.2, 0.8, 1] },
  tax: { rate: 0.19, losses: { kind: 'carried', share: 0.5, free: 5e6 } },
  discountRate: 0.11,
}

/** Plain inputs whose cells were changed to those of `moved` after the sheets were made. */
function changed(): readonly Grid[] {
  const grids = gridsOf(plain(full))
  typed(grids, 'NdPr: market price', 87)
  typed(grids, 'ramp: output in year 1 of operation', 0.2)
  typed(grids, 'rate', 0.19)
  typed(grids, 'discount rate', 0.11)
  return grids
}

describe.skipIf(!hasOffice)(
  'recalculated by LibreOffice (skipped where soffice is not installed: .ci/run installs it)',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'didymium-book-'))
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    const books = { full: gridsOf(full), quarterly: gridsOf(quarterly), changed: changed() }

    beforeAll(async () => {
      const files = await Promise.all(
        Object.entries(books).map(async ([name, grids]) => {
          const file = join(folder, `${name}.xlsx`)
          writeFileSync(file, await writtenGrids(grids))
          return file
        }),
      )
      const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,1'
      const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
      const options = ['--headless', profile, '--convert-to', filter, '--outdir', folder, ...files]
      const { status, stderr } = spawnSync('soffice', options, { encoding: 'utf8' })
      expect(status, stderr).toBe(0)
    }, 60_000)

    /** What LibreOffice found for a result, and what stands beside it. */
    function result(book: string, name: string): readonly [number, number] {
      const lines = readFileSync(join(folder, `${book}-results.csv`), 'utf8').split('\n')
      const line = lines.find((text) => text.startsWith(`${name},`)) ?? ''
      const [, live = '', ours = ''] = line.replaceAll('"', '').split(',')
      const number = (text: string) => Number.parseFloat(text) / (text.endsWith('%') ? 100 : 1)
      return [number(live), number(ours)]
    }

    const results = ['NPV of the project', 'NPV of the owners', 'IRR of the project']

    it.each(results)('%s is ours within 1e-9 of it', (name) => {
      for (const book of ['full', 'quarterly']) {
        const [live, ours] = result(book, name)
        expect(Math.abs(live / ours - 1), `${book}: ${live} ${ours}`).toBeLessThan(1e-9)
      }
    })

    it('follows inputs that are typed into it', () => {
      const { projectNpv } = metrics(cashFlow(moved))
      const [live, before] = result('changed', 'NPV of the project')
      expect(Math.abs(live / projectNpv - 1)).toBeLessThan(1e-9)
      expect(Math.abs(live / before - 1)).toBeGreaterThan(0.1)
    })
  },
)

describe('the sheets of a cash flow', () => {
  it('hold no number of a plant in a formula: what can be changed is on the inputs', () => {
    const grids = gridsOf(plain(full))
    const amounts = ['100000000', '300000', '110', '9000000', '6000000', '0.25', '0.08']
    for (const grid of grids.filter(({ name }) => name !== 'inputs')) {
      for (const cell of grid.rows.flat()) {
        if (cell?.formula !== true) continue
        const numbers: readonly string[] =
          String(cell.value).match(/(?<![A-Z$\d.])\d+(\.\d+)?(?![\d.])/g) ?? []
        expect(amounts.filter((amount) => numbers.includes(amount))).toEqual([])
      }
    }
  })

  it('take no name of a person for a formula', () => {
    const grids = gridsOf({ ...plain(full), royalties: [{ name: 'x', share: 0.1 }] })
    const evil = gridsOf({ ...plain(full), costs: [{ name: '=1+1', amount: 1, variable: true }] })
    const found = (of: readonly Grid[]) =>
      of.flatMap(({ rows }) => rows.flat()).filter((cell) => /^[=@]/.test(String(cell?.value)))
    expect([...found(grids), ...found(evil)]).toEqual([])
    expect(evil.flatMap(({ rows }) => rows.flat()).map((cell) => cell?.value)).toContain("'=1+1")
  })
})
