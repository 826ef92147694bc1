import { streamPH } from '../../../../src/chemistry/liquor.ts'
import { bank } from '../../../../src/databank/index.ts'
import { measureForms } from '../../../../src/scenario/measure.ts'
import type { PlantDocument } from '../../../../src/scenario/plant.ts'
import {
  findParameter,
  inUnit,
  parametersOf,
  shown,
  type Refusal,
} from '../../../../src/scenario/study/parameters.ts'
import {
  readOptimise,
  readSensitivity,
  type OptimiseQuestion,
  type SensitivityQuestion,
} from '../../../../src/scenario/study/questions.ts'
import { optimise as optimum, type OptimumReport } from '../../../../src/scenario/study/optimise.ts'
import { readRequirement, resultsOf, usualResults } from '../../../../src/scenario/study/results.ts'
import {
  sensitivity as slopesOf,
  type Sensitivity,
} from '../../../../src/scenario/study/sensitivity.ts'
import {
  drawnInputs,
  planUncertainty,
  solveDraw,
  type Draw,
  type UncertaintyPlan,
  type UncertaintyRequest,
} from '../../../../src/scenario/study/uncertainty.ts'
import {
  summarise,
  valuesOf,
  type UncertaintySummary,
} from '../../../../src/scenario/study/uncertainty-summary.ts'
import type { Study } from '../../../../src/scenario/study/what-if.ts'
import type { Progress, TaskMap } from '../protocol.ts'
import { current } from '../in-hand.ts'
import { binned, type Bins } from '../../results/studies/bins.ts'

/** A number of the plant or of its extractant sets that a study may move. */
export interface ParameterChoice {
  readonly path: string
  readonly about: string
  /** In `unit`, as the bounds are; null = unbounded. */
  readonly value: number
  readonly unit: string
  readonly text: string
  readonly min: number | null
  readonly max: number | null
  readonly whole: boolean
  /** Standard uncertainty that the plant or the set states, in `unit`. */
  readonly deviation?: number
  /** A constant of an extractant set: not written in the plant file. */
  readonly isConstant: boolean
}

/** A result that can be followed by its name. */
export interface ResultChoice {
  readonly text: string
  readonly unit: string
  /** Followed when nobody says what. */
  readonly usual: boolean
}

export interface Choices {
  readonly parameters: readonly ParameterChoice[]
  readonly results: readonly ResultChoice[]
  /** Conditions that the plant file states of its products and limits. */
  readonly requirements: readonly string[]
  /** How results of streams and stages are written. */
  readonly forms: readonly string[]
}

export type Refused = { readonly ok: false; readonly refusals: readonly Refusal[] }

const studies = new WeakMap<PlantDocument, Study>()

const unsolved: Refused = {
  ok: false,
  refusals: [
    {
      ok: false,
      message: 'the plant has no solution as it is written',
      expected: 'a plant that solves: a study starts from its solution',
    },
  ],
}

/** The plant in hand as a study begins from it; undefined where it has no solution. */
function study(): Study | undefined {
  const { plant, state, solution } = current()
  if (solution.status !== 'converged') return undefined
  const known = studies.get(plant)
  if (known !== undefined) return known
  const made: Study = { plant, bank, base: state, solution }
  studies.set(plant, made)
  return made
}

/** What can be moved and followed, and what the plant itself requires. */
function choices(): Choices {
  const { plant, state } = current()
  const known = parametersOf(plant, bank)
  const usual = new Set(usualResults(plant, state).map(({ text }) => text))
  return {
    // What a specification varies is found by the solver: nobody else may move it.
    parameters: known
      .filter(({ path }) => findParameter(path, known, plant).ok)
      .map((parameter): ParameterChoice => {
        const { path, about, value, unit, min, max, whole, deviation, place } = parameter
        const at = (si: number) => (Number.isFinite(si) ? inUnit(si, parameter, plant) : null)
        return {
          path,
          about,
          value: inUnit(value, parameter, plant),
          unit,
          text: shown(value, parameter, plant),
          min: at(min),
          max: at(max),
          whole,
          isConstant: place.of === 'set',
          ...(deviation === undefined
            ? {}
            : {
                deviation:
                  inUnit(value + deviation, parameter, plant) - inUnit(value, parameter, plant),
              }),
        }
      }),
    results: resultsOf(plant, state).map(({ text, unit }) => ({
      text,
      unit,
      usual: usual.has(text),
    })),
    requirements: required(plant),
    forms: measureForms,
  }
}

const purities = ['reoOfTreo', 'treoInProduct', 'oxideInProduct'] as const

/** `product neodymium-oxide reoOfTreo >= 99.5 %` of every product, then the limits of the plant. */
function required({ units, limits }: PlantDocument): readonly string[] {
  const products = units.flatMap(({ name, op, params }) => {
    const wanted: unknown = op.kind === 'product' ? params['specification'] : undefined
    if (typeof wanted !== 'object' || wanted === null) return []
    const own = new Map<string, unknown>(Object.entries(wanted))
    return purities.flatMap((purity) => {
      const least = own.get(purity)
      if (typeof least !== 'number') return []
      return [`product ${name} ${purity} >= ${Number((100 * least).toPrecision(12))} %`]
    })
  })
  return [...products, ...limits.map(({ require }) => require.text)]
}

