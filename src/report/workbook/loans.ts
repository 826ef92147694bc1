import type { CashFlowInputs } from '../../economics/index.ts'
import type { Assets } from './assets.ts'
import {
  addHeading,
  addHeads,
  addInput,
  addLine,
  addRow,
  type Grid,
  type Line,
  newGrid,
  percentage,
  sumOf,
  text,
} from './grid.ts'
import { addSum, type Timing } from './timing.ts'

type Debt = NonNullable<CashFlowInputs['debt']>[number]

/** Draws and service of all loans by period, positive, and what is deducted for them. */
export interface Loans {
  readonly draws: Line
  readonly fees: Line
  readonly interest: Line
  readonly principal: Line
  readonly deducted: Line
  readonly sheet: Grid
}

type LoanLines = Omit<Loans, 'sheet'>

const drawnShare = { start: 1, mid: 0.5, end: 0 } as const

/** Spending before operation, to which draws are in proportion. */
function outlayLine(sheet: Grid, time: Timing, assets: Assets): Line {
  const { flow } = time
  return addLine(sheet, 'spent before operation', { unit: time.unit }, flow.length, (i) =>
    i < flow.construction ? `${assets.capital.at(i)}+MAX(0,-${assets.working.at(i)})` : undefined,
  )
}

/** The sum of the loan: an input, a share, or what the engine found where cash shapes it. */
function amountCell(debt: Debt, found: number, time: Timing, assets: Assets): string {
  const { inputSheet, flow } = time
  const { size, name } = debt
  if (debt.repayment === 'sculpted' || 'dscr' in size) {
    const note = 'found by didymium with the repayment below: not recalculated here'
    return addInput(inputSheet, `${name}: sum`, found, time.unit, note)
  }
  if ('amount' in size) return addInput(inputSheet, `${name}: sum`, size.amount, time.unit)
  const share = addInput(
    inputSheet,
    `${name}: share of the capital`,
    size.share,
    size.shareOf,
    '',
    percentage,
  )
  const fixed = `SUM(${assets.capital.range(0, flow.length - 1)})`
  if (size.shareOf === 'fixed-capital') return `(${share}*${fixed})`
  const until = Math.min(flow.construction, flow.length - 1)
  const tied = Array.from({ length: until + 1 }, (_, i) => `MAX(0,-${assets.working.at(i)})`)
  return `(${share}*(${fixed}+${sumOf(tied)}))`
}

/** Names of the cells of one loan. */
interface Terms {
  readonly amount: string
  /** Of a period. */
  readonly rate: string
  readonly arrangement: string
  readonly commitment: string
}

function termsOf(debt: Debt, found: number, time: Timing, assets: Assets): Terms {
  const { inputSheet, flow } = time
  const amount = amountCell(debt, found, time, assets)
  const rate = addInput(inputSheet, `${debt.name}: interest`, debt.rate, 'a year', '', percentage)
  const fee = (name: string, value: number | undefined) =>
    value === undefined
      ? '0'
      : addInput(inputSheet, `${debt.name}: ${name}`, value, '1', '', percentage)
  const quarterly =
    flow.conventions.quarterlyRate === 'effective'
      ? `((1+${rate})^(1/${flow.perYear})-1)`
      : `(${rate}/${flow.perYear})`
  return {
    amount,
    rate: flow.perYear === 1 ? rate : quarterly,
    arrangement: fee('fee at the first draw, of the loan', debt.arrangementFee),
    commitment: fee('fee a year on what is not drawn', debt.commitmentFee),
  }
}

/** A loan while its lines are added: what they share. */
interface Adding {
  readonly sheet: Grid
  readonly debt: Debt
  readonly terms: Terms
  readonly time: Timing
  readonly building: (i: number) => boolean
  /** First period of repayment, and the one after the last. */
  readonly first: number
  readonly end: number
  readonly capitalised: boolean
}

function drawLine({ sheet, terms, time, building }: Adding, outlay: Line): Line {
  const { flow, unit } = time
  const total = `SUM(${outlay.range(0, Math.max(0, flow.construction - 1))})`
  return addLine(sheet, 'drawn', { unit }, flow.length, (i) =>
    building(i)
      ? `${terms.amount}*IF(${total}>0,${outlay.at(i)}/${total},${1 / flow.construction})`
      : undefined,
  )
}

function feeLine({ sheet, terms, time, building }: Adding, draws: Line): Line {
  const { flow, unit } = time
  return addLine(sheet, 'fees', { unit }, flow.length, (i) => {
    if (!building(i)) return undefined
    const before = i === 0 ? '0' : `SUM(${draws.range(0, i - 1)})`
    const once = `IF(AND(${draws.at(i)}>0,${before}=0),${terms.arrangement}*${terms.amount},0)`
    const undrawn = `MAX(0,${terms.amount}-SUM(${draws.range(0, i)}))`
    return `${once}+${terms.commitment}*${undrawn}/${flow.perYear}`
  })
}

