import type { EquilibriumSystem } from './equilibrium-system.ts'

/**
 * Present solids fix as many components: each saturated solid is solved for one of the scarcest
 * components in it, so that saturation holds exactly and amounts come from the balance that limits
 * them. The tableau has a row per solid: `[B^-1 N | B^-1]`, the identity in the pivot columns.
 */

/** Below this an eliminated row is zero: the solid is a combination of the others. */
const dependent = 1e-9

/** Eliminates by complete pivoting, scarce components first; false when rows are dependent. */
export function eliminate(sys: EquilibriumSystem, count: number): boolean {
  const { n, solidNu, work } = sys
  const { tableau, present, pivot, size, used, free } = work
  const width = n + count
  used.fill(0)
  for (let l = 0; l < count; l++) {
    const from = (present[l] as number) * n
    const row = l * width
    for (let i = 0; i < n; i++) tableau[row + i] = solidNu[from + i] as number
    for (let i = n; i < width; i++) tableau[row + i] = i - n === l ? 1 : 0
    pivot[l] = -1
  }
  for (let step = 0; step < count; step++) {
    let bestRow = -1
    let bestColumn = -1
    let best = 0
    for (let l = 0; l < count; l++) {
      if ((pivot[l] as number) >= 0) continue
      for (let i = 0; i < n; i++) {
        if (used[i] === 1) continue
        const entry = Math.abs(tableau[l * width + i] as number)
        if (entry > dependent && entry / (size[i] as number) > best) {
          best = entry / (size[i] as number)
          bestRow = l
          bestColumn = i
        }
      }
    }
    if (bestRow < 0) return false
    pivot[bestRow] = bestColumn
    used[bestColumn] = 1
    const row = bestRow * width
    const inverse = 1 / (tableau[row + bestColumn] as number)
    for (let i = 0; i < width; i++) tableau[row + i] = (tableau[row + i] as number) * inverse
    for (let l = 0; l < count; l++) {
      const factor = tableau[l * width + bestColumn] as number
      if (l === bestRow || factor === 0) continue
      for (let i = 0; i < width; i++) {
        const at = l * width + i
        tableau[at] = (tableau[at] as number) - factor * (tableau[row + i] as number)
      }
      tableau[l * width + bestColumn] = 0
    }
  }
  let at = 0
  for (let i = 0; i < n; i++) if (used[i] === 0) free[at++] = i
  return true
}

/** ln of saturation: positive when supersaturated. */
export function oversaturation(sys: EquilibriumSystem, k: number): number {
  const { n, solidNu, work } = sys
  let sum = -(work.solidLnK[k] as number)
  for (let i = 0; i < n; i++) sum += (solidNu[k * n + i] as number) * (work.x[i] as number)
  return sum
}

/** Moves the eliminated components so that every present solid is exactly saturated. */
export function saturate(sys: EquilibriumSystem, count: number): void {
  const { n, work } = sys
  const { tableau, present, pivot, x, column } = work
  const width = n + count
  for (let l = 0; l < count; l++) column[l] = oversaturation(sys, present[l] as number)
  for (let k = 0; k < count; k++) {
    let move = 0
    for (let l = 0; l < count; l++) {
      move += (tableau[k * width + n + l] as number) * (column[l] as number)
    }
    const i = pivot[k] as number
    x[i] = (x[i] as number) - move
  }
}

/** Amounts of the present solids from the balances of the eliminated components. */
export function amounts(sys: EquilibriumSystem, count: number): void {
  const { n, work } = sys
  const { tableau, present, pivot, residual, s } = work
  const width = n + count
  for (let l = 0; l < count; l++) {
    let sum = 0
    for (let k = 0; k < count; k++) {
      sum += (residual[pivot[k] as number] as number) * (tableau[k * width + n + l] as number)
    }
    s[present[l] as number] = sum
  }
}

