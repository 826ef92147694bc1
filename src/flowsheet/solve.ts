import { boxBroyden, onDemand, type BoxSolution } from '../numerics/index.ts'
import type {
  Failure,
  Flowsheet,
  FlowsheetSolution,
  OkResult,
  SolvedState,
  Specification,
  SpecificationResult,
} from './flowsheet.ts'
import { checkOutlets, outletsAlike } from './outlets.ts'
import { begin, defaultOptions, step, type SolveState, type StepOptions } from './steps.ts'
import { plannedAlike, sharing } from './plan.ts'
import { emptyStream, type Stream } from './stream.ts'
import { specificationFindings, validate } from './validate.ts'
import { fromUnit, numberAt, toUnit, withValues } from './vary.ts'

export interface SolveOptions extends Partial<StepOptions> {
  /** An earlier solution of this or a similar plant, to start warm from. */
  readonly from?: FlowsheetSolution
}

/**
 * Solves a plant: sequential modular, recycles torn and accelerated, specifications met around it.
 * Asserts that the sheet is valid (see `validate`); every other trouble is a failure in the result.
 */
export function solve(given: Flowsheet, options: SolveOptions = {}): FlowsheetSolution {
  const { from, ...rest } = options
  const before = from?.memory.state.plan.sheet
  const sheet = before === undefined ? given : sharing(given, before)
  const known = before !== undefined && plannedAlike(sheet, before)
  const findings = known ? specificationFindings(sheet) : validate(sheet)
  if (findings.length > 0) throw new Error(findings.map((f) => f.text).join('\n'))
  const settings = { ...defaultOptions, ...rest }
  const first = begin(sheet, settings, from?.memory.state)
  const trapped = trapIn(sheet, first, from)
  if (trapped !== null) {
    const state: SolveState = { ...first, status: 'failed', failure: trapped }
    return solution(sheet, state, [], noSlopes, total([state]))
  }
  return sheet.specifications.length === 0
    ? solveFixed(sheet, settings, first, from !== undefined)
    : solveSpecified(sheet, settings, from)
}

/** What has no outlet; not looked for where an earlier solve of the like found nothing. */
function trapIn(sheet: Flowsheet, first: SolveState, from: FlowsheetSolution | undefined) {
  const supplied = (state: SolveState) => (unit: number) => state.runs[unit]?.latest?.outlets
  const earlier = from?.status === 'converged' ? from.memory.state : undefined
  const known =
    earlier?.plan.order === first.plan.order &&
    outletsAlike(sheet, earlier.plan.sheet, supplied(first), supplied(earlier))
  return known ? null : checkOutlets(sheet, supplied(first))
}

const noSlopes = new Float64Array(0)

function run(sheet: Flowsheet, settings: StepOptions, earlier?: SolveState): SolveState {
  return finished(begin(sheet, settings, earlier))
}

/** Steps until the plant stands or cannot. */
function finished(begun: SolveState): SolveState {
  let state = begun
  while (state.status === 'running') state = step(state)
  return state
}

function solveFixed(
  sheet: Flowsheet,
  settings: StepOptions,
  first: SolveState,
  isWarm: boolean,
): FlowsheetSolution {
  let state = finished(first)
  const states = [state]
  if (state.status === 'failed' && isWarm) {
    state = run(sheet, settings)
    states.push(state)
  }
  return solution(sheet, state, [], noSlopes, total(states))
}

interface Effort {
  readonly sweeps: number
  readonly calculated: number
  readonly reused: number
}

function total(states: readonly SolveState[]): Effort {
  const sum = (f: (s: SolveState) => number) => states.reduce((n, s) => n + f(s), 0)
  return {
    sweeps: sum((s) => s.sweeps),
    calculated: sum((s) => s.calculated),
    reused: sum((s) => s.reused),
  }
}

interface Trial {
  readonly key: string
  readonly state: SolveState
  readonly measured: readonly number[]
}

