import type { Assets } from './assets.ts'
import { addHeading, addInput, addLine, type Grid, type Line, percentage } from './grid.ts'
import type { Operation } from './operation.ts'
import type { Timing } from './timing.ts'

/** The rule of income tax as cells. */
export interface TaxCells {
  readonly rate: string
  readonly share: string
  readonly free: string
}

/** Inputs of the tax rule. */
export function taxCells(time: Timing): TaxCells {
  const { inputSheet, inputs } = time
  const { rate, losses } = inputs.tax
  addHeading(inputSheet, 'income tax')
  const cell = addInput(
    inputSheet,
    'rate',
    rate,
    'of taxable income',
    `losses: ${losses.kind}`,
    percentage,
  )
  if (losses.kind !== 'carried') return { rate: cell, share: '0', free: '0' }
  return {
    rate: cell,
    free: addInput(
      inputSheet,
      'losses are set in full against',
      losses.free,
      `${time.unit} a year`,
    ),
    share: addInput(
      inputSheet,
      'and above it against',
      losses.share,
      'of the profit',
      '',
      percentage,
    ),
  }
}

/** Taxable income of each year before losses and interest. */
export function incomeLine(sheet: Grid, time: Timing, op: Operation, assets: Assets): Line {
  return addLine(
    sheet,
    'income before losses',
    { unit: time.unit, look: 'sum' },
    time.years,
    (y) => {
      const of = (line: Line) => time.sumYear(line, y)
      const earned = `${of(op.revenue)}-${of(op.royalties)}-${of(op.variable)}-${of(op.fixed)}`
      return `${earned}+${assets.taxedGrants.at(y)}-${assets.expenses.at(y)}-${assets.depreciation.at(y)}`
    },
  )
}

export interface TaxLines {
  /** By year. */
  readonly tax: Line
  readonly used: Line
  readonly taxable: Line
  /** By year: what is due after credits. */
  readonly net: (y: number) => string
}

/** Tax of every year on an income, losses and credits carried on. */
export function taxLines(
  sheet: Grid,
  name: string,
  time: Timing,
  cells: TaxCells,
  income: Line,
  op: Operation,
): TaxLines {
  const { years, unit, inputs } = time
  const { kind } = inputs.tax.losses
  addHeading(sheet, name)
  // A line refers to the one below it of the year before: rows are known from the first of them.
  const lossRow = sheet.rows.length + 1
  const cellOf = (row: number, y: number) => income.at(y).replace(/\d+$/, `${row}`)
  const relief = addLine(sheet, 'losses set against income', { unit }, years, (y) => {
    if (kind !== 'carried' || y === 0) return '0'
    const x = income.at(y)
    const most = `MIN(${x},${cells.free})+${cells.share}*MAX(0,${x}-${cells.free})`
    return `IF(${x}>0,MIN(${cellOf(lossRow + 1, y - 1)},${most}),0)`
  })
  addLine(sheet, 'losses carried on', { unit, total: false }, years, (y) => {
    if (kind !== 'carried') return '0'
    const before = y === 0 ? '' : `${cellOf(lossRow + 1, y - 1)}-${relief.at(y)}+`
    return `${before}MAX(0,-${income.at(y)})`
  })
  const taxable = addLine(sheet, 'taxable income', { unit }, years, (y) =>
    kind === 'refunded' ? income.at(y) : `MAX(0,${income.at(y)})-${relief.at(y)}`,
  )
  const tax = addLine(
    sheet,
    'tax',
    { unit, look: 'sum' },
    years,
    (y) => `${cells.rate}*${taxable.at(y)}`,
  )
  const creditRow = sheet.rows.length + 1
  const used = addLine(sheet, 'credits set against it', { unit }, years, (y) => {
    const before = y === 0 ? '' : `${cellOf(creditRow + 1, y - 1)}+`
    return `MIN(${before}${time.sumYear(op.taxCredits, y)},MAX(0,${tax.at(y)}))`
  })
  addLine(sheet, 'credits carried on', { unit, total: false }, years, (y) => {
    const before = y === 0 ? '' : `${cellOf(creditRow + 1, y - 1)}+`
    return `${before}${time.sumYear(op.taxCredits, y)}-${used.at(y)}`
  })
  return { tax, used, taxable, net: (y) => `(${tax.at(y)}-${used.at(y)})` }
}

/** Years whose tax is paid in a period. */
export function yearsPaidIn(time: Timing, i: number): number[] {
  const { flow, years } = time
  const later = flow.conventions.taxPaid === 'same-year' ? 1 : 2
  return Array.from({ length: years }, (_, y) => y).filter(
    (y) => Math.min((y + later) * flow.perYear - 1, flow.length - 1) === i,
  )
}
