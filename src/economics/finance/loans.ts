import { brent } from '../../numerics/index.ts'
import { addInto, times, total } from './columns.ts'
import type { LoanAccount } from './cash-flow-types.ts'
import type { Conventions } from './conventions.ts'
import type { Debt } from './debt.ts'
import { newTaxState, taxYear } from './tax.ts'
import type { TaxRule } from './tax.ts'
import { taxPeriod } from './timeline.ts'
import type { Timeline } from './timeline.ts'

/** What loans need to know of the project. Money by period unless said otherwise. */
export interface LoanContext {
  readonly time: Timeline
  readonly conventions: Conventions
  readonly tax: TaxRule
  /** Spending before operation, to which draws are in proportion. */
  readonly outlay: Float64Array
  readonly fixedCapital: number
  readonly allCapital: number
  /** Taxable income of each year before any interest, and credits that wait for a tax. */
  readonly income: Float64Array
  readonly credits: Float64Array
  /** Cash before tax out of which loans are served; nothing before operation. */
  readonly available: Float64Array
}

/** All loans together, by period, positive; and what is deducted for them by year. */
export interface Financing {
  readonly draws: Float64Array
  readonly fees: Float64Array
  readonly interest: Float64Array
  readonly principal: Float64Array
  readonly deducted: Float64Array
  readonly accounts: readonly LoanAccount[]
  readonly warnings: readonly string[]
}

/** A loan of 1 until operation: what it pays, what it costs in tax terms, what is owed then. */
interface Drawing {
  readonly draws: Float64Array
  readonly fees: Float64Array
  readonly interest: Float64Array
  /** Interest and fees, paid or added to the loan. */
  readonly accrued: Float64Array
  readonly balance: Float64Array
  readonly owed: number
}

function periodRate(rate: number, { time, conventions }: LoanContext): number {
  if (time.perYear === 1) return rate
  return conventions.quarterlyRate === 'effective'
    ? (1 + rate) ** (1 / time.perYear) - 1
    : rate / time.perYear
}

const drawnShare = { start: 1, mid: 0.5, end: 0 } as const

function drawUnit(debt: Debt, context: LoanContext): Drawing {
  const { time, outlay } = context
  const rate = periodRate(debt.rate, context)
  const { column } = time
  const drawing = { draws: column(), fees: column(), interest: column(), accrued: column() }
  const balance = column()
  const spent = total(outlay)
  let owed = 0
  let undrawn = 1
  let begun = false
  for (let i = 0; i < time.construction; i++) {
    const draw = spent > 0 ? (outlay[i] as number) / spent : 1 / time.construction
    const interest = rate * (owed + drawnShare[context.conventions.loanDrawn] * draw)
    undrawn -= draw
    const arrangement = !begun && draw > 0 ? (debt.arrangementFee ?? 0) : 0
    begun ||= draw > 0
    const fees = arrangement + ((debt.commitmentFee ?? 0) * Math.max(0, undrawn)) / time.perYear
    owed += draw
    drawing.draws[i] = draw
    drawing.accrued[i] = interest + fees
    if (debt.duringConstruction === 'capitalised') owed += interest + fees
    else {
      drawing.interest[i] = interest
      drawing.fees[i] = fees
    }
    balance[i] = owed
  }
  return { ...drawing, balance, owed }
}

/** A loan under way: its drawing times the amount, then its service. */
interface Service {
  readonly interest: Float64Array
  readonly principal: Float64Array
  readonly accrued: Float64Array
  readonly balance: Float64Array
}

/** Periods of the term: [first of repayment, last] as indices, within the project. */
function termOf(debt: Debt, { time }: LoanContext): { first: number; end: number } {
  const end = Math.min(time.length, time.construction + Math.round(debt.term * time.perYear))
  const grace = Math.round((debt.grace ?? 0) * time.perYear)
  return { first: Math.min(time.construction + grace, end - 1), end }
}

function begin({ time }: LoanContext, drawing: Drawing, amount: number): Service {
  return {
    interest: times(drawing.interest, amount, time.column()),
    principal: time.column(),
    accrued: times(drawing.accrued, amount, time.column()),
    balance: times(drawing.balance, amount, time.column()),
  }
}

