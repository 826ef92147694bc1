import type { Shared } from '../reconcile/types.ts'
import type { Measurement, Measurements, Part } from './measurements.ts'
import type { Quantity } from './types.ts'

/** A sum of parts with its derivatives by the measurements. */
export interface Sum {
  readonly value: number
  readonly gradient: ReadonlyMap<string, number>
}

const valueIn = (byName: ReadonlyMap<string, Measurement>, name: string | undefined) =>
  name === undefined ? 0 : (byName.get(name)?.value ?? 0)

export function sumOf(
  { byName }: Measurements,
  parts: readonly Part[],
  sign: (p: Part) => number,
): Sum {
  const gradient = new Map<string, number>()
  const add = (name: string, by: number) => gradient.set(name, (gradient.get(name) ?? 0) + by)
  let value = 0
  for (const part of parts) {
    const factor = sign(part)
    if (factor === 0) continue
    if (part.modelled !== undefined) {
      value += factor * valueIn(byName, part.modelled)
      add(part.modelled, factor)
      continue
    }
    const [mass, fraction] = [valueIn(byName, part.mass), valueIn(byName, part.fraction)]
    value += factor * mass * fraction
    add(part.mass ?? '', factor * fraction)
    add(part.fraction ?? '', factor * mass)
  }
  return { value, gradient }
}

/** a + by * b, and the product over a quotient: what a recovery needs. */
export const combined = (a: Sum, b: Sum, by: number): Sum => {
  const gradient = new Map(a.gradient)
  for (const [name, slope] of b.gradient) gradient.set(name, (gradient.get(name) ?? 0) + by * slope)
  return { value: a.value + by * b.value, gradient }
}

export function ratioOf(above: Sum, below: Sum): Sum | undefined {
  if (!(below.value > 0)) return undefined
  const value = above.value / below.value
  const scaled = combined(above, below, -value)
  const gradient = new Map([...scaled.gradient].map(([name, slope]) => [name, slope / below.value]))
  return { value, gradient }
}

/** Shared errors by measurement, so that each sum looks up its own only. */
export type SharedBy = ReadonlyMap<
  string,
  readonly (readonly [other: string, covariance: number])[]
>

export function sharedBy(shared: readonly Shared[]): SharedBy {
  const found = new Map<string, (readonly [string, number])[]>()
  for (const { a, b, covariance } of shared) {
    found.set(a, [...(found.get(a) ?? []), [b, covariance]])
    found.set(b, [...(found.get(b) ?? []), [a, covariance]])
  }
  return found
}

/** With its standard uncertainty (first order: g' S g); without where one is not known. */
export function quantityOf(
  { value, gradient }: Sum,
  { byName }: Measurements,
  shared: SharedBy,
): Quantity {
  let variance = 0
  for (const [name, slope] of gradient) {
    if (slope === 0) continue
    const u = byName.get(name)?.u
    if (u === undefined) return { value }
    variance += (slope * u) ** 2
    for (const [other, covariance] of shared.get(name) ?? []) {
      variance += slope * (gradient.get(other) ?? 0) * covariance
    }
  }
  return { value, u: Math.sqrt(Math.max(0, variance)) }
}
