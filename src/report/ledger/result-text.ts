/** Results of laboratories as people read them, on paper and in the terminal. */
import type { Limit } from '../../ledger/index.ts'
import { figure } from '../numbers.ts'

/**
 * A fraction as people of the trade read it, per cent, or ppm where it is little, with the digits
 * that its expanded uncertainty allows: two of that.
 */
export function fractionText(value: number, u?: number): string {
  const [by, unit] = value < 1e-3 ? [1e6, 'ppm'] : [100, '%']
  const shown = by * value
  if (u === undefined || !(u > 0)) return value === 0 ? '0 %' : `${figure(shown)} ${unit}`
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(by * u))))
  return `${shown.toFixed(decimals)} ${unit}`
}

interface Result {
  readonly value?: number
  readonly u?: number
  readonly k?: number
}

/** A value, or what is known instead of one. */
export function valueText({ value, u, below }: Result & { readonly below?: number }): string {
  if (value !== undefined) return fractionText(value, u)
  return below === undefined ? 'unknown' : `< ${fractionText(below)}`
}

/** In the unit of the value, so that the two can be read together. */
export function spreadText({ u, k, value }: Result): string {
  if (u === undefined || value === undefined) return 'not stated'
  const [by, unit] = value < 1e-3 ? [1e6, 'ppm'] : [100, '%']
  return `${figure(by * u, 2)} ${unit}${k === undefined ? '' : ` (k=${Number(k.toFixed(2))})`}`
}

/** A value with the uncertainty that it was stated with: no coverage factor is made up. */
export function resultText(result: Result & { readonly below?: number }): string {
  const isBare = result.value === undefined || result.u === undefined
  return isBare ? valueText(result) : `${valueText(result)} ± ${spreadText(result)}`
}

/** What a specification allows. */
export function limitText({ atLeast, atMost }: Limit): string {
  return [
    ...(atLeast === undefined ? [] : [`≥ ${fractionText(atLeast)}`]),
    ...(atMost === undefined ? [] : [`≤ ${fractionText(atMost)}`]),
  ].join(', ')
}