/** Equal payments or equal principal after the grace; the last payment clears the loan. */
function repay(debt: Debt, drawing: Drawing, amount: number, context: LoanContext): Service {
  const rate = periodRate(debt.rate, context)
  const { first, end } = termOf(debt, context)
  const service = begin(context, drawing, amount)
  const n = end - first
  let owed = amount * drawing.owed
  const level = owed / n
  const annuity = rate === 0 ? level : (owed * rate) / (1 - (1 + rate) ** -n)
  for (let i = context.time.construction; i < end; i++) {
    const interest = owed * rate
    let principal = 0
    if (i === end - 1) principal = owed
    else if (i >= first) principal = debt.repayment === 'annuity' ? annuity - interest : level
    owed -= principal
    service.interest[i] = interest
    service.accrued[i] = interest
    service.principal[i] = principal
    service.balance[i] = owed
  }
  return service
}

/** A loan whose principal follows the cash: what stays fixed while its size or cover is sought. */
interface Sculpt {
  readonly debt: Debt
  readonly drawing: Drawing
  readonly context: LoanContext
  readonly rate: number
  /** Deductions by year and service by period of the other loans. */
  readonly otherDeducted: Float64Array
  readonly otherService: Float64Array
  /** Room to work in: tax that is due, by period. */
  readonly due: Float64Array
}

const isDeducted = ({ time, conventions }: LoanContext, i: number) =>
  i >= time.construction || conventions.constructionInterest === 'deducted'

/**
 * Serves the loan with cash over `cover`, tax being what the interest leaves of it; answers with
 * what is owed after the term. Principal is never negative: short of cash only interest is paid.
 */
function serve(s: Sculpt, amount: number, cover: number, into?: Service): number {
  const { time, conventions, available } = s.context
  const { first, end } = termOf(s.debt, s.context)
  const due = s.due.fill(0)
  const state = newTaxState()
  let owed = amount * s.drawing.owed
  for (let year = 0; year < time.years; year++) {
    let deducted = s.otherDeducted[year] as number
    for (let q = 0; q < time.perYear; q++) {
      const i = year * time.perYear + q
      const served = i >= time.construction && i < end
      const interest = served ? owed * s.rate : 0
      const accrued = served ? interest : amount * (s.drawing.accrued[i] as number)
      if (isDeducted(s.context, i)) deducted += accrued
      if (q === time.perYear - 1) {
        const income = (s.context.income[year] as number) - deducted
        const tax = taxYear(s.context.tax, state, income, s.context.credits[year] as number)
        const at = taxPeriod(time, year, conventions.taxPaid)
        due[at] = (due[at] as number) + tax - state.used
      }
      if (!served) continue
      const cash = (available[i] as number) - (due[i] as number)
      const most = cash / cover - (s.otherService[i] as number) - interest
      const principal = i < first ? 0 : Math.max(0, most)
      owed -= principal
      if (into !== undefined) {
        into.interest[i] = interest
        into.accrued[i] = interest
        into.principal[i] = principal
        into.balance[i] = owed
      }
    }
    if ((year + 1) * time.perYear >= end) break
  }
  return owed
}

/** The cover at which a loan of this amount is just repaid; undefined when no cash can do it. */
function coverOf(s: Sculpt, amount: number): number | undefined {
  const found = brent((u) => serve(s, amount, Math.exp(u)), Math.log(0.01), Math.log(1000), {
    tolerance: 1e-12,
  })
  return found.outcome === 'converged' ? Math.exp(found.x) : undefined
}

/** The largest amount that is repaid at a cover, up to `most`. */
function amountOf(s: Sculpt, cover: number, most: number): number {
  if (most <= 0 || serve(s, most, cover) <= 0) return Math.max(0, most)
  const found = brent((amount) => serve(s, amount, cover), 1e-9 * most, most, { relative: 1e-13 })
  return found.outcome === 'converged' ? found.x : 0
}

interface Sculpted {
  readonly amount: number
  readonly service: Service
  readonly cover?: number
  readonly warning?: string
}

