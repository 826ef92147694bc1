import type { SpeciesTable } from '../../../../src/chemistry/species.ts'
import type { Sourced } from '../../../../src/chemistry/sourced.ts'
import type { Validity } from '../../../../src/chemistry/distribution/model.ts'
import { bank, type Source } from '../../../../src/databank/index.ts'
import { plantElements, setsInUse } from '../../../../src/scenario/check-chemistry.ts'
import type { TaskMap } from '../protocol.ts'
import { current } from '../in-hand.ts'

/** A number from outside with where it is from, as plain data. */
export interface SourcedNumber {
  /** What it is: `Nd a`, `formation enthalpy of Nd2O3 (solid)`. */
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly uncertainty?: number
  /** Key of `publications`. */
  readonly source: string
  readonly locator?: string
  readonly method: string
  readonly note?: string
  /** How well it is known, where the set says so. */
  readonly quality?: string
  /** Units of the plant that asked for it; none where it belongs to the plant's chemistry. */
  readonly units: readonly string[]
}

/** An extractant set that circuits of the plant use. */
export interface SetInUse {
  readonly id: string
  readonly title: string
  readonly medium: string
  readonly diluent: string
  readonly model: string
  /** The range in which it was measured. */
  readonly validity: Validity
  /** What its use is worth outside that range. */
  readonly worth: string
  readonly notes: readonly string[]
  readonly origin: string
  readonly units: readonly string[]
  readonly sources: readonly string[]
  /** Measured points behind it. */
  readonly points: number
  readonly numbers: readonly SourcedNumber[]
}

/** What the plant file says of itself. */
export interface Said {
  readonly kind: 'note' | 'source' | 'assumption'
  readonly at: string
  readonly text: string
}

export interface SourceReport {
  readonly sets: readonly SetInUse[]
  readonly constants: readonly SourcedNumber[]
  readonly equilibria: readonly SourcedNumber[]
  readonly properties: readonly SourcedNumber[]
  readonly elements: readonly SourcedNumber[]
  readonly said: readonly Said[]
  /** Every publication that the numbers above name. */
  readonly publications: Readonly<Record<string, Source>>
}

function numberOf(
  name: string,
  { value, unit = '', uncertainty, source, locator, method, note }: Sourced<number>,
  units: readonly string[] = [],
  quality?: string,
): SourcedNumber {
  return {
    name,
    value,
    unit,
    source,
    method,
    units,
    ...(uncertainty === undefined ? {} : { uncertainty }),
    ...(locator === undefined ? {} : { locator }),
    ...(note === undefined ? {} : { note }),
    ...(quality === undefined || quality === '' ? {} : { quality }),
  }
}

/** The sets of the circuits, their numbers for the elements that the plant has. */
function sets(): readonly SetInUse[] {
  const { plant } = current()
  const used = setsInUse(plant, bank)
  const present = new Set(plantElements(plant, bank))
  return [...new Map(used.map(({ id, set }) => [id, set]))].map(([id, set]): SetInUse => {
    const units = used.filter((use) => use.id === id).map(({ unit }) => unit)
    const own = plant.extractants.find(({ name }) => name === id)
    const numbers = [
      ...Object.entries(set.parameters)
        .filter(([element]) => present.has(element))
        .flatMap(([element, parameters]) =>
          Object.entries(parameters).map(([name, value]) =>
            numberOf(`${element} ${name}`, value, units, set.quality[element]),
          ),
        ),
      ...Object.entries(set.constants).map(([name, value]) => numberOf(name, value, units)),
    ]
    const { title, medium, diluent, model, validity, worth, notes, sources, points } = set
    const origin = own?.path ?? 'built-in'
    return {
      id,
      title,
      medium,
      diluent,
      model,
      validity,
      worth,
      notes,
      origin,
      units,
      sources,
      points: points.length,
      numbers,
    }
  })
}

/**
 * The constants that the units of the plant ask for: every unit is calculated once more from what
 * it received, with a reader that remembers.
 */
