import type { CashFlow, LoanAccount } from './cash-flow-types.ts'
import { addInto, sumOf } from './columns.ts'
import { flowRate, presentValue } from './discount.ts'
import type { Cover, Metrics, Payback } from './metrics-types.ts'
import { internalRate } from './rate-of-return.ts'

/** Years until the sum of a flow first comes back to zero; linear within the period. */
export function paybackOf(flow: Float64Array, perYear: number, construction: number): Payback {
  let sum = 0
  let spent = false
  for (let i = 0; i < flow.length; i++) {
    const x = flow[i] as number
    if (spent && sum + x >= 0) {
      const fromFirstSpend = (i - sum / x) / perYear
      return {
        outcome: 'found',
        fromFirstSpend,
        fromOperation: fromFirstSpend - construction / perYear,
      }
    }
    sum += x
    spent ||= sum < 0
  }
  return { outcome: spent ? 'never' : 'nothing-spent' }
}

/** Cash after tax, with the loans' shield, out of which loans are served; from operation on. */
function servingCash(flow: CashFlow): Float64Array {
  const { capital, taxShield } = flow.columns
  const cash = new Float64Array(flow.length)
  for (let i = flow.construction; i < flow.length; i++) {
    cash[i] = (flow.project[i] as number) - (capital[i] as number) + (taxShield[i] as number)
  }
  return cash
}

/** Interest and principal of all loans from operation on. */
function serviceOf(loans: readonly LoanAccount[], flow: CashFlow): Float64Array {
  const sum = new Float64Array(flow.length)
  for (const loan of loans) {
    for (let i = flow.construction; i < flow.length; i++) {
      sum[i] = (sum[i] as number) + (loan.service[i] as number)
    }
  }
  return sum
}

/** The one rate at which the service from operation on is worth what is owed then. */
function lifeCover(flow: CashFlow, cash: Float64Array, service: Float64Array): number {
  const owed = flow.loans.reduce(
    (sum, { balance }) => sum + (balance[flow.construction - 1] ?? 0),
    0,
  )
  const during = service.slice(flow.construction)
  let last = during.length
  while (last > 0 && during[last - 1] === 0) last--
  const account = new Float64Array(last + 1)
  account[0] = -owed
  account.set(during.subarray(0, last), 1)
  const rate = internalRate(account, flow.perYear)
  // Loans without interest are worth what they pay back.
  const step = rate.outcome === 'found' ? (1 + rate.rate) ** (-1 / flow.perYear) : 1
  let worth = 0
  for (let i = last - 1; i >= 0; i--)
    worth = (worth + (cash[flow.construction + i] as number)) * step
  return worth / owed
}

/** Whether principal is repaid in a calendar year. */
function repays({ columns, firstYear, perYear }: CashFlow, year: number): boolean {
  const start = (year - firstYear) * perYear
  return columns.principal.subarray(start, start + perYear).some((x) => x < 0)
}

/** Service cover by year, its least and its mean, and over the life of the loans. */
function coverOf(flow: CashFlow): Cover | undefined {
  const service = serviceOf(flow.loans, flow)
  const cash = servingCash(flow)
  const byYear: { year: number; dscr: number }[] = []
  for (let start = flow.construction; start < flow.length; start += flow.perYear) {
    let [paid, earned] = [0, 0]
    for (let i = start; i < start + flow.perYear; i++) {
      paid += service[i] as number
      earned += cash[i] as number
    }
    if (paid <= 0) continue
    byYear.push({ year: flow.firstYear + start / flow.perYear, dscr: earned / paid })
  }
  if (byYear.length === 0) return undefined
  const least = (of: typeof byYear) => Math.min(...of.map(({ dscr }) => dscr))
  const repaying = byYear.filter(({ year }) => repays(flow, year))
  const sum = byYear.reduce((all, { dscr }) => all + dscr, 0)
  return {
    byYear,
    least: least(byYear),
    leastRepaying: least(repaying.length > 0 ? repaying : byYear),
    mean: sum / byYear.length,
    llcr: lifeCover(flow, cash, service),
  }
}

/**
 * Cost before income tax of a kg of output in money of the price level of the amounts: the present
 * value of all costs less grants, credits and the revenue of products that do not count, over that
 * of the output in the price level of each period, so that perKg * output = cost.
 */
function levelised(flow: CashFlow, rate: number): Metrics['levelised'] {
  const { columns, priceLevel } = flow
  const cost = sumOf([columns.tax, columns.revenue], new Float64Array(flow.length))
  addInto(cost, flow.otherRevenue, -1)
  addInto(cost, flow.project, -1)
  const weighed = flow.output.slice()
  for (let i = 0; i < weighed.length; i++) {
    weighed[i] = (weighed[i] as number) * (priceLevel[i] as number)
  }
  const total = { cost: presentValue(flow, cost, rate), output: presentValue(flow, weighed, rate) }
  return { ...total, perKg: total.output > 0 ? total.cost / total.output : undefined }
}

function deepest(flow: Float64Array): number {
  let [sum, least] = [0, 0]
  for (const x of flow) {
    sum += x
    least = Math.min(least, sum)
  }
  return -least
}

/** What a cash flow is worth and when it comes back; see `Metrics` for each figure. */
export function metrics(flow: CashFlow): Metrics {
  const rate = flowRate(flow, flow.discountRate)
  const cover = flow.loans.length === 0 ? undefined : coverOf(flow)
  return {
    projectNpv: presentValue(flow, flow.project, rate),
    equityNpv: presentValue(flow, flow.equity, flowRate(flow, flow.equityDiscountRate)),
    projectIrr: internalRate(flow.project, flow.perYear, flow.inflation),
    equityIrr: internalRate(flow.equity, flow.perYear, flow.inflation),
    payback: paybackOf(flow.project, flow.perYear, flow.construction),
    ...(cover === undefined ? {} : { cover }),
    levelised: levelised(flow, rate),
    peakFunding: deepest(flow.project),
  }
}
