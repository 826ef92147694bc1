import type { AqueousForm, Equilibria } from './equilibria.ts'
import { parseFormula } from './formula.ts'
import { sparseRows, type SparseRows } from './mass-action.ts'

/** Equilibria as flat arrays: masters (independent components), forms over them, solids. */
export interface CompiledEquilibria {
  readonly equilibria: Equilibria
  /** Independent components; `H+` is the first. Water is left out: its activity is 1. */
  readonly masters: readonly string[]
  /** Dissolved forms: the masters themselves first, in their order, then complexes. */
  readonly forms: readonly string[]
  readonly charge: Float64Array
  /** Forms by masters, row-major. */
  readonly nu: Float64Array
  /** The same without its zeros. */
  readonly rows: SparseRows
  /** Natural logarithm of the formation constants. */
  readonly lnK: Float64Array
  readonly solids: readonly string[]
  readonly solidNu: Float64Array
  readonly solidRows: SparseRows
  readonly solidLnK: Float64Array
  /** What one mole of a stream's component adds to the totals of the masters. */
  readonly contribution: ReadonlyMap<string, readonly (readonly [master: number, n: number])[]>
  /** SIT coefficients by pairs of form indices. */
  readonly sit: readonly {
    readonly one: number
    readonly other: number
    readonly epsilon: number
  }[]
}

const water = 'H2O'

function chargeOf(id: string): number {
  const parsed = parseFormula(id)
  return parsed.ok ? parsed.charge : 0
}

/** Stoichiometry over masters, following components that are forms themselves (NH4+, HCO3-). */
function resolve(
  components: Readonly<Record<string, number>>,
  derived: ReadonlyMap<string, AqueousForm>,
  depth = 0,
): { readonly stoichiometry: Map<string, number>; readonly log10K: number } {
  if (depth > 8) throw new Error('equilibria: a form is made of itself')
  const stoichiometry = new Map<string, number>()
  let log10K = 0
  for (const [id, n] of Object.entries(components)) {
    if (id === water) continue
    const form = derived.get(id)
    if (form === undefined) {
      stoichiometry.set(id, (stoichiometry.get(id) ?? 0) + n)
      continue
    }
    const inner = resolve(form.components, derived, depth + 1)
    log10K += n * (form.logK.value + inner.log10K)
    for (const [master, m] of inner.stoichiometry) {
      stoichiometry.set(master, (stoichiometry.get(master) ?? 0) + n * m)
    }
  }
  return { stoichiometry, log10K }
}

function sitPairs(equilibria: Equilibria, forms: readonly string[]) {
  const at = new Map(forms.map((id, index) => [id, index]))
  return (equilibria.sit ?? []).flatMap(({ cation, anion, epsilon }) => {
    const one = at.get(cation)
    const other = at.get(anion)
    return one === undefined || other === undefined ? [] : [{ one, other, epsilon: epsilon.value }]
  })
}

const ready = new WeakMap<Equilibria, CompiledEquilibria>()

/**
 * Compiles records for `speciate`, once for the same records. Asserts that every form and solid is
 * made of components.
 */
export function compileEquilibria(equilibria: Equilibria): CompiledEquilibria {
  const known = ready.get(equilibria)
  if (known !== undefined) return known
  const made = compile(equilibria)
  ready.set(equilibria, made)
  return made
}

function compile(equilibria: Equilibria): CompiledEquilibria {
  const derived = new Map(equilibria.forms.map((form) => [form.id, form]))
  const independent = equilibria.components.filter(
    (id) => id !== water && id !== 'H+' && !derived.has(id),
  )
  const masters = ['H+', ...independent]
  const column = new Map(masters.map((id, index) => [id, index]))
  const n = masters.length
  const row = (
    stoichiometry: ReadonlyMap<string, number>,
    what: string,
    into: Float64Array,
    at: number,
  ) => {
    for (const [id, count] of stoichiometry) {
      const index = column.get(id)
      if (index === undefined) throw new Error(`${what}: ${id} is no component`)
      into[at * n + index] = count
    }
  }
  const forms = [...masters, ...derived.keys()]
  const nu = new Float64Array(forms.length * n)
  const lnK = new Float64Array(forms.length)
  for (let i = 0; i < n; i++) nu[i * n + i] = 1
  const contribution = new Map<string, [number, number][]>()
  const parts = (j: number) =>
    [...nu.subarray(j * n, j * n + n).entries()].filter(([, number]) => number !== 0)
  for (const [i, id] of masters.entries()) contribution.set(id, parts(i))
  let at = n
  for (const form of derived.values()) {
    const { stoichiometry, log10K } = resolve(form.components, derived)
    row(stoichiometry, form.id, nu, at)
    lnK[at] = Math.LN10 * (form.logK.value + log10K)
    if (equilibria.components.includes(form.id)) {
      contribution.set(form.id, parts(at))
    }
    at++
  }
  const { solids } = equilibria
  const solidNu = new Float64Array(solids.length * n)
  const solidLnK = new Float64Array(solids.length)
  for (const [k, solid] of solids.entries()) {
    const { stoichiometry, log10K } = resolve(solid.components, derived)
    row(stoichiometry, solid.id, solidNu, k)
    solidLnK[k] = Math.LN10 * (solid.logK.value + log10K)
  }
  const charges = [...masters.map(chargeOf), ...equilibria.forms.map((form) => form.charge)]
  return {
    equilibria,
    masters,
    forms,
    charge: Float64Array.from(charges),
    nu,
    rows: sparseRows(nu, n),
    lnK,
    solids: solids.map((solid) => solid.id),
    solidNu,
    solidRows: sparseRows(solidNu, n),
    solidLnK,
    contribution,
    sit: sitPairs(equilibria, forms),
  }
}