function solveSpecified(
  sheet: Flowsheet,
  settings: StepOptions,
  from: FlowsheetSolution | undefined,
): FlowsheetSolution {
  const specifications = sheet.specifications
  const states: SolveState[] = []
  let latest = from?.memory.state
  let trials: Trial[] = []
  const start = startValues(sheet, from)
  const valuesAt = (point: readonly number[]) =>
    specifications.map((s, k) => {
      const given = start[k] as number
      return point[k] === toUnit(s, given) ? given : fromUnit(s, point[k] ?? 0)
    })
  const at = (point: readonly number[]) => withUnits(sheet, valuesAt(point))
  const residuals = (point: readonly number[]) => {
    let state = run(at(point), settings, latest)
    states.push(state)
    if (state.status === 'failed' && latest !== undefined && trials.length === 0) {
      state = run(at(point), settings)
      states.push(state)
    }
    if (state.status === 'failed') return null
    const solved = solvedState(state)
    const measured = specifications.map((s) => s.measure(solved))
    if (!measured.every(Number.isFinite)) return null
    latest = state
    trials = [...trials.slice(-20), { key: point.join(), state, measured }]
    return specifications.map((s, k) => ((measured[k] as number) - s.target) / s.tolerance)
  }
  const problem = { residuals, floors: specifications.map((s) => s.atLeast === true) }
  const found = firstAnswer(startingPoints(specifications, start), (point) =>
    boxBroyden(problem, point, from?.memory.slopes),
  )
  const key = found.point.join()
  const trial = trials.findLast((t) => t.key === key)
  const values = valuesAt(found.point)
  if (trial === undefined) {
    const last = states.at(-1) ?? begin(sheet, settings)
    const state = last.status === 'failed' ? last : unmeasurable(last, specifications)
    return solution(sheet, state, [], noSlopes, total(states))
  }
  const reached = specifications.map(
    (s, k): SpecificationResult => ({
      name: s.name,
      value: values[k] as number,
      measured: trial.measured[k] as number,
      met: isMet(s, trial.measured[k] as number),
    }),
  )
  const failure = found.outcome === 'converged' ? null : missed(specifications, reached, found)
  const state: SolveState =
    failure === null ? trial.state : { ...trial.state, status: 'failed', failure }
  return solution(at(found.point), state, reached, found.slopes, total(states))
}

const withUnits = (sheet: Flowsheet, values: readonly number[]): Flowsheet => ({
  ...sheet,
  units: withValues(sheet.units, sheet.specifications, values),
})

function isMet({ target, tolerance, atLeast }: Specification, measured: number): boolean {
  const miss = (measured - target) / tolerance
  return miss >= -1 && (miss <= 1 || atLeast === true)
}

/** Values to start from: the earlier answer, else what the plant says, kept within bounds. */
function startValues(sheet: Flowsheet, from: FlowsheetSolution | undefined): number[] {
  return sheet.specifications.map(({ name, vary }) => {
    const earlier = from?.specifications.find((r) => r.name === name)?.value
    const unit = sheet.units.find((u) => u.name === vary.unit)
    const value = earlier ?? numberAt(unit?.params, vary.path) ?? (vary.min + vary.max) / 2
    return Math.min(vary.max, Math.max(vary.min, value))
  })
}

/** The start as points of the unit box, then other places in case there is no answer there. */
function startingPoints(specifications: readonly Specification[], start: readonly number[]) {
  const own = specifications.map((s, k) => toUnit(s, start[k] as number))
  return [own, ...[0.5, 0.8, 0.2].map((u) => specifications.map(() => u))]
}

function firstAnswer(
  starts: readonly number[][],
  search: (start: number[]) => BoxSolution,
): BoxSolution {
  let answer: BoxSolution | undefined
  for (const start of starts) {
    answer = search(start)
    if (answer.outcome !== 'no-answer') break
  }
  if (answer === undefined) throw new Error('a search without a start')
  return answer
}

