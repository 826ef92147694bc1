import { codeOf, type Draft, sideOf } from './draft.ts'
import type { Measurements, Part } from './measurements.ts'
import { combined, quantityOf, ratioOf, type SharedBy, sumOf } from './sums.ts'
import { balanceRoles, type ElementBalance, type GapVerdict, type Quantity } from './types.ts'

/** Gaps beyond this many standard uncertainties are open: 95 % of a normal distribution. */
const gapLimit = 1.96

/** Why a gap cannot be judged; undefined when it can. */
function reasonOf(
  draft: Draft,
  measurements: Measurements,
  element: string,
  gap: Quantity,
): string | undefined {
  const items = measurements.unassayed.get(element) ?? []
  if (items.length > 0) {
    if (items.length > draft.items.length / 2) return 'most lots are not assayed for it'
    const codes = [...new Set(items.map(({ lot, master }) => codeOf(master, lot)))]
    const more = codes.length > 3 ? ` and ${codes.length - 3} more` : ''
    return `not assayed in ${codes.slice(0, 3).join(', ')}${more}`
  }
  if (draft.holdUp.basis === 'unknown') return 'what the circuits hold is not known'
  if (gap.u === undefined) return 'an uncertainty is not stated'
  return undefined
}

function verdictOf(
  gap: Quantity,
  because: string | undefined,
): { verdict: GapVerdict; z?: number } {
  const { value, u } = gap
  const z = u !== undefined && u > 0 ? Math.abs(value) / u : undefined
  if (because !== undefined || u === undefined) return { verdict: 'not judged' }
  const isOpen = z === undefined ? value !== 0 : z > gapLimit
  return { verdict: isOpen ? 'open' : 'closed', ...(z === undefined ? {} : { z }) }
}

/** The parts of a recovery: products over all that came in less what is still in the circuits. */
export const recoverySigns = {
  above: ({ role }: Part) => (role === 'product' ? 1 : 0),
  below: ({ role, side }: Part) => (side === 'in' ? 1 : role === 'close' ? -1 : 0),
} as const

/** One element: in = out + unaccounted, with the uncertainty of everything measured. */
export function elementBalance(
  draft: Draft,
  measurements: Measurements,
  shared: SharedBy,
  element: string,
): ElementBalance {
  const parts = measurements.parts.get(element) ?? []
  const quantity = (sign: (part: Part) => number) =>
    quantityOf(sumOf(measurements, parts, sign), measurements, shared)
  const byRole = Object.fromEntries(
    balanceRoles
      .filter((role) => parts.some((part) => part.role === role))
      .map((role) => [role, quantity((part) => (part.role === role ? 1 : 0))]),
  )
  const input = sumOf(measurements, parts, ({ side }) => (side === 'in' ? 1 : 0))
  const output = sumOf(measurements, parts, ({ side }) => (side === 'out' ? 1 : 0))
  const gap = quantityOf(combined(input, output, -1), measurements, shared)
  const because = reasonOf(draft, measurements, element, gap)
  const recovery = ratioOf(
    sumOf(measurements, parts, recoverySigns.above),
    sumOf(measurements, parts, recoverySigns.below),
  )
  const unassayed = measurements.unassayed.get(element) ?? []
  // By-products and residues that nobody assayed do not change a recovery.
  const matters = unassayed.some(
    ({ role }) => role === 'product' || sideOf(role) === 'in' || role === 'close',
  )
  const isKnown = recovery !== undefined && !matters && draft.holdUp.basis !== 'unknown'
  return {
    element,
    byRole,
    in: quantityOf(input, measurements, shared),
    out: quantityOf(output, measurements, shared),
    gap,
    ...verdictOf(gap, because),
    isComplete: unassayed.length === 0 && draft.holdUp.basis !== 'unknown',
    ...(because === undefined ? {} : { because }),
    ...(isKnown ? { recovery: quantityOf(recovery, measurements, shared) } : {}),
  }
}
