import { capitalFlows } from './capital-flows.ts'
import type { CapitalFlows } from './capital-flows.ts'
import { financingColumns, projectColumns } from './cash-flow-types.ts'
import type { CashFlow, ColumnName } from './cash-flow-types.ts'
import { addInto, sumOf, times } from './columns.ts'
import { completeConventions } from './conventions.ts'
import type { Conventions } from './conventions.ts'
import type { CashFlowInputs } from './inputs.ts'
import { finance } from './loans.ts'
import type { Financing } from './loans.ts'
import { operatingFlows } from './operating-flows.ts'
import type { OperatingFlows } from './operating-flows.ts'
import { newTaxState, taxYear } from './tax.ts'
import type { TaxRule } from './tax.ts'
import { levels, taxPeriod, timelineOf } from './timeline.ts'
import type { Timeline } from './timeline.ts'

const daysPerYear = 365

/** What is tied up at the end of each period: what is put in at first, days of sales and costs. */
function tiedUp(
  inputs: CashFlowInputs,
  time: Timeline,
  conventions: Conventions,
  fixedCapital: number,
  flows: OperatingFlows,
): Float64Array {
  const held = time.column()
  const { amount = 0, shareOfCapital = 0, ...days } = inputs.workingCapital ?? {}
  const initial = amount + shareOfCapital * fixedCapital
  const before = conventions.workingCapitalAt === 'last-construction' ? 1 : 0
  const first = Math.max(0, time.construction - before)
  const ofSales = ((days.receivableDays ?? 0) / daysPerYear) * time.perYear
  const ofCost =
    (((days.inventoryDays ?? 0) - (days.payableDays ?? 0)) / daysPerYear) * time.perYear
  for (let i = first; i < time.length - 1; i++) {
    const cost = (flows.variable[i] as number) + (flows.fixed[i] as number)
    held[i] = initial + ofSales * (flows.revenue[i] as number) + ofCost * cost
  }
  return held
}

/** Cash into working capital, negative; in the last period what is left comes back. */
function workingCapital(time: Timeline, held: Float64Array, returned: number): Float64Array {
  const flow = time.column()
  const last = held.length - 1
  for (let i = 0; i < last; i++) flow[i] = (held[i - 1] ?? 0) - (held[i] as number)
  if (last > 0) flow[last] = returned * (held[last - 1] as number)
  return flow
}

/** Taxable income of each year before losses and interest. */
function incomeByYear(time: Timeline, flows: OperatingFlows, assets: CapitalFlows): Float64Array {
  const income = time.yearly()
  for (let year = 0; year < time.years; year++) {
    let sum = (assets.taxedGrants[year] as number) - (assets.expenses[year] as number)
    for (let i = year * time.perYear; i < (year + 1) * time.perYear; i++) {
      sum += (flows.revenue[i] as number) - (flows.royalties[i] as number)
      sum -= (flows.variable[i] as number) + (flows.fixed[i] as number)
    }
    income[year] = sum - (assets.depreciation[year] as number)
  }
  return income
}

interface TaxFlows {
  /** By period: tax paid, credits set against it, and the income that was taxed. */
  readonly tax: Float64Array
  readonly used: Float64Array
  readonly taxable: Float64Array
  readonly unusedLosses: number
  readonly unusedCredits: number
}

function payTax(
  rule: TaxRule,
  time: Timeline,
  { taxPaid }: Conventions,
  income: Float64Array,
  credits: Float64Array,
): TaxFlows {
  const tax = time.column()
  const used = time.column()
  const taxable = time.column()
  const state = newTaxState()
  for (let year = 0; year < time.years; year++) {
    const due = taxYear(rule, state, income[year] as number, credits[year] as number)
    const at = taxPeriod(time, year, taxPaid)
    tax[at] = (tax[at] as number) + due
    used[at] = (used[at] as number) + state.used
    taxable[(year + 1) * time.perYear - 1] = state.taxable
  }
  return { tax, used, taxable, unusedLosses: state.losses, unusedCredits: state.credits }
}

/** A figure of each year, times a factor, in each of its periods. */
function eachPeriod(byYear: Float64Array, time: Timeline, factor: number): Float64Array {
  if (time.perYear === 1) return factor === 1 ? byYear : times(byYear, factor, time.column())
  const column = time.column()
  for (let i = 0; i < time.length; i++) {
    column[i] = factor * (byYear[Math.floor(i / time.perYear)] as number)
  }
  return column
}

/** Everything by period before any loan. */
interface Unlevered {
  readonly time: Timeline
  readonly conventions: Conventions
  readonly flows: OperatingFlows
  readonly assets: CapitalFlows
  readonly working: Float64Array
  readonly income: Float64Array
  readonly paid: TaxFlows
}

function withoutLoans(inputs: CashFlowInputs): Unlevered {
  const time = timelineOf(inputs)
  const conventions = completeConventions(inputs.conventions)
  const flows = operatingFlows(inputs, time)
  const assets = capitalFlows(inputs, time, conventions)
  const held = tiedUp(inputs, time, conventions, assets.fixedCapital, flows)
  const working = workingCapital(time, held, inputs.workingCapital?.returned ?? 1)
  const income = incomeByYear(time, flows, assets)
  const paid = payTax(inputs.tax, time, conventions, income, flows.taxCredits)
  return { time, conventions, flows, assets, working, income, paid }
}