function sculpt(s: Sculpt, wanted: number | { dscr: number; most: number }): Sculpted {
  const amount = typeof wanted === 'number' ? wanted : amountOf(s, wanted.dscr, wanted.most)
  const cover = amount > 0 ? coverOf(s, amount) : undefined
  if (cover === undefined) {
    const service = repay({ ...s.debt, repayment: 'annuity' }, s.drawing, amount, s.context)
    const why = 'no cash to shape the repayment to: equal payments are shown instead'
    return { amount, service, warning: `${s.debt.name}: ${why}` }
  }
  const service = begin(s.context, s.drawing, amount)
  const left = serve(s, amount, cover, service)
  const { first, end } = termOf(s.debt, s.context)
  // The rest of the search, far below a penny, so that the loan ends at zero.
  service.principal[end - 1] = (service.principal[end - 1] as number) + left
  service.balance[end - 1] = 0
  for (let i = first; i < end; i++) {
    if ((service.principal[i] as number) > 0) continue
    const warning = `${s.debt.name}: in some periods the cash does not reach ${cover.toFixed(2)} times the interest`
    return { amount, service, cover, warning }
  }
  return { amount, service, cover }
}

const fixedSize = (debt: Debt, context: LoanContext): number | undefined => {
  if ('amount' in debt.size) return debt.size.amount
  if ('dscr' in debt.size) return undefined
  const { shareOf, share } = debt.size
  return share * (shareOf === 'fixed-capital' ? context.fixedCapital : context.allCapital)
}

/** Deductions for one loan by year. */
function deductions(service: Service, context: LoanContext): Float64Array {
  const { time, conventions } = context
  const byYear = time.yearly()
  for (let i = 0; i < time.length; i++) {
    if (!isDeducted(context, i)) continue
    const year = Math.floor(i / time.perYear)
    const principal =
      conventions.deductible === 'loan-payment' ? (service.principal[i] as number) : 0
    byYear[year] = (byYear[year] as number) + (service.accrued[i] as number) + principal
  }
  return byYear
}

const needsCash = (debt: Debt) => debt.repayment === 'sculpted' || 'dscr' in debt.size

/** Draws and service of all loans. Those that follow the cash come after the others. */
export function finance(debts: readonly Debt[], context: LoanContext): Financing {
  const { time } = context
  const { column } = time
  const sum = { draws: column(), fees: column(), interest: column(), principal: column() }
  const deducted = time.yearly()
  const otherService = column()
  const accounts: LoanAccount[] = []
  const warnings: string[] = []
  for (const debt of [...debts.filter((d) => !needsCash(d)), ...debts.filter(needsCash)]) {
    const drawing = drawUnit(debt, context)
    const rate = periodRate(debt.rate, context)
    const others = { otherDeducted: deducted, otherService, due: column() }
    const s = { debt, drawing, context, rate, ...others }
    const size = fixedSize(debt, context)
    const done: Sculpted =
      size !== undefined && debt.repayment !== 'sculpted'
        ? { amount: size, service: repay(debt, drawing, size, context) }
        : sculpt(s, size ?? sizing(debt, context))
    const { amount, service } = done
    addInto(sum.draws, drawing.draws, amount)
    addInto(sum.fees, drawing.fees, amount)
    addInto(sum.interest, service.interest)
    addInto(sum.principal, service.principal)
    addInto(deducted, deductions(service, context))
    const paid = column()
    addInto(paid, service.interest)
    addInto(paid, service.principal)
    addInto(otherService, paid)
    if (done.warning !== undefined) warnings.push(done.warning)
    accounts.push({
      name: debt.name,
      amount,
      balance: service.balance,
      service: paid,
      ...(done.cover === undefined ? {} : { sculptedTo: done.cover }),
    })
  }
  return { ...sum, deducted, accounts, warnings }
}

function sizing(debt: Debt, context: LoanContext): { dscr: number; most: number } {
  if (!('dscr' in debt.size)) throw new Error(`${debt.name} has a size of its own`)
  return { dscr: debt.size.dscr, most: (debt.size.atMost ?? 1) * context.fixedCapital }
}
