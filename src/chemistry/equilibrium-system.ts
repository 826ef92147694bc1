import type { AllowedSolids } from './allowed-solids.ts'
import type { CompiledEquilibria } from './compile-equilibria.ts'
import type { SparseRows } from './mass-action.ts'

/**
 * A total below this (mol/L) is a trace: it cannot move the others, whose water alone is 1e-7,
 * by as much as rounding does. Traces stay out of the Newton system and are placed afterwards.
 */
export const traceBelow = 1e-20

/** Forms that one trace component makes with the main ones, and solids that hold it. */
export interface Trace {
  readonly master: number
  /** Rows of the compiled forms with exactly one of this component and no other trace. */
  readonly forms: readonly number[]
  /** Rows of the compiled solids that hold it. */
  readonly solids: readonly number[]
}

/**
 * The part of compiled equilibria that given totals can form, as flat arrays with work space: made
 * once per set of present components and allowed solids. Not to be used by two solves at once.
 */
export interface EquilibriumSystem {
  readonly compiled: CompiledEquilibria
  /** The pH is given: H+ is no unknown. */
  readonly held: boolean
  /** Components, forms and solids among the main part. */
  readonly n: number
  readonly m: number
  readonly q: number
  /** Their rows in the compiled equilibria. */
  readonly masters: Int32Array
  readonly forms: Int32Array
  readonly solids: Int32Array
  readonly nu: SparseRows
  readonly lnK: Float64Array
  readonly charge: Float64Array
  /** Squares of the charges. */
  readonly square: Float64Array
  readonly solidNu: Float64Array
  readonly solidLnK: Float64Array
  /** H+ per form and per solid, whether it is an unknown or not. */
  readonly protons: Float64Array
  readonly solidProtons: Float64Array
  readonly sit: readonly { readonly a: number; readonly b: number; readonly weight: number }[]
  readonly traces: readonly Trace[]
  readonly traceForms: readonly number[]
  readonly traceSolids: readonly number[]
  readonly work: Work
}

/** Arrays of one solve; sizes n, m, q as in the system. */
export interface Work {
  readonly x: Float64Array
  readonly c: Float64Array
  readonly lnGamma: Float64Array
  /** ln of form concentration over the components' activities. */
  readonly lnForm: Float64Array
  readonly solidLnK: Float64Array
  readonly total: Float64Array
  /** What forms take from and give to each component, and the curvature of the latter. */
  readonly takes: Float64Array
  readonly gives: Float64Array
  readonly giveSquare: Float64Array
  readonly size: Float64Array
  readonly residual: Float64Array
  readonly hessian: Float64Array
  readonly reduced: Float64Array
  readonly scale: Float64Array
  readonly step: Float64Array
  readonly right: Float64Array
  readonly second: Float64Array
  readonly column: Float64Array
  /** Amounts of all solids, mol/L, and the chosen set: its members and how many. */
  readonly s: Float64Array
  readonly present: Int32Array
  readonly flips: Int32Array
  /** Elimination of one component per present solid. */
  readonly tableau: Float64Array
  /** The set that it was made for, its number of members last, and the sizes that chose. */
  readonly eliminated: Int32Array
  readonly sized: Float64Array
  readonly pivot: Int32Array
  readonly free: Int32Array
  readonly mixed: Float64Array
  readonly used: Uint8Array
}

function workFor(n: number, m: number, q: number): Work {
  const f = (size: number) => new Float64Array(size)
  return {
    x: f(n),
    c: f(m),
    lnGamma: f(m),
    lnForm: f(m),
    solidLnK: f(q),
    total: f(n),
    takes: f(n),
    gives: f(n),
    giveSquare: f(n),
    size: f(n),
    residual: f(n),
    hessian: f(n * n),
    reduced: f(n * n),
    scale: f(n),
    step: f(n),
    right: f(n),
    second: f(n),
    column: f(n),
    s: f(q),
    present: new Int32Array(n + 1),
    flips: new Int32Array(q),
    tableau: f((n + 1) * (2 * n + 1)),
    eliminated: new Int32Array(n + 2),
    sized: f(n),
    pivot: new Int32Array(n + 1),
    free: new Int32Array(n),
    mixed: f(n * n),
    used: new Uint8Array(Math.max(n, q) + 1),
  }
}

const presence = { absent: 0, main: 1, trace: 2 } as const

/** Absent, main or trace by component; H+ is always main. */
function presenceOf(sums: Float64Array): Uint8Array {
  const out = new Uint8Array(sums.length)
  for (let i = 0; i < sums.length; i++) {
    const total = Math.abs(sums[i] as number)
    out[i] = total === 0 ? presence.absent : total < traceBelow ? presence.trace : presence.main
  }
  out[0] = presence.main
  return out
}

/** How many traces a row has (of any power), or -1 when it needs something absent. */
function tracesIn({ start, column, value }: SparseRows, row: number, state: Uint8Array): number {
  let count = 0
  for (let e = start[row] as number; e < (start[row + 1] as number); e++) {
    const i = column[e] as number
    if (state[i] === presence.absent) return -1
    if (state[i] === presence.trace) count += Math.abs(value[e] as number)
  }
  return count
}

