import { formatNumber, formatWithUnit } from '../ui/format.ts'

/** In which unit amounts of one table or axis are read. */
export interface Scale {
  /** `MUSD`, `kGBP/y`. */
  readonly unit: string
  /** Amount in that unit over the amount. */
  readonly factor: number
}

/** The unit in which the largest of some amounts has between one and three digits and a few. */
export function scaleOf(amounts: readonly number[], currency: string, per = ''): Scale {
  const known = amounts.filter(Number.isFinite).map(Math.abs)
  const most = known.length === 0 ? 0 : Math.max(...known)
  const [prefix, factor] = most >= 1e6 ? ['M', 1e-6] : most >= 1e4 ? ['k', 1e-3] : ['', 1]
  return { unit: `${prefix}${currency}${per}`, factor }
}

/** An amount as it is read: `108.7 MUSD`. */
export function amountText(amount: number, currency: string, per = '', digits = 4): string {
  const { unit, factor } = scaleOf([amount], currency, per)
  return formatWithUnit(amount * factor, unit, digits)
}

/** An amount in the unit of its table, without the unit. */
export const inScale = (amount: number, { factor }: Scale, digits = 4): string =>
  formatNumber(amount * factor, digits)
