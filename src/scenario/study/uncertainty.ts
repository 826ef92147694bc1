import { covarianceFactor, normalQuantile, shareBelow } from '../../numerics/index.ts'
import { designFaults, drawsOf, uniforms } from './chance.ts'
import type { Design } from './chance.ts'
import { findParameter, matching, parametersOf, readDeviation } from './parameters.ts'
import type { Parameter, Refusal } from './parameters.ts'
import type { Condition } from '../measure.ts'
import { readRequirement, readResult, usualResults } from './results.ts'
import type { Result } from './results.ts'
import type { SimulationState } from '../simulate.ts'
import { isSolved, solveCase, unmeasured, type Study } from './what-if.ts'

/** What is asked, in words and numbers that can be written down, sent to a worker and compared. */
export interface UncertaintyRequest {
  readonly design: Design
  /** Runs; with `saltelli` rounded down to whole rows of inputs + 2. */
  readonly draws: number
  readonly seed: number
  /** Results to follow; the usual ones if empty. */
  readonly results: readonly string[]
  /** Conditions of which the share of draws that meet them is counted. */
  readonly requirements: readonly string[]
  /** `PATH=± VALUE`: deviations of the user's own; `*` stands for any letters. */
  readonly inputs: readonly string[]
  /** Deviation of constants whose set states none, in the unit of the constant; 0 leaves them. */
  readonly unstatedConstants: number
  /** Relative deviation of assays that state none; 0 leaves them. */
  readonly unstatedAssays: number
}

/** A number that is not known exactly: normal around its value, cut at its bounds. */
export interface UncertainInput {
  readonly parameter: Parameter
  readonly deviation: number
  /** Where the deviation is from. */
  readonly origin: 'stated' | 'given' | 'assumed'
}

export interface UncertaintyPlan {
  readonly request: UncertaintyRequest
  readonly inputs: readonly UncertainInput[]
  readonly results: readonly Result[]
  readonly requirements: readonly Condition[]
  /** Runs that will be made. */
  readonly draws: number
  /** Parameters that stay fixed because nobody states how uncertain they are. */
  readonly fixed: readonly string[]
}

/** What one draw ended with: the values of the results (null where there is none), or why not. */
export type Draw =
  | { readonly draw: number; readonly values: readonly (number | null)[] }
  | {
      readonly draw: number
      readonly outcome: string
      readonly unit: string
      readonly detail: string
    }

/** Resolves the names of a request; or everything that is wrong with it. */
export function planUncertainty(
  study: Study,
  request: UncertaintyRequest,
): { readonly ok: true; readonly plan: UncertaintyPlan } | { ok: false; refusals: Refusal[] } {
  const { plant, base } = study
  const refusals: Refusal[] = []
  const inputs = inputsOf(study, request, refusals)
  const asked = request.results.flatMap((text) => {
    const read = readResult(text, plant, base)
    if (!read.ok) refusals.push(read)
    return read.ok ? [read.result] : []
  })
  const requirements = request.requirements.flatMap((text) => {
    const read = readRequirement(text, plant)
    if (!read.ok) refusals.push(read)
    return read.ok ? [read.requirement.condition] : []
  })
  const results = request.results.length > 0 ? asked : usualResults(plant, base)
  refusals.push(...unmeasured(study, asked), ...contradictions(study, request, inputs, results))
  if (refusals.length > 0) return { ok: false, refusals }
  const draws = drawsOf(request, inputs.length)
  const fixed = unstated(
    study,
    inputs.map(({ parameter }) => parameter.path),
  )
  return { ok: true, plan: { request, inputs, results, requirements, draws, fixed } }
}

function contradictions(
  study: Study,
  request: UncertaintyRequest,
  inputs: readonly UncertainInput[],
  results: readonly Result[],
): readonly Refusal[] {
  if (inputs.length === 0) {
    const message = 'no input of the plant has an uncertainty'
    const expected =
      'write assays as 31.2 ± 0.4 %, give --input PATH=±VALUE, --unstated-constants or --unstated-assays'
    return [{ ok: false, message, expected }]
  }
  const isCorrelated = () => correlations(study, inputs) !== undefined
  return designFaults(request, inputs.length, results.length, isCorrelated)
}

/** Uncertainties that are assumed where nobody states one. */
export type Unstated = Pick<UncertaintyRequest, 'unstatedConstants' | 'unstatedAssays'>

/** What has an uncertainty by its path: stated by the plant or a set, or assumed on request. */
export function statedInputs(study: Study, assumed: Unstated): Map<string, UncertainInput> {
  const known = parametersOf(study.plant, study.bank)
  const inputs = new Map<string, UncertainInput>()
  for (const parameter of known) {
    const { path, deviation, value, place } = parameter
    if (!findParameter(path, known, study.plant).ok) continue
    if (deviation !== undefined) inputs.set(path, { parameter, deviation, origin: 'stated' })
    else if (place.of === 'set' && place.element !== undefined && assumed.unstatedConstants > 0) {
      inputs.set(path, { parameter, deviation: assumed.unstatedConstants, origin: 'assumed' })
    } else if (isAssay(parameter) && assumed.unstatedAssays > 0 && value > 0) {
      const own = assumed.unstatedAssays * value
      inputs.set(path, { parameter, deviation: own, origin: 'assumed' })
    }
  }
  return inputs
}

