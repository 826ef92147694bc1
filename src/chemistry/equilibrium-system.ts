import type { CompiledEquilibria } from './compile-equilibria.ts'
import { sparseRows, type SparseRows } from './mass-action.ts'

/**
 * A total below this (mol/L) is a trace: it cannot move the others, whose water alone is 1e-7,
 * by as much as rounding does. Traces stay out of the Newton system and are placed afterwards.
 */
const traceBelow = 1e-20

/** Forms that one trace component makes with the main ones, and solids that hold it. */
export interface Trace {
  readonly master: number
  /** Rows of the compiled forms with exactly one of this component and no other trace. */
  readonly forms: readonly number[]
  /** Places among the system's trace solids. */
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
function tracesIn(nu: Float64Array, row: number, state: Uint8Array): number {
  const n = state.length
  let count = 0
  for (let i = 0; i < n; i++) {
    const number = nu[row * n + i] as number
    if (number === 0) continue
    if (state[i] === presence.absent) return -1
    if (state[i] === presence.trace) count += Math.abs(number)
  }
  return count
}

function make(
  eq: CompiledEquilibria,
  state: Uint8Array,
  held: boolean,
  allowed: readonly string[] | 'all',
): EquilibriumSystem {
  const all = eq.masters.length
  if (allowed !== 'all') {
    for (const id of allowed)
      if (!eq.solids.includes(id)) throw new Error(`no solid ${id} on record`)
  }
  const masters = [...state.keys()].filter((i) => state[i] === presence.main && !(held && i === 0))
  const forms = [...eq.forms.keys()].filter((j) => tracesIn(eq.nu, j, state) === 0)
  const permitted = [...eq.solids.keys()].filter(
    (k) => allowed === 'all' || allowed.includes(eq.solids[k] ?? ''),
  )
  const solids = permitted.filter((k) => tracesIn(eq.solidNu, k, state) === 0)
  const traceForms = [...eq.forms.keys()].filter((j) => tracesIn(eq.nu, j, state) > 0)
  const traceSolids = permitted.filter((k) => tracesIn(eq.solidNu, k, state) > 0)
  const cut = (rows: readonly number[], nu: Float64Array) =>
    Float64Array.from(rows.flatMap((j) => masters.map((i) => nu[j * all + i] as number)))
  const place = new Map(forms.map((j, at) => [j, at]))
  const traces = [...state.keys()]
    .filter((i) => state[i] === presence.trace)
    .map((master) => ({
      master,
      forms: traceForms.filter(
        (j) => tracesIn(eq.nu, j, state) === 1 && eq.nu[j * all + master] === 1,
      ),
      solids: [...traceSolids.keys()].filter(
        (at) => (eq.solidNu[(traceSolids[at] as number) * all + master] as number) > 0,
      ),
    }))
  return {
    compiled: eq,
    held,
    n: masters.length,
    m: forms.length,
    q: solids.length,
    masters: Int32Array.from(masters),
    forms: Int32Array.from(forms),
    solids: Int32Array.from(solids),
    nu: sparseRows(cut(forms, eq.nu), masters.length),
    lnK: Float64Array.from(forms, (j) => eq.lnK[j] as number),
    charge: Float64Array.from(forms, (j) => eq.charge[j] as number),
    square: Float64Array.from(forms, (j) => (eq.charge[j] as number) ** 2),
    solidNu: cut(solids, eq.solidNu),
    solidLnK: Float64Array.from(solids, (k) => eq.solidLnK[k] as number),
    protons: Float64Array.from(forms, (j) => eq.nu[j * all] as number),
    solidProtons: Float64Array.from(solids, (k) => eq.solidNu[k * all] as number),
    sit: eq.sit.flatMap(({ one, other, epsilon }) => {
      const a = place.get(one)
      const b = place.get(other)
      return a === undefined || b === undefined ? [] : [{ a, b, weight: Math.LN10 * epsilon }]
    }),
    traces,
    traceForms,
    traceSolids,
    work: workFor(masters.length, forms.length, solids.length),
  }
}

/** Systems kept per compiled equilibria; a plant has some tens of kinds of liquor. */
const most = 256
const systems = new WeakMap<CompiledEquilibria, Map<string, EquilibriumSystem>>()

/** The system of these totals (mol/L by component) and allowed solids, made on first use. */
export function systemFor(
  eq: CompiledEquilibria,
  sums: Float64Array,
  held: boolean,
  allowed: readonly string[] | 'all',
): EquilibriumSystem {
  let known = systems.get(eq)
  if (known === undefined) systems.set(eq, (known = new Map()))
  const state = presenceOf(sums)
  const key = `${state.join('')}${held ? 'h' : 'f'}${allowed === 'all' ? '*' : allowed.join('|')}`
  let found = known.get(key)
  if (found === undefined) {
    if (known.size >= most) known.clear()
    found = make(eq, state, held, allowed)
    known.set(key, found)
  }
  return found
}
