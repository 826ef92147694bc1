import {
  type CashFlow,
  type CashFlowInputs,
  describeConventions,
  type Metrics,
} from '../../economics/index.ts'
import { assets as assetSheets } from './assets.ts'
import {
  addHeading,
  addHeads,
  addLine,
  addRow,
  formula,
  type Grid,
  type Line,
  money,
  newGrid,
  percentage,
  sumOf,
  text,
} from './grid.ts'
import { loans as loanSheet } from './loans.ts'
import { operation } from './operation.ts'
import { incomeLine, taxCells, taxLines, type TaxLines, yearsPaidIn } from './taxes.ts'
import { addNote, timing, type Timing } from './timing.ts'

type Cost = CashFlowInputs['costs'][number]

/** Where amounts of the inputs stand on other sheets of the same workbook. */
export interface Links {
  readonly cost: (cost: Cost) => string | undefined
  readonly capital: (amount: number) => string | undefined
}

const noLinks: Links = { cost: () => undefined, capital: () => undefined }

/** What a cash flow is printed from. */
export interface FinanceResult {
  readonly inputs: CashFlowInputs
  readonly cashFlow: CashFlow
  readonly metrics: Metrics
}

interface Lines {
  readonly project: Line
  readonly equity: Line
}

function cashSheet(time: Timing, grids: Grid[], links: Links): Lines {
  const { flow, unit } = time
  const op = operation(time, links.cost)
  const bought = assetSheets(time, op, links.capital)
  const tax = newGrid('tax', [44, 14, 16], { rows: 2, columns: 3 })
  addHeads(tax, 'Income tax, by year', time.yearNames)
  const cells = taxCells(time)
  const income = incomeLine(tax, time, op, bought)
  const plain = taxLines(tax, 'without loans', time, cells, income, op)
  const debt = loanSheet(time, bought)
  const left = addLine(
    tax,
    'income after interest',
    { unit },
    time.years,
    (y) => `${income.at(y)}-${time.sumYear(debt.deducted, y)}`,
  )
  const levered = taxLines(tax, 'with the loans', time, cells, left, op)
  const sheet = newGrid('cashflow', [44, 14, 16], { rows: 2, columns: 3 })
  addHeads(sheet, 'Cash flow: what comes in is positive, what goes out negative', time.periods)
  const line = (name: string, of: (i: number) => string, look?: 'sum') =>
    addLine(sheet, name, { unit, ...(look === undefined ? {} : { look }) }, flow.length, of)
  const paid = (of: (lines: TaxLines, y: number) => string, i: number, lines: TaxLines) =>
    sumOf(yearsPaidIn(time, i).map((y) => of(lines, y)))
  const project = [
    line('capital', (i) => `-${bought.capital.at(i)}`),
    line('replacements', (i) => `-${bought.replacements.at(i)}`),
    line('single payments', (i) => `-${bought.oneOffs.at(i)}`),
    line('working capital', (i) => bought.working.at(i)),
    line('grants', (i) => bought.grants.at(i)),
    line('revenue', (i) => op.revenue.at(i)),
    line('royalties', (i) => `-${op.royalties.at(i)}`),
    line('variable costs', (i) => `-${op.variable.at(i)}`),
    line('fixed costs', (i) => `-${op.fixed.at(i)}`),
    line('credits', (i) => `${op.paidCredits.at(i)}+${paid((t, y) => t.used.at(y), i, plain)}`),
    line('tax', (i) => `-(${paid((t, y) => t.tax.at(y), i, plain)})`),
  ]
  const net = line('cash flow of the project', (i) => sumOf(project.map((of) => of.at(i))), 'sum')
  cumulative(sheet, net, unit)
  addHeading(sheet, 'with the loans')
  const financing = [
    line('loans drawn', (i) => debt.draws.at(i)),
    line('fees', (i) => `-${debt.fees.at(i)}`),
    line('interest', (i) => `-${debt.interest.at(i)}`),
    line('principal', (i) => `-${debt.principal.at(i)}`),
    line(
      'tax saved by the loans',
      (i) => `${paid((t, y) => t.net(y), i, plain)}-(${paid((t, y) => t.net(y), i, levered)})`,
    ),
  ]
  const equity = line(
    'cash flow of the owners',
    (i) => `${net.at(i)}+${sumOf(financing.map((of) => of.at(i)))}`,
    'sum',
  )
  cumulative(sheet, equity, unit)
  grids.push(sheet, time.sheet, ...op.sheets, ...bought.sheets, tax, debt.sheet)
  return { project: net, equity }
}

