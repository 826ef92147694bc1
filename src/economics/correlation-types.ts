import type { SolvedEquipment } from './solved-plant.ts'

/** What a price was read for; a factor set says on which of these it stands. */
export type PriceOf = 'purchased' | 'delivered' | 'bare-erected'

/** The law of a price that is no plain power of the size; `perSI` of `unit` to one SI unit. */
export type CostForm =
  | {
      readonly kind: 'offset-power'
      readonly a: number
      readonly b: number
      readonly n: number
      readonly unit: string
      readonly perSI: number
    }
  | {
      readonly kind: 'polynomial'
      readonly terms: readonly number[]
      readonly unit: string
      readonly perSI: number
    }
  | {
      readonly kind: 'log-polynomial'
      readonly base: '10' | 'e'
      readonly terms: readonly number[]
      readonly unit: string
      readonly perSI: number
    }

/**
 * What one piece of equipment costs by its size: `value x (size / reference) ^ exponent`, or the
 * law in `form`. The records of `data/equipment` fit.
 */
export interface CostCorrelation {
  readonly id: string
  readonly title: string
  /** Equipment types it prices, as the unit operations name them. */
  readonly types: readonly string[]
  /** Which of an item's sizes it goes by (`volume`, `power` ...), and what `cost` is for. */
  readonly size: { readonly name: string; readonly unit: string; readonly reference: number }
  readonly cost: {
    readonly value: number
    readonly currency: string
    readonly year: string
    /** Value of the cost index behind the price; left out: that of the year. */
    readonly index?: number
    readonly of: PriceOf
  }
  readonly exponent: number
  readonly form?: CostForm
  /** Sizes for which it holds, in `size.unit`. */
  readonly range?: readonly [number, number]
  readonly rangeSource?: string
  readonly rangeAssumption?: string
  /** Material that the price is for. */
  readonly material?: string
  /** Factors for other materials, by words that the material of an item holds. */
  readonly materials?: Readonly<
    Record<string, { readonly factor: number; readonly source: string }>
  >
  /** Account of a published method that prices by it. */
  readonly account?: string
  /** Why this one stands in for equipment that no source prices, and how far it may be off. */
  readonly surrogate?: string
  readonly assumption?: string
  readonly source: string
  readonly locator?: string
  readonly method: string
  readonly note?: string
}

/** Equipment that no correlation prices; `free` needs no price, and `why` says so. */
export interface EquipmentGap {
  readonly type: string
  readonly why: string
  readonly free?: boolean
}

/** A price that somebody was given: goes before every correlation. */
export interface GivenPrice {
  readonly unit: string
  /** Left out: what the unit mainly is, the first type in its list. */
  readonly type?: string
  readonly each: { readonly value: number; readonly currency: string; readonly year: string }
  readonly of: PriceOf
  readonly source?: string
  readonly assumption?: string
}

export interface PricedEquipment {
  /** In the appraisal's money, one item. */
  readonly each: number
  /** All items of the line. */
  readonly total: number
  readonly of: PriceOf
  /** Id of the correlation, or `given`. */
  readonly by: string
  readonly how: string
  readonly source: string
  /** Why the correlation stands in for one of this type. */
  readonly surrogate?: string
  readonly assumption?: string
  /** In words, when the size lies outside the range of the correlation. */
  readonly extrapolated?: string
}

/** One line of the equipment list: what a unit states, with its price. */
export interface EquipmentLine extends SolvedEquipment {
  readonly unit: string
  readonly price: PricedEquipment | { readonly missing: string }
}
