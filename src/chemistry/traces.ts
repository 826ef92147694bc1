import { activityTerm } from './activity.ts'
import type { NewtonTask } from './equilibrium-newton.ts'
import type { EquilibriumSystem, Trace } from './equilibrium-system.ts'
import type { SparseRows } from './mass-action.ts'
import type { SpeciationState } from './speciation.ts'

/** Traces in their places. What few callers read is made when asked for. */
interface PlacedTraces {
  /** mol of formula units per L by every allowed solid that holds a trace. */
  readonly solids: Readonly<Record<string, number>>
  readonly saturation: () => Record<string, number>
  /** mol/L and activity coefficients of the forms with a trace. */
  readonly species: () => Record<string, number>
  readonly gammas: () => Record<string, number>
}

/** ln of the row of a form or solid at known activities, the trace itself left out. */
function lnWithout(
  { start, column, value }: SparseRows,
  row: number,
  x: Float64Array,
  master: number,
): number {
  let sum = 0
  for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
    const i = column[e] as number
    if (i !== master) sum += (value[e] as number) * (x[i] as number)
  }
  return sum
}

/** ln gamma of a form that is no part of the system, at the system's state; `c` of its forms. */
function lnGammaOf(
  sys: EquilibriumSystem,
  task: NewtonTask,
  strength: number,
  c: Float64Array,
  row: number,
): number {
  if (task.model === 'ideal') return 0
  const { compiled } = sys
  const held = Math.min(strength, task.limit)
  let sum = Math.LN10 * (compiled.charge[row] as number) ** 2 * activityTerm(task.model, held)
  if (task.model !== 'sit') return sum
  const dilution = strength > task.limit ? task.limit / strength : 1
  for (const { one, other, epsilon } of compiled.sit) {
    if (one !== row && other !== row) continue
    const at = sys.forms.indexOf(one === row ? other : one)
    if (at >= 0) sum += Math.LN10 * epsilon * dilution * (c[at] as number)
  }
  return sum
}

/** ln of the sum of exponentials, which themselves may be too large for a number. */
function lnSum(rows: readonly number[], ln: (row: number) => number): number {
  let top = Number.NEGATIVE_INFINITY
  for (let k = 0; k < rows.length; k++) top = Math.max(top, ln(rows[k] as number))
  let sum = 0
  for (let k = 0; k < rows.length; k++) sum += Math.exp(ln(rows[k] as number) - top)
  return top + Math.log(sum)
}

/** Largest ln oversaturation per mole of the trace among its solids, and which that is. */
function mostSaturated(sys: EquilibriumSystem, trace: Trace, x: Float64Array) {
  const { solidNu, solidRows, solidLnK } = sys.compiled
  const n = x.length
  let down = 0
  let at = -1
  for (let q = 0; q < trace.solids.length; q++) {
    const k = trace.solids[q] as number
    const number = solidNu[k * n + trace.master] as number
    const over = lnWithout(solidRows, k, x, -1) - (solidLnK[k] as number)
    if (over / number > down) {
      down = over / number
      at = k
    }
  }
  return { down, at }
}

/**
 * Traces at the state of the others, which they cannot change: each total goes to its forms in
 * the proportion of their mass action, and above saturation to its solid. Forms of two traces, or
 * with two atoms of one, are left at nothing. Adds to the activities of `state`; `c` are the
 * concentrations of the system's forms, which must stay as they are.
 */
export function placeTraces(
  sys: EquilibriumSystem,
  task: NewtonTask,
  state: SpeciationState,
  sums: Float64Array,
  c: Float64Array,
): PlacedTraces {
  const { compiled } = sys
  const { x } = state
  const solids: Record<string, number> = {}
  for (let q = 0; q < sys.traceSolids.length; q++)
    solids[compiled.solids[sys.traceSolids[q] as number] as string] = 0
  const lnGamma = (j: number) => lnGammaOf(sys, task, state.ionicStrength, c, j)
  /** ln of a form over the activity of its trace. */
  const lnOf = (j: number, master: number) =>
    (compiled.lnK[j] as number) - lnGamma(j) + lnWithout(compiled.rows, j, x, master)
  const left = new Float64Array(sys.traces.length)
  for (let t = 0; t < sys.traces.length; t++) {
    const trace = sys.traces[t] as Trace
    const { master } = trace
    const total = sums[master] as number
    x[master] = Math.log(total) - lnSum(trace.forms, (j) => lnOf(j, master))
    const { down, at } = mostSaturated(sys, trace, x)
    left[t] = total * Math.exp(-down)
    if (at < 0) continue
    x[master] = x[master] - down
    const number = compiled.solidNu[at * x.length + master] as number
    solids[compiled.solids[at] as string] = (total - (left[t] as number)) / number
  }
  const byForm = (value: (j: number) => number) =>
    Object.fromEntries(sys.traceForms.map((j) => [compiled.forms[j] as string, value(j)]))
  return {
    solids,
    species: () => {
      const species = byForm(() => 0)
      for (const [t, { forms, master }] of sys.traces.entries()) {
        const all = lnSum(forms, (j) => lnOf(j, master))
        for (const j of forms) {
          const share = Math.exp(lnOf(j, master) - all)
          species[compiled.forms[j] as string] = (left[t] as number) * share
        }
      }
      return species
    },
    gammas: () => byForm((j) => Math.exp(lnGamma(j))),
    saturation: () => {
      const over = (k: number) =>
        lnWithout(compiled.solidRows, k, x, -1) - (compiled.solidLnK[k] as number)
      return Object.fromEntries(
        sys.traceSolids.map((k) => [compiled.solids[k] as string, over(k) / Math.LN10]),
      )
    },
  }
}
