import { formatNumber } from '../../ui/format.ts'
import type { Quantity } from '../said.ts'

/** `12.41 ± 0.08`, without a unit; four digits where nobody has said how sure it is. */
export function quantityText(quantity: Quantity | undefined): string {
  if (quantity === undefined) return 'unknown'
  const { value, u } = quantity
  if (u === undefined || u === 0) return formatNumber(value)
  const places = Math.max(0, Math.min(9, 1 - Math.floor(Math.log10(u))))
  return `${value.toFixed(places).replace('-', '\u2212')} ± ${u.toFixed(places)}`
}
