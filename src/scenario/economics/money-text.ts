import type { MoneyPer, MoneyValue } from '../../flowsheet/fields.ts'

export type MoneyReading =
  | {
      readonly ok: true
      /** `uncertainty`: standard, in the unit of the amount; absent = not stated. */
      readonly value: MoneyValue & { readonly uncertainty?: number }
    }
  | {
      readonly ok: false
      /** What is wrong, one line, no full stop at the end. */
      readonly message: string
      /** What would be right. */
      readonly expected: string
    }

/** Units that may stand below the stroke, each with its size in the declared unit. */
const denominators: Readonly<Record<MoneyPer, Readonly<Record<string, number>>>> = {
  kg: { kg: 1, g: 1e-3, t: 1e3, kt: 1e6 },
  kWh: { kWh: 1, MWh: 1e3, MJ: 1 / 3.6, GJ: 1e3 / 3.6 },
  m3: { m3: 1, L: 1e-3 },
  h: { h: 1, d: 24 },
  y: { y: 1, yr: 1, a: 1, year: 1, month: 1 / 12 },
  m2: { m2: 1, ha: 1e4 },
  't km': { 't km': 1, 'kg km': 1e-3 },
  'kW y': { 'kW y': 1, 'MW y': 1e3 },
}

/** Prefixes of a currency as people write amounts: thousand, million, thousand million. */
const prefixes: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, bn: 1e9 }

const number = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`
const pattern = new RegExp(
  String.raw`^(${number})(?:\s*(?:±|\+\/-|\+-)\s*(${number}))?\s*(k|M|bn)?\s?([A-Z]{3})` +
    String.raw`(?:\s*/\s*([A-Za-z0-9 ]+?))?(?:\s*\((\d{4})\))?$`,
)
const largest = 1e18

/** How money of that kind is written: `15 USD/kg`. */
export function moneyExample(per: MoneyPer | undefined): string {
  return per === undefined ? '1.5 MUSD' : `15 USD/${per}`
}

/**
 * Reads money as a person writes it: `15 USD/kg`, `120 ± 20 GBP/t`, `108.7 MUSD (2024)`. The year
 * is the price level. Nothing is converted but the unit below the stroke. Never throws on a text.
 */
export function readMoney(text: string, per: MoneyPer | undefined): MoneyReading {
  const expected = moneyExpected(per)
  const refuse = (message: string): MoneyReading => ({ ok: false, message, expected })
  const written = text.trim()
  const shown = written.length > 40 ? `${written.slice(0, 40)}...` : written
  if (written === '') return refuse('money is missing')
  if (/^[+-]?\d{1,3}(?:[,'’]\d{3})+/.test(written)) {
    return refuse(`'${shown}' has a thousands separator or a decimal comma; write 1250.5`)
  }
  if (/[$£€¥]/.test(written))
    return refuse(`'${shown}' has a sign of currency; write its code, USD`)
  const match = pattern.exec(written.length > 200 ? '' : written)
  if (match === null) return refuse(`'${shown}' is not money`)
  const [, value = '', spread, prefix = '', currency = '', below, year] = match
  const table: Readonly<Record<string, number>> = per === undefined ? {} : denominators[per]
  if (per === undefined && below !== undefined) {
    return refuse(`'${shown}' is money per ${below}, but an amount is needed`)
  }
  if (per !== undefined && below === undefined) return refuse(`'${shown}' does not say per what`)
  const size = per === undefined ? 1 : Object.hasOwn(table, below ?? '') ? table[below ?? ''] : 0
  if (size === undefined || size === 0) return refuse(`unknown unit '${below}' in '${shown}'`)
  const factor = (prefixes[prefix] ?? 1) / size
  const amount = Number(value) * factor
  if (!(Math.abs(amount) <= largest)) return refuse(`${shown} is too large to be meant`)
  if (spread !== undefined && Number(spread) < 0) {
    return refuse(`the uncertainty in '${shown}' is negative`)
  }
  return {
    ok: true,
    value: {
      amount,
      currency,
      ...(year === undefined ? {} : { year }),
      ...(spread === undefined ? {} : { uncertainty: Number(spread) * factor }),
    },
  }
}

function moneyExpected(per: MoneyPer | undefined): string {
  if (per === undefined) return 'an amount such as 1.5 MUSD or 20 kGBP (2024)'
  const units = Object.keys(denominators[per]).join(', ')
  return `a currency code per ${units}, such as ${moneyExample(per)}`
}

/** Money as a person writes it, to six digits: `15 USD/kg`, `1.5 MUSD (2024)`. */
export function moneyText({ amount, currency, year }: MoneyValue, per?: MoneyPer): string {
  const [size, prefix] =
    per !== undefined || Math.abs(amount) < 1e4
      ? [1, '']
      : Math.abs(amount) < 1e6
        ? [1e3, 'k']
        : [1e6, 'M']
  const value = Number((amount / size).toPrecision(6))
  const level = year === undefined ? '' : ` (${year})`
  return `${value} ${prefix}${currency}${per === undefined ? '' : `/${per}`}${level}`
}
