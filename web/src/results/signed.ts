import { formatNumber } from '../ui/format.ts'

/** A change with its sign: `+0.31`, `−2.4`. */
export function signed(change: number, digits = 3): string {
  const text = formatNumber(change, digits)
  return change > 0 ? `+${text}` : text
}
