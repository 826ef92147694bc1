import { marketPrice, revenueOf, unsoldOf } from '../sales.ts'
import type { Ramp, Sale } from '../sales.ts'
import type { CashFlowInputs, ProductionCredit } from './inputs.ts'
import { levels, mannedYears, outputYears } from './timeline.ts'
import type { Timeline } from './timeline.ts'

/** What running the plant brings and costs, by period; costs positive here. */
export interface OperatingFlows {
  readonly revenue: Float64Array
  readonly otherRevenue: Float64Array
  readonly royalties: Float64Array
  readonly variable: Float64Array
  readonly fixed: Float64Array
  readonly output: Float64Array
  /** Credits that are paid out, by period, and those that wait for a tax, by year. */
  readonly paidCredits: Float64Array
  readonly taxCredits: Float64Array
  readonly unsold: readonly { readonly product: string; readonly kg: number }[]
}

/** Looks up what follows from a ramp once, however many lines share it. */
function outputLookup(time: Timeline): (ramp: Ramp) => Float64Array {
  const known = new Map<Ramp, Float64Array>()
  return (ramp) => {
    const found = known.get(ramp) ?? outputYears(time, ramp)
    known.set(ramp, found)
    return found
  }
}

const royaltyShare = (inputs: CashFlowInputs, product: string) => {
  let sum = 0
  for (const { share, products } of inputs.royalties ?? []) {
    if (products === undefined || products.includes(product)) sum += share
  }
  return sum
}

/** Adds one product to the flows; answers with the kg that no tier had room for. */
function sell(
  inputs: CashFlowInputs,
  time: Timeline,
  sale: Sale,
  share: Float64Array,
  level: Float64Array,
  flows: OperatingFlows,
): number {
  const royalty = royaltyShare(inputs, sale.product)
  const counts = sale.output !== false
  const years = 1 / time.perYear
  const real = 1 + (sale.escalation ?? 0)
  const period = { kg: 0, years, market: 0, level: 1, operatingYear: 0 }
  let unsold = 0
  for (let i = time.construction; i < time.length; i++) {
    const kg = sale.ratePerYear * (share[i] as number)
    if (kg === 0) continue
    const year = Math.floor(i / time.perYear)
    period.kg = kg
    period.level = level[year] as number
    period.market = marketPrice(sale, year) * period.level
    if (real !== 1) period.market *= real ** year
    const since = (i - time.construction) / time.perYear - time.delay
    period.operatingYear = Math.max(0, Math.floor(since + 1e-9))
    const amount = revenueOf(sale, period)
    const left = unsoldOf(sale, kg, years)
    unsold += left
    flows.revenue[i] = (flows.revenue[i] as number) + amount
    flows.royalties[i] = (flows.royalties[i] as number) + royalty * amount
    const into = counts ? flows.output : flows.otherRevenue
    into[i] = (into[i] as number) + (counts ? kg - left : amount)
  }
  return unsold
}

/** Adds the running costs. */
function spend(
  inputs: CashFlowInputs,
  time: Timeline,
  output: (ramp: Ramp) => Float64Array,
  level: Float64Array,
  flows: OperatingFlows,
): void {
  const manned = mannedYears(time)
  for (const cost of inputs.costs) {
    const into = cost.variable ? flows.variable : flows.fixed
    const full = cost.variable ? output(cost.ramp ?? inputs.ramp) : manned
    const share = !cost.variable && cost.ramp !== undefined ? output(cost.ramp) : full
    const real = 1 + (cost.escalation ?? 0)
    const last = (cost.factors?.length ?? 0) - 1
    for (let i = time.construction; i < time.length; i++) {
      const year = Math.floor(i / time.perYear)
      let amount = cost.amount * (share[i] as number) * (level[year] as number)
      if (real !== 1) amount *= real ** year
      if (cost.factors !== undefined) amount *= cost.factors[Math.min(year, last)] ?? Number.NaN
      into[i] = (into[i] as number) + amount
    }
  }
}

/** Share of a credit that is still given in a calendar year. */
function creditShare(credit: ProductionCredit, year: number): number {
  const steps = credit.phaseOut
  if (steps === undefined || steps.length === 0) return 1
  let share = 1
  for (const step of steps) if (year >= step.year) share = step.share
  const last = steps.reduce((most, step) => Math.max(most, step.year), Number.NEGATIVE_INFINITY)
  return year > last ? 0 : share
}

function addCredits(
  inputs: CashFlowInputs,
  time: Timeline,
  level: Float64Array,
  flows: OperatingFlows,
): void {
  for (const credit of inputs.credits ?? []) {
    for (let i = time.construction; i < time.length; i++) {
      const year = Math.floor(i / time.perYear)
      const share = creditShare(credit, inputs.firstYear + year)
      const cost = (flows.variable[i] as number) + (flows.fixed[i] as number)
      const perKg = (credit.perKg ?? 0) * (credit.indexed === true ? (level[year] as number) : 1)
      const amount =
        share * ((credit.shareOfCost ?? 0) * cost + perKg * (flows.output[i] as number))
      const paid = credit.treatment === 'paid'
      const into = paid ? flows.paidCredits : flows.taxCredits
      const at = paid ? i : year
      into[at] = (into[at] as number) + amount
    }
  }
}

/** Revenue, royalties, running costs and credits of every period. */
export function operatingFlows(inputs: CashFlowInputs, time: Timeline): OperatingFlows {
  const {
    general = 0,
    revenue = general,
    operating = general,
    yearsBefore = 0,
  } = inputs.inflation ?? {}
  const { column } = time
  const unsold: { product: string; kg: number }[] = []
  const flows: OperatingFlows = {
    revenue: column(),
    otherRevenue: column(),
    royalties: column(),
    variable: column(),
    fixed: column(),
    output: column(),
    paidCredits: column(),
    taxCredits: time.yearly(),
    unsold,
  }
  const output = outputLookup(time)
  const revenueLevel = levels(time, revenue, yearsBefore)
  for (const sale of inputs.sales) {
    const share = output(sale.ramp ?? inputs.ramp)
    const kg = sell(inputs, time, sale, share, revenueLevel, flows)
    if (kg > 0) unsold.push({ product: sale.product, kg })
  }
  spend(inputs, time, output, levels(time, operating, yearsBefore), flows)
  addCredits(inputs, time, revenueLevel, flows)
  return flows
}