/** What has an uncertainty: stated by plant or set, given by the user, or assumed on request. */
function inputsOf(
  study: Study,
  request: UncertaintyRequest,
  refusals: Refusal[],
): readonly UncertainInput[] {
  const known = parametersOf(study.plant, study.bank)
  const inputs = statedInputs(study, request)
  for (const text of request.inputs) {
    for (const given of readInput(text, known, study, refusals)) {
      if (given.deviation > 0) inputs.set(given.parameter.path, given)
      else inputs.delete(given.parameter.path)
    }
  }
  // Money moves no stream: unless it is asked for here, the odds of the appraisal draw it.
  return [...inputs.values()].filter(
    ({ parameter, origin }) => parameter.place.of !== 'economics' || origin === 'given',
  )
}

export const isAssay = ({ place }: Parameter) =>
  place.of === 'unit' && place.path.at(-1) === 'value'

/** `magnets.assay.Nd=± 0.4 %`; `± 0 %` takes an input away. */
function readInput(
  text: string,
  known: readonly Parameter[],
  { plant }: Study,
  refusals: Refusal[],
): readonly UncertainInput[] {
  const [path = '', value] = text.split(/=(.*)/s)
  const found = matching(path, known, plant)
  if (!found.ok || value === undefined) {
    const expected = `${path}=± VALUE with its unit`
    refusals.push(
      found.ok ? { ok: false, message: `"${text}" says no uncertainty`, expected } : found,
    )
    return []
  }
  return found.parameters.flatMap((parameter): UncertainInput[] => {
    const read = readDeviation(value, parameter, plant)
    if (read.ok) return [{ parameter, deviation: read.deviation, origin: 'given' }]
    refusals.push(read)
    return []
  })
}

/** Constants and assays that nobody gives an uncertainty for: they stay as they are. */
export function unstated({ plant, bank }: Study, paths: readonly string[]): readonly string[] {
  const moved = new Set(paths)
  return parametersOf(plant, bank).flatMap((parameter) => {
    const { path, place } = parameter
    const counts = place.of === 'set' ? place.element !== undefined : isAssay(parameter)
    return counts && !moved.has(path) ? [path] : []
  })
}

/**
 * Correlations of the inputs, row-major, where sets state a covariance; `undefined` where all are
 * independent. A deviation of the user's own keeps the correlation.
 */
export function correlations(
  { base }: Study,
  inputs: readonly { readonly parameter?: Parameter }[],
): Float64Array | undefined {
  const n = inputs.length
  const matrix = new Float64Array(n * n)
  let isCorrelated = false
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = 1
    for (let j = 0; j < i; j++) {
      const rho = correlation(base, inputs[i]?.parameter, inputs[j]?.parameter)
      if (rho === 0) continue
      isCorrelated = true
      matrix[i * n + j] = rho
      matrix[j * n + i] = rho
    }
  }
  return isCorrelated ? matrix : undefined
}

function correlation({ chemistry }: SimulationState, a?: Parameter, b?: Parameter): number {
  if (a?.place.of !== 'set' || b?.place.of !== 'set' || a.place.set !== b.place.set) return 0
  const of = chemistry.properties.extractants.get(a.place.set)?.covariance
  if (of === undefined) return 0
  const [i, j] = [a.place, b.place].map(({ element, name }) =>
    of.names.indexOf(element === undefined ? name : `${element}.${name}`),
  )
  const at = (row = -1, column = -1) => of.matrix[row]?.[column] ?? 0
  const size = Math.sqrt(at(i, i) * at(j, j))
  return size > 0 ? at(i, j) / size : 0
}

/**
 * The values of the inputs at every draw, row-major draws by inputs, in SI. The same seed gives the
 * same draws on every machine; an input draws the same numbers in every plant that has it (with
 * `lhs`), so that differences of plants are not differences of chance. With `saltelli` a row of the
 * design is A, B and A with each input in turn from B.
 */
export function drawnInputs(study: Study, plan: UncertaintyPlan): Float64Array {
  const { inputs, draws, request } = plan
  const n = inputs.length
  const uniform = uniforms(
    inputs.map(({ parameter }) => parameter.path),
    { ...request, draws },
  )
  const deviates = new Float64Array(draws * n)
  for (const [k, input] of inputs.entries()) {
    const { parameter, deviation } = input
    const bound = (at: number) => shareBelow((at - parameter.value) / deviation)
    const [low, high] = [bound(parameter.min), bound(parameter.max)]
    for (let i = 0; i < draws; i++) {
      const u = low + (high - low) * (uniform[i * n + k] as number)
      deviates[i * n + k] = normalQuantile(Math.min(1 - 1e-16, Math.max(1e-300, u)))
    }
  }
  const matrix = request.design === 'saltelli' ? undefined : correlations(study, inputs)
  const factor = matrix === undefined ? undefined : covarianceFactor(matrix, n)
  return deviates.map((_, at) => {
    const [row, k] = [Math.floor(at / n) * n, at % n]
    const { parameter, deviation } = inputs[k] as UncertainInput
    let z = factor === undefined ? (deviates[at] as number) : 0
    if (factor !== undefined) {
      for (let j = 0; j <= k; j++)
        z += (factor[k * n + j] as number) * (deviates[row + j] as number)
    }
    return Math.min(parameter.max, Math.max(parameter.min, parameter.value + deviation * z))
  })
}

/** Solves one draw; a draw without a solution says why. */
export function solveDraw(
  study: Study,
  plan: UncertaintyPlan,
  values: Float64Array,
  draw: number,
): Draw {
  const n = plan.inputs.length
  const moves = plan.inputs.map(({ parameter }, k) => ({
    parameter,
    value: values[draw * n + k] as number,
  }))
  const measures = [...plan.results, ...plan.requirements].map(({ measure }) => measure)
  const found = solveCase(study, moves, measures)
  if (isSolved(found)) {
    return { draw, values: found.values.map((v) => (Number.isFinite(v) ? v : null)) }
  }
  const { outcome, unit, detail } = found
  return { draw, outcome, unit, detail }
}
