import type { Held } from './meet.ts'

/** Values along stages resampled to another number of stages, section by section. */
function resampled(
  values: Float64Array,
  from: readonly number[],
  to: readonly number[],
): Float64Array {
  const result: number[] = []
  let start = 0
  from.forEach((count, section) => {
    const wanted = to[section] ?? count
    for (let i = 0; i < wanted; i++) {
      const place = ((i + 0.5) * count) / wanted - 0.5
      const low = Math.min(Math.max(Math.floor(place), 0), count - 1)
      const high = Math.min(low + 1, count - 1)
      const share = Math.min(Math.max(place - low, 0), 1)
      const [a, b] = [values[start + low] as number, values[start + high] as number]
      result.push(a + share * (b - a))
    }
    start += count
  })
  return Float64Array.from(result)
}

/**
 * The memory of a solved circuit for one with other numbers of stages in the same sections: a start
 * for its solve. Undefined where it is no memory of a circuit with `from` stages.
 */
export function stretchMemory(
  memory: unknown,
  from: readonly number[],
  to: readonly number[],
): unknown {
  const known = typeof memory === 'object' && memory !== null && 'profile' in memory
  if (!known) return undefined
  const held = memory as Held
  const stages = from.reduce((sum, n) => sum + n, 0)
  if (held.profile.lnHydrogen.length !== stages) return undefined
  const profile = {
    lnHydrogen: resampled(held.profile.lnHydrogen, from, to),
    lnFree: resampled(held.profile.lnFree, from, to),
  }
  return { factor: held.factor, base: held.base, profile } satisfies Held
}
