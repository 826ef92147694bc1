/** The code after the highest of those that begin alike: `F-2026-0017` is followed by `-0018`. */
export function nextCode(prefix: string, codes: readonly string[], digits = 4): string {
  const numbers = codes.flatMap((code) => {
    const rest = code.startsWith(prefix) ? code.slice(prefix.length) : ''
    return /^\d{1,9}$/.test(rest) ? [Number(rest)] : []
  })
  return `${prefix}${String(Math.max(0, ...numbers) + 1).padStart(digits, '0')}`
}
