import type { Solution, SolvedStream } from '../scenario/index.ts'
import { type Cell, harmless } from './cells.ts'

/** What a stream table can show beside the name of a line, in the order of its columns. */
export const columnSets = ['ends', 'state', 'elements', 'species', 'phases', 'tracers'] as const
export type ColumnSet = (typeof columnSets)[number]

/** Rates while operating per hour, over the operating hours of a year, or in SI. */
export const unitSystems = ['hour', 'year', 'SI'] as const
export type UnitSystem = (typeof unitSystems)[number]

export interface ColumnChoice {
  readonly sets: readonly ColumnSet[]
  readonly units: UnitSystem
  /** Elements as a rate, or as g/L of the liquid that the line carries. */
  readonly elementsAs: 'rate' | 'concentration'
  /** Order of the elements; alphabetical if left out. */
  readonly order?: (symbols: readonly string[]) => readonly string[]
}

/** One column of a stream table, or one row of it when it is turned over. */
export interface StreamColumn {
  readonly id: string
  readonly set: ColumnSet | 'name'
  readonly name: string
  /** Empty for texts and bare numbers. */
  readonly unit: string
  readonly of: (name: string, stream: SolvedStream) => Cell
}

/** What the terminal prints: rates per hour, everything but the phases and the tracers. */
export const usualChoice: ColumnChoice = {
  sets: ['ends', 'state', 'elements', 'species'],
  units: 'hour',
  elementsAs: 'rate',
}

/** A unit with what an SI value is multiplied by for it. */
interface Scale {
  readonly unit: string
  readonly factor: number
}

interface Scales {
  readonly mass: Scale
  readonly amount: Scale
  readonly volume: Scale
  readonly activity: Scale
}

function scalesOf(units: UnitSystem, operatingHours: number): Scales {
  const year = 3600 * operatingHours
  switch (units) {
    case 'hour':
      return {
        mass: { unit: 'kg/h', factor: 3600 },
        amount: { unit: 'mol/h', factor: 3600 },
        volume: { unit: 'L/h', factor: 3.6e6 },
        activity: { unit: 'Bq/h', factor: 3600 },
      }
    case 'year':
      return {
        mass: { unit: 't/y', factor: year / 1000 },
        amount: { unit: 'kmol/y', factor: year / 1000 },
        volume: { unit: 'm3/y', factor: year },
        activity: { unit: 'MBq/y', factor: year / 1e6 },
      }
    case 'SI':
      return {
        mass: { unit: 'kg/s', factor: 1 },
        amount: { unit: 'mol/s', factor: 1 },
        volume: { unit: 'm3/s', factor: 1 },
        activity: { unit: 'Bq/s', factor: 1 },
      }
  }
}

const phases = ['solid', 'aqueous', 'organic', 'gas'] as const
type Phase = (typeof phases)[number]

const text = (
  id: string,
  set: StreamColumn['set'],
  of: (name: string, stream: SolvedStream) => string,
): StreamColumn => ({
  id,
  set,
  name: id,
  unit: '',
  of: (name, stream) => harmless(of(name, stream)),
})

const scaled = (value: number | undefined, { factor }: Scale): Cell =>
  value === undefined ? null : value * factor

const ends: readonly StreamColumn[] = [
  text('from', 'ends', (_, s) => s.from),
  text('to', 'ends', (_, s) => s.to),
  text('phase', 'ends', (_, s) => s.phase),
]

function stateColumns(mass: Scale, units: UnitSystem): readonly StreamColumn[] {
  const kelvin = units === 'SI'
  return [
    { id: 'mass', set: 'state', name: 'mass', unit: mass.unit, of: (_, s) => s.mass * mass.factor },
    {
      id: 'temperature',
      set: 'state',
      name: 'temperature',
      unit: kelvin ? 'K' : 'degC',
      of: (_, s) => (kelvin ? s.temperature : s.temperature - 273.15),
    },
    { id: 'pH', set: 'state', name: 'pH', unit: '', of: (_, s) => s.pH ?? null },
  ]
}

/**
 * kg/m3 of an element in the liquid of a line; none where the line is no liquid or carries solids,
 * whose share would be counted with it.
 */
export function concentrationOf(symbol: string, stream: SolvedStream): number | undefined {
  if (stream.phase !== 'aqueous' && stream.phase !== 'organic') return undefined
  const volume = stream.volume[stream.phase]
  if (volume === undefined || stream.species.solid !== undefined) return undefined
  return (stream.elements[symbol] ?? 0) / volume
}

