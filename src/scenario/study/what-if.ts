import type { ExtractantSet } from '../../chemistry/distribution/model.ts'
import { bank as builtIn, type Databank } from '../../databank/index.ts'
import { appraise } from '../economics/appraise.ts'
import { balance, solve, type FlowsheetSolution } from '../../flowsheet/index.ts'
import { atomicWeights, buildFlowsheet, type PlantChemistry } from '../build.ts'
import { measureValue, type Measured } from '../measure-value.ts'
import type { Measure } from '../measure.ts'
import { figureKinds, moneyFigures } from '../risk/figures.ts'
import { solvedPlant } from '../solved-plant.ts'
import { movedPlant, type FailedCase, type Move } from './moved-plant.ts'
import type { Refusal } from './parameters.ts'
import type { Result } from './results.ts'
import type { PlantDocument } from '../plant.ts'
import { gapLimit, simulateWarm, tightest, type SimulationState } from '../simulate.ts'
import type { Solution } from '../solution.ts'

/** A plant that was solved once, to be solved again and again with numbers moved. */
export interface Study {
  readonly plant: PlantDocument
  readonly bank: Databank
  readonly base: SimulationState
  readonly solution: Solution
}

/** A plant with numbers moved that was solved: the values asked for; NaN where there is none. */
export interface SolvedCase {
  readonly outcome: 'converged'
  readonly values: readonly number[]
  /** To start a similar case from. */
  readonly solved: FlowsheetSolution
}

export type Case = SolvedCase | FailedCase

export const isSolved = (of: Case): of is SolvedCase => 'solved' in of

/** Solves the plant as it is written; a study can begin if that converges. */
export function studyOf(plant: PlantDocument, bank: Databank = builtIn): Study {
  const { solution, state } = simulateWarm(plant, { bank })
  return { plant, bank, base: state, solution }
}

/** A plant with numbers moved, solved and closed. */
export interface MovedSolution {
  readonly plant: PlantDocument
  readonly chemistry: PlantChemistry
  readonly solved: FlowsheetSolution
}

/**
 * Solves the plant with numbers moved, without reading its text again: parameters are set in the
 * resolved document, constants in the extractant sets of its chemistry. Starts from the study's own
 * solution or another one; the answer does not depend on which. What the plant file would be
 * refused for, and a balance that does not close, is a failed case.
 */
export function solveMoved(
  study: Study,
  moves: readonly Move[],
  from: FlowsheetSolution = study.base.solved,
): MovedSolution | FailedCase {
  const plant = movedPlant(study.plant, moves, study.bank)
  if ('outcome' in plant) return plant
  const chemistry = withConstants(study.base.chemistry, moves)
  const sheet = buildFlowsheet(plant, study.bank, chemistry)
  let solved = solve(sheet, { from })
  let gap = gapOf(plant, chemistry, solved)
  if (solved.status === 'converged' && !(gap < gapLimit)) {
    solved = solve(sheet, { from: solved, closure: tightest })
    gap = gapOf(plant, chemistry, solved)
  }
  const { failure } = solved
  if (failure !== null) return failure
  return gap < gapLimit ? { plant, chemistry, solved } : open(gap)
}

/** What is measured of a solved plant: its streams and results with the weights of elements. */
export function measuredOf({ plant, chemistry, solved }: MovedSolution, bank: Databank): Measured {
  const { streams, results } = solved
  const state = { streams, results, properties: chemistry.properties }
  return { plant, state, weights: atomicWeights(bank) }
}

/** Solves the plant with numbers moved, as `solveMoved` does, for the values of some measures. */
export function solveCase(
  study: Study,
  moves: readonly Move[],
  measures: readonly Measure[],
  from: FlowsheetSolution = study.base.solved,
): Case {
  const moved = solveMoved(study, moves, from)
  if ('outcome' in moved) return moved
  const plain = measuredOf(moved, study.bank)
  const measured = measures.some(({ of }) => of === 'money')
    ? { ...plain, money: moneyOf(moved, plain, study.bank) }
    : plain
  const values = measures.map((measure) => measureValue(measure, measured))
  return { outcome: 'converged', values, solved: moved.solved }
}

/** Figures of the appraisal of a solved case, each in its own unit; NaN where there is none. */
function moneyOf(moved: MovedSolution, measured: Measured, bank: Databank) {
  const appraisal = appraise(moved.plant, solvedPlant(moved.solved, measured), { bank })
  const drawn = { appraisal, ...appraisal.finance }
  return (figure: string) => {
    const kind = moneyFigures.find((known) => known === figure)
    const value = kind === undefined ? null : figureKinds[kind].of(drawn)
    return kind === undefined || typeof value !== 'number'
      ? Number.NaN
      : value * figureKinds[kind].factor
  }
}

/** Results that the plant as written has no value of: streams that do not flow, unknown figures. */
export function unmeasured(study: Study, results: readonly Result[]): readonly Refusal[] {
  const found = solveCase(
    study,
    [],
    results.map(({ measure }) => measure),
  )
  if (!isSolved(found)) return []
  return results.flatMap(({ text }, k): Refusal[] => {
    if (Number.isFinite(found.values[k])) return []
    const message = `"${text}" has no value in the solved plant`
    return [{ ok: false, message, expected: 'a result of --list, or a stream that flows' }]
  })
}

/** The chemistry with constants moved; the same record where none is. */
function withConstants(chemistry: PlantChemistry, moves: readonly Move[]): PlantChemistry {
  const sets = new Map<string, ExtractantSet>()
  const { properties } = chemistry
  for (const { parameter, value } of moves) {
    const { place } = parameter
    if (place.of !== 'set') continue
    const set = sets.get(place.set) ?? properties.extractants.get(place.set)
    if (set === undefined) continue
    sets.set(place.set, withConstant(set, place, value))
  }
  if (sets.size === 0) return chemistry
  const extractants = new Map([...properties.extractants, ...sets])
  return { ...chemistry, properties: { ...properties, extractants } }
}

function withConstant(
  set: ExtractantSet,
  { element, name }: { readonly element?: string; readonly name: string },
  value: number,
): ExtractantSet {
  if (element === undefined) {
    const old = set.constants[name]
    if (old === undefined) return set
    return { ...set, constants: { ...set.constants, [name]: { ...old, value } } }
  }
  const own = set.parameters[element]
  const old = own?.[name]
  if (old === undefined) return set
  const parameters = { ...set.parameters, [element]: { ...own, [name]: { ...old, value } } }
  return { ...set, parameters }
}

function gapOf(plant: PlantDocument, { properties }: PlantChemistry, solved: FlowsheetSolution) {
  if (solved.status !== 'converged') return 0
  return balance(properties.species, plant.streams, solved.streams).worst
}

function open(gap: number): FailedCase {
  return {
    outcome: 'max-iterations',
    unit: '',
    at: 'balance',
    detail: `the balance stays open by ${gap.toExponential(1)}; ${gapLimit} is the limit`,
    advice: 'a recycle that hardly bleeds cannot be closed to that',
  }
}
