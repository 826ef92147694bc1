import type { EquilibriumSystem } from './equilibrium-system.ts'

/** The Hessian among the free components, the others following them along saturation. */
export function reduce(sys: EquilibriumSystem, count: number): void {
  const { n, work } = sys
  const { hessian, reduced, tableau, pivot, free, mixed } = work
  const f = n - count
  const width = n + count
  for (let k = 0; k < count; k++) {
    const row = (pivot[k] as number) * n
    for (let b = 0; b < f; b++) {
      const i = free[b] as number
      let sum = -(hessian[row + i] as number)
      for (let l = 0; l < count; l++) {
        sum += (hessian[row + (pivot[l] as number)] as number) * (tableau[l * width + i] as number)
      }
      mixed[k * n + b] = sum
    }
  }
  for (let a = 0; a < f; a++) {
    const i = free[a] as number
    for (let b = 0; b <= a; b++) {
      const other = free[b] as number
      let sum = hessian[i * n + other] as number
      for (let k = 0; k < count; k++) {
        const v = tableau[k * width + i] as number
        if (v !== 0) sum += v * (mixed[k * n + b] as number)
        const w = tableau[k * width + other] as number
        if (w !== 0) sum -= w * (hessian[i * n + (pivot[k] as number)] as number)
      }
      reduced[a * n + b] = sum
    }
  }
}

/** Carries a vector by component over to the free components. */
export function gather(
  sys: EquilibriumSystem,
  count: number,
  from: Float64Array,
  into: Float64Array,
): void {
  const { n, work } = sys
  const { tableau, pivot, free } = work
  const width = n + count
  for (let a = 0; a < n - count; a++) {
    const i = free[a] as number
    let sum = from[i] as number
    for (let k = 0; k < count; k++) {
      sum -= (tableau[k * width + i] as number) * (from[pivot[k] as number] as number)
    }
    into[a] = sum
  }
}

/** Cholesky factor of the reduced Hessian, scaled to a unit diagonal; false when it is none. */
export function decompose(sys: EquilibriumSystem, count: number): boolean {
  const { n, work } = sys
  const { reduced, scale } = work
  const f = n - count
  for (let a = 0; a < f; a++) {
    const own = reduced[a * n + a] as number
    if (!(own > 0) || own === Number.POSITIVE_INFINITY) return false
    scale[a] = 1 / Math.sqrt(own)
  }
  for (let a = 0; a < f; a++) {
    const row = a * n
    for (let b = 0; b <= a; b++) {
      const other = b * n
      let sum = (reduced[row + b] as number) * (scale[a] as number) * (scale[b] as number)
      for (let k = 0; k < b; k++) {
        sum -= (reduced[row + k] as number) * (reduced[other + k] as number)
      }
      if (a === b) reduced[row + a] = Math.sqrt(Math.max(sum, 1e-15))
      else reduced[row + b] = sum / (reduced[other + b] as number)
    }
  }
  return true
}

/** Solves with the factor, in place. */
export function substitute(sys: EquilibriumSystem, count: number, b: Float64Array): void {
  const { n, work } = sys
  const { reduced, scale } = work
  const f = n - count
  for (let a = 0; a < f; a++) {
    let sum = (b[a] as number) * (scale[a] as number)
    for (let k = 0; k < a; k++) sum -= (reduced[a * n + k] as number) * (b[k] as number)
    b[a] = sum / (reduced[a * n + a] as number)
  }
  for (let a = f - 1; a >= 0; a--) {
    let sum = b[a] as number
    for (let k = a + 1; k < f; k++) sum -= (reduced[k * n + a] as number) * (b[k] as number)
    b[a] = sum / (reduced[a * n + a] as number)
  }
  for (let a = 0; a < f; a++) b[a] = (b[a] as number) * (scale[a] as number)
}

/**
 * Balances that no present solid touches are closed in their logarithm, which is nearly linear far
 * from the solution, where the plain balance is not.
 */
export function straighten(sys: EquilibriumSystem, count: number): void {
  const { n, work } = sys
  const { total, takes, gives, giveSquare, hessian, right, free, tableau } = work
  const width = n + count
  for (let a = 0; a < n - count; a++) {
    const i = free[a] as number
    let touched = false
    for (let k = 0; k < count; k++) if (tableau[k * width + i] !== 0) touched = true
    if (touched) continue
    const t = total[i] as number
    const there = (t > 0 ? t : 0) + (gives[i] as number)
    const taken = (t < 0 ? -t : 0) + (takes[i] as number)
    const log = Math.log(there / taken)
    if (!(Math.abs(log) > 0.1) || !Number.isFinite(log)) continue
    const own = hessian[i * n + i] as number
    const giving = giveSquare[i] as number
    right[a] = (own * log) / (giving / there + (own - giving) / taken)
  }
}

/** Longest part of the step that lets no form grow far beyond what its components have. */
export function stride(sys: EquilibriumSystem): number {
  const { m, work } = sys
  const { start, column, value } = sys.nu
  const { c, step, size } = work
  let length = 1
  for (let j = 0; j < m; j++) {
    const end = start[j + 1] as number
    let growth = 0
    for (let e = start[j] as number; e < end; e++) {
      growth += (value[e] as number) * (step[column[e] as number] as number)
    }
    if (growth * length <= 1) continue
    let cap = Number.POSITIVE_INFINITY
    for (let e = start[j] as number; e < end; e++) {
      cap = Math.min(cap, (size[column[e] as number] as number) / Math.abs(value[e] as number))
    }
    const allowed = Math.max(1, Math.log((2 * cap) / (c[j] as number)))
    if (growth * length > allowed) length = allowed / growth
  }
  return length
}

/** Unfolds a step of the free components onto all. */
export function spread(sys: EquilibriumSystem, count: number, b: Float64Array): void {
  const { n, work } = sys
  const { step, free, pivot, tableau } = work
  const width = n + count
  for (let a = 0; a < n - count; a++) step[free[a] as number] = b[a] as number
  for (let k = 0; k < count; k++) {
    let sum = 0
    for (let a = 0; a < n - count; a++) {
      sum -= (tableau[k * width + (free[a] as number)] as number) * (b[a] as number)
    }
    step[pivot[k] as number] = sum
  }
}