function constants(): readonly SourcedNumber[] {
  const { state } = current()
  const { properties } = state.chemistry
  const asked = new Map<string, Set<string>>()
  for (const run of state.solved.memory.state.runs) {
    if (run === undefined) continue
    const { unit, inlets, memory, latest } = run
    const remembering = {
      ...properties,
      constant: (id: string) => {
        asked.set(id, (asked.get(id) ?? new Set()).add(unit.name))
        return properties.constant(id)
      },
    }
    const { op, name, params } = unit
    const input = { name, inlets, params, properties: remembering, memory }
    op.steady(input)
    if (latest !== undefined) op.equipment({ ...input, result: latest })
  }
  return [...asked]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, units]) => numberOf(id, properties.constant(id), [...units]))
}

const componentsText = (components: Readonly<Record<string, number>>) =>
  Object.entries(components)
    .map(([id, count]) => (count === 1 ? id : `${count} ${id}`))
    .join(', ')

function equilibria(): readonly SourcedNumber[] {
  const { forms, solids, sit = [] } = current().state.chemistry.properties.equilibria
  return [
    ...forms.map(({ id, components, logK }) =>
      numberOf(`log10 K of ${id} from ${componentsText(components)}`, logK),
    ),
    ...solids.map(({ id, components, logK }) =>
      numberOf(`log10 K of dissolution of ${id} into ${componentsText(components)}`, logK),
    ),
    ...sit.map(({ cation, anion, epsilon }) =>
      numberOf(`SIT coefficient of ${cation} and ${anion}`, epsilon),
    ),
  ]
}

/** Rows of the species table that some line of the plant carries. */
function carriedRows(table: SpeciesTable): readonly number[] {
  const { streams } = current().state.solved
  const flows = Object.values(streams).map(({ flow }) => flow)
  return [...table.species.keys()].filter((row) => flows.some((flow) => flow[row] !== 0))
}

function properties(): readonly SourcedNumber[] {
  const table = current().state.chemistry.properties.species
  return carriedRows(table).flatMap((row) => {
    const species = table.species[row]
    if (species === undefined) return []
    const { id, phase, enthalpy, heatCapacity, density, partialVolume } = species
    const all: readonly (readonly [string, Sourced<number> | undefined])[] = [
      ['formation enthalpy', enthalpy],
      ['heat capacity', heatCapacity],
      ['density', density],
      ['partial volume', partialVolume?.v0],
    ]
    return all.flatMap(([what, value]) =>
      value === undefined ? [] : [numberOf(`${what} of ${id} (${phase})`, value)],
    )
  })
}

function elements(): readonly SourcedNumber[] {
  const { species } = current().state.chemistry.properties
  return species.elements.flatMap((symbol) => {
    const element = bank.elements.get(symbol)
    if (element === undefined) return []
    return [numberOf(`atomic weight of ${symbol}, ${element.name}`, element.atomicWeight)]
  })
}

/** Everything that the numbers of the plant rest on, and who says it. */
function sources(): SourceReport {
  const { plant } = current()
  const parts = {
    sets: sets(),
    constants: constants(),
    equilibria: equilibria(),
    properties: properties(),
    elements: elements(),
  }
  const numbers = [
    ...parts.sets.flatMap((set) => set.numbers),
    ...parts.constants,
    ...parts.equilibria,
    ...parts.properties,
    ...parts.elements,
  ]
  const named = new Set([
    ...numbers.map(({ source }) => source),
    ...parts.sets.flatMap((set) => set.sources),
  ])
  const publications = Object.fromEntries(
    [...named].flatMap((id) => {
      const found = bank.sources.get(id)
      return found === undefined ? [] : [[id, found] as const]
    }),
  )
  const said = plant.annotations.map(({ key, at, text }): Said => ({ kind: key, at, text }))
  return { ...parts, said, publications }
}

export const tasks = { sources } satisfies TaskMap
