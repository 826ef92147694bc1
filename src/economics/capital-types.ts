import type { CostBasis, Money, PriceLevels } from './basis.ts'
import type {
  CostCorrelation,
  EquipmentGap,
  EquipmentLine,
  GivenPrice,
} from './correlation-types.ts'

/** One line of a factor set: `factor` of the set's base, or of the sum that `of` names. */
export interface FactorLine {
  readonly id: string
  readonly name: string
  readonly group: 'direct' | 'indirect' | 'contingency' | 'owner' | 'working capital' | 'escalation'
  readonly factor: number
  readonly of: 'equipment' | 'direct' | 'direct and indirect' | 'total plant' | 'fixed capital'
  readonly source: string
  readonly assumption?: string
}

/** Factors from equipment to the whole plant, with what an equipment price must be for them. */
export interface FactorSet {
  readonly id: string
  readonly title: string
  readonly base: 'delivered' | 'bare-erected'
  readonly lines: readonly FactorLine[]
  readonly source: string
  readonly locator?: string
  readonly note?: string
}

/** What brings an equipment price to another base; a step without a figure is refused. */
export interface PriceSteps {
  /** Purchased to delivered: freight and packing, as a fraction of the price. */
  readonly delivery?: {
    readonly fraction: number
    readonly source?: string
    readonly assumption?: string
  }
  /** Delivered to bare-erected: setting in place, as a fraction of the delivered price. */
  readonly erection?: {
    readonly fraction: number
    readonly source?: string
    readonly assumption?: string
  }
}

/** Accuracy of an AACE class: each end as the range that the practice gives (-0.3 to -0.15). */
export interface AccuracyClass {
  readonly class: number
  readonly low: readonly [number, number]
  readonly high: readonly [number, number]
  readonly source: string
}

/** How sure an estimate is: AACE class with its widest accuracy, as fractions (-0.3, 0.5). */
export interface EstimateClass {
  readonly class: number
  readonly low: number
  readonly high: number
  readonly source: string
  /** Class and accuracy in words, as they go beside every total. */
  readonly text: string
}

/** A line that is a share of something, or an amount given. */
export interface CapitalRule {
  readonly name: string
  readonly group: 'owner' | 'spares' | 'start-up' | 'first-fill' | 'other'
  readonly amount: { readonly fraction: number; readonly of: 'equipment' | 'total-plant' } | Money
  readonly source?: string
  readonly assumption?: string
}

/** Price of a component of the solvent in the basis, per kg. */
export interface SolventPrice {
  readonly species: string
  readonly perKg: number
  readonly source?: string
  readonly assumption?: string
}

/** Days of each that working capital pays for. */
export interface WorkingCapitalRule {
  readonly feedDays: number
  readonly reagentDays: number
  readonly productDays: number
  readonly receivableDays: number
  readonly payableDays: number
  /** Rare earths held in the plant, at their value in the products. */
  readonly holdUp: boolean
  readonly source?: string
  readonly assumption?: string
}

/** Working capital as a share of the fixed capital, where nobody counts the days. */
export interface WorkingCapitalShare {
  readonly fraction: number
  readonly source?: string
  readonly assumption?: string
}

export interface CapitalInputs {
  readonly basis: CostBasis
  readonly levels: PriceLevels
  readonly correlations: readonly CostCorrelation[]
  readonly equipmentGaps?: readonly EquipmentGap[]
  readonly given?: readonly GivenPrice[]
  /** On every price by correlation: to ask how much they matter. */
  readonly equipmentFactor?: number
  readonly factors: FactorSet
  readonly steps?: PriceSteps
  readonly accuracy: AccuracyClass
  readonly rules: readonly CapitalRule[]
  /** Left out: the line of the factor set for it, if it has one. */
  readonly workingCapital?: WorkingCapitalRule | WorkingCapitalShare
  /** What is bought once to fill the plant: solvent by species, and days of reagents in store. */
  readonly firstFill?: {
    readonly solvent: readonly SolventPrice[]
    readonly reagentDays?: number
    readonly source?: string
    readonly assumption?: string
  }
  /** Value of the rare earths held, by element, in the basis, per kg of element. */
  readonly holdUpValue?: Readonly<Record<string, number>>
  readonly batteryLimits: readonly string[]
  readonly excluded: readonly string[]
}

/** One line of the capital estimate, in the money of the basis. */
export interface CapitalLine {
  readonly name: string
  readonly group:
    | 'equipment'
    | 'direct'
    | 'indirect'
    | 'contingency'
    | 'owner'
    | 'spares'
    | 'start-up'
    | 'first-fill'
    | 'other'
    | 'working-capital'
  readonly amount: number
  readonly how: string
  readonly source?: string
  readonly assumption?: string
}

export interface CapitalEstimate {
  readonly method: 'didymium' | 'qgess' | 'capacity'
  readonly basis: CostBasis
  readonly estimateClass: EstimateClass
  readonly equipment: readonly EquipmentLine[]
  readonly lines: readonly CapitalLine[]
  readonly totals: {
    /** Equipment as priced, brought to each kind where the factor set says how; else absent. */
    readonly delivered?: number
    readonly bareErected?: number
    /** Equipment, installation, indirect cost and contingency. */
    readonly totalPlant: number
    /** Total plant, owner's cost, spares, start-up, first fill and other plant cost. */
    readonly fixed: number
    readonly workingCapital: number
    readonly total: number
  }
  readonly batteryLimits: readonly string[]
  readonly excluded: readonly string[]
  /** Equipment without a price, first fill without one ...: what the totals do not contain. */
  readonly unpriced: readonly { readonly what: string; readonly why: string }[]
  readonly warnings: readonly {
    readonly rank: 1 | 2 | 3
    readonly at: string
    readonly text: string
  }[]
  readonly assumptions: readonly { readonly at: string; readonly text: string }[]
  /** Method `capacity`: the plant it is scaled from. */
  readonly scaled?: {
    readonly from: string
    readonly capacity: number
    readonly to: number
    readonly unit: string
    readonly exponent: number
    readonly amount: number
    readonly source: string
  }
}

/** A built or studied plant to scale from; the anchors of `data/factors` fit. */
export interface AnchorPlant {
  readonly id: string
  readonly title: string
  readonly capital: Money
  /** Throughput: of feed or of oxides, kg/y. */
  readonly capacity: { readonly value: number; readonly unit: string; readonly of: string }
  readonly exponent: number
  readonly batteryLimits: string
  readonly source: string
  readonly note?: string
}
