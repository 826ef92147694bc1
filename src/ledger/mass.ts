/** Masses as whole milligrams: from events' quantities, from what people write, and back. */
import { formatNumber, parseQuantity } from '../quantities/index.ts'

/** Milligrams in one unit of UN/ECE Recommendation 20. */
const milligrams: ReadonlyMap<string, number> = new Map([
  ['KGM', 1e6],
  ['GRM', 1e3],
  ['MGM', 1],
  ['TNE', 1e9],
  ['LBR', 453_592.37],
])

/** Nothing that a plant handles is heavier, and whole milligrams stay exact below it. */
const heaviest = 1e14

/** Milligrams of a quantity of an event, rounded; undefined when its unit is none of mass. */
export function massOf(quantity: number, uom: string): number | undefined {
  const size = milligrams.get(uom)
  if (size === undefined || !(quantity >= 0)) return undefined
  const mg = Math.round(quantity * size)
  return mg <= heaviest ? mg : undefined
}

/** The quantity in kilograms, as events carry it: at most six decimals. */
export const kilograms = (mg: number): number => mg / 1e6

export type ParsedMass =
  | { readonly ok: true; readonly mg: number; readonly u?: number }
  | { readonly ok: false; readonly message: string }

const isWhole = (mg: number) => Math.abs(mg - Math.round(mg)) <= Math.max(1e-6, mg * 1e-15)

/**
 * A mass as people write it, `125.5 kg`, `2.3 t`, `480 ± 2 g`, in whole milligrams: what is finer
 * is refused, not rounded. What follows ± is the expanded uncertainty.
 */
export function parseMass(text: string): ParsedMass {
  const parsed = parseQuantity(text, 'mass')
  if (!parsed.ok) return { ok: false, message: parsed.message }
  const mg = parsed.value * 1e6
  if (mg < 0) return { ok: false, message: `'${text.trim()}' is negative; a mass is not` }
  if (mg > heaviest) return { ok: false, message: `'${text.trim()}' is too large to be meant` }
  if (!isWhole(mg)) {
    return {
      ok: false,
      message: `'${text.trim()}' is finer than a milligram, the least the ledger keeps`,
    }
  }
  if (parsed.uncertainty === undefined) return { ok: true, mg: Math.round(mg) }
  return { ok: true, mg: Math.round(mg), u: Math.round(parsed.uncertainty * 1e6) }
}

/** Milligrams as text that `parseMass` reads back: `125.5 kg`, `480 g`. */
export function massText(mg: number): string {
  const size = Math.abs(mg)
  if (size >= 1e6) return `${formatNumber(mg / 1e6, 15)} kg`
  if (size >= 1e3) return `${formatNumber(mg / 1e3, 15)} g`
  return `${mg} mg`
}
