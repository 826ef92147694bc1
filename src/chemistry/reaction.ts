import { parseFormula } from './formula.ts'
import type { Composition, Phase, SpeciesTable } from './species.ts'

/** One side's term: `coefficient` is negative for a reactant. */
export interface ReactionTerm {
  readonly phase: Phase
  readonly id: string
  readonly coefficient: number
}

export interface Reaction {
  readonly text: string
  readonly terms: readonly ReactionTerm[]
}

export type ParsedReaction =
  | { readonly ok: true; readonly reaction: Reaction }
  | { readonly ok: false; readonly error: string }

const suffixes: Readonly<Record<string, Phase>> = {
  s: 'solid',
  aq: 'aqueous',
  org: 'organic',
  g: 'gas',
}

/** What one term is made of: from the table where there is one, else read as a formula. */
function contents(
  term: ReactionTerm,
  table: SpeciesTable | undefined,
): { readonly composition: Composition; readonly charge: number } | { readonly error: string } {
  if (table !== undefined) {
    const species = table.species[table.find(term.phase, term.id)]
    if (species === undefined) return { error: `no ${term.phase} species ${term.id} in this plant` }
    return species
  }
  const parsed = parseFormula(term.id)
  return parsed.ok ? parsed : { error: `${term.id}: ${parsed.error}` }
}

function readTerm(text: string, sign: number): ReactionTerm | { readonly error: string } {
  const match = /^(?:(\d+(?:\.\d+)?)\s+)?(\S.*?)(?:\((s|aq|org|g)\))?$/.exec(text)
  if (match === null) return { error: `cannot read the term "${text}"` }
  const [, count, id = '', suffix] = match
  const size = count === undefined ? 1 : Number(count)
  if (!(size > 0)) return { error: `a coefficient of zero in "${text}"` }
  return { phase: suffixes[suffix ?? 'aq'] ?? 'aqueous', id, coefficient: sign * size }
}

function imbalance(
  terms: readonly ReactionTerm[],
  table: SpeciesTable | undefined,
): string | undefined {
  const atoms = new Map<string, number>()
  let charge = 0
  let scale = 1
  for (const term of terms) {
    const what = contents(term, table)
    if ('error' in what) return what.error
    charge += term.coefficient * what.charge
    scale = Math.max(scale, Math.abs(term.coefficient))
    for (const [symbol, n] of Object.entries(what.composition)) {
      atoms.set(symbol, (atoms.get(symbol) ?? 0) + term.coefficient * n)
    }
  }
  const off = (x: number) => Math.abs(x) > 1e-9 * scale
  const plain = (x: number) => Number(Math.abs(x).toPrecision(6))
  const faults = [...atoms]
    .filter(([, n]) => off(n))
    .map(([symbol, n]) => `${symbol} ${plain(n)} too many on the ${n > 0 ? 'right' : 'left'}`)
  if (off(charge)) faults.push(`charge ${charge > 0 ? '+' : '-'}${plain(charge)} on the right`)
  return faults.length > 0 ? `does not balance: ${faults.join('; ')}` : undefined
}

/**
 * Reads a reaction such as `Nd2O3(s) + 6 H+ = 2 Nd+3 + 3 H2O`: terms apart by ` + `, a coefficient
 * and a space before the species, the phase behind it as `(s)`, `(g)`, `(org)`, aqueous without.
 * Refused unless every element and the charge balance; the message names what does not. With a
 * table, species are looked up in it, so that names that are no formulas (`PC88A`) can be used.
 */
export function parseReaction(text: string, table?: SpeciesTable): ParsedReaction {
  const sides = text.split(/\s=\s/)
  if (sides.length !== 2) return { ok: false, error: `"${text}" needs one " = "` }
  const terms: ReactionTerm[] = []
  for (const [index, side] of sides.entries()) {
    for (const part of side.split(/\s\+\s/)) {
      const term = readTerm(part.trim(), index === 0 ? -1 : 1)
      if ('error' in term) return { ok: false, error: term.error }
      terms.push(term)
    }
  }
  const error = imbalance(terms, table)
  if (error !== undefined) return { ok: false, error: `"${text}" ${error}` }
  return { ok: true, reaction: { text, terms } }
}

/** A reaction as indices into one species table. */
export interface CompiledReaction {
  readonly text: string
  readonly rows: Int32Array
  readonly coefficients: Float64Array
}

const compiled = new WeakMap<SpeciesTable, Map<string, CompiledReaction>>()

/**
 * Compiles a reaction for a table; the same text for the same table is compiled once. Asserts that
 * it reads and balances: reactions in code are ours, those of a user go through `parseReaction`.
 */
export function reaction(table: SpeciesTable, text: string): CompiledReaction {
  let known = compiled.get(table)
  if (known === undefined) {
    known = new Map()
    compiled.set(table, known)
  }
  const ready = known.get(text)
  if (ready !== undefined) return ready
  const parsed = parseReaction(text, table)
  if (!parsed.ok) throw new Error(parsed.error)
  const { terms } = parsed.reaction
  const made: CompiledReaction = {
    text,
    rows: Int32Array.from(terms, (t) => table.index(t.phase, t.id)),
    coefficients: Float64Array.from(terms, (t) => t.coefficient),
  }
  known.set(text, made)
  return made
}

/** Largest extent (mol/s) before a reactant of the flow runs out; infinite without reactants. */
export function maxExtent(flow: Float64Array, r: CompiledReaction): number {
  const net = new Map<number, number>()
  for (let i = 0; i < r.rows.length; i++) {
    const row = r.rows[i] as number
    net.set(row, (net.get(row) ?? 0) + (r.coefficients[i] as number))
  }
  let extent = Number.POSITIVE_INFINITY
  for (const [row, n] of net) {
    if (n < 0) extent = Math.min(extent, (flow[row] as number) / -n)
  }
  return extent
}

/** Rounding may leave a spent reactant at minus a few units in the last place: that is zero. */
const rounding = 1e-13

/** As `react`, changing `flow` in place; for arrays that the caller made. */
export function reactInto(flow: Float64Array, r: CompiledReaction, extent: number): void {
  for (let i = 0; i < r.rows.length; i++) {
    const row = r.rows[i] as number
    const change = extent * (r.coefficients[i] as number)
    const before = flow[row] as number
    const after = before + change
    const spent = after < 0 && -after <= rounding * Math.max(before, Math.abs(change))
    flow[row] = spent ? 0 : after
  }
}

/**
 * The flow after a reaction ran by `extent` mol/s (negative runs it backwards). A text is compiled
 * first. Does not check that reactants suffice: see `maxExtent`.
 */
export function react(
  table: SpeciesTable,
  flow: Float64Array,
  r: CompiledReaction | string,
  extent: number,
): Float64Array {
  const out = Float64Array.from(flow)
  reactInto(out, typeof r === 'string' ? reaction(table, r) : r, extent)
  return out
}
