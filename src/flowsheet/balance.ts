import type { SpeciesTable } from '../chemistry/species.ts'
import { onDemand } from '../numerics/index.ts'
import type { Connection } from './flowsheet.ts'
import { addElements, type Stream } from './stream.ts'

/** One element over the whole plant, mol/s; `gap` relative. */
export interface ElementBalance {
  readonly in: number
  readonly out: number
  readonly gap: number
}

export interface Balance {
  /** Largest gap of any element over any unit or the whole plant. */
  readonly worst: number
  /** Whose it is: `sx1 Tb`, or `plant Tb`. Empty when nothing flows. */
  readonly where: string
  /** Over the whole plant, by element. */
  readonly elements: Readonly<Record<string, ElementBalance>>
  /** Largest element gap of each unit that has both inlets and outlets. */
  readonly units: Readonly<Record<string, number>>
  /** Largest net charge of the aqueous or organic part of a stream over all charge it carries. */
  readonly charge: number
  /** The stream whose charge that is. */
  readonly chargeWhere: string
}

/**
 * Element and charge balances from the streams in the lines alone: what the units and the solver
 * believe plays no part. A unit without incoming lines supplies the plant, one without outgoing
 * lines takes from it. The gap of an element is |in - out| over the largest of in, out and 1e-12 of
 * the molar throughput (of the unit, or of the plant). Nothing is rescaled.
 */
export function balance(
  table: SpeciesTable,
  connections: readonly Connection[],
  streams: Readonly<Record<string, Stream>>,
): Balance {
  const layout = layoutOf(connections)
  const books = booksOf(table, layout, connections, streams)
  const plant = layout.units.length
  let worst = 0
  let where = ''
  const units: Record<string, number> = {}
  const judge = (name: string, unit: number) => {
    const { gap, element } = worstGap(books, unit)
    if (gap > worst || where === '') {
      worst = gap
      where = `${name} ${table.elements[element] ?? ''}`
    }
    return gap
  }
  for (const [unit, { name, isWithin }] of layout.units.entries()) {
    if (isWithin) units[name] = judge(name, unit)
  }
  judge('plant', plant)
  // Whether a solution stands is asked of each that is tried; the rest of the few that are shown.
  const charged = onDemand(() => charges(table, streams))
  return {
    worst,
    where,
    get elements() {
      return elementBalances(table, books, plant)
    },
    units,
    get charge() {
      return charged().charge
    },
    get chargeWhere() {
      return charged().chargeWhere
    },
  }
}

/** Who sends to whom: the units by number, in the order in which lines name them. */
interface Layout {
  /** `isWithin`: has both inlets and outlets. */
  readonly units: readonly { readonly name: string; readonly isWithin: boolean }[]
  /** Of each line. */
  readonly ends: readonly {
    readonly from: number
    readonly to: number
    readonly supplies: boolean
    readonly takes: boolean
  }[]
}

const layouts = new WeakMap<readonly Connection[], Layout>()

/** Made once: of a plant in whose units numbers move the lines stay what they are. */
function layoutOf(connections: readonly Connection[]): Layout {
  const known = layouts.get(connections)
  if (known !== undefined) return known
  const starts = new Set(connections.map((c) => c.from.unit))
  const ends = new Set(connections.map((c) => c.to.unit))
  const numbers = new Map<string, number>()
  const numberOf = (unit: string) => {
    const number = numbers.get(unit) ?? numbers.size
    numbers.set(unit, number)
    return number
  }
  const made: Layout = {
    ends: connections.map(({ from, to }) => ({
      to: numberOf(to.unit),
      from: numberOf(from.unit),
      supplies: !ends.has(from.unit),
      takes: !starts.has(to.unit),
    })),
    units: Array.from(numbers.keys(), (name) => ({
      name,
      isWithin: starts.has(name) && ends.has(name),
    })),
  }
  layouts.set(connections, made)
  return made
}

/** What comes into each unit and leaves it, and into the plant and out of it after the last. */
interface Books {
  /** Elements, the length of a side. */
  readonly width: number
  /** mol/s of each element: what comes into the first unit, what leaves it, and so on. */
  readonly atoms: Float64Array
  /** mol/s of all species, by side. */
  readonly moles: Float64Array
}

function booksOf(
  table: SpeciesTable,
  { units, ends }: Layout,
  connections: readonly Connection[],
  streams: Readonly<Record<string, Stream>>,
): Books {
  const width = table.elements.length
  const sides = 2 * (units.length + 1)
  const books = { width, atoms: new Float64Array(sides * width), moles: new Float64Array(sides) }
  const carried = new Float64Array(width)
  for (const [line, { name }] of connections.entries()) {
    const { flow } = streams[name] ?? {}
    if (flow === undefined) throw new Error(`no stream ${name}`)
    const { from, to, supplies, takes } = ends[line] as Layout['ends'][number]
    carried.fill(0)
    const moles = addElements(table, flow, carried)
    enter(books, 2 * to, carried, moles)
    enter(books, 2 * from + 1, carried, moles)
    if (supplies) enter(books, 2 * units.length, carried, moles)
    if (takes) enter(books, 2 * units.length + 1, carried, moles)
  }
  return books
}

function enter({ width, atoms, moles }: Books, side: number, carried: Float64Array, all: number) {
  for (let column = 0; column < width; column++) {
    const at = side * width + column
    atoms[at] = (atoms[at] as number) + (carried[column] as number)
  }
  moles[side] = (moles[side] as number) + all
}

function gapOf({ width, atoms, moles }: Books, unit: number, column: number): number {
  const entering = atoms[2 * unit * width + column] as number
  const leaving = atoms[(2 * unit + 1) * width + column] as number
  const least = 1e-12 * Math.max(moles[2 * unit] as number, moles[2 * unit + 1] as number)
  const size = Math.max(entering, leaving, least)
  if (Number.isNaN(entering) || Number.isNaN(leaving)) return Infinity
  return size > 0 ? Math.abs(entering - leaving) / size : 0
}

/** The largest gap of a unit, and the number of the element whose it is. */
function worstGap(books: Books, unit: number): { gap: number; element: number } {
  let worst = 0
  let place = 0
  for (let column = 0; column < books.width; column++) {
    const gap = gapOf(books, unit, column)
    if (gap > worst) {
      worst = gap
      place = column
    }
  }
  return { gap: worst, element: place }
}

function elementBalances(
  table: SpeciesTable,
  books: Books,
  plant: number,
): Record<string, ElementBalance> {
  const { width, atoms } = books
  return Object.fromEntries(
    table.elements.map((element, column) => [
      element,
      {
        in: atoms[2 * plant * width + column] as number,
        out: atoms[(2 * plant + 1) * width + column] as number,
        gap: gapOf(books, plant, column),
      },
    ]),
  )
}

function charges(table: SpeciesTable, streams: Readonly<Record<string, Stream>>) {
  let charge = 0
  let chargeWhere = ''
  for (const [name, { flow }] of Object.entries(streams)) {
    let least = 0
    for (let row = 0; row < flow.length; row++) least += 1e-12 * (flow[row] as number)
    for (const phase of ['aqueous', 'organic'] as const) {
      let net = 0
      let total = 0
      for (const row of table.inPhase(phase)) {
        const part = (table.charge[row] as number) * (flow[row] as number)
        net += part
        total += Math.abs(part)
      }
      const share = total > 0 ? Math.abs(net) / Math.max(total, least) : 0
      if (share > charge) [charge, chargeWhere] = [share, name]
    }
  }
  return { charge, chargeWhere }
}
