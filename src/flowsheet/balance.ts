import type { SpeciesTable } from '../chemistry/species.ts'
import type { Connection } from './flowsheet.ts'
import type { Stream } from './stream.ts'

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
  const books = new Map<string, Book>()
  const plant = newBook(table)
  const starts = new Set(connections.map((c) => c.from.unit))
  const ends = new Set(connections.map((c) => c.to.unit))
  for (const { name, from, to } of connections) {
    const stream = streams[name]
    if (stream === undefined) throw new Error(`no stream ${name}`)
    const atoms = atomsIn(table, stream)
    enter(bookOf(table, books, to.unit), atoms, 'in')
    enter(bookOf(table, books, from.unit), atoms, 'out')
    if (!ends.has(from.unit)) enter(plant, atoms, 'in')
    if (!starts.has(to.unit)) enter(plant, atoms, 'out')
  }
  let worst = 0
  let where = ''
  const units: Record<string, number> = {}
  const judge = (name: string, book: Book) => {
    const { gap, element } = worstGap(table, book)
    if (gap > worst || where === '') [worst, where] = [gap, `${name} ${element}`]
    return gap
  }
  for (const [unit, book] of books) {
    if (starts.has(unit) && ends.has(unit)) units[unit] = judge(unit, book)
  }
  judge('plant', plant)
  return {
    worst,
    where,
    elements: elementBalances(table, plant),
    units,
    ...charges(table, streams),
  }
}

interface Atoms {
  readonly byElement: Float64Array
  readonly moles: number
}

interface Book {
  readonly in: Float64Array
  readonly out: Float64Array
  molesIn: number
  molesOut: number
}

function newBook(table: SpeciesTable): Book {
  const n = table.elements.length
  return { in: new Float64Array(n), out: new Float64Array(n), molesIn: 0, molesOut: 0 }
}

function bookOf(table: SpeciesTable, books: Map<string, Book>, unit: string): Book {
  const book = books.get(unit) ?? newBook(table)
  books.set(unit, book)
  return book
}

/** Columns of the elements that each species has, by table. */
const columnsOf = new WeakMap<SpeciesTable, readonly Int32Array[]>()

function elementColumns(table: SpeciesTable): readonly Int32Array[] {
  const known = columnsOf.get(table)
  if (known !== undefined) return known
  const width = table.elements.length
  const made = table.species.map((_, row) =>
    Int32Array.from(
      [...table.elements.keys()].filter((column) => table.composition[row * width + column] !== 0),
    ),
  )
  columnsOf.set(table, made)
  return made
}

function atomsIn(table: SpeciesTable, { flow }: Stream): Atoms {
  const width = table.elements.length
  const columns = elementColumns(table)
  const byElement = new Float64Array(width)
  let moles = 0
  for (let row = 0; row < flow.length; row++) {
    const n = flow[row] as number
    if (n === 0) continue
    moles += n
    const own = columns[row] as Int32Array
    for (let k = 0; k < own.length; k++) {
      const column = own[k] as number
      const atoms = table.composition[row * width + column] as number
      byElement[column] = (byElement[column] as number) + n * atoms
    }
  }
  return { byElement, moles }
}

function enter(book: Book, { byElement, moles }: Atoms, side: 'in' | 'out'): void {
  const sums = book[side]
  for (let column = 0; column < sums.length; column++) {
    sums[column] = (sums[column] as number) + (byElement[column] as number)
  }
  if (side === 'in') book.molesIn += moles
  else book.molesOut += moles
}

function gapOf(book: Book, column: number): number {
  const [entering, leaving] = [book.in[column] as number, book.out[column] as number]
  const least = 1e-12 * Math.max(book.molesIn, book.molesOut)
  const size = Math.max(entering, leaving, least)
  if (Number.isNaN(entering) || Number.isNaN(leaving)) return Infinity
  return size > 0 ? Math.abs(entering - leaving) / size : 0
}

function worstGap(table: SpeciesTable, book: Book): { gap: number; element: string } {
  let worst = 0
  let place = 0
  for (let column = 0; column < table.elements.length; column++) {
    const gap = gapOf(book, column)
    if (gap > worst) [worst, place] = [gap, column]
  }
  return { gap: worst, element: table.elements[place] ?? '' }
}

function elementBalances(table: SpeciesTable, plant: Book): Record<string, ElementBalance> {
  return Object.fromEntries(
    table.elements.map((element, column) => [
      element,
      {
        in: plant.in[column] as number,
        out: plant.out[column] as number,
        gap: gapOf(plant, column),
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
