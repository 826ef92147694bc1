import { oxideOf } from '../../chemistry/index.ts'
import { flowsOf, leavingBy } from './outlets.ts'
import { stageOf } from './model.ts'
import type { Built } from './model.ts'
import type { MeasureParams } from './params.ts'
import type { SxSolution } from './problem.ts'
import { stagePH } from './report.ts'

/** kg of oxide per mol of a rare earth, from the oxide in the species table; else 1 (by mole). */
export function oxideMass(built: Built, element: string): number {
  const { table } = built.circuit
  const form = oxideOf(element)
  const index = form === undefined ? -1 : table.find('solid', form.id)
  if (form === undefined || index < 0) return 1
  return (table.molarMass[index] as number) / form.metal
}

type Leaving = NonNullable<ReturnType<typeof leavingBy>>

/** What leaves by a port: read off the solution, or from the streams where it is no section's. */
function leavingPort(built: Built, solution: SxSolution, port: string): Leaving | undefined {
  const known = leavingBy(built, solution, port)
  if (known !== undefined) return known
  const flows = flowsOf(built, solution)
  const stream = typeof flows === 'string' ? undefined : flows.outlets[port]
  if (stream === undefined) return undefined
  const amounts = built.circuit.inventory.exchanged.map(
    (e) => (stream.flow[e.aqueous] as number) + (stream.flow[e.organic] as number),
  )
  return { amounts: Float64Array.from(amounts), flow: Number.NaN }
}

/** mol/s of an element among what leaves, dissolved or in the organic that is entrained. */
function leaving(built: Built, { amounts }: Leaving, element: string): number {
  let sum = 0
  for (const [k, e] of built.circuit.inventory.exchanged.entries())
    if (e.element === element) sum += amounts[k] as number
  return sum
}

function fed(built: Built, element: string): number {
  const n = built.laid.network.stages
  let sum = 0
  built.circuit.inventory.exchanged.forEach((e, k) => {
    if (e.element !== element) return
    for (let i = 0; i < n; i++) sum += built.problem.source[k * n + i] as number
  })
  return sum
}

/** What is wrong with a measure as written, or undefined. */
export function measureFault(
  built: Built,
  measure: MeasureParams,
  ports: readonly string[],
): string | undefined {
  if (measure.measure === 'pH') {
    const stage = stageOf(built.circuit, measure.section ?? '', measure.stage ?? 1)
    return stage < 0 ? 'pH needs a section of the circuit and a stage in it' : undefined
  }
  if (measure.outlet === undefined || !ports.includes(measure.outlet))
    return `${measure.measure} needs an outlet: one of ${ports.join(', ')}`
  const known = new Set(built.circuit.inventory.exchanged.map((e) => e.element))
  const strange = (measure.elements ?? []).filter((e) => !known.has(e))
  if ((measure.elements ?? []).length === 0) return `${measure.measure} needs elements`
  return strange.length > 0 ? `${strange.join(', ')} is not exchanged in this circuit` : undefined
}

/** The value of a measure at a solution; NaN where there is none: no outlet, traces alone. */
export function measured(built: Built, solution: SxSolution, measure: MeasureParams): number {
  if (measure.measure === 'pH')
    return stagePH(solution, stageOf(built.circuit, measure.section ?? '', measure.stage ?? 1))
  const out = leavingPort(built, solution, measure.outlet ?? '')
  if (out === undefined) return Number.NaN
  const elements = measure.elements ?? []
  const total = (f: (e: string) => number, of: readonly string[]) =>
    of.reduce((sum, e) => sum + f(e), 0)
  const gone = (e: string) => leaving(built, out, e)
  if (measure.measure === 'recovery')
    return total(gone, elements) / total((e) => fed(built, e), elements)
  if (measure.measure === 'concentration') return total(gone, elements) / out.flow
  const all = [
    ...new Set(built.circuit.inventory.exchanged.filter((e) => e.charge > 2).map((e) => e.element)),
  ]
  const rare = all.filter((e) => built.circuit.rareEarths.includes(e))
  const mass = (e: string) => oxideMass(built, e) * gone(e)
  if (!(total(gone, elements) > TRACE * total((e) => fed(built, e), elements))) return Number.NaN
  return total(mass, elements) / total(mass, rare)
}

/**
 * Share of what is fed below which an outlet has no purity worth the name: an outlet that nothing
 * is left in reaches any purity that is asked for at some flow.
 */
const TRACE = 1e-3

/** Stretches purities and recoveries near 1 so that a search sees them as a slope. */
export function stretched(measure: MeasureParams, value: number): number {
  if (measure.measure === 'pH') return value
  if (measure.measure === 'concentration') return Math.log(Math.max(value, 1e-300))
  const v = Math.min(Math.max(value, 1e-15), 1 - 1e-15)
  return Math.log(v / (1 - v))
}
