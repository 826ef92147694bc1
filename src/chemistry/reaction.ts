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
  const match = /^(?:(\d+(?:\.\d+)?)(?:\/(\d+))?\s+)?(\S.*?)(?:\((s|aq|org|g)\))?$/.exec(text)
  if (match === null) return { error: `cannot read the term "${text}"` }
  const [, count = '1', divisor = '1', id = '', suffix] = match
  const size = Number(count) / Number(divisor)
  if (!(size > 0 && size < Infinity)) return { error: `a coefficient of zero in "${text}"` }
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

function readTerms(text: string): readonly ReactionTerm[] | { readonly error: string } {
  const sides = text.split(/\s=\s/)
  if (sides.length !== 2) return { error: `"${text}" needs one " = "` }
  const terms: ReactionTerm[] = []
  for (const [index, side] of sides.entries()) {
    for (const part of side.split(/\s\+\s/)) {
      const term = readTerm(part.trim(), index === 0 ? -1 : 1)
      if ('error' in term) return term
      terms.push(term)
    }
  }
  return terms
}

/**
 * Reads a reaction such as `Nd2O3(s) + 6 H+ = 2 Nd+3 + 3 H2O`: terms apart by ` + `, a coefficient
 * (`2`, `0.5`, `3/2`) and a space before the species, the phase behind it as `(s)`, `(g)`, `(org)`,
 * aqueous without. Refused unless every element and the charge balance; the message names what does
 * not. With a table, species are looked up in it, so that names that are no formulas (`PC88A`) can
 * be used.
 */
export function parseReaction(text: string, table?: SpeciesTable): ParsedReaction {
  const terms = readTerms(text)
  if ('error' in terms) return { ok: false, error: terms.error }
  const error = imbalance(terms, table)
  if (error !== undefined) return { ok: false, error: `"${text}" ${error}` }
  return { ok: true, reaction: { text, terms } }
}

/** A reaction as indices into one species table, each species once. */
export interface CompiledReaction {
  readonly text: string
  readonly rows: Int32Array
  readonly coefficients: Float64Array
}

const compiled = new WeakMap<SpeciesTable, Map<string, CompiledReaction | undefined>>()

/** What is kept for a table under a text, made the first time. */
function remembered(
  table: SpeciesTable,
  text: string,
  make: () => CompiledReaction | undefined,
): CompiledReaction | undefined {
  let known = compiled.get(table)
  if (known === undefined) {
    known = new Map()
    compiled.set(table, known)
  }
  const found = known.get(text)
  if (found !== undefined || known.has(text)) return found
  const made = make()
  known.set(text, made)
  return made
}

function compile(
  table: SpeciesTable,
  terms: readonly ReactionTerm[],
  text: string,
): CompiledReaction | undefined {
  if (terms.some((term) => table.find(term.phase, term.id) < 0)) return undefined
  const error = imbalance(terms, table)
  if (error !== undefined) throw new Error(`"${text}" ${error}`)
  const net = new Map<number, number>()
  for (const { phase, id, coefficient } of terms) {
    const row = table.index(phase, id)
    net.set(row, (net.get(row) ?? 0) + coefficient)
  }
  const kept = [...net].filter(([, n]) => n !== 0)
  return {
    text,
    rows: Int32Array.from(kept, ([row]) => row),
    coefficients: Float64Array.from(kept, ([, n]) => n),
  }
}

/**
 * Compiles a reaction for a table; the same text for the same table is compiled once. Undefined
 * when the plant lacks one of its species. Asserts that it reads and balances: reactions in code
 * are ours, those of a user go through `parseReaction`.
 */
export function reactionWherePresent(
  table: SpeciesTable,
  text: string,
): CompiledReaction | undefined {
  return remembered(table, text, () => {
    const terms = readTerms(text)
    if ('error' in terms) throw new Error(terms.error)
    return compile(table, terms, text)
  })
}

/** Like `reactionWherePresent`, for species that every plant has: asserts that they are there. */
export function reaction(table: SpeciesTable, text: string): CompiledReaction {
  const found = reactionWherePresent(table, text)
  if (found === undefined) throw new Error(`"${text}" has a species that is not in this plant`)
  return found
}

/** Like `reactionWherePresent`, from terms that code has put together. */
export function reactionOfTerms(
  table: SpeciesTable,
  terms: readonly ReactionTerm[],
): CompiledReaction | undefined {
  const text = terms.map((t) => `${t.coefficient} ${t.phase} ${t.id}`).join(' ')
  return remembered(table, text, () => compile(table, terms, text))
}

/** Largest extent (mol/s) before a reactant of the flow runs out; infinite without reactants. */
export function maxExtent(flow: Float64Array, r: CompiledReaction): number {
  let extent = Number.POSITIVE_INFINITY
  for (let i = 0; i < r.rows.length; i++) {
    const n = r.coefficients[i] as number
    if (n < 0) extent = Math.min(extent, (flow[r.rows[i] as number] as number) / -n)
  }
  return extent
}

/** Rounding may leave a spent reactant at minus a few units in the last place: that is zero. */
const rounding = 1e-12

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
