import type { Content } from '../../ledger/index.ts'
import type { Shared, Term, Variable } from '../reconcile/types.ts'
import { codeOf, type Draft, type Item, peerKey } from './draft.ts'
import type { BalanceOptions, MissingUncertainty, ModelledHoldUp } from './types.ts'

/** A measured quantity with what it is of. */
export interface Measurement extends Variable {
  readonly value: number
  readonly what: 'mass' | 'assay' | 'model'
  readonly item?: Item
  readonly element?: string
  /** Lot or sample that was analysed. */
  readonly from?: string
  readonly isBelow?: boolean
  readonly unlike?: number
}

/** The mass of one element in one item: a product of two measurements, or one of the model. */
export interface Part {
  readonly item?: Item
  readonly role: Item['role']
  readonly side: 'in' | 'out'
  readonly mass?: string
  readonly fraction?: string
  readonly modelled?: string
}

/** Everything that was measured, and which of it makes up each element. */
export interface Measurements {
  readonly byName: ReadonlyMap<string, Measurement>
  readonly shared: readonly Shared[]
  readonly elements: readonly string[]
  readonly parts: ReadonlyMap<string, readonly Part[]>
  /** Items that nobody has assayed for an element. */
  readonly unassayed: ReadonlyMap<string, readonly Item[]>
  readonly missing: readonly MissingUncertainty[]
}

/** The value and standard uncertainty that an assay stands for. */
export function readingOf(
  content: Content,
  options: BalanceOptions,
): { value: number; u?: number } {
  // Somewhere between nothing and the limit: a rectangle has its half width over the root of three.
  if (content.isBelow)
    return { value: content.fraction / 2, u: content.fraction / 2 / Math.sqrt(3) }
  const value = content.fraction
  if (content.u !== undefined) return { value, u: content.u }
  return options.assayU === undefined ? { value } : { value, u: options.assayU * value }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

/** How odd a fraction is among those of its like; nothing to say with fewer than three others. */
function oddness(value: number, u: number, others: readonly number[]) {
  if (others.length < 3) return {}
  const centre = median(others)
  const spread = 1.4826 * median(others.map((other) => Math.abs(other - centre)))
  const scale = Math.hypot(u, spread)
  const away = Math.abs(value - centre)
  return {
    ...(scale > 0 ? { doubt: away / scale } : {}),
    ...(centre > 0 ? { unlike: away / centre } : {}),
  }
}

/** Elements that anything holds, those of which most comes in first. */
function elementsOf({ items }: Draft, modelled: ModelledHoldUp | undefined): readonly string[] {
  const mass = new Map<string, number>()
  for (const { side, mg, contents } of items) {
    for (const { element, fraction } of contents) {
      mass.set(element, (mass.get(element) ?? 0) + (side === 'in' ? mg * fraction : 0))
    }
  }
  for (const element of Object.keys(modelled?.close ?? {})) {
    if (!mass.has(element)) mass.set(element, 0)
  }
  return [...mass].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([element]) => element)
}

interface Gathering {
  readonly byName: Map<string, Measurement>
  readonly shared: Shared[]
  readonly missing: MissingUncertainty[]
  /** Names of the masses of each lot. */
  readonly masses: Map<string, readonly string[]>
  readonly options: BalanceOptions
  readonly fractions: ReadonlyMap<string, readonly { lot: string; value: number }[]>
  readonly peers: Draft['peers']
}

/** The variable of an assay: one for all items that the same analysis speaks for. */
function fractionOf(gathering: Gathering, item: Item, content: Content): string {
  const { byName, shared, missing, options } = gathering
  const { element, from } = content
  const { value, u } = readingOf(content, options)
  const first = `${element} ${from}`
  const known = byName.get(first)
  const isSame = known !== undefined && Math.abs(known.value - value) <= 1e-12 * value
  if (isSame) return first
  const name = known === undefined ? first : `${element} ${from} in ${item.lot}`
  if (byName.has(name)) return name
  const key = peerKey(item.master, element)
  const inside = key === undefined ? [] : (gathering.fractions.get(key) ?? [])
  const others = [
    ...inside.filter(({ lot }) => lot !== item.lot).map((other) => other.value),
    ...(key === undefined ? [] : (gathering.peers?.get(key) ?? [])),
  ]
  byName.set(name, {
    name,
    value,
    ...(u === undefined ? {} : { u }),
    what: 'assay',
    item,
    element,
    from,
    isBelow: content.isBelow,
    ...(content.isBelow ? {} : oddness(value, u ?? 0, others)),
  })
  if (u === undefined) {
    missing.push({ lot: item.lot, code: codeOf(item.master, item.lot), what: 'assay', element })
  }
  // Another moisture, the same analysis: an error of it is in both.
  if (known?.u !== undefined && u !== undefined) {
    shared.push({ a: first, b: name, covariance: known.u * u })
  }
  return name
}

