import { activityTerm } from './activity.ts'
import type { Equilibrium, EquilibriumState } from './equilibrium.ts'
import type { NewtonTask } from './equilibrium-newton.ts'
import type { EquilibriumSystem, Trace } from './equilibrium-system.ts'
import type { SparseRows } from './mass-action.ts'

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
  const charge = compiled.charge[row] as number
  let sum = Math.LN10 * charge * charge * activityTerm(task.model, held)
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
  let sum = 0
  for (let k = 0; k < rows.length; k++) {
    const one = ln(rows[k] as number)
    if (one > top) {
      sum = sum * Math.exp(top - one) + 1
      top = one
    } else sum += Math.exp(one - top)
  }
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

/** ln of a form with a trace over the activity of that trace. */
function lnOverTrace(
  sys: EquilibriumSystem,
  task: NewtonTask,
  { x, ionicStrength }: EquilibriumState,
  c: Float64Array,
  master: number,
  j: number,
): number {
  const { lnK, rows } = sys.compiled
  const lnGamma = lnGammaOf(sys, task, ionicStrength, c, j)
  return (lnK[j] as number) - lnGamma + lnWithout(rows, j, x, master)
}

const none = new Float64Array(0)

/**
 * Traces at the state of the others, which they cannot change: each total goes to its forms in
 * the proportion of their mass action, and above saturation to its solid. Forms of two traces, or
 * with two atoms of one, are left at nothing. Adds to the activities of `state` and to `solids`
 * (by row of the compiled ones); `c` are the concentrations of the system's forms. Answers mol/L
 * of each trace that stays dissolved.
 */
export function placeTraces(
  sys: EquilibriumSystem,
  task: NewtonTask,
  state: EquilibriumState,
  sums: Float64Array,
  c: Float64Array,
  solids: Float64Array,
): Float64Array {
  if (sys.traces.length === 0) return none
  const { compiled } = sys
  const { x } = state
  const left = new Float64Array(sys.traces.length)
  for (let t = 0; t < sys.traces.length; t++) {
    const trace = sys.traces[t] as Trace
    const { master } = trace
    const total = sums[master] as number
    x[master] =
      Math.log(total) - lnSum(trace.forms, (j) => lnOverTrace(sys, task, state, c, master, j))
    const { down, at } = mostSaturated(sys, trace, x)
    left[t] = total * Math.exp(-down)
    if (at < 0) continue
    x[master] = x[master] - down
    const number = compiled.solidNu[at * x.length + master] as number
    solids[at] = (total - (left[t] as number)) / number
  }
  return left
}

/** Readings of the forms and solids that hold a trace; `c` as the solve left it. */
export function namedTraces({ system: sys, task, state, traces }: Equilibrium, c: Float64Array) {
  const { compiled } = sys
  const byForm = (value: (j: number) => number) =>
    Object.fromEntries(sys.traceForms.map((j) => [compiled.forms[j] as string, value(j)]))
  return {
    /** mol/L of the forms. */
    species: () => {
      const species = byForm(() => 0)
      for (const [t, { forms, master }] of sys.traces.entries()) {
        const ln = (j: number) => lnOverTrace(sys, task, state, c, master, j)
        const all = lnSum(forms, ln)
        for (const j of forms) {
          species[compiled.forms[j] as string] = (traces[t] as number) * Math.exp(ln(j) - all)
        }
      }
      return species
    },
    gammas: () => byForm((j) => Math.exp(lnGammaOf(sys, task, state.ionicStrength, c, j))),
    /** log10 of saturation of a solid by its row. */
    saturation: (row: number) =>
      (lnWithout(compiled.solidRows, row, state.x, -1) - (compiled.solidLnK[row] as number)) /
      Math.LN10,
  }
}
