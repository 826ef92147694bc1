import type { Phase, SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'

/** A flow vector that a unit operation is working on: its own copy, free to be written. */
export type Work = Float64Array

/** A copy of a stream's flows to work on. */
export function workOn(stream: Stream): Work {
  return Float64Array.from(stream.flow)
}

/** mol/s of one species; 0 when the plant does not carry it. */
export function amount(table: SpeciesTable, flow: Work, phase: Phase, id: string): number {
  const index = table.find(phase, id)
  return index < 0 ? 0 : (flow[index] as number)
}

/** kg/s of everything, or of one phase. */
export function massFlow(table: SpeciesTable, flow: Work, phase?: Phase): number {
  let sum = 0
  if (phase === undefined) {
    for (let i = 0; i < flow.length; i++)
      sum += (flow[i] as number) * (table.molarMass[i] as number)
    return sum
  }
  for (const i of table.inPhase(phase)) sum += (flow[i] as number) * (table.molarMass[i] as number)
  return sum
}

/** mol/s of one element in everything, or in one phase. */
export function elementFlow(
  table: SpeciesTable,
  flow: Work,
  symbol: string,
  phase?: Phase,
): number {
  const column = table.element(symbol)
  if (column < 0) return 0
  let mol = 0
  const width = table.elements.length
  const rows = phase === undefined ? flow.keys() : table.inPhase(phase)
  for (const i of rows)
    mol += (flow[i] as number) * (table.composition[i * width + column] as number)
  return mol
}

/** mol/s of each of these rare earths in solution, in their order. */
export function rareEarthIons(
  table: SpeciesTable,
  flow: Work,
  elements: readonly string[],
): readonly number[] {
  return elements.map((el) => amount(table, flow, 'aqueous', `${el}+3`))
}

/** Sum of some amounts. */
export function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, n) => sum + n, 0)
}

/** Moves a fraction of some species from one flow to another; what stays and what goes add up. */
export function moveFraction(
  from: Work,
  to: Work,
  indices: readonly number[],
  fraction: number,
): void {
  for (const i of indices) {
    const all = from[i] as number
    const moved = fraction >= 1 ? all : all * fraction
    to[i] = (to[i] as number) + moved
    from[i] = all - moved
  }
}

/** Adds `times` a flow to another. */
export function addFlow(to: Work, flow: Float64Array, times = 1): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + times * (flow[i] as number)
}

/** A balanced reaction as index and coefficient; reactants are negative. */
export type Terms = readonly (readonly [index: number, coefficient: number])[]

const known = new WeakMap<SpeciesTable, Map<string, Terms | null>>()

/**
 * A reaction written as `{ 'aqueous Fe+3': -1, 'aqueous H2O': -3, 'solid Fe(OH)3': 1, ... }`,
 * resolved against a plant's species; `undefined` when the plant lacks one of them. Elements and
 * charge must balance (asserted once per table).
 */
export function reaction(
  table: SpeciesTable,
  coefficients: Readonly<Record<string, number>>,
): Terms | undefined {
  let cache = known.get(table)
  if (cache === undefined) known.set(table, (cache = new Map()))
  const key = JSON.stringify(coefficients)
  let terms = cache.get(key)
  if (terms === undefined) cache.set(key, (terms = resolve(table, coefficients, key)))
  return terms ?? undefined
}

function resolve(
  table: SpeciesTable,
  coefficients: Readonly<Record<string, number>>,
  text: string,
): Terms | null {
  const terms: [number, number][] = []
  for (const [name, coefficient] of Object.entries(coefficients)) {
    if (coefficient === 0) continue
    const space = name.indexOf(' ')
    const index = table.find(name.slice(0, space) as Phase, name.slice(space + 1))
    if (index < 0) return null
    terms.push([index, coefficient])
  }
  const width = table.elements.length
  const sums = new Float64Array(width + 1)
  let scale = 0
  for (const [index, coefficient] of terms) {
    for (let e = 0; e < width; e++) {
      const part = coefficient * (table.composition[index * width + e] as number)
      sums[e] = (sums[e] as number) + part
      scale = Math.max(scale, Math.abs(part))
    }
    sums[width] = (sums[width] as number) + coefficient * (table.charge[index] as number)
  }
  if (sums.some((sum) => Math.abs(sum) > 1e-9 * Math.max(1, scale))) {
    throw new Error(`reaction does not balance: ${text}`)
  }
  return terms
}

/** The largest extent before a reactant runs out, mol/s; 0 when one is absent. */
export function limit(flow: Work, terms: Terms): number {
  let extent = Number.POSITIVE_INFINITY
  for (const [index, coefficient] of terms) {
    if (coefficient < 0)
      extent = Math.min(extent, Math.max(0, flow[index] as number) / -coefficient)
  }
  return extent === Number.POSITIVE_INFINITY ? 0 : extent
}

/**
 * Runs a reaction by an extent (mol/s). The last digit that an extent equal to a limit leaves
 * behind is set to zero; a reactant driven clearly below zero is a mistake of the caller.
 */
export function advance(flow: Work, terms: Terms, extent: number): void {
  for (const [index, coefficient] of terms) {
    const before = flow[index] as number
    const after = before + coefficient * extent
    if (after < 0) {
      if (after < -1e-12 * Math.max(Math.abs(before), Math.abs(coefficient * extent))) {
        throw new Error(`reaction drives species ${index} to ${after} mol/s`)
      }
      flow[index] = 0
    } else flow[index] = after
  }
}

/** Runs a reaction as far as `fraction` of what its reactants allow; answers the extent, mol/s. */
export function runTo(flow: Work, terms: Terms | undefined, fraction = 1): number {
  if (terms === undefined) return 0
  const extent = limit(flow, terms) * fraction
  if (extent > 0) advance(flow, terms, extent)
  return extent
}