/** Rows by whether they are of main components alone or hold a trace too. */
function divide(rows: SparseRows, among: Iterable<number>, state: Uint8Array) {
  const main: number[] = []
  const traced: number[] = []
  for (const j of among) {
    const traces = tracesIn(rows, j, state)
    if (traces === 0) main.push(j)
    else if (traces > 0) traced.push(j)
  }
  return { main, traced }
}

/** Some rows over the unknown components only: `place` is the column of each, or -1. */
function cut(
  { start, column, value }: SparseRows,
  rows: readonly number[],
  place: Int32Array,
): SparseRows {
  const starts = [0]
  const columns: number[] = []
  const values: number[] = []
  for (const j of rows) {
    for (let e = start[j] as number; e < (start[j + 1] as number); e++) {
      const at = place[column[e] as number] as number
      if (at < 0) continue
      columns.push(at)
      values.push(value[e] as number)
    }
    starts.push(columns.length)
  }
  return {
    start: Int32Array.from(starts),
    column: Int32Array.from(columns),
    value: Float64Array.from(values),
  }
}

/** Row-major matrix of sparse rows. */
function dense({ start, column, value }: SparseRows, n: number): Float64Array {
  const out = new Float64Array((start.length - 1) * n)
  for (let k = 0; k + 1 < start.length; k++) {
    for (let e = start[k] as number; e < (start[k + 1] as number); e++) {
      out[k * n + (column[e] as number)] = value[e] as number
    }
  }
  return out
}

function tracesOf(
  eq: CompiledEquilibria,
  state: Uint8Array,
  forms: readonly number[],
  solids: readonly number[],
): readonly Trace[] {
  const all = state.length
  const single = forms.filter((j) => tracesIn(eq.rows, j, state) === 1)
  const traces: Trace[] = []
  for (let master = 0; master < all; master++) {
    if (state[master] !== presence.trace) continue
    traces.push({
      master,
      forms: single.filter((j) => eq.nu[j * all + master] === 1),
      solids: solids.filter((k) => (eq.solidNu[k * all + master] as number) > 0),
    })
  }
  return traces
}

function make(
  eq: CompiledEquilibria,
  state: Uint8Array,
  held: boolean,
  allowed: AllowedSolids,
): EquilibriumSystem {
  const all = eq.masters.length
  const place = new Int32Array(all).fill(-1)
  const masters: number[] = []
  for (let i = held ? 1 : 0; i < all; i++) {
    if (state[i] === presence.main) place[i] = masters.push(i) - 1
  }
  const n = masters.length
  const { main: forms, traced: traceForms } = divide(eq.rows, eq.forms.keys(), state)
  const { main: solids, traced: traceSolids } = divide(eq.solidRows, allowed.rows, state)
  const at = new Map(forms.map((j, index) => [j, index]))
  const from = (rows: readonly number[], values: ArrayLike<number>, stride = 1) =>
    Float64Array.from(rows, (j) => values[j * stride] as number)
  const charge = from(forms, eq.charge)
  return {
    compiled: eq,
    held,
    n,
    m: forms.length,
    q: solids.length,
    masters: Int32Array.from(masters),
    forms: Int32Array.from(forms),
    solids: Int32Array.from(solids),
    nu: cut(eq.rows, forms, place),
    lnK: from(forms, eq.lnK),
    charge,
    square: charge.map((z) => z * z),
    solidNu: dense(cut(eq.solidRows, solids, place), n),
    solidLnK: from(solids, eq.solidLnK),
    protons: from(forms, eq.nu, all),
    solidProtons: from(solids, eq.solidNu, all),
    sit: eq.sit.flatMap(({ one, other, epsilon }) => {
      const a = at.get(one)
      const b = at.get(other)
      return a === undefined || b === undefined ? [] : [{ a, b, weight: Math.LN10 * epsilon }]
    }),
    traces: tracesOf(eq, state, traceForms, traceSolids),
    traceForms,
    traceSolids,
    work: workFor(n, forms.length, solids.length),
  }
}

/** Systems kept per list of allowed solids; a plant has some tens of kinds of liquor. */
const most = 256

interface Kept {
  readonly presence: Uint8Array
  readonly held: boolean
  readonly system: EquilibriumSystem
}
const systems = new WeakMap<AllowedSolids, Kept[]>()

function isLike(kept: Kept, presence: Uint8Array, held: boolean): boolean {
  if (kept.held !== held) return false
  for (let i = 0; i < presence.length; i++) if (kept.presence[i] !== presence[i]) return false
  return true
}

/** The system of these totals (mol/L by component) and allowed solids, made on first use. */
export function systemFor(
  eq: CompiledEquilibria,
  sums: Float64Array,
  held: boolean,
  allowed: AllowedSolids,
): EquilibriumSystem {
  let alike = systems.get(allowed)
  if (alike === undefined) systems.set(allowed, (alike = []))
  const presence = presenceOf(sums)
  for (const kept of alike) if (isLike(kept, presence, held)) return kept.system
  if (alike.length >= most) alike.length = 0
  const system = make(eq, presence, held, allowed)
  alike.push({ presence, held, system })
  return system
}
