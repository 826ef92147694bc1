/** Taking mass from lots: what is asked for must be there, at that place, at that time. */
import { parseMass, massText } from '../../mass.ts'
import type { LotState } from '../../state.ts'
import { codeOf } from '../../uris.ts'
import { type Case, oldLot, placeOf, placesThen, refuse } from './case.ts'

export interface Line {
  readonly lot: string
  readonly mass?: string | undefined
  readonly place?: string | undefined
  readonly k?: number | undefined
  readonly instrument?: string | undefined
}

export interface Weighed {
  readonly mg: number
  readonly u?: number
  readonly k?: number
  readonly instrument?: string
}

/** A mass of an input, checked before, with what is said of how it was weighed. */
export function weighed(line: {
  readonly mass: string
  readonly k?: number | undefined
  readonly instrument?: string | undefined
}): Weighed {
  const parsed = parseMass(line.mass)
  if (!parsed.ok) throw new Error(parsed.message)
  const { mg, u } = parsed
  return {
    mg,
    ...(u === undefined ? {} : { u, k: line.k ?? 2 }),
    ...(line.instrument === undefined ? {} : { instrument: line.instrument }),
  }
}

/** Milligrams of a mass of an input, checked before. */
export const mgOf = (mass: string): number => weighed({ mass }).mg

export interface Taken {
  readonly state: LotState
  readonly uri: string
  readonly mg: number
  /** Where it was, when one place says it all. */
  readonly place?: string
  /** True when the input gave no mass: all that was there. */
  readonly isAll: boolean
  readonly weighed?: Weighed
}

/** What is left of a lot by place, with what the command has taken already gone. */
function leftOf(c: Case, state: LotState): Map<string, number> {
  const left = new Map<string, number>()
  for (const [place, mg] of Object.entries(placesThen(c, state))) {
    const rest = mg - (c.taken.get(`${state.uri} ${place}`) ?? 0)
    if (rest > 0) left.set(place, rest)
  }
  return left
}

const listed = (left: ReadonlyMap<string, number>) =>
  [...left].map(([place, mg]) => `${massText(mg)} at ${codeOf(place)}`).join(', ')

/** Nothing of the lot is left anywhere. */
function refuseEmpty(c: Case, state: LotState, mass: string | undefined): void {
  const code = codeOf(state.uri)
  const isShipped = state.shipments.at(-1)?.direction === 'out'
  if (mass === undefined && isShipped) {
    const detail = `All that there was of lot ${code} has been shipped.`
    refuse(c, 'already-shipped', detail, 'A lot of which something is here, or a return first.')
    return
  }
  const asked = mass === undefined ? 'all of it is asked for' : `${mass} is asked for`
  const detail = `Nothing is left of lot ${code} at that time, and ${asked}.`
  refuse(c, 'not-enough', detail, 'A lot of which something is there.')
}

/** The place to take from; undefined when it was refused. */
function sourceOf(
  c: Case,
  state: LotState,
  left: ReadonlyMap<string, number>,
  wanted: string | undefined,
): string | undefined {
  const code = codeOf(state.uri)
  if (wanted !== undefined) {
    const place = placeOf(c, wanted)
    if (left.has(place)) return place
    const detail = `Lot ${code} is not at ${codeOf(place)}; there is ${listed(left)}.`
    refuse(c, 'not-there', detail, 'The place where the lot is, or leave it out.')
    return undefined
  }
  if (left.size === 1) return [...left.keys()][0]
  const detail = `Lot ${code} is at several places (${listed(left)}), and none is named.`
  refuse(c, 'not-there', detail, 'The place that it is taken from.')
  return undefined
}

/** Takes what a line asks for, or refuses. */
export function take(c: Case, line: Line): Taken | undefined {
  const state = oldLot(c, line.lot)
  if (state === undefined) {
    if (line.place !== undefined) placeOf(c, line.place)
    return undefined
  }
  const left = leftOf(c, state)
  if (left.size === 0) {
    if (line.place !== undefined) placeOf(c, line.place)
    refuseEmpty(c, state, line.mass)
    return undefined
  }
  const place = sourceOf(c, state, left, line.place)
  if (place === undefined) return undefined
  const have = left.get(place) ?? 0
  const found = line.mass === undefined ? undefined : weighed({ ...line, mass: line.mass })
  const mg = found?.mg ?? have
  if (mg > have) {
    const detail = `${massText(mg)} of lot ${codeOf(state.uri)} is asked for, and ${massText(have)} is at ${codeOf(place)}.`
    const expected = `At most ${massText(have)}; weigh the lot first if more is there.`
    refuse(c, 'not-enough', detail, expected)
    return undefined
  }
  const key = `${state.uri} ${place}`
  c.taken.set(key, (c.taken.get(key) ?? 0) + mg)
  const all = { state, uri: state.uri, mg, place, isAll: line.mass === undefined }
  return found === undefined ? all : { ...all, weighed: found }
}

/** Takes every line; only what could be taken comes back. */
export const takeAll = (c: Case, lines: readonly Line[]): readonly Taken[] =>
  lines.flatMap((line) => {
    const taken = take(c, line)
    return taken === undefined ? [] : [taken]
  })

export const sumOf = (parts: readonly { readonly mg: number }[]): number =>
  parts.reduce((sum, { mg }) => sum + mg, 0)
