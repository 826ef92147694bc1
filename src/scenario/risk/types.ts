import type { Distribution } from '../../numerics/index.ts'
import type { Gap } from '../economics/appraisal.ts'
import type { Measure } from '../measure.ts'
import type { FailureCount, Influence } from '../study/influences.ts'
import type { Design } from '../study/chance.ts'
import type { MoneyFigure, RiskValue } from './figures.ts'
import type { PricePlan } from './price-model.ts'
import type { Parameter } from '../study/parameters.ts'

/** What is asked, in words and numbers that can be written down, sent to a worker and compared. */
export interface RiskRequest {
  readonly design: Design
  /** Draws; with `saltelli` rounded down to whole rows of inputs + 2. */
  readonly draws: number
  readonly seed: number
  /**
   * Uncertainties of the user's own beside those that the plant states: `PATH=± 5 %`,
   * `PATH=x 0.8..1.3` (lognormal, P10 and P90), `PATH=LOW..MODE..HIGH` (triangular); `PATH=fixed`
   * takes one away.
   */
  readonly inputs: readonly string[]
  /** Measures beside the usual ones, in the words of `didymium risk --list`. */
  readonly results: readonly string[]
  /** Conditions of which the share of draws that meet them is counted. */
  readonly requirements: readonly string[]
  /** Deviation of constants whose set states none, in the unit of the constant; 0 leaves them. */
  readonly unstatedConstants: number
  /** Relative deviation of assays that state none; 0 leaves them. */
  readonly unstatedAssays: number
  /** Share of the worst draws whose mean is the conditional value at risk: 0.05. */
  readonly tail: number
}

/** What kind of number moves, for grouping in tables and charts. */
export type RiskKind =
  | 'constant'
  | 'assay'
  | 'process'
  | 'capital'
  | 'operating'
  | 'price'
  | 'output'
  | 'schedule'
  | 'funding'
  | 'footprint'

/** One thing that is not known: a parameter, or a path of prices in all its years. */
export interface RiskInput {
  /** Path of the parameter, or `prices.FACTOR`. One name draws the same in every plant. */
  readonly name: string
  readonly kind: RiskKind
  readonly origin: 'stated' | 'given' | 'assumed'
  /** In words, with its unit: what is printed. */
  readonly text: string
  /** Where the distribution is from. */
  readonly basis: string
  /** What is set; absent for price factors, the output and the grants. */
  readonly parameter?: Parameter
  /** Of a price factor: standard normal, its average over the years in standard deviations. */
  readonly distribution: Distribution
}

/** A figure that every draw answers with. */
export interface RiskMeasure {
  /** `npv`, `irr`, `footprint didymium-oxide`, `product didymium-oxide rate`. */
  readonly name: string
  readonly of:
    | { readonly kind: 'money'; readonly figure: MoneyFigure }
    | { readonly kind: 'footprint'; readonly product: string }
    | { readonly kind: 'plant'; readonly measure: Measure }
  readonly title: string
  readonly unit: string
  /** What an SI value or a share is multiplied by to be shown in `unit`. */
  readonly factor: number
  /** Whether more of it is good; decides on which side its tail lies. */
  readonly better: 'more' | 'less'
}

/** A condition on a measure: `npv > 0 MUSD`, in the unit of the measure. */
export interface RiskRequirement {
  readonly text: string
  readonly measure: RiskMeasure
  readonly comparison: '>' | '>=' | '<' | '<='
  readonly bound: number
}

/** The request resolved for one plant or scenario. */
export interface RiskPlan {
  readonly request: RiskRequest
  readonly inputs: readonly RiskInput[]
  readonly measures: readonly RiskMeasure[]
  readonly requirements: readonly RiskRequirement[]
  readonly prices: PricePlan
  readonly draws: number
  /** Numbers that stay fixed because nobody states how uncertain they are. */
  readonly fixed: readonly string[]
  /** What had to be assumed. */
  readonly assumptions: readonly string[]
}

/** What one draw ended with in one plant: values in the order of the measures, or why not. */
export type RiskCase =
  | { readonly values: readonly RiskValue[] }
  | { readonly outcome: string; readonly unit: string; readonly detail: string }

/** One draw: the same chance in each plant or scenario that is compared. */
export interface RiskDraw {
  readonly draw: number
  readonly cases: readonly RiskCase[]
}

/** How one measure is spread over the draws. */
export interface RiskSpread {
  readonly measure: string
  readonly title: string
  readonly unit: string
  readonly better: 'more' | 'less'
  /** What the plant as written answers. */
  readonly base: number | null
  /** Of the draws with a number; null where there is none. */
  readonly mean: number | null
  /** 0 where nothing is left but the solver's closure. */
  readonly deviation: number | null
  /** Of the draws with an answer; null where it is `never`. */
  readonly p10: number | null
  readonly p50: number | null
  readonly p90: number | null
  /** Mean of the worst share of draws; null where one of them is `never`. */
  readonly cvar: number | null
  /** That share. */
  readonly tail: number
  /** Draws that never come to a value, no return or no payback: they count as the worst. */
  readonly never: number
  /** Share of the draws that have a value in which it is below zero; NPV: the odds of a loss. */
  readonly belowZero: number
  /** Draws with an answer, `never` among them. */
  readonly count: number
  readonly influences: readonly Influence[]
}

/** One input moved alone, all others as written. */
export interface TornadoBar {
  readonly input: string
  readonly kind: RiskKind
  /** The input at its P10 and P90 in words, with unit. */
  readonly low: string
  readonly high: string
  /** The measure there; null where the plant has no solution. */
  readonly atLow: number | null
  readonly atHigh: number | null
}

export interface Tornado {
  readonly measure: string
  readonly unit: string
  readonly base: number | null
  /** Longest first. */
  readonly bars: readonly TornadoBar[]
}

/** One plant or scenario of a run. */
export interface RiskCaseSummary {
  readonly name: string
  /** SHA-256 of the plant file. */
  readonly plant: string
  /** What is set otherwise than in the file. */
  readonly set: readonly string[]
  /** What the appraisal lacks: never in the figures. */
  readonly gaps: readonly Gap[]
  readonly solved: number
  readonly failures: readonly FailureCount[]
  readonly spreads: readonly RiskSpread[]
  readonly requirements: readonly { readonly requirement: string; readonly met: number }[]
  readonly tornado: readonly Tornado[]
}

/** Second case less the first, draw by draw where both have a value. */
export interface RiskDifference {
  readonly measure: string
  readonly unit: string
  readonly mean: number
  readonly p10: number
  readonly p50: number
  readonly p90: number
  /** Share of those draws in which the second is better. */
  readonly better: number
  readonly count: number
  /** Linear correlation of the two over the draws: how much of the chance they share. */
  readonly correlation: number
}

/** What the draws say, all numbers in the units beside them. */
export interface RiskSummary {
  readonly schema: 'didymium/risk@1'
  readonly design: Design
  readonly seed: number
  readonly draws: number
  readonly currency: string
  readonly year: string
  /** Of all cases, each once. */
  readonly inputs: readonly Pick<RiskInput, 'name' | 'kind' | 'origin' | 'text' | 'basis'>[]
  readonly fixed: readonly string[]
  readonly assumptions: readonly string[]
  readonly cases: readonly RiskCaseSummary[]
  readonly differences: readonly RiskDifference[]
}
