/** What people and instruments write into a cell of a table of results. */
import { unitWord } from './assay-columns.ts'

interface NoNumber {
  readonly expected: string
}

/**
 * A decimal number as laboratories write it, with a point or a comma; a comma or point before
 * three digits at the end could part thousands and is asked about.
 */
export function numberIn(text: string): number | NoNumber {
  const plain = text.replaceAll(/[\s\u00a0\u2009\u202f]/g, '').replace(/%$/, '')
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain)) return Number(plain)
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(plain)) {
    const [left = '', right = ''] = plain.split(',')
    return { expected: `${left}.${right} or ${left}${right}: a comma could mean either` }
  }
  if (/^[+-]?\d*,\d+$/.test(plain)) return Number(plain.replace(',', '.'))
  return { expected: 'a number such as 31.2, or "< 5" for below the limit' }
}

/** The two halves of `31.2 ± 0.4`. */
export function plusMinus(text: string): { readonly value: string; readonly u?: string } {
  const [value = '', u] = text.split(/±|\+\/-|\+-/)
  return u === undefined ? { value } : { value, u }
}

/** The limit in `< 5`; `loq` for words that mean "below the limit" without saying it. */
export function limitIn(text: string): number | 'loq' | NoNumber | undefined {
  if (/^(?:<\s*(?:loq|lod|dl)|bdl|b\.d\.l\.|n\.?d\.?|blq|not detected)$/i.test(text.trim())) {
    return 'loq'
  }
  const after = /^\s*[<≤]\s*(.*)$/.exec(text)?.[1]
  if (after === undefined) return undefined
  const limit = numberIn(after)
  if (typeof limit !== 'number') return { expected: 'a limit such as "< 5"' }
  return limit > 0 ? limit : { expected: 'a limit above zero' }
}

const percent = 0.01

interface Disagreement {
  readonly message: string
  readonly expected: string
}

/**
 * The unit of a cell's number as a fraction: that of its column, or % where the cell says so and
 * its column says nothing else. Undefined where neither says any.
 */
export function cellUnit(text: string, column: number | undefined) {
  if (!text.includes('%') || column === percent) return column
  const parts = plusMinus(text)
  if (column === undefined) return percent
  // Of `0.3 ± 2 %` nobody knows what the percent are of.
  const isWhole = parts.u === undefined || parts.value.includes('%')
  if (column === 1 && isWhole) return percent
  const number = numberIn(parts.value.replace(/^\s*[<≤]/, ''))
  const isGiven = typeof number === 'number' && parts.value.includes('%')
  const expected = isGiven ? `${Number(((number * percent) / column).toPrecision(12))}, or ` : ''
  return {
    message: `"${text}" is in %, its column in ${unitWord(column)}`,
    expected: `${expected}% in the head of the column`,
  } satisfies Disagreement
}