/** pH of every line that is a liquor: left out of live solving, which it would slow. */
function pH(): Readonly<Record<string, number>> {
  const { state } = current()
  const { properties } = state.chemistry
  const found = Object.entries(state.solved.streams).flatMap(([name, stream]) => {
    const value = streamPH(properties, stream.flow, stream.temperature)
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found)
}

function sensitivity(
  question: SensitivityQuestion,
  progress?: Progress,
): { readonly ok: true; readonly sensitivity: Sensitivity } | Refused {
  const own = study()
  if (own === undefined) return unsolved
  const read = readSensitivity(own, question)
  if (!read.ok) return read
  const { parameters, results } = read
  const found = slopesOf(own, parameters, results, question.by, (done) =>
    progress?.(done / parameters.length),
  )
  return { ok: true, sensitivity: found }
}

function optimise(
  question: OptimiseQuestion,
  progress?: Progress,
): { readonly ok: true; readonly report: OptimumReport } | Refused {
  const own = study()
  if (own === undefined) return unsolved
  const read = readOptimise(own, question)
  if (!read.ok) return read
  const sign = question.minimise === undefined ? -1 : 1
  const report = optimum(own, read.request, (done, objective) =>
    progress?.(Math.min(1, done / question.evaluations), {
      evaluations: done,
      objective: sign * objective,
    }),
  )
  return { ok: true, report }
}

/** What an uncertainty run will do: so many draws of these inputs. */
export interface PlannedDraws {
  readonly draws: number
  readonly inputs: number
  readonly fixed: readonly string[]
}

interface Prepared {
  readonly study: Study
  readonly key: string
  readonly plan: UncertaintyPlan
  readonly values: Float64Array
}

let prepared: Prepared | undefined

function prepare(request: UncertaintyRequest): Prepared | Refused {
  const own = study()
  if (own === undefined) return unsolved
  const key = JSON.stringify(request)
  if (prepared?.study === own && prepared.key === key) return prepared
  const planned = planUncertainty(own, request)
  if (!planned.ok) return { ok: false, refusals: planned.refusals }
  const { plan } = planned
  prepared = { study: own, key, plan, values: drawnInputs(own, plan) }
  return prepared
}

function plan(
  request: UncertaintyRequest,
): { readonly ok: true; readonly plan: PlannedDraws } | Refused {
  const ready = prepare(request)
  if ('refusals' in ready) return ready
  const { draws, inputs, fixed } = ready.plan
  return { ok: true, plan: { draws, inputs: inputs.length, fixed } }
}

/** Some draws of a request: a piece, so that a worker can be stopped and others share the work. */
function draws({
  request,
  from,
  count,
}: {
  readonly request: UncertaintyRequest
  readonly from: number
  readonly count: number
}): readonly Draw[] {
  const ready = prepare(request)
  if ('refusals' in ready) throw new Error('draws of a request that is refused')
  const { study: own, plan: asked, values } = ready
  const last = Math.min(from + count, asked.draws)
  return Array.from({ length: Math.max(0, last - from) }, (_, k) =>
    solveDraw(own, asked, values, from + k),
  )
}

/** What the draws made so far say, with what the charts show. */
export interface Spread {
  readonly summary: UncertaintySummary
  /** Of each result of the summary. */
  readonly bins: readonly Bins[]
  /** Of each requirement of the summary: its target, and the result followed that it is about. */
  readonly targets: readonly Target[]
}

export interface Target {
  /** Empty where the result is not followed. */
  readonly result: string
  readonly unit: string
  readonly comparison: '>=' | '<=' | '='
  readonly target: number
}

function spread({
  request,
  made,
}: {
  readonly request: UncertaintyRequest
  readonly made: readonly Draw[]
}): Spread {
  const ready = prepare(request)
  if ('refusals' in ready) throw new Error('draws of a request that is refused')
  const { study: own, plan: asked, values } = ready
  const summary = summarise(own, asked, values, made)
  const targets = request.requirements.flatMap((text): Target[] => {
    const read = readRequirement(text, own.plant, own.base)
    if (!read.ok) return []
    const { condition, result } = read.requirement
    const measure = JSON.stringify(condition.measure)
    const followed = asked.results.find((own) => JSON.stringify(own.measure) === measure)
    const { comparison } = condition
    const target = condition.target * result.factor
    return [{ result: followed?.text ?? '', unit: result.unit, comparison, target }]
  })
  const bins = asked.results.map((result, k) => {
    const known = valuesOf(result, k, made, asked.draws).filter(Number.isFinite)
    const of = targets.filter((target) => target.result === result.text)
    return binned(
      known,
      of.map(({ target }) => target),
    )
  })
  return { summary, bins, targets }
}

export const tasks = {
  choices,
  pH,
  sensitivity,
  optimise,
  plan,
  draws,
  spread,
} satisfies TaskMap
