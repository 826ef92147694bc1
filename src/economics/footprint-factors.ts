import type {
  EmissionFactor,
  FactorUnit,
  FootprintData,
  GivenFactor,
  Substance,
} from './footprint-types.ts'

/** A factor ready to multiply a quantity with, kg CO2e per `per`. */
export interface Factor {
  readonly value: number
  readonly per: 'kg' | 'kWh' | 'm3' | 't km'
  readonly title: string
  /** Ids of the sources, or where the user says it is from. */
  readonly source: string
  readonly method: string
  readonly primary: boolean
  readonly note?: string
}

/** kg of a pound, by definition of the pound. */
const pound = 0.453_592_37

const units: Readonly<Record<FactorUnit, readonly [per: Factor['per'], scale: number]>> = {
  'kg CO2e/kg': ['kg', 1],
  'kg CO2e/t': ['kg', 1e-3],
  'kg CO2e/kWh': ['kWh', 1],
  'lb CO2e/MWh': ['kWh', pound / 1000],
  'kg CO2e/m3': ['m3', 1],
  'kg CO2e/(t km)': ['t km', 1],
}

/** A factor of the user's own. */
export function ownFactor(given: GivenFactor, title: string): Factor {
  const [per, scale] = units[given.unit]
  const { source, assumption } = given
  return {
    value: given.value * scale,
    per,
    title,
    source: source ?? 'stated by the plant',
    method: source === undefined && assumption !== undefined ? 'assumption' : 'stated',
    primary: given.primary === true,
    ...(assumption === undefined ? {} : { note: assumption }),
  }
}

const unique = (texts: readonly string[]) => [...new Set(texts)]

function added(records: readonly EmissionFactor[]): Factor | undefined {
  const [first] = records
  if (first === undefined) return undefined
  const [per] = units[first.unit]
  const notes = unique(
    records.flatMap(({ note, surrogate }) => [
      ...(surrogate === undefined ? [] : [`factor of ${surrogate} in its place`]),
      ...(note === undefined ? [] : [note]),
    ]),
  )
  return {
    value: records.reduce((sum, { value, unit }) => sum + value * units[unit][1], 0),
    per,
    title:
      records.length === 1
        ? first.title
        : `${first.title}, with ${unique(records.slice(1).map((r) => r.boundary)).join(', ')}`,
    source: unique(records.map((r) => r.source)).join(', '),
    method: first.method,
    primary: false,
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
  }
}

/**
 * The factor of the data for something of a kind: the direct one, and with `upstream` the losses
 * and the supply of fuels of the same year. Without a year the newest; undefined where there is
 * none.
 */
export function factorOf(
  data: FootprintData,
  kind: EmissionFactor['kind'],
  of: string,
  choice: FactorChoice,
): Factor | undefined {
  const key = `${kind} ${of} ${choice.year} ${choice.upstream}`
  const earlier = found.get(data)?.get(key)
  if (earlier !== undefined) return earlier
  const factor = lookUp(data, kind, of, choice)
  if (factor === undefined) return undefined
  found.set(data, (found.get(data) ?? new Map<string, Factor>()).set(key, factor))
  return factor
}

interface FactorChoice {
  readonly year?: number | undefined
  readonly upstream: boolean
}

/** What was looked up and is there: at most all that the data have. */
const found = new WeakMap<FootprintData, Map<string, Factor>>()

function lookUp(
  data: FootprintData,
  kind: EmissionFactor['kind'],
  of: string,
  { year, upstream }: FactorChoice,
): Factor | undefined {
  const own = data.factors.filter((record) => record.kind === kind && record.of === of)
  const direct = own.filter((record) => !record.upstream)
  const newest = year ?? Math.max(...direct.map((record) => record.year))
  return added([
    ...direct.filter((record) => record.year === newest).slice(0, 1),
    ...(upstream ? own.filter((record) => record.upstream && record.year === newest) : []),
  ])
}

/** What there is of a kind in the data, by name; for messages. */
export const namesOf = (data: FootprintData, kind: EmissionFactor['kind']): readonly string[] =>
  unique(data.factors.filter((record) => record.kind === kind).map((record) => record.of))

/** True where the data have something of a kind by that name. */
export const isKnown = (data: FootprintData, kind: EmissionFactor['kind'], of: string): boolean =>
  data.factors.some((record) => record.kind === kind && record.of === of)

/** A part of what is bought: a substance of the data, or species that none of them explains. */
export interface BoughtPart {
  readonly substance: Pick<Substance, 'id' | 'name' | 'free' | 'piped'>
  /** Mass fraction of the reagent. */
  readonly fraction: number
  /** False for ions that no substance of the data explains. */
  readonly isKnown: boolean
}

/**
 * Splits a composition (mass fractions by species) into substances. Ions belong to a substance
 * together, so no stoichiometry is needed; where an ion could belong to two substances that are
 * both there, the ions that are left stay one part under their own names.
 */
export function partsOf(
  composition: Readonly<Record<string, number>>,
  substances: readonly Substance[],
): readonly BoughtPart[] {
  const known = parted.get(composition)
  if (known?.substances === substances) return known.parts
  const parts = split(composition, substances)
  parted.set(composition, { substances, parts })
  return parts
}

/** What compositions were split into, and by which substances: reagents stay what they are. */
const parted = new WeakMap<
  Readonly<Record<string, number>>,
  { readonly substances: readonly Substance[]; readonly parts: readonly BoughtPart[] }
>()

function split(
  composition: Readonly<Record<string, number>>,
  substances: readonly Substance[],
): readonly BoughtPart[] {
  const left = new Map(Object.entries(composition).filter(([, fraction]) => fraction > 0))
  const parts: BoughtPart[] = []
  const candidates = [...substances]
    .filter(({ species }) => species.every((id) => left.has(id)))
    .sort((a, b) => b.species.length - a.species.length)
  const shared = new Set<string>()
  for (const { species } of candidates) {
    for (const other of candidates) {
      if (other.species === species || isWithin(species, other.species)) continue
      for (const id of species) if (other.species.includes(id)) shared.add(id)
    }
  }
  for (const substance of candidates) {
    const { species } = substance
    if (!species.every((id) => left.has(id))) continue
    if (species.some((id) => shared.has(id))) continue
    const fraction = species.reduce((sum, id) => sum + (left.get(id) ?? 0), 0)
    parts.push({ substance, fraction, isKnown: true })
    for (const id of species) left.delete(id)
  }
  for (const [id, fraction] of left) {
    if (isIon(id)) continue
    parts.push({ substance: { id, name: id }, fraction, isKnown: true })
    left.delete(id)
  }
  if (left.size > 0) {
    const id = [...left.keys()].join(' + ')
    const fraction = [...left.values()].reduce((sum, value) => sum + value, 0)
    parts.push({ substance: { id, name: id }, fraction, isKnown: false })
  }
  return parts
}

/** Ions end in their charge: `Cl-`, `SO4-2`. */
const isIon = (id: string) => /[+-]\d*$/.test(id)

/** True where one of two lists of species holds the whole of the other: no dispute about an ion. */
function isWithin(one: readonly string[], other: readonly string[]): boolean {
  const [small, large] = one.length < other.length ? [one, other] : [other, one]
  return small.every((id) => large.includes(id))
}
