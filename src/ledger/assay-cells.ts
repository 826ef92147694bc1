/** What people and instruments write into a cell of a table of results. */

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