function elementColumns(
  streams: readonly SolvedStream[],
  { elementsAs, order = (symbols) => [...symbols].sort() }: ColumnChoice,
  mass: Scale,
): readonly StreamColumn[] {
  const symbols = order([...new Set(streams.flatMap((s) => Object.keys(s.elements)))])
  return symbols.map((symbol): StreamColumn => {
    const own = { id: `element ${symbol}`, set: 'elements', name: symbol } as const
    if (elementsAs === 'rate') {
      return { ...own, unit: mass.unit, of: (_, s) => (s.elements[symbol] ?? 0) * mass.factor }
    }
    return { ...own, unit: 'g/L', of: (_, s) => concentrationOf(symbol, s) ?? null }
  })
}

function speciesColumns(streams: readonly SolvedStream[], amount: Scale): readonly StreamColumn[] {
  const found = new Map<string, readonly [Phase, string]>()
  for (const { species } of streams) {
    for (const phase of phases) {
      for (const id of Object.keys(species[phase] ?? {})) found.set(`${phase} ${id}`, [phase, id])
    }
  }
  return [...found].sort(byName).map(([name, [phase, id]]) => ({
    id: `species ${name}`,
    set: 'species',
    name,
    unit: amount.unit,
    of: (_, s) => (s.species[phase]?.[id] ?? 0) * amount.factor,
  }))
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  a < b ? -1 : a > b ? 1 : 0

/**
 * Mass of a phase of a line, kg/s: its volume times its density, or the whole line where it carries
 * nothing else. Unknown where neither says it.
 */
export function phaseMass(phase: Phase, stream: SolvedStream): number | undefined {
  if (stream.species[phase] === undefined) return 0
  const present = phases.filter((other) => stream.species[other] !== undefined)
  if (present.length === 1) return stream.mass
  const [volume, density] = [stream.volume[phase], stream.density[phase]]
  return volume === undefined || density === undefined ? undefined : volume * density
}

function phaseColumns(
  streams: readonly SolvedStream[],
  { mass, volume }: Scales,
): readonly StreamColumn[] {
  const present = phases.filter((phase) => streams.some((s) => s.species[phase] !== undefined))
  return present.flatMap((phase): StreamColumn[] => {
    const column = (what: string, unit: string, of: StreamColumn['of']): StreamColumn => {
      return { id: `phase ${phase} ${what}`, set: 'phases', name: `${phase} ${what}`, unit, of }
    }
    const own = [
      column('mass', mass.unit, (_, s) => scaled(phaseMass(phase, s), mass)),
      column('volume', volume.unit, (_, s) => scaled(s.volume[phase], volume)),
      column('density', 'kg/m3', (_, s) => s.density[phase] ?? null),
    ]
    // A gas has no volume in a solution: its pressure is not part of it.
    return phase === 'gas' ? own.slice(0, 1) : own
  })
}

const nuclide = /^[A-Z][a-z]?-\d+m?$/

function tracerColumns(
  streams: readonly SolvedStream[],
  { mass, activity }: Scales,
): readonly StreamColumn[] {
  const names = [...new Set(streams.flatMap(({ tracers }) => Object.keys(tracers ?? {})))].sort()
  return names.map((name): StreamColumn => {
    const scale = nuclide.test(name) ? activity : mass
    return {
      id: `tracer ${name}`,
      set: 'tracers',
      name,
      unit: scale.unit,
      of: (_, s) => (s.tracers?.[name] ?? 0) * scale.factor,
    }
  })
}

/** The columns of a stream table that are asked for, the name of the line before all. */
export function streamColumns(
  { streams, operatingHours }: Solution,
  choice: ColumnChoice,
): readonly StreamColumn[] {
  const lines = Object.values(streams)
  const scales = scalesOf(choice.units, operatingHours)
  const make: Readonly<Record<ColumnSet, () => readonly StreamColumn[]>> = {
    ends: () => ends,
    state: () => stateColumns(scales.mass, choice.units),
    elements: () => elementColumns(lines, choice, scales.mass),
    species: () => speciesColumns(lines, scales.amount),
    phases: () => phaseColumns(lines, scales),
    tracers: () => tracerColumns(lines, scales),
  }
  const chosen = columnSets.filter((set) => choice.sets.includes(set))
  return [text('stream', 'name', (name) => name), ...chosen.flatMap((set) => make[set]())]
}

/** `Nd kg/h`: the head of a column with its unit. */
export const headOf = ({ name, unit }: StreamColumn) => (unit === '' ? name : `${name} ${unit}`)

/** Heads with units, then a row for each line. */
export function streamRows(
  { streams }: Solution,
  columns: readonly StreamColumn[],
): readonly (readonly Cell[])[] {
  const rows = Object.entries(streams).map(([name, stream]) =>
    columns.map(({ of }) => of(name, stream)),
  )
  return [columns.map(headOf), ...rows]
}

/** A table turned over: its columns become rows. */
export function turned(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const [heads = []] = rows
  return heads.map((_, column) => rows.map((row) => row[column] ?? null))
}