/** The specification that is furthest from met, and what holds it back. */
function missed(
  specifications: readonly Specification[],
  reached: readonly SpecificationResult[],
  { outcome, residuals, point }: BoxSolution,
): Failure {
  const size = (k: number) => (reached[k]?.met === false ? Math.abs(residuals[k] ?? 0) : -1)
  const worst = specifications.reduce((best, _, k) => (size(k) > size(best) ? k : best), 0)
  const { name, vary, target } = specifications[worst] as Specification
  const { measured = NaN, value = NaN } = reached[worst] ?? {}
  const show = (v: number) => vary.show?.(v) ?? String(Number(v.toPrecision(6)))
  const parameter = `${vary.unit} ${vary.path.join('.')}`
  const [short, wanted] = [measured, target].map((v) => Number(v.toPrecision(6)))
  const u = point[worst] ?? 0
  const bound = u <= 0 ? 'its lower bound ' : u >= 1 ? 'its upper bound ' : ''
  return {
    outcome: outcome === 'at-bound' ? 'infeasible' : 'max-iterations',
    unit: name,
    at: parameter,
    detail:
      `${name} reaches ${short} where ${wanted} is wanted, ` +
      `with ${parameter} at ${bound}${show(value)}`,
    advice:
      bound === ''
        ? `vary something that moves ${name} more, or start from a solution nearby`
        : `widen the bounds of ${parameter}, or ask for less`,
  }
}

function unmeasurable(state: SolveState, specifications: readonly Specification[]): SolveState {
  const solved = solvedState(state)
  const wrong = specifications.find((s) => !Number.isFinite(s.measure(solved)))
  const failure: Failure = {
    outcome: 'out-of-domain',
    unit: wrong?.name ?? '',
    at: 'measure',
    detail: `${wrong?.name} cannot be measured: what it compares does not flow`,
    advice: 'measure something that flows at the start values',
  }
  return { ...state, status: 'failed', failure }
}

/** What a state carries, by name; of units that a failed solve did not reach, nothing. */
export function solvedState(state: SolveState): SolvedState {
  const { sheet, order, sources, drawn } = state.plan
  const empty = emptyStream(sheet.properties.species)
  const reached = new Set(order.blocks.slice(0, state.block + 1).flatMap((b) => b.units))
  const streams: Record<string, Stream> = {}
  const results: Record<string, OkResult> = {}
  for (const [line, { name }] of sheet.connections.entries()) {
    const decidedBy = drawn[line] === true ? state.plan.targets[line] : sources[line]?.unit
    streams[name] = reached.has(decidedBy ?? -1) ? (state.streams[line] as Stream) : empty
  }
  for (const [index, { name }] of sheet.units.entries()) {
    const result = state.runs[index]?.result
    if (result?.ok === true && reached.has(index)) results[name] = result
  }
  return { streams, results, properties: sheet.properties }
}

function solution(
  sheet: Flowsheet,
  state: SolveState,
  specifications: readonly SpecificationResult[],
  slopes: Float64Array,
  effort: Effort,
): FlowsheetSolution {
  const { streams, results } = solvedState(state)
  const { blocks } = state.plan.order
  const warnings = onDemand(() =>
    Object.entries(results)
      .flatMap(([unit, result]) => (result.warnings ?? []).map((w) => ({ ...w, unit })))
      .sort((a, b) => a.rank - b.rank),
  )
  return {
    status: state.status === 'converged' ? 'converged' : 'failed',
    failure: state.failure,
    streams,
    results,
    units: sheet.units,
    specifications,
    get warnings() {
      return warnings()
    },
    solver: {
      order: blocks.flatMap((b) => b.units.map((u) => sheet.units[u]?.name ?? '')),
      tears: blocks.flatMap((b) => b.tears.map((t) => sheet.connections[t]?.name ?? '')),
      ...effort,
      residual: state.residual,
    },
    memory: { state, slopes },
  }
}