function cumulative(sheet: Grid, flow: Line, unit: string): void {
  addLine(
    sheet,
    'running sum',
    { unit, total: false },
    flow.count,
    (i) => `SUM(${flow.range(0, i)})`,
  )
}

/** What comes of it, live, beside what didymium found. */
function resultSheet(time: Timing, lines: Lines, metrics: Metrics): Grid {
  const { flow, unit } = time
  const sheet = newGrid('results', [44, 22, 22, 16, 60])
  addRow(sheet, [text('Results: recalculated here, and as didymium computed them', 'title')])
  addNote(sheet, 'The two agree until an input is changed; then only the first follows.')
  addRow(sheet, [
    text('result', 'head'),
    text('recalculated', 'head'),
    text('didymium', 'head'),
    text('difference', 'head'),
    text('unit', 'head'),
  ])
  const last = flow.length - 1
  const result = (name: string, value: string, found: number, of: string, format = money) => {
    const row = sheet.rows.length + 1
    addRow(sheet, [
      text(name),
      formula(value, format, 'sum'),
      { value: found, format },
      formula(`B${row}-C${row}`, '0.00E+00'),
      text(of, 'note'),
    ])
  }
  const present = (flows: Line, factors: Line) =>
    `SUMPRODUCT(${flows.range(0, last)},${factors.range(0, last)})`
  result('NPV of the project', present(lines.project, time.discount), metrics.projectNpv, unit)
  result('NPV of the owners', present(lines.equity, time.equityDiscount), metrics.equityNpv, unit)
  const rate = (name: string, flows: Line, irr: Metrics['projectIrr']) => {
    if (irr.outcome !== 'found') {
      const why = irr.outcome === 'several' ? 'several rates: none is a return' : irr.why
      addRow(sheet, [text(name), text(why)])
      return
    }
    const guess = (1 + irr.rate) ** (1 / flow.perYear) - 1
    const value = `(1+IRR(${flows.range(0, last)},${guess}))^${flow.perYear}-1`
    result(name, value, irr.rate, 'a year', percentage)
  }
  rate('IRR of the project', lines.project, metrics.projectIrr)
  rate('IRR of the owners', lines.equity, metrics.equityIrr)
  result(
    'sum of the cash flow of the project',
    `SUM(${lines.project.range(0, last)})`,
    sum(flow.project),
    unit,
  )
  result(
    'sum of the cash flow of the owners',
    `SUM(${lines.equity.range(0, last)})`,
    sum(flow.equity),
    unit,
  )
  conventionRows(sheet, flow)
  return sheet
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0)

function conventionRows(sheet: Grid, flow: CashFlow): void {
  addHeading(sheet, 'conventions, built into the formulas')
  for (const { name, choice, means } of describeConventions(flow.conventions)) {
    addRow(sheet, [text(name), text(choice), text(means, 'note')])
  }
  for (const warning of flow.warnings) addNote(sheet, warning)
}

/**
 * Sheets of a cash flow with live formulas: `results` first, then `inputs`, whose cells every other
 * sheet refers to. The number of periods is fixed; everything else follows the inputs.
 */
export function cashFlowSheets(finance: FinanceResult, links: Links = noLinks): readonly Grid[] {
  const { inputs, cashFlow, metrics } = finance
  const inputSheet = newGrid('inputs', [64, 18, 22, 60], { rows: 2, columns: 1 })
  addRow(inputSheet, [
    text('Inputs of the cash flow: change a coloured cell and all follows', 'title'),
  ])
  addRow(inputSheet, [
    text('input', 'head'),
    text('value', 'head'),
    text('unit', 'head'),
    text('note', 'head'),
  ])
  const time = timing(inputSheet, inputs, cashFlow)
  const grids: Grid[] = []
  const lines = cashSheet(time, grids, links)
  return [resultSheet(time, lines, metrics), inputSheet, ...grids]
}
