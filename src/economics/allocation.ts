import type { AllocationRule, ProductCost } from './operating-types.ts'
import type { SolvedPlant, SolvedPlantProduct } from './solved-plant.ts'

/** kg/y of rare earth oxides in all products. */
export function oxidesPerYear({ products, operatingHours }: SolvedPlant): number {
  return products.reduce(
    (sum, { rate, purity }) => sum + rate['kg/s'] * purity.treoInProduct * operatingHours * 3600,
    0,
  )
}

function weightOf(
  { name, rate, purity }: SolvedPlantProduct,
  rule: AllocationRule,
  prices: Readonly<Record<string, number>>,
): number | undefined {
  if (rule === 'mass') return rate['kg/s']
  if (rule === 'treo') return rate['kg/s'] * purity.treoInProduct
  const price = prices[name]
  return price === undefined ? undefined : rate['kg/s'] * price
}

/**
 * A yearly cost shared among the products by their mass, their value (price x mass) or the rare
 * earth oxides in them. The shares add up to one; a product without a price bears nothing by value
 * and is named.
 */
export function allocate(
  { products, operatingHours }: SolvedPlant,
  perYear: number,
  rule: AllocationRule,
  prices: Readonly<Record<string, number>> = {},
): {
  readonly products: readonly ProductCost[]
  readonly gaps: readonly { readonly what: string; readonly why: string }[]
} {
  const made = products.filter((p) => p.rate['kg/s'] > 0)
  const weights = made.map((p) => weightOf(p, rule, prices))
  const sum = weights.reduce<number>((total, w) => total + (w ?? 0), 0)
  return {
    products: made.map(({ name, rate }, i) => {
      const share = sum > 0 ? (weights[i] ?? 0) / sum : 0
      const ratePerYear = rate['kg/s'] * operatingHours * 3600
      const cost = share * perYear
      return { name, ratePerYear, cost, perKg: cost / ratePerYear, share }
    }),
    gaps: made.flatMap(({ name }, i) =>
      weights[i] === undefined
        ? [{ what: `share of ${name}`, why: 'no price to allocate the cost by value' }]
        : [],
    ),
  }
}
