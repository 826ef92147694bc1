import { bank } from '../../../src/databank/index.ts'
import { readPlant } from '../../../src/scenario/engine.ts'
import type { Finding } from '../../../src/scenario/findings.ts'
import { sha256 } from '../../../src/scenario/hash.ts'
import type { PlantDocument } from '../../../src/scenario/plant.ts'
import { simulateWarm, type SimulationState } from '../../../src/scenario/simulate.ts'
import type { Solution } from '../../../src/scenario/solution.ts'
import { parametersOf, type Parameter } from '../../../src/scenario/study/parameters.ts'
import { movedPlant, withParts } from '../../../src/scenario/study/moved-plant.ts'
import { isSame } from './pack.ts'
import { patcher } from './parts.ts'
import type { Answer, EditRequest, SolveRequest } from './protocol.ts'
import { unitView, viewOf } from './view.ts'

/** The plant that the worker has in hand. Tasks read it; nothing else replaces it. */
export interface Current {
  readonly request: SolveRequest
  /** The plant file; with edits of numbers it is ahead of the last text that was read. */
  readonly text: string
  readonly plant: PlantDocument
  readonly state: SimulationState
  readonly solution: Solution
  /** State of the last plant that converged: a better start than one that failed. */
  readonly good: SimulationState
  /** Parameters by path, made when the first number is moved. */
  readonly parameters: () => ReadonlyMap<string, Parameter>
}

/** What a worker remembers from one request to the next. */
export interface Hand {
  /** The plant in hand; asserts that one was read. */
  current(): Current
  /**
   * Reads a text and solves its plant, starting from the plant in hand. A text that says what the
   * plant in hand says already, as after edits of numbers, is not solved again.
   */
  solveText(request: SolveRequest): Answer
  /** Moves numbers of the plant in hand and solves it, without reading its text. */
  editNumbers(request: EditRequest): Answer
}

/** A hand without a plant in it. */
export function emptyHand(): Hand {
  let present: Current | undefined
  const patch = patcher()
  const inHand = (): Current => {
    if (present === undefined) throw new Error('no plant has been read yet')
    return present
  }
  const solveText = (request: SolveRequest): Answer => {
    const begun = performance.now()
    const reading = readPlant(request.text, {
      file: request.file,
      readSet: (path) => (Object.hasOwn(request.sets, path) ? request.sets[path] : undefined),
    })
    const read = performance.now()
    if (!reading.ok) return { kind: 'refused', findings: reading.findings }
    const { plant, tree } = reading
    const isSolved = present !== undefined && saysTheSame(present, plant)
    present = isSolved ? adopted(inHand(), plant, request) : solved(plant, request, present)
    const view = viewOf(plant, tree, present.solution, bank)
    // Parts of a solution are made when they are asked for, which is here.
    const solution = patch(present.solution)
    const took = { read: read - begun, solve: performance.now() - read }
    return { kind: 'whole', plant: view, solution, took }
  }
  const editNumbers = ({ text, moves }: EditRequest): Answer => {
    const begun = performance.now()
    const before = inHand()
    const known = before.parameters()
    const found = moves.flatMap(({ path, value }) => {
      const parameter = known.get(path)
      return parameter === undefined ? [] : [{ parameter, value }]
    })
    if (found.length < moves.length) return { kind: 'unread' }
    const moved = movedPlant(before.plant, found, bank)
    if ('outcome' in moved) return { kind: 'refused', findings: [findingOf(moved, before.plant)] }
    const after = { plant: withText(moved, text), request: { ...before.request, text } }
    // Money decides nothing of a solution: the one in hand stays.
    const isMoney = found.every(({ parameter }) => parameter.place.of === 'economics')
    present = {
      ...(isMoney ? { ...before, ...after, text } : solved(after.plant, after.request, before)),
      parameters: before.parameters,
    }
    const { units } = present.plant
    const changed = units.filter((unit, index) => unit !== before.plant.units[index])
    const solution = patch(present.solution)
    const took = { read: 0, solve: performance.now() - begun }
    return { kind: 'edit', units: changed.map(unitView), solution, took }
  }
  return { current: inHand, solveText, editNumbers }
}

/** The plant with another text behind it; its hash is made when somebody asks for it. */
const withText = (plant: PlantDocument, text: string): PlantDocument =>
  withParts(plant, {
    get hash() {
      return sha256(text)
    },
  })

function solved(plant: PlantDocument, request: SolveRequest, before: Current | undefined): Current {
  const warm = before?.good
  const { solution, state } = simulateWarm(plant, warm === undefined ? {} : { warm })
  const good = solution.status === 'converged' || warm === undefined ? state : warm
  return { request, text: request.text, plant, state, solution, good, ...lazily(plant) }
}

/** The plant as it was read in place of the same one with its numbers moved. */
function adopted(before: Current, plant: PlantDocument, request: SolveRequest): Current {
  return { ...before, request, text: request.text, plant, ...lazily(plant) }
}

const own = emptyHand()

/** The plant that this worker has in hand, for tasks. */
export const current = (): Current => own.current()
export const { solveText, editNumbers } = own

function lazily(plant: PlantDocument): Pick<Current, 'parameters'> {
  let made: ReadonlyMap<string, Parameter> | undefined
  return {
    parameters: () => {
      made ??= new Map(parametersOf(plant, bank).map((parameter) => [parameter.path, parameter]))
      return made
    },
  }
}

/** True where a plant that was read would be solved as the one in hand was. */
function saysTheSame({ plant: a, request }: Current, b: PlantDocument): boolean {
  return (
    request.file === b.file &&
    a.title === b.title &&
    a.operatingHours === b.operatingHours &&
    a.units.length === b.units.length &&
    a.units.every((unit, k) => {
      const other = b.units[k]
      return unit.name === other?.name && unit.op === other.op && isNear(unit.params, other.params)
    }) &&
    isSame(withoutPlaces(a), withoutPlaces(b))
  )
}

/** What decides a solution beside the units; places in the text do not. */
const withoutPlaces = (plant: PlantDocument) => ({
  streams: plant.streams.map(({ name, from, to }) => ({ name, from, to })),
  specifications: plant.specifications.map(({ name, vary, until }) => ({ name, vary, until })),
  limits: plant.limits.map(({ name, require }) => ({ name, require })),
  extractants: plant.extractants.map(({ name, path, hash }) => ({ name, path, hash })),
  deliveries: plant.deliveries.map(({ unit, path, stream, plant: { hash } }) => {
    return { unit, path, stream, hash }
  }),
  annotations: plant.annotations,
  uncertainties: Object.fromEntries(plant.uncertainties),
})

/** A number that was moved, and the same one written with its unit and read back. */
const rounding = 1e-12

function isNear(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b))
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const entries = Object.entries(a)
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => isNear(value, Reflect.get(b, key)))
  )
}

function findingOf(
  { unit, at, detail, advice }: { unit: string; at: string; detail: string; advice: string },
  plant: PlantDocument,
): Finding {
  const place = plant.units.find(({ name }) => name === unit)?.at ?? { line: 1, column: 1 }
  const message = detail.includes(unit) ? detail : `${unit} ${at}: ${detail}`
  return { file: plant.file, ...place, code: 'unit-check', message, expected: advice }
}
