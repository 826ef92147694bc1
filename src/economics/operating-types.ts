import type { CostBasis, Money, PriceLevels } from './basis.ts'

/** A price in the data or the plant document; `per` is what it is for one of. */
export interface UnitPrice extends Money {
  readonly per: 'kg' | 't' | 'm3' | 'kWh' | 'GJ'
}

/** What a feed costs; a negative price is a gate fee received. */
export type FeedTerms =
  | { readonly feed: string; readonly by: 'mass'; readonly price: UnitPrice }
  | {
      readonly feed: string
      readonly by: 'element'
      /** By element: price per kg of it or of its oxide. */
      readonly elements: Readonly<
        Record<string, { readonly price: Money; readonly of: 'element' | 'oxide' }>
      >
      readonly payable: number
      readonly assumption?: string
      readonly source?: string
    }

/**
 * What a reagent costs: by its mass as fed, or by the mass of a substance in it, as it is sold or
 * as the stream carries it. A reagent of several substances has one for each; the water in it is
 * charged by `OperatingInputs.water`.
 */
export interface ReagentTerms {
  readonly reagent: string
  readonly price: UnitPrice
  /** Substance or species that the price is for one kg of; left out: the reagent as fed. */
  readonly of?: string
}

/** What leaving costs: by the discharge it goes to. */
export interface WasteTerms {
  readonly discharge: string
  readonly price: UnitPrice
  /** As it is classed, in words: inert, hazardous, radioactive. */
  readonly hazard?: string
  /** Species or element by whose mass it is charged; left out: the mass as discharged. */
  readonly of?: string
}

export interface LabourPosition {
  readonly role: string
  readonly group: 'operating' | 'technical'
  /** People at work in each shift. */
  readonly perShift: number
  /** Hours paid a year for each position: shifts x hours, with relief. */
  readonly paidHours: number
  readonly wage: Money
}

/** A yearly cost as a share of another figure. */
export interface FixedRule {
  readonly name: string
  readonly group: 'maintenance' | 'overhead' | 'other'
  readonly fraction: number
  readonly of: 'total-plant' | 'operating-labour' | 'labour' | 'revenue' | 'cash-cost'
  readonly source?: string
  readonly assumption?: string
}

export type AllocationRule = 'mass' | 'value' | 'treo'

export interface OperatingInputs {
  readonly basis: CostBasis
  readonly levels: PriceLevels
  readonly feeds: readonly FeedTerms[]
  readonly reagents: readonly ReagentTerms[]
  /** Price of the water that reagents are made up with. */
  readonly water?: UnitPrice
  readonly wastes: readonly WasteTerms[]
  /** Electricity, heat and cooling per kWh or GJ. */
  readonly electricity?: UnitPrice
  readonly heat?: UnitPrice
  readonly cooling?: UnitPrice
  readonly labour: {
    readonly positions: readonly LabourPosition[]
    /** On top of wages, fraction. */
    readonly burden: number
  }
  readonly rules: readonly FixedRule[]
  /** Anything else: an amount a year. */
  readonly other?: readonly {
    readonly name: string
    readonly perYear: Money
    readonly variable?: boolean
  }[]
  /** Total plant cost and revenue, for the rules that are shares of them. */
  readonly totalPlant: number
  readonly revenue?: number
  readonly allocation: AllocationRule
  /** Price of each product in the basis, per kg: for allocation by value. */
  readonly productPrices?: Readonly<Record<string, number>>
  /** kg of oxide per kg of element. */
  readonly oxideFactors: Readonly<Record<string, number>>
}

export interface OperatingLine {
  readonly name: string
  readonly group:
    | 'feed'
    | 'reagents'
    | 'utilities'
    | 'waste'
    | 'labour'
    | 'maintenance'
    | 'overhead'
    | 'other'
  /** Moves with throughput. */
  readonly variable: boolean
  /** Per year, in the unit that the price is for. */
  readonly quantity?: { readonly value: number; readonly unit: string }
  readonly price?: { readonly value: number; readonly unit: string }
  /** Per year; a gate fee received is negative. */
  readonly amount: number
  readonly how: string
  readonly source?: string
  readonly assumption?: string
}

export interface ProductCost {
  readonly name: string
  /** kg/y as packed. */
  readonly ratePerYear: number
  /** Its share of the cost, per year. */
  readonly cost: number
  readonly perKg: number
  readonly share: number
}

export interface OperatingEstimate {
  readonly basis: CostBasis
  readonly lines: readonly OperatingLine[]
  readonly perYear: number
  readonly variablePerYear: number
  readonly fixedPerYear: number
  /** kg/y of oxides in all products. */
  readonly reo: number
  /** Per kg of oxides; null where no oxide is made. */
  readonly perKgReo: number | null
  readonly products: readonly ProductCost[]
  readonly allocation: AllocationRule
  /** Method `qgess`: its cost of recovery, with the capital annualised by a fixed charge rate. */
  readonly recovery?: {
    readonly annualisedCapital: number
    readonly perKgReo: number | null
    readonly how: string
  }
  /** What has no price, with what it concerns: never zero. */
  readonly gaps: readonly { readonly what: string; readonly why: string }[]
  readonly assumptions: readonly { readonly at: string; readonly text: string }[]
}
