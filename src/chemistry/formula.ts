import { atomicNumber } from './elements.ts'
import type { ElementTable } from './elements.ts'
import type { Composition } from './species.ts'

export type ParsedFormula =
  | { readonly ok: true; readonly composition: Composition; readonly charge: number }
  | { readonly ok: false; readonly error: string; readonly at: number }

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const isCloser = (c: string | undefined) => c === ')' || c === ']' || c === '}'

interface Fault {
  readonly error: string
  readonly at: number
}
/** A piece read: the atoms in it and where it ends; or what is wrong with it. */
type Piece = { readonly atoms: Map<string, number>; readonly next: number } | Fault

function readCount(text: string, at: number): { readonly value: number; readonly next: number } {
  let next = at
  while (next < text.length && /[0-9]/.test(text[next] ?? '')) next++
  return { value: next > at ? Number(text.slice(at, next)) : 1, next }
}

function addAtoms(into: Map<string, number>, from: Map<string, number>, times: number) {
  for (const [symbol, n] of from) into.set(symbol, (into.get(symbol) ?? 0) + n * times)
}

function readSymbol(text: string, at: number): Piece {
  const two = text.slice(at, at + 2)
  if (/^[A-Z][a-z]$/.test(two)) {
    if (atomicNumber(two) === undefined) return { error: `no element ${two}`, at }
    return { atoms: new Map([[two, 1]]), next: at + 2 }
  }
  const one = text[at] ?? ''
  if (!/[A-Z]/.test(one)) return { error: `unexpected "${one}"`, at }
  if (atomicNumber(one) === undefined) return { error: `no element ${one}`, at }
  return { atoms: new Map([[one, 1]]), next: at + 1 }
}

/** Reads atoms and bracketed groups up to the end, a closing bracket or a hydrate separator. */
function readGroup(text: string, start: number, end: number): Piece {
  const atoms = new Map<string, number>()
  let at = start
  while (at < end && !isCloser(text[at])) {
    const c = text[at] ?? ''
    const closer = closing[c]
    let piece: Piece
    if (closer === undefined) piece = readSymbol(text, at)
    else {
      piece = readGroup(text, at + 1, end)
      if ('error' in piece) return piece
      if (text[piece.next] !== closer || piece.next >= end) {
        return { error: `bracket ${c} is not closed`, at }
      }
      piece = { atoms: piece.atoms, next: piece.next + 1 }
    }
    if ('error' in piece) return piece
    const count = readCount(text, piece.next)
    if (count.value === 0) return { error: 'a count of zero', at: piece.next }
    addAtoms(atoms, piece.atoms, count.value)
    at = count.next
  }
  if (atoms.size === 0) return { error: 'empty formula or group', at: start }
  return { atoms, next: at }
}

/** Splits a trailing charge: `+3`, `-2`, `+`, `-`. A digit before the sign stays a count. */
function readCharge(text: string): { readonly charge: number; readonly end: number } {
  const match = /([+-])(\d*)$/.exec(text)
  if (match === null) return { charge: 0, end: text.length }
  const size = match[2] === '' ? 1 : Number(match[2])
  return { charge: match[1] === '-' ? -size : size, end: match.index }
}

/**
 * Reads a chemical formula: element symbols with whole counts, brackets, hydrate parts after a
 * middle dot or a full stop (`Nd2(C2O4)3·10H2O`), and a charge at the end written sign first
 * (`Nd+3`, `SO4-2`, `NH4+`). `Ua` is the pseudo-element of unassigned mass. Never throws: a
 * formula that cannot be read answers with what is wrong and at which character (from 0).
 */
export function parseFormula(text: string): ParsedFormula {
  const { charge, end } = readCharge(text)
  const total = new Map<string, number>()
  let at = 0
  for (;;) {
    const multiplier = at === 0 ? { value: 1, next: 0 } : readCount(text, at)
    if (multiplier.value === 0) return { ok: false, error: 'a count of zero', at }
    let stop = multiplier.next
    while (stop < end && text[stop] !== '·' && text[stop] !== '.') stop++
    const piece = readGroup(text, multiplier.next, stop)
    if ('error' in piece) return { ok: false, ...piece }
    if (piece.next < stop) {
      return { ok: false, error: `bracket ${text[piece.next]} was never opened`, at: piece.next }
    }
    addAtoms(total, piece.atoms, multiplier.value)
    if (stop >= end) break
    at = stop + 1
  }
  return { ok: true, composition: Object.fromEntries(total), charge }
}

/** Mass of one mole in kg/mol from the element table. Asserts that every element is in it. */
export function molarMass(elements: ElementTable, composition: Composition): number {
  let grams = 0
  for (const [symbol, atoms] of Object.entries(composition)) {
    const element = elements.get(symbol)
    if (element === undefined) throw new Error(`no atomic weight for ${symbol}`)
    grams += atoms * element.atomicWeight.value
  }
  return grams / 1000
}

/** Standard uncertainty of `molarMass`, kg/mol: weights of different elements are independent. */
export function molarMassUncertainty(elements: ElementTable, composition: Composition): number {
  let variance = 0
  for (const [symbol, atoms] of Object.entries(composition)) {
    variance += (atoms * (elements.get(symbol)?.atomicWeight.uncertainty ?? 0)) ** 2
  }
  return Math.sqrt(variance) / 1000
}
