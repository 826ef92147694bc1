import type { SpeciesTable } from '../../chemistry/species.ts'
import { limit, reaction, advance, type Terms, type Work } from './flows.ts'

const phaseOf: Readonly<Record<string, string>> = {
  s: 'solid',
  a: 'aqueous',
  o: 'organic',
  g: 'gas',
}

const memory = new WeakMap<SpeciesTable, Map<string, Terms | null>>()

/**
 * A reaction written `2 s:Nd + 6 a:H+ = 2 a:Nd+3 + 3 g:H2` (phase before the species: s, a, o, g;
 * numbers may be decimals or fractions such as `3/2`); `undefined` when the plant lacks one of its
 * species. Throws when it cannot be read or does not balance in elements and charge.
 */
export function change(table: SpeciesTable, text: string): Terms | undefined {
  let known = memory.get(table)
  if (known === undefined) {
    known = new Map()
    memory.set(table, known)
  }
  let terms = known.get(text)
  if (terms === undefined) {
    terms = reaction(table, readReaction(text)) ?? null
    known.set(text, terms)
  }
  return terms ?? undefined
}

/** Like `change`, for a reaction whose species every plant has; throws when one is missing. */
export function requiredChange(table: SpeciesTable, text: string): Terms {
  const found = change(table, text)
  if (found === undefined) throw new Error(`the species table lacks a species of ${text}`)
  return found
}

function readReaction(text: string): Record<string, number> {
  const sides = text.split(' = ')
  if (sides.length !== 2) throw new Error(`a reaction has two sides: ${text}`)
  const coefficients: Record<string, number> = {}
  for (const [side, part] of sides.entries()) {
    for (const term of part.split(' + ')) {
      const match = /^(?:([\d./]+)\s+)?([saog]):(\S+)$/.exec(term.trim())
      const phase = phaseOf[match?.[2] ?? '']
      if (match === null || phase === undefined) throw new Error(`cannot read "${term}" in ${text}`)
      const [over = '1', under = '1'] = (match[1] ?? '1').split('/')
      const name = `${phase} ${match[3] ?? ''}`
      const amount = ((side === 0 ? -1 : 1) * Number(over)) / Number(under)
      coefficients[name] = (coefficients[name] ?? 0) + amount
    }
  }
  return coefficients
}

/** Runs a reaction by at most `extent` (mol/s), less when a reactant runs out; answers how far. */
export function runUpTo(flow: Work, terms: Terms | undefined, extent = Infinity): number {
  if (terms === undefined) return 0
  const taken = Math.min(extent, limit(flow, terms))
  if (taken > 0) advance(flow, terms, taken)
  return Math.max(0, taken)
}
