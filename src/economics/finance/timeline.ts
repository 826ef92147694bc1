import { columnsOf } from './columns.ts'
import type { Ramp } from '../sales.ts'
import type { CashFlowInputs } from './inputs.ts'

/** The periods of a project: years or quarters from the start of the year of the first spend. */
export interface Timeline {
  /** Periods in a year. */
  readonly perYear: number
  readonly years: number
  readonly length: number
  readonly constructionYears: number
  /** Periods before the planned start of operation. */
  readonly construction: number
  readonly life: number
  readonly delay: number
  /** A new column of zeros, one a period or one a year. */
  readonly column: () => Float64Array
  readonly yearly: () => Float64Array
}

export function timelineOf(inputs: CashFlowInputs): Timeline {
  const perYear = inputs.step === 'year' ? 1 : 4
  const constructionYears = inputs.spend.length
  const delay = inputs.delay ?? 0
  const years = constructionYears + Math.ceil(inputs.life + delay - 1e-9)
  return {
    perYear,
    years,
    length: years * perYear,
    constructionYears,
    construction: constructionYears * perYear,
    life: inputs.life,
    delay,
    column: columnsOf(years * perYear),
    yearly: columnsOf(years),
  }
}

/** Years of full output between the start of production and `t` years after it. */
function area(ramp: Ramp, t: number): number {
  const step = ramp.by === 'year' ? 1 : 0.25
  const last = ramp.shares.length - 1
  let sum = 0
  for (let k = 0; k < last; k++) {
    const inStep = t - k * step
    if (inStep <= 0) return sum
    sum += (ramp.shares[k] as number) * Math.min(step, inStep)
  }
  return sum + (ramp.shares[last] as number) * Math.max(0, t - last * step)
}

/** Full output in each period, in years of it: 0.25 is a full quarter. Follows the late start. */
export function outputYears(time: Timeline, ramp: Ramp): Float64Array {
  const shares = time.column()
  let before = 0
  for (let i = time.construction; i < time.length; i++) {
    const end = (i + 1 - time.construction) / time.perYear - time.delay
    const until = end <= 0 ? 0 : area(ramp, Math.min(end, time.life))
    shares[i] = until - before
    before = until
  }
  return shares
}

/** Years in each period in which the plant is manned, from the planned start to the real end. */
export function mannedYears(time: Timeline): Float64Array {
  const shares = time.column()
  const most = time.life + time.delay
  for (let i = time.construction; i < time.length; i++) {
    const start = (i - time.construction) / time.perYear
    shares[i] = Math.max(0, Math.min(1 / time.perYear, most - start))
  }
  return shares
}

/** Price level of every year at a yearly change; 1 at the price level of the amounts. */
export function levels(time: Timeline, rate: number, yearsBefore: number): Float64Array {
  const level = time.yearly()
  if (rate === 0) return level.fill(1)
  let now = (1 + rate) ** yearsBefore
  for (let year = 0; year < time.years; year++) {
    level[year] = now
    now *= 1 + rate
  }
  return level
}

/** The period that contains an instant, given in years after the first spend. */
export function periodAt(time: Timeline, at: number): number {
  return Math.max(0, Math.min(time.length - 1, Math.floor(at * time.perYear + 1e-9)))
}

/** The period in which the tax of a year is paid. */
export function taxPeriod(time: Timeline, year: number, paid: 'same-year' | 'next-year'): number {
  const last = (year + (paid === 'same-year' ? 1 : 2)) * time.perYear - 1
  return Math.min(last, time.length - 1)
}
