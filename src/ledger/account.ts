import type { MassEffect } from './effects.ts'
import type { LotState } from './state.ts'

/** Where mass is of which no event says the place. */
export const unknownPlace = 'urn:didymium:ledger:1:place:unknown'

/** A lot's mass while its events are gone through, mg. */
export interface Account {
  readonly places: Map<string, number>
  came: number
  went: number
  adjusted: number
}

/** A change of a lot's mass at one place. */
export interface Change {
  readonly place: string
  readonly mg: number
}

export function openAccount(from: LotState | undefined): Account {
  return {
    places: new Map(Object.entries(from?.places ?? {})),
    came: from?.came ?? 0,
    went: from?.went ?? 0,
    adjusted: from?.adjusted ?? 0,
  }
}

/** Places with something, the largest holding first, then by name. */
const bySize = (places: ReadonlyMap<string, number>) =>
  [...places].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))

const totalOf = (places: ReadonlyMap<string, number>) => {
  let sum = 0
  for (const mg of places.values()) sum += mg
  return sum
}

/** Takes from where most is first; what is not there is owed by the place that had most. */
function taken(places: ReadonlyMap<string, number>, mg: number): Change[] {
  const changes: Change[] = []
  let left = mg
  const holdings = bySize(places)
  for (const [place, there] of holdings) {
    if (left <= 0 || there <= 0) break
    const part = Math.min(there, left)
    changes.push({ place, mg: -part })
    left -= part
  }
  if (left > 0) changes.push({ place: holdings[0]?.[0] ?? unknownPlace, mg: -left })
  return changes
}

const put = (places: ReadonlyMap<string, number>, mg: number): Change[] => [
  { place: bySize(places)[0]?.[0] ?? unknownPlace, mg },
]

function changed(account: Account, mg: number, place: string | undefined): Change[] {
  if (mg >= 0) account.came += mg
  else account.went -= mg
  if (place !== undefined) return [{ place, mg }]
  return mg >= 0 ? put(account.places, mg) : taken(account.places, -mg)
}

function counted(account: Account, mg: number, place: string | undefined): Change[] {
  const there = place === undefined ? totalOf(account.places) : (account.places.get(place) ?? 0)
  const difference = mg - there
  account.adjusted += difference
  if (place !== undefined) return [{ place, mg: difference }]
  return difference >= 0 ? put(account.places, difference) : taken(account.places, -difference)
}

function moved(account: Account, { mg, place, to }: MassEffect): Change[] {
  if (to === undefined) return []
  const there = place === undefined ? totalOf(account.places) : (account.places.get(place) ?? 0)
  const mass = mg ?? Math.max(there, 0)
  const from = place === undefined ? taken(account.places, mass) : [{ place, mg: -mass }]
  return [...from, { place: to, mg: mass }]
}

/** The whole lot turns up at `to`: what was elsewhere has moved there, what was nowhere came. */
function arrived(account: Account, { mg, to }: MassEffect): Change[] {
  if (to === undefined) return []
  const mass = mg ?? totalOf(account.places)
  const more = mass - totalOf(account.places)
  if (more >= 0) account.came += more
  else account.adjusted += more
  const elsewhere = [...account.places].filter(([place]) => place !== to)
  const there = account.places.get(to) ?? 0
  return [
    ...elsewhere.map(([place, held]) => ({ place, mg: -held })),
    { place: to, mg: mass - there },
  ]
}

function changesOf(account: Account, effect: MassEffect): Change[] {
  const { kind, mg, place } = effect
  if (kind === 'move') return moved(account, effect)
  if (kind === 'arrive') return arrived(account, effect)
  if (mg === undefined) return []
  return kind === 'count' ? counted(account, mg, place) : changed(account, mg, place)
}

/**
 * Books an effect. A mass without a place goes to, or is taken from, where most of the lot is;
 * places can go below zero, which a check then names.
 */
export function book(account: Account, effect: MassEffect): readonly Change[] {
  const changes = changesOf(account, effect)
  for (const { place, mg } of changes) {
    const after = (account.places.get(place) ?? 0) + mg
    if (after === 0) account.places.delete(place)
    else account.places.set(place, after)
  }
  return changes
}

/** Mass of the lot at all places together, mg. */
export const balanceOf = (account: Account): number => totalOf(account.places)
