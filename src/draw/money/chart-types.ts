/** Parts of one sum: a capital estimate by line, a year's operating cost by line. */
export interface Breakdown {
  readonly title: string
  /** `MUSD (2024)`, `USD/y (2024)` */
  readonly unit: string
  /** In the order in which they are drawn; negative ones (a gate fee) run to the left. */
  readonly parts: readonly {
    readonly name: string
    readonly amount: number
    /** Parts of one group share a colour; the groups are in the legend. */
    readonly group?: string
  }[]
  /** Drawn below: what the sum does not contain, in words. */
  readonly missing?: readonly string[]
}

/** Cash flow by year: stacked bars in and out, the yearly net and its running sum. */
export interface CashFlowChart {
  readonly title: string
  /** `MUSD (2024)` */
  readonly unit: string
  /** Year as it is called: `2027` or `-1`. */
  readonly periods: readonly string[]
  /** One bar a period each; in is positive, out negative. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
  /** Lines over the bars: cumulative, cumulative discounted. */
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[]
}

/** kg CO2e per kg of each product by group, with published routes as ranges beside it. */
export interface FootprintChart {
  readonly title: string
  /** `kg CO2e/kg product` */
  readonly unit: string
  readonly bars: readonly {
    readonly name: string
    readonly byGroup: Readonly<Record<string, number>>
  }[]
  readonly ranges?: readonly {
    readonly name: string
    readonly low: number
    readonly high: number
  }[]
  /** What has no factor, in words. */
  readonly missing?: readonly string[]
}

/** Figures of several plants or scenarios side by side, one panel a figure. */
export interface ComparisonChart {
  readonly title: string
  readonly names: readonly string[]
  readonly figures: readonly {
    readonly name: string
    readonly unit: string
    /** In the order of `names`; null where there is none. */
    readonly values: readonly (number | null)[]
    /** The 10 % and 90 % points where the odds were computed. */
    readonly ranges?: readonly (readonly [low: number, high: number] | null)[]
  }[]
}

/** Odds of one figure: drawn as a histogram of counts with marks across. */
export interface OddsChart {
  readonly title: string
  readonly unit: string
  /** One entry a plant or scenario, drawn over each other on one axis. */
  readonly samples: readonly { readonly name: string; readonly values: ArrayLike<number> }[]
  readonly marks: readonly { readonly name: string; readonly at: number }[]
}

/** How far one figure moves when each input goes low and high, the longest bar first. */
export interface SwingChart {
  readonly title: string
  readonly unit: string
  readonly base: number
  readonly bars: readonly {
    readonly name: string
    /** What low and high mean, `80 .. 140 USD/kg`. */
    readonly about?: string
    readonly low: number | null
    readonly high: number | null
  }[]
}