/** Total of the scarcest component of a solid per formula unit: what of it could form at most. */
function limitOf(sys: EquilibriumSystem, k: number): { most: number; master: number } {
  const { n, solidNu, work } = sys
  let most = Number.POSITIVE_INFINITY
  let master = -1
  for (let i = 0; i < n; i++) {
    const number = solidNu[k * n + i] as number
    const total = work.total[i] as number
    if (number > 0 && total > 0 && total / number < most) {
      most = total / number
      master = i
    }
  }
  return { most, master }
}

/** Takes out every present solid whose amount is negative; answers how many are left. */
export function dropNegative(sys: EquilibriumSystem, count: number, by: number): number {
  const { present, s, flips } = sys.work
  let left = 0
  for (let l = 0; l < count; l++) {
    const k = present[l] as number
    const amount = s[k] as number
    if (amount < 0 && amount < -by * limitOf(sys, k).most) {
      s[k] = 0
      flips[k] = (flips[k] as number) + 1
    } else present[left++] = k
  }
  return left
}

/** True where a solid is no combination of the present ones (the tableau is that of these). */
function independent(sys: EquilibriumSystem, count: number, k: number): boolean {
  const { n, solidNu, work } = sys
  const { tableau, pivot, used } = work
  const width = n + count
  for (let i = 0; i < n; i++) {
    if (used[i] === 1) continue
    let rest = solidNu[k * n + i] as number
    for (let l = 0; l < count; l++) {
      rest -= (solidNu[k * n + (pivot[l] as number)] as number) * (tableau[l * width + i] as number)
    }
    if (Math.abs(rest) > 1e-8) return true
  }
  return false
}

/** A dependent solid takes the place of the one it uses up first; false when none gives way. */
function exchange(sys: EquilibriumSystem, count: number, k: number): boolean {
  const { n, solidNu, work } = sys
  const { tableau, pivot, present, s } = work
  const width = n + count
  let leaving = -1
  let least = Number.POSITIVE_INFINITY
  for (let l = 0; l < count; l++) {
    let weight = 0
    for (let r = 0; r < count; r++) {
      weight +=
        (solidNu[k * n + (pivot[r] as number)] as number) * (tableau[r * width + n + l] as number)
    }
    if (weight < 1e-9) continue
    const ratio = Math.max(0, s[present[l] as number] as number) / weight
    if (ratio < least) {
      least = ratio
      leaving = l
    }
  }
  if (leaving < 0) return false
  s[present[leaving] as number] = 0
  present[leaving] = k
  return true
}

/**
 * Lets supersaturated solids in: the most supersaturated one, and with it others that are limited
 * by other components. Answers the new number of present solids; the old one when none is
 * supersaturated by more than `by`, -1 when the set cannot be changed as it must.
 */
export function addSupersaturated(sys: EquilibriumSystem, count: number, by: number): number {
  const { n, q, solidNu, work } = sys
  const { present, flips, column } = work
  if (q === 0) return count
  // Components that limit a solid already.
  const taken = column.fill(0)
  for (let l = 0; l < count; l++) taken[limitOf(sys, present[l] as number).master] = 1
  let now = count
  for (let pass = 0; pass < q; pass++) {
    let worst = -1
    let most = 0
    for (let k = 0; k < q; k++) {
      if (isPresent(present, now, k)) continue
      const raw = oversaturation(sys, k)
      if (!(raw > by)) continue
      let ions = 0
      for (let i = 0; i < n; i++) ions += Math.abs(solidNu[k * n + i] as number)
      const { master } = limitOf(sys, k)
      if (pass > 0 && (master < 0 || taken[master] === 1 || (flips[k] as number) > 0)) continue
      if (raw / ions > most) {
        most = raw / ions
        worst = k
      }
    }
    if (worst < 0) break
    if (pass === 0 && !independent(sys, count, worst)) {
      return exchange(sys, count, worst) ? count : -1
    }
    if (now >= n) break
    present[now++] = worst
    const { master } = limitOf(sys, worst)
    if (master >= 0) taken[master] = 1
    if ((flips[worst] as number) > 0) break
  }
  return now
}

function isPresent(present: Int32Array, count: number, k: number): boolean {
  for (let l = 0; l < count; l++) if (present[l] === k) return true
  return false
}