/** Interest, principal and what is owed, each of which needs the others. */
function serviceLines(
  adding: Adding,
  draws: Line,
  fees: Line,
  shaped: readonly number[] | undefined,
) {
  const { sheet, debt, terms, time, building, first, end } = adding
  const { flow, unit } = time
  const { rate } = terms
  // The rows to come: interest, principal, what is owed.
  const owedRow = sheet.rows.length + 3
  const owed = (i: number) => (i < 0 ? '0' : draws.at(i).replace(/\d+$/, `${owedRow}`))
  const share = drawnShare[flow.conventions.loanDrawn]
  const interest = addLine(sheet, 'interest', { unit }, flow.length, (i) => {
    if (i >= end) return undefined
    return building(i)
      ? `${rate}*(${owed(i - 1)}+${share}*${draws.at(i)})`
      : `${rate}*${owed(i - 1)}`
  })
  const name = shaped === undefined ? 'principal' : 'principal, as shaped by didymium'
  const principal = addLine(sheet, name, { unit }, flow.length, (i) => {
    if (building(i) || i >= end) return undefined
    if (shaped !== undefined) return shaped[i] ?? 0
    if (i === end - 1) return owed(i - 1)
    if (i < first) return '0'
    const begun = owed(flow.construction - 1)
    const n = end - first
    return debt.repayment === 'annuity'
      ? `IF(${rate}=0,${begun}/${n},${begun}*${rate}/(1-(1+${rate})^-${n}))-${interest.at(i)}`
      : `${begun}/${n}`
  })
  addLine(sheet, 'owed at the end', { unit, total: false }, flow.length, (i) => {
    if (i >= end) return undefined
    if (!building(i)) return `${owed(i - 1)}-${principal.at(i)}`
    const added = adding.capitalised ? `+${interest.at(i)}+${fees.at(i)}` : ''
    return `${owed(i - 1)}+${draws.at(i)}${added}`
  })
  return { interest, principal }
}

/** One loan: during construction drawn in proportion to the spending, then served. */
function loanLines(sheet: Grid, debt: Debt, outlay: Line, time: Timing, assets: Assets): LoanLines {
  const { flow, unit } = time
  const account = flow.loans.find(({ name }) => name === debt.name)
  const terms = termsOf(debt, account?.amount ?? 0, time, assets)
  addHeading(sheet, debt.name)
  const end = Math.min(flow.length, flow.construction + Math.round(debt.term * flow.perYear))
  const grace = Math.round((debt.grace ?? 0) * flow.perYear)
  const building = (i: number) => i < flow.construction
  const capitalised = debt.duringConstruction === 'capitalised'
  const first = Math.min(flow.construction + grace, end - 1)
  const adding = { sheet, debt, terms, time, building, first, end, capitalised }
  const draws = drawLine(adding, outlay)
  const fees = feeLine(adding, draws)
  const balance = account?.balance
  const shaped =
    debt.repayment === 'sculpted' || 'dscr' in debt.size
      ? Array.from({ length: end }, (_, i) => (balance?.[i - 1] ?? 0) - (balance?.[i] ?? 0))
      : undefined
  const { interest, principal } = serviceLines(adding, draws, fees, shaped)
  const deducted = addLine(sheet, 'deducted from taxable income', { unit }, flow.length, (i) => {
    if (i >= end) return undefined
    if (building(i) && flow.conventions.constructionInterest !== 'deducted') return undefined
    const accrued = `${interest.at(i)}+${fees.at(i)}`
    const whole = flow.conventions.deductible === 'loan-payment'
    return whole ? `${accrued}+${principal.at(i)}` : accrued
  })
  const paid = (line: Line, name: string) =>
    addLine(sheet, name, { unit }, flow.length, (i) =>
      building(i) && capitalised ? '0' : line.at(i),
    )
  return {
    draws,
    fees: paid(fees, 'fees paid'),
    interest: paid(interest, 'interest paid'),
    principal,
    deducted,
  }
}

/** The sheet `loans` with its part of the inputs; empty lines where there is no loan. */
export function loans(time: Timing, assets: Assets): Loans {
  const sheet = newGrid('loans', [44, 14, 16], { rows: 2, columns: 3 })
  addHeads(sheet, 'Loans, by period', time.periods)
  const debts = time.inputs.debt ?? []
  if (debts.length === 0) addRow(sheet, [text('no loan', 'note')])
  else addHeading(time.inputSheet, 'loans')
  const outlay = outlayLine(sheet, time, assets)
  const lines = debts.map((debt) => loanLines(sheet, debt, outlay, time, assets))
  const sum = (name: string, of: (line: LoanLines) => Line) =>
    addSum(sheet, name, time, lines.map(of))
  addHeading(sheet, 'all loans')
  return {
    draws: sum('drawn', (line) => line.draws),
    fees: sum('fees', (line) => line.fees),
    interest: sum('interest', (line) => line.interest),
    principal: sum('principal', (line) => line.principal),
    deducted: sum('deducted', (line) => line.deducted),
    sheet,
  }
}