/** Cash before tax from the planned start of operation on, out of which loans are served. */
function availableCash({ time, flows, assets, working }: Unlevered): Float64Array {
  const available = time.column()
  for (let i = time.construction; i < time.length; i++) {
    const earned =
      (flows.revenue[i] as number) -
      (flows.royalties[i] as number) -
      (flows.variable[i] as number) -
      (flows.fixed[i] as number) +
      (flows.paidCredits[i] as number)
    const assetsNet =
      (assets.grants[i] as number) -
      (assets.replacements[i] as number) -
      (assets.oneOffs[i] as number)
    available[i] = earned + assetsNet + (working[i] as number)
  }
  return available
}

/** No loans: one column of nothing stands for all. */
function unfinanced(time: Timeline): Financing {
  const none = time.column()
  const nothing = { draws: none, fees: none, interest: none, principal: none, deducted: none }
  return { ...nothing, accounts: [], warnings: [] }
}

function financed(inputs: CashFlowInputs, project: Unlevered): Financing {
  const { time, conventions, flows, assets, working, income } = project
  if (inputs.debt === undefined || inputs.debt.length === 0) return unfinanced(time)
  const outlay = time.column()
  let workingIn = 0
  for (let i = 0; i <= time.construction && i < time.length; i++) {
    const put = Math.max(0, -(working[i] as number))
    workingIn += put
    if (i < time.construction) outlay[i] = (assets.capital[i] as number) + put
  }
  return finance(inputs.debt, {
    time,
    conventions,
    tax: inputs.tax,
    outlay,
    fixedCapital: assets.fixedCapital,
    allCapital: assets.fixedCapital + workingIn,
    income,
    credits: flows.taxCredits,
    available: availableCash(project),
  })
}

/** What the tax becomes with the loans: less tax is a positive shield. */
function shield(inputs: CashFlowInputs, project: Unlevered, loans: Financing): Float64Array {
  const { time, conventions, flows, income, paid } = project
  if (loans.accounts.length === 0) return loans.draws
  const left = sumOf([income], time.yearly())
  addInto(left, loans.deducted, -1)
  const levered = payTax(inputs.tax, time, conventions, left, flows.taxCredits)
  const saved = sumOf([paid.tax, levered.used], time.column())
  addInto(saved, paid.used, -1)
  addInto(saved, levered.tax, -1)
  return saved
}

function columnsOf(
  inputs: CashFlowInputs,
  project: Unlevered,
  loans: Financing,
): Readonly<Record<ColumnName, Float64Array>> {
  const { time, flows, assets, working, paid } = project
  const negative = (column: Float64Array) => times(column, -1, time.column())
  return {
    capital: negative(assets.capital),
    replacements: negative(assets.replacements),
    oneOffs: negative(assets.oneOffs),
    workingCapital: working,
    grants: assets.grants,
    revenue: flows.revenue,
    royalties: negative(flows.royalties),
    variableCosts: negative(flows.variable),
    fixedCosts: negative(flows.fixed),
    credits: sumOf([flows.paidCredits, paid.used], time.column()),
    tax: negative(paid.tax),
    depreciation: eachPeriod(assets.depreciation, time, 1 / time.perYear),
    taxableIncome: paid.taxable,
    draws: loans.draws,
    fees: negative(loans.fees),
    interest: negative(loans.interest),
    principal: negative(loans.principal),
    taxShield: shield(inputs, project, loans),
  }
}

const unsoldText = ({ product, kg }: { readonly product: string; readonly kg: number }) =>
  `${product}: ${(kg / 1000).toPrecision(3)} t of the life have no buyer, as no tier has room for them`

/**
 * The cash flow of a project by year or quarter: money of the inputs' basis, in the prices of each
 * year where there is inflation. Tax is reckoned by year whatever the step, so that quarters add up
 * to years in everything but loans, whose interest is charged each period. The inputs are trusted:
 * `cashFlowTroubles` says what is wrong with them.
 */
export function cashFlow(inputs: CashFlowInputs): CashFlow {
  const project = withoutLoans(inputs)
  const { time, conventions, flows, assets, paid } = project
  const loans = financed(inputs, project)
  const columns = columnsOf(inputs, project, loans)
  const flow = sumOf(
    projectColumns.map((name) => columns[name]),
    time.column(),
  )
  const { general = 0, yearsBefore = 0 } = inputs.inflation ?? {}
  const level = levels(time, general, yearsBefore)
  return {
    basis: inputs.basis,
    step: inputs.step,
    perYear: time.perYear,
    length: time.length,
    construction: time.construction,
    firstYear: inputs.firstYear,
    columns,
    project: flow,
    equity: sumOf([flow, ...financingColumns.map((name) => columns[name])], time.column()),
    output: flows.output,
    otherRevenue: flows.otherRevenue,
    priceLevel: eachPeriod(level, time, 1),
    loans: loans.accounts,
    depreciation: {
      base: assets.base,
      deducted: assets.deducted,
      unrelieved: assets.base - assets.deducted,
    },
    unusedLosses: paid.unusedLosses,
    unusedCredits: paid.unusedCredits,
    unsold: flows.unsold,
    conventions,
    discountRate: inputs.discountRate,
    equityDiscountRate: inputs.equityDiscountRate ?? inputs.discountRate,
    inflation: general,
    warnings: [...loans.warnings, ...flows.unsold.map(unsoldText)],
  }
}
