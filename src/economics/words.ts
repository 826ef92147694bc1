/** A number as people read it in a sentence: three figures or all before the point, no exponent. */
export function plainNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(4))} million`
  if (size < 1e-6) return value.toPrecision(3)
  return String(Number(value.toPrecision(size >= 1000 ? Math.ceil(Math.log10(size + 1)) : 3)))
}

/** A fraction as a percentage: 0.35 is `35 %`. */
export const percent = (fraction: number): string => `${plainNumber(fraction * 100)} %`
