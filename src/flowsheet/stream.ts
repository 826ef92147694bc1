import type { Phase, SpeciesTable } from '../chemistry/species.ts'
import { sparseOf } from './sparse.ts'

/**
 * Material flowing in a pipe, on a belt or in a duct: molar flows of species of all phases at once,
 * so moisture of solids is the aqueous part of a solid stream and entrained solvent the organic
 * part of an aqueous one. Read-only by contract: make a new one, never write into one received.
 */
export interface Stream {
  /** mol/s by index of the plant's species table. */
  readonly flow: Float64Array
  /** K */
  readonly temperature: number
  /** 80 % passing size of the solids, m; absent = not known. */
  readonly particleSize?: number
}

/** A stream with nothing in it, at 298.15 K. */
export function emptyStream(table: SpeciesTable, temperature = 298.15): Stream {
  return { flow: new Float64Array(table.species.length), temperature }
}

/** True when nothing flows. */
export function isEmpty(stream: Stream): boolean {
  const { flow } = stream
  for (let i = 0; i < flow.length; i++) if (flow[i] !== 0) return false
  return true
}

/** A copy with every flow multiplied; `factor` must be finite and not negative (asserted). */
export function scale(stream: Stream, factor: number): Stream {
  if (!(factor >= 0) || factor === Infinity) throw new Error(`a stream scaled by ${factor}`)
  const { flow: whole } = stream
  const flow = new Float64Array(whole.length)
  for (let i = 0; i < flow.length; i++) flow[i] = (whole[i] as number) * factor
  return { ...stream, flow }
}

/** The same stream with another temperature and/or other flows. */
export function withFlow(stream: Stream, flow: Float64Array, temperature?: number): Stream {
  return { ...stream, flow, temperature: temperature ?? stream.temperature }
}

/** The part of a stream in one phase; everything else zero. Particle size goes with the solids. */
export function onlyPhase(table: SpeciesTable, stream: Stream, phase: Phase): Stream {
  const flow = new Float64Array(stream.flow.length)
  for (const i of table.inPhase(phase)) flow[i] = stream.flow[i] as number
  const { particleSize, temperature } = stream
  return particleSize === undefined || phase !== 'solid'
    ? { flow, temperature }
    : { flow, temperature, particleSize }
}

// Streams have several shapes, so what is read of one is read before a loop, not in it.

/** Total mass flow, kg/s. */
export function massFlow({ molarMass }: SpeciesTable, { flow }: Stream): number {
  let mass = 0
  for (let i = 0; i < flow.length; i++) mass += (flow[i] as number) * (molarMass[i] as number)
  return mass
}

/** Mass flow of one phase, kg/s. */
export function phaseMass(table: SpeciesTable, { flow }: Stream, phase: Phase): number {
  const { molarMass } = table
  const rows = table.inPhase(phase)
  let mass = 0
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k] as number
    mass += (flow[i] as number) * (molarMass[i] as number)
  }
  return mass
}

/** Moisture of the solids: aqueous over aqueous plus solid mass; 0 for an empty stream. */
export function moisture(table: SpeciesTable, stream: Stream): number {
  const wet = phaseMass(table, stream, 'aqueous')
  const dry = phaseMass(table, stream, 'solid')
  return wet + dry > 0 ? wet / (wet + dry) : 0
}

/** Mass of one liquid entrained in the other: `phase` over aqueous plus organic mass, 0 to 1. */
export function entrained(
  table: SpeciesTable,
  stream: Stream,
  phase: 'aqueous' | 'organic',
): number {
  const both = phaseMass(table, stream, 'aqueous') + phaseMass(table, stream, 'organic')
  return both > 0 ? phaseMass(table, stream, phase) / both : 0
}

/** Molar flows of the elements, mol/s, in the order of `table.elements`. */
export function elementFlows(table: SpeciesTable, stream: Stream): Float64Array {
  const flows = new Float64Array(table.elements.length)
  addElements(table, stream.flow, flows)
  return flows
}

/**
 * Adds the element flows of a flow vector, mol/s, to `sums`, in the order of `table.elements`;
 * answers with the mol/s of all species.
 */
export function addElements(table: SpeciesTable, flow: Float64Array, sums: Float64Array): number {
  const { start, column, atoms } = sparseOf(table)
  let moles = 0
  for (let i = 0; i < flow.length; i++) {
    const n = flow[i] as number
    if (n === 0) continue
    moles += n
    for (let k = start[i] as number; k < (start[i + 1] as number); k++) {
      const e = column[k] as number
      sums[e] = (sums[e] as number) + n * (atoms[k] as number)
    }
  }
  return moles
}

/** mol/s of one element in everything or in one phase; 0 when the plant does not carry it. */
export function elementFlow(
  table: SpeciesTable,
  flow: Float64Array,
  symbol: string,
  phase?: Phase,
): number {
  const holders = sparseOf(table).holders[table.element(symbol)]
  if (holders === undefined) return 0
  const { rows, atoms, phases } = holders
  let sum = 0
  for (let k = 0; k < rows.length; k++) {
    if (phase !== undefined && phases[k] !== phase) continue
    sum += (atoms[k] as number) * (flow[rows[k] as number] as number)
  }
  return sum
}

/**
 * Mass flows of the elements, kg/s, by symbol; elements that are absent are left out.
 * `weights`: atomic weights in kg/mol by symbol (asserted to be there for what flows).
 */
export function elementMasses(
  table: SpeciesTable,
  stream: Stream,
  weights: ReadonlyMap<string, number>,
): Record<string, number> {
  const masses: Record<string, number> = {}
  const flows = elementFlows(table, stream)
  for (let e = 0; e < flows.length; e++) {
    const moles = flows[e] as number
    if (moles === 0) continue
    const symbol = table.elements[e] as string
    const weight = weights.get(symbol)
    if (weight === undefined) throw new Error(`no atomic weight for ${symbol}`)
    masses[symbol] = moles * weight
  }
  return masses
}

/** Net charge flow of one phase, mol/s of elementary charge; zero in a possible stream. */
export function chargeOf(table: SpeciesTable, { flow }: Stream, phase: Phase = 'aqueous'): number {
  const { charge: each } = table
  let charge = 0
  for (const i of table.inPhase(phase)) charge += (flow[i] as number) * (each[i] as number)
  return charge
}
