import type {
  CapitalEstimate,
  CostBasis,
  Footprint,
  OperatingEstimate,
} from '../../economics/index.ts'
import type {
  BreakEvens,
  CashFlow,
  CashFlowInputs,
  Metrics,
} from '../../economics/finance/index.ts'
import type { SalesLine } from '../../economics/index.ts'

export const appraisalSchema = 'didymium/appraisal@1'

/** Something that had to be taken without a source, and why. */
export interface Assumption {
  /** Dotted path of the plant, or the figure that it is said about. */
  readonly at: string
  readonly text: string
}

/** What is not in the figures because nobody states it. */
export interface Gap {
  readonly part: 'capital' | 'operating' | 'sales' | 'finance' | 'footprint'
  readonly what: string
  /** What is missing, and what would fill it. */
  readonly why: string
}

/** A number that the plant does not state and that was taken from the data. */
export interface Defaulted {
  /** Path of the parameter that would replace it. */
  readonly path: string
  readonly value: string
  readonly source: string
}

/** What a solved plant costs, earns and emits. Money in the one basis; rates per operating year. */
export interface Appraisal {
  readonly schema: typeof appraisalSchema
  /** SHA-256 of the plant file. */
  readonly plant: string
  readonly title: string
  readonly basis: CostBasis
  readonly capital: CapitalEstimate
  readonly operating: OperatingEstimate
  /** Posts that are manned all the time, and the people that this takes, by role. */
  readonly staff: readonly {
    readonly role: string
    readonly posts: number
    readonly people: number
  }[]
  readonly sales: {
    readonly lines: readonly SalesLine[]
    readonly perYear: number
    /** Mean over the oxides sold: what one kg of them brings; null without any. */
    readonly perKgReo: number | null
  }
  readonly finance: {
    readonly inputs: CashFlowInputs
    readonly cashFlow: CashFlow
    readonly metrics: Metrics
    /** Many cash flows: only where they are asked for. */
    readonly breakEvens?: BreakEvens
  }
  readonly footprint: Footprint | { readonly missing: string }
  readonly assumptions: readonly Assumption[]
  readonly defaults: readonly Defaulted[]
  readonly gaps: readonly Gap[]
  readonly warnings: readonly {
    readonly rank: 1 | 2 | 3
    readonly at: string
    readonly text: string
  }[]
}
