import type { Specification, UnitInstance } from './flowsheet.ts'

type Path = readonly (string | number)[]

/** The number at a path of plain parameters; undefined when there is none. */
export function numberAt(params: unknown, path: Path): number | undefined {
  let value = params
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([k]) => k === String(key))?.[1]
  }
  return typeof value === 'number' ? value : undefined
}

/** A copy with the number at a path replaced; records that are missing on the way are made. */
export const withNumberAt = <T>(params: T, path: Path, value: number): T =>
  replaced(params, path, 0, value) as T

function replaced(params: unknown, path: Path, at: number, value: number): unknown {
  const key = path[at]
  if (key === undefined) return value
  if (Array.isArray(params)) {
    return params.map((item, i) => (i === Number(key) ? replaced(item, path, at + 1, value) : item))
  }
  const record = typeof params === 'object' && params !== null ? params : {}
  const inner: unknown = Object.hasOwn(record, key) ? Reflect.get(record, key) : undefined
  return { ...record, [key]: replaced(inner, path, at + 1, value) }
}

/** Units with each specification's parameter set to its value. */
export function withValues(
  units: readonly UnitInstance[],
  specifications: readonly Specification[],
  values: readonly number[],
): UnitInstance[] {
  return units.map((unit) => {
    let { params } = unit
    for (const [k, { vary }] of specifications.entries()) {
      const value = values[k]
      if (vary.unit !== unit.name || value === undefined) continue
      params = withNumberAt(params, vary.path, value)
    }
    return params === unit.params ? unit : { ...unit, params }
  })
}

/** True where a parameter spans so many times its own size that it is varied by ratio. */
const byRatio = ({ min, max }: Specification['vary']) => min > 0 && max > 30 * min

/** A value as a place between the bounds, 0 to 1. */
export function toUnit({ vary }: Specification, value: number): number {
  const { min, max } = vary
  const u = byRatio(vary)
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min)
  return Number.isFinite(u) ? Math.min(1, Math.max(0, u)) : 0
}

/** The value at a place between the bounds; exactly the bounds at 0 and 1. */
export function fromUnit({ vary }: Specification, u: number): number {
  const { min, max } = vary
  if (u <= 0) return min
  if (u >= 1) return max
  return byRatio(vary) ? min * (max / min) ** u : min + u * (max - min)
}
