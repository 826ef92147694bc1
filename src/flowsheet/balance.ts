import type { SpeciesTable } from '../chemistry/species.ts'
import { onDemand } from '../numerics/index.ts'
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
  const atoms = new Float64Array(table.elements.length)
  for (const { name, from, to } of connections) {
    const stream = streams[name]
    if (stream === undefined) throw new Error(`no stream ${name}`)
    const moles = atomsIn(table, stream, atoms)
    enter(bookOf(table, books, to.unit).in, atoms, moles)
    enter(bookOf(table, books, from.unit).out, atoms, moles)
    if (!ends.has(from.unit)) enter(plant.in, atoms, moles)
    if (!starts.has(to.unit)) enter(plant.out, atoms, moles)
  }
  let worst = 0
  let where = ''
  const units: Record<string, number> = {}
  const judge = (name: string, book: Book) => {
    const { gap, element } = worstGap(table, book)
    if (gap > worst || where === '') {
      worst = gap
      where = `${name} ${element}`
    }
    return gap
  }
  for (const [unit, book] of books) {
    if (starts.has(unit) && ends.has(unit)) units[unit] = judge(unit, book)
  }
  judge('plant', plant)
  // Whether a solution stands is asked of each that is tried; the rest of the few that are shown.
  const charged = onDemand(() => charges(table, streams))
  return {
    worst,
    where,
    get elements() {
      return elementBalances(table, plant)
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

/** mol/s of each element on one side of a unit, in the order of the table, and of all species. */
interface Side {
  readonly atoms: Float64Array
  moles: number
}

interface Book {
  readonly in: Side
  readonly out: Side
}

const newSide = ({ elements }: SpeciesTable): Side => ({
  atoms: new Float64Array(elements.length),
  moles: 0,
})

const newBook = (table: SpeciesTable): Book => ({ in: newSide(table), out: newSide(table) })

function bookOf(table: SpeciesTable, books: Map<string, Book>, unit: string): Book {
  let book = books.get(unit)
  if (book === undefined) {
    book = newBook(table)
    books.set(unit, book)
  }
  return book
}

/** The elements of each species: columns and atoms from `start[row]` to that of the next row. */
interface Formulas {
  readonly start: readonly number[]
  readonly column: Int32Array
  readonly atoms: Float64Array
}

const formulasOf = new WeakMap<SpeciesTable, Formulas>()

function formulas(table: SpeciesTable): Formulas {
  const known = formulasOf.get(table)
  if (known !== undefined) return known
  const width = table.elements.length
  const start = [0]
  const filled: number[] = []
  for (const row of table.species.keys()) {
    for (const e of table.elements.keys()) {
      if (table.composition[row * width + e] !== 0) filled.push(row * width + e)
    }
    start.push(filled.length)
  }
  const made = {
    start,
    column: Int32Array.from(filled, (at) => at % width),
    atoms: Float64Array.from(filled, (at) => table.composition[at] as number),
  }
  formulasOf.set(table, made)
  return made
}

/** Writes the elements of a stream, mol/s, and answers the mol/s of all its species. */
function atomsIn(table: SpeciesTable, { flow }: Stream, byElement: Float64Array): number {
  const { start, column, atoms } = formulas(table)
  byElement.fill(0)
  let moles = 0
  for (let row = 0; row < flow.length; row++) {
    const n = flow[row] as number
    if (n === 0) continue
    moles += n
    const end = start[row + 1] as number
    for (let k = start[row] as number; k < end; k++) {
      const e = column[k] as number
      byElement[e] = (byElement[e] as number) + n * (atoms[k] as number)
    }
  }
  return moles
}

function enter(side: Side, byElement: Float64Array, moles: number): void {
  const { atoms } = side
  for (let column = 0; column < atoms.length; column++) {
    atoms[column] = (atoms[column] as number) + (byElement[column] as number)
  }
  side.moles += moles
}

function gapOf(book: Book, column: number): number {
  const entering = book.in.atoms[column] as number
  const leaving = book.out.atoms[column] as number
  const least = 1e-12 * Math.max(book.in.moles, book.out.moles)
  const size = Math.max(entering, leaving, least)
  if (Number.isNaN(entering) || Number.isNaN(leaving)) return Infinity
  return size > 0 ? Math.abs(entering - leaving) / size : 0
}

function worstGap(table: SpeciesTable, book: Book): { gap: number; element: string } {
  let worst = 0
  let place = 0
  for (let column = 0; column < table.elements.length; column++) {
    const gap = gapOf(book, column)
    if (gap > worst) {
      worst = gap
      place = column
    }
  }
  return { gap: worst, element: table.elements[place] ?? '' }
}

function elementBalances(table: SpeciesTable, plant: Book): Record<string, ElementBalance> {
  return Object.fromEntries(
    table.elements.map((element, column) => [
      element,
      {
        in: plant.in.atoms[column] as number,
        out: plant.out.atoms[column] as number,
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
