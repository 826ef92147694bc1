import { brent } from '../../numerics/index.ts'
import { cashFlow } from './cash-flow.ts'
import { flowRate, presentValue } from './discount.ts'
import type { CashFlowInputs } from './inputs.ts'
import type { BreakEven, BreakEvens } from './metrics-types.ts'
import type { Sale } from '../sales.ts'

/**
 * The input at which `f` is zero between `low` and `high`, for anything that can be asked again: a
 * price, a recovery, a cost. `f` should be continuous; with several zeros one of them is found.
 */
export function breakEven(f: (x: number) => number, low: number, high: number): BreakEven {
  const [atLow, atHigh] = [f(low), f(high)]
  if (Number.isNaN(atLow) || Number.isNaN(atHigh)) {
    return { outcome: 'failed', why: 'no value here', x: Number.isNaN(atLow) ? low : high }
  }
  if (atLow === 0) return { outcome: 'found', x: low, evaluations: 2 }
  if (atHigh === 0) return { outcome: 'found', x: high, evaluations: 2 }
  if (atLow > 0 === atHigh > 0) {
    return {
      outcome: atLow > 0 ? 'always-positive' : 'always-negative',
      low,
      high,
      atLow,
      atHigh,
    }
  }
  // The ends are known: the search must not ask for them again.
  const known = (x: number) => (x === low ? atLow : x === high ? atHigh : f(x))
  const found = brent(known, low, high, { relative: 1e-13 })
  if (found.outcome === 'converged') {
    return { outcome: 'found', x: found.x, evaluations: found.iterations }
  }
  if (found.outcome === 'not-a-number') {
    return { outcome: 'failed', why: 'no value here', x: found.x }
  }
  const x = found.outcome === 'max-iterations' ? found.x : low
  return { outcome: 'failed', why: 'the search did not settle', x }
}

/** Net present value of the project alone; loans are left out because they do not move it. */
export function projectNpv(inputs: CashFlowInputs): number {
  const { debt: _, ...without } = inputs
  const flow = cashFlow(without)
  return presentValue(flow, flow.project, flowRate(flow, flow.discountRate))
}

const times = (market: Sale['market'], factor: number): Sale['market'] =>
  typeof market === 'number' ? market * factor : Array.from(market, (price) => price * factor)

/** The same project with the market prices of one basket, or of all products, times a factor. */
export function withPricesTimes(
  inputs: CashFlowInputs,
  factor: number,
  basket?: string,
): CashFlowInputs {
  const sales = inputs.sales.map((sale) =>
    basket === undefined || sale.basket === basket
      ? { ...sale, market: times(sale.market, factor) }
      : sale,
  )
  return { ...inputs, sales }
}

/** The same project with all output at one price, without contracts, deductions or price paths. */
export function withOnePrice(inputs: CashFlowInputs, price: number): CashFlowInputs {
  const sales = inputs.sales.map((sale) => {
    if (sale.output === false) return sale
    const { tiers: _tiers, escalation: _escalation, ...plain } = sale
    return { ...plain, market: price, payable: 1 }
  })
  return { ...inputs, sales }
}

/** Mean price of a basket in the first project year, weighed by kg at full output. */
function meanPrice(inputs: CashFlowInputs, basket: string): number | undefined {
  let [money, kg] = [0, 0]
  for (const sale of inputs.sales) {
    if (sale.basket !== basket) continue
    const price = typeof sale.market === 'number' ? sale.market : (sale.market[0] ?? Number.NaN)
    money += sale.ratePerYear * price
    kg += sale.ratePerYear
  }
  return kg > 0 ? money / kg : undefined
}

const widestFactor = 100

/** Looks for a zero from 0 up, doubling the upper end from `first` to `widestFactor` times that. */
function upwards(f: (x: number) => number, first: number): BreakEven {
  let high = first
  let result = breakEven(f, 0, high)
  while (result.outcome === 'always-negative' && high < widestFactor * first) {
    high *= 4
    result = breakEven(f, 0, high)
  }
  return result
}

/** Factors and prices at which the net present value of the project is zero. */
export function breakEvens(inputs: CashFlowInputs): BreakEvens {
  const names = new Set(
    inputs.sales.flatMap(({ basket }) => (basket === undefined ? [] : [basket])),
  )
  const baskets = [...names].map((basket) => {
    const factor = upwards((x) => projectNpv(withPricesTimes(inputs, x, basket)), 2)
    const price = meanPrice(inputs, basket)
    const known = factor.outcome === 'found' && price !== undefined
    return { basket, factor, price: known ? factor.x * price : undefined }
  })
  return {
    basketFactor: upwards((x) => projectNpv(withPricesTimes(inputs, x)), 2),
    baskets,
    minimumSellingPrice: upwards((x) => projectNpv(withOnePrice(inputs, x)), startPrice(inputs)),
  }
}

/** A price to begin with: what would pay all capital in a year, at full output. */
function startPrice(inputs: CashFlowInputs): number {
  const capital = inputs.capital.reduce((sum, { amount }) => sum + amount, 0)
  const costs = inputs.costs.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)
  let kg = 0
  for (const sale of inputs.sales) if (sale.output !== false) kg += sale.ratePerYear
  return kg > 0 && capital + costs > 0 ? (capital + costs) / kg : 1
}