function massOf({ byName, missing, shared, masses }: Gathering, item: Item): string {
  const name = `m ${item.role} ${item.lot}`
  if (!byName.has(name)) {
    const { massU } = item
    byName.set(name, {
      name,
      value: item.mg / 1e6,
      ...(massU === undefined ? {} : { u: massU }),
      what: 'mass',
      item,
    })
    // Stock that lies there at both ends, a lot charged in parts: one weighing stands behind both.
    for (const other of masses.get(item.lot) ?? []) {
      const covariance = (byName.get(other)?.u ?? 0) * (massU ?? 0)
      if (covariance > 0) shared.push({ a: other, b: name, covariance })
    }
    masses.set(item.lot, [...(masses.get(item.lot) ?? []), name])
    if (massU === undefined) {
      missing.push({ lot: item.lot, code: codeOf(item.master, item.lot), what: 'mass' })
    }
  }
  return name
}

/** What the model says of the circuits, with one error for the beginning and the end. */
function modelledParts({ byName, shared }: Gathering, element: string, model: ModelledHoldUp) {
  const both = (['open', 'close'] as const).map((role): Part => {
    const value = model[role][element] ?? 0
    const name = `model ${role} ${element}`
    byName.set(name, { name, value, u: model.u * value, what: 'model', element })
    return { role, side: role === 'open' ? 'in' : 'out', modelled: name }
  })
  const [open = 0, close = 0] = both.map(({ modelled }) => byName.get(modelled ?? '')?.u ?? 0)
  if (open * close > 0) {
    shared.push({
      a: `model open ${element}`,
      b: `model close ${element}`,
      covariance: open * close,
    })
  }
  return both
}

/** Assays of one element in lots of one kind and product have errors in common. */
function correlated({ byName }: Gathering, correlation: number): Shared[] {
  const groups = new Map<string, Measurement[]>()
  for (const one of byName.values()) {
    const key = one.what === 'assay' ? peerKey(one.item?.master, one.element ?? '') : undefined
    if (key === undefined || one.isBelow === true || one.u === undefined) continue
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) =>
    group.flatMap((a, k) =>
      group.slice(k + 1).flatMap((b) => {
        if (a.from === b.from) return []
        return [{ a: a.name, b: b.name, covariance: correlation * (a.u ?? 0) * (b.u ?? 0) }]
      }),
    ),
  )
}

function fractionsByPeer({ items }: Draft) {
  const found = new Map<string, { lot: string; value: number }[]>()
  for (const { lot, master, contents } of items) {
    for (const { element, fraction, isBelow } of contents) {
      const key = peerKey(master, element)
      if (key === undefined || isBelow) continue
      found.set(key, [...(found.get(key) ?? []), { lot, value: fraction }])
    }
  }
  return found
}

/** Without lots of which as much came in as is there at the end: what they hold cancels. */
function withoutLying(items: readonly Item[]): readonly Item[] {
  const net = new Map<string, number>()
  for (const { lot, side, mg } of items)
    net.set(lot, (net.get(lot) ?? 0) + (side === 'in' ? mg : -mg))
  return items.filter(({ lot }) => net.get(lot) !== 0)
}

/** The measurements of a draft, element by element. */
export function measurementsOf(draft: Draft, options: BalanceOptions): Measurements {
  const modelled = draft.holdUp.basis === 'modelled' ? options.modelledHoldUp : undefined
  const gathering: Gathering = {
    byName: new Map(),
    shared: [],
    missing: [],
    masses: new Map(),
    options,
    fractions: fractionsByPeer(draft),
    peers: draft.peers,
  }
  const elements = options.elements ?? elementsOf(draft, modelled)
  const parts = new Map<string, Part[]>()
  const unassayed = new Map<string, readonly Item[]>()
  for (const element of elements) {
    const own: Part[] = modelled === undefined ? [] : modelledParts(gathering, element, modelled)
    const unknown: Item[] = []
    for (const item of draft.items) {
      const content = item.contents.find((one) => one.element === element)
      if (content === undefined) {
        // A reagent of which nobody has said that it holds an element is no source of it.
        if (item.role !== 'reagent') unknown.push(item)
        continue
      }
      const { role, side } = item
      const fraction = fractionOf(gathering, item, content)
      own.push({ item, role, side, mass: massOf(gathering, item), fraction })
    }
    parts.set(element, own)
    unassayed.set(element, withoutLying(unknown))
  }
  const { byName, shared, missing } = gathering
  const { assayCorrelation = 0 } = options
  const more = assayCorrelation > 0 ? correlated(gathering, assayCorrelation) : []
  return { byName, shared: [...shared, ...more], elements, parts, unassayed, missing }
}

/** A part as a term of a sum; undefined for what is not of the side or role. */
export const termOf = (part: Part, factor: number): Term =>
  part.modelled !== undefined
    ? { factor, of: part.modelled }
    : {
        factor,
        of: part.mass ?? '',
        ...(part.fraction === undefined ? {} : { times: part.fraction }),
      }
