import { total } from './columns.ts'
import { depreciationShares } from './depreciation.ts'
import type { DepreciationRule } from './depreciation.ts'
import type { Conventions } from './conventions.ts'
import type { CashFlowInputs } from './inputs.ts'
import { levels, periodAt } from './timeline.ts'
import type { Timeline } from './timeline.ts'

/** What is spent on assets and given for them, by period (costs positive), and the allowances. */
export interface CapitalFlows {
  readonly capital: Float64Array
  readonly replacements: Float64Array
  readonly oneOffs: Float64Array
  readonly grants: Float64Array
  /** By year: deductions of capital, and those that are an expense or an income of the year. */
  readonly depreciation: Float64Array
  readonly expenses: Float64Array
  readonly taxedGrants: Float64Array
  /** The fixed capital as spent. */
  readonly fixedCapital: number
  readonly base: number
  readonly deducted: number
}

/** Expenditure that is to be depreciated, collected by rule and year. */
type Additions = Map<DepreciationRule, Float64Array>

function add(
  additions: Additions,
  time: Timeline,
  rule: DepreciationRule,
  year: number,
  amount: number,
): void {
  if (rule.kind === 'none') return
  const known = additions.get(rule) ?? time.yearly()
  known[year] = (known[year] as number) + amount
  additions.set(rule, known)
}

/** Lays the allowances of all additions over the years. */
function depreciate(
  additions: Additions,
  time: Timeline,
  { depreciationAtEnd }: Conventions,
): { depreciation: Float64Array; base: number; deducted: number } {
  const depreciation = time.yearly()
  let base = 0
  for (const [rule, amounts] of additions) {
    const shares = depreciationShares(rule, time.years)
    for (let year = 0; year < time.years; year++) {
      const amount = amounts[year] as number
      if (amount === 0) continue
      base += amount
      for (let k = 0; year + k < time.years; k++) {
        depreciation[year + k] = (depreciation[year + k] as number) + amount * (shares[k] as number)
      }
    }
  }
  let deducted = total(depreciation)
  if (depreciationAtEnd === 'written-off' && time.years > 0) {
    depreciation[time.years - 1] = (depreciation[time.years - 1] as number) + base - deducted
    deducted = base
  }
  return { depreciation, base, deducted }
}

/** The first year in which an expenditure of `year` may be deducted. */
const deductibleFrom = (time: Timeline, year: number, { depreciationFrom }: Conventions) =>
  depreciationFrom === 'spend'
    ? year
    : Math.max(year, Math.min(time.constructionYears, time.years - 1))

function spendCapital(
  inputs: CashFlowInputs,
  time: Timeline,
  conventions: Conventions,
  level: Float64Array,
  additions: Additions,
): Float64Array {
  const capital = time.column()
  const reducing = (inputs.grants ?? []).filter((grant) => grant.treatment === 'reduces-base')
  const granted = reducing.reduce((sum, grant) => sum + grant.amount, 0)
  let depreciable = 0
  const spent: { rule: DepreciationRule; year: number; amount: number }[] = []
  for (const part of inputs.capital) {
    const spend = part.spend ?? inputs.spend
    for (let year = 0; year < time.constructionYears; year++) {
      const amount = part.amount * (spend[year] ?? 0) * (level[year] as number)
      for (let q = 0; q < time.perYear; q++) {
        const i = year * time.perYear + q
        capital[i] = (capital[i] as number) + amount / time.perYear
      }
      if (part.depreciation.kind !== 'none') depreciable += amount
      spent.push({ rule: part.depreciation, year, amount })
    }
  }
  // A grant cannot lower the base below nothing.
  const left = depreciable > 0 ? Math.max(0, 1 - granted / depreciable) : 1
  for (const { rule, year, amount } of spent) {
    add(additions, time, rule, deductibleFrom(time, year, conventions), left * amount)
  }
  return capital
}

/** Assets that are bought again within the years of operation, never in the last instant. */
function replace(
  inputs: CashFlowInputs,
  time: Timeline,
  conventions: Conventions,
  level: Float64Array,
  additions: Additions,
  expenses: Float64Array,
): Float64Array {
  const replacements = time.column()
  for (const { amount, everyYears, treatment } of inputs.replacements ?? []) {
    if (!(everyYears > 0)) continue
    for (let k = 1; k * everyYears < time.life - 1e-9; k++) {
      const i = periodAt(time, time.constructionYears + k * everyYears)
      const year = Math.floor(i / time.perYear)
      const cost = amount * (level[year] as number)
      replacements[i] = (replacements[i] as number) + cost
      if (treatment === 'expense') expenses[year] = (expenses[year] as number) + cost
      else add(additions, time, treatment, deductibleFrom(time, year, conventions), cost)
    }
  }
  return replacements
}

function payOnce(
  inputs: CashFlowInputs,
  time: Timeline,
  conventions: Conventions,
  level: Float64Array,
  additions: Additions,
  expenses: Float64Array,
): Float64Array {
  const oneOffs = time.column()
  for (const { amount, at, treatment } of inputs.oneOffs ?? []) {
    const i = at === 'end' ? time.length - 1 : periodAt(time, at)
    const year = Math.floor(i / time.perYear)
    const cost = amount * (level[year] as number)
    oneOffs[i] = (oneOffs[i] as number) + cost
    if (treatment === 'expense') expenses[year] = (expenses[year] as number) + cost
    else if (treatment !== 'none') {
      add(additions, time, treatment, deductibleFrom(time, year, conventions), cost)
    }
  }
  return oneOffs
}

/** Capital, replacements, single payments and grants of every period, and the allowances. */
export function capitalFlows(
  inputs: CashFlowInputs,
  time: Timeline,
  conventions: Conventions,
): CapitalFlows {
  const { general = 0, capital: rate = general, yearsBefore = 0 } = inputs.inflation ?? {}
  const level = levels(time, rate, yearsBefore)
  const additions: Additions = new Map()
  const expenses = time.yearly()
  const capital = spendCapital(inputs, time, conventions, level, additions)
  const replacements = replace(inputs, time, conventions, level, additions, expenses)
  const oneOffs = payOnce(inputs, time, conventions, level, additions, expenses)
  const grants = time.column()
  const taxedGrants = time.yearly()
  for (const { amount, milestones, treatment } of inputs.grants ?? []) {
    for (const { at, share } of milestones) {
      const i = periodAt(time, at)
      const year = Math.floor(i / time.perYear)
      grants[i] = (grants[i] as number) + share * amount
      if (treatment === 'income') taxedGrants[year] = (taxedGrants[year] as number) + share * amount
    }
  }
  return {
    capital,
    replacements,
    oneOffs,
    grants,
    expenses,
    taxedGrants,
    fixedCapital: total(capital),
    ...depreciate(additions, time, conventions),
  }
}
