import type { Phase, SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'

/** A flow vector that a unit operation is working on: its own copy, free to be written. */
export type Work = Float64Array

/** A copy of a stream's flows to work on. */
export function workOn(stream: Stream): Work {
  return stream.flow.slice()
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
