import { matching, parametersOf } from './parameters.ts'
import type { Parameter, Refusal } from './parameters.ts'
import { readRange } from './ranges.ts'
import { readRequirement, readResult, usualResults } from './results.ts'
import type { Requirement, Result } from './results.ts'
import type { Freedom, OptimiseRequest, Term } from './optimise.ts'
import { unmeasured, type Study } from './what-if.ts'

/** What an optimisation is asked, as a person writes it. */
export interface OptimiseQuestion {
  /** Parameters and their bounds: `sx2.sections[2].flow=4..7 L/h`. */
  readonly vary: readonly string[]
  /** A result or parameter, or a sum of them: `A + 0.5 * B`; one of the two, not both. */
  readonly minimise?: string | undefined
  readonly maximise?: string | undefined
  /** What must hold: `recovery Nd >= 95 %`. */
  readonly require: readonly string[]
  /** Solutions of the plant that it may take. */
  readonly evaluations: number
}

/** What sensitivities are asked of, as a person writes it. */
export interface SensitivityQuestion {
  /** Paths, `*` standing for any letters. */
  readonly parameters: readonly string[]
  /** The usual ones if empty. */
  readonly results: readonly string[]
  /** How far a parameter without an uncertainty is moved, as a share of its value. */
  readonly by: number
}

type Refused = { readonly ok: false; readonly refusals: readonly Refusal[] }

export const questionLimits = { freedoms: 30, evaluations: 1_000_000, by: 0.9 } as const

const wrong = (message: string, expected = ''): Refusal => ({ ok: false, message, expected })

/** The results of those names, which the solved plant must have a value of. */
export function resultsNamed(
  texts: readonly string[],
  study: Study,
  refusals: Refusal[],
): readonly Result[] {
  const results = texts.flatMap((text) => {
    const read = readResult(text, study.plant, study.base)
    if (!read.ok) refusals.push(read)
    return read.ok ? [read.result] : []
  })
  refusals.push(...unmeasured(study, results))
  return results
}

/** The parameters of those paths, `*` standing for any letters, each once. */
export function parametersNamed(
  paths: readonly string[],
  study: Study,
  refusals: Refusal[],
): readonly Parameter[] {
  const known = parametersOf(study.plant, study.bank)
  const found = paths.flatMap((path) => {
    const read = matching(path, known, study.plant)
    if (!read.ok) refusals.push(read)
    return read.ok ? read.parameters : []
  })
  return [...new Set(found)]
}

/** Resolves the names of a question about sensitivities; or everything that is wrong with it. */
export function readSensitivity(
  study: Study,
  { parameters: paths, results: texts, by }: SensitivityQuestion,
):
  | {
      readonly ok: true
      readonly parameters: readonly Parameter[]
      readonly results: readonly Result[]
    }
  | Refused {
  const refusals: Refusal[] = []
  const named = resultsNamed(texts, study, refusals)
  const results = texts.length > 0 ? named : usualResults(study.plant, study.base)
  const parameters = parametersNamed(paths, study, refusals)
  if (paths.length === 0) {
    refusals.push(wrong('no parameter is named', 'its path; * stands for any letters'))
  }
  if (!(by > 0 && by <= questionLimits.by)) {
    refusals.push(wrong(`a move by ${by}`, `a share above 0, at most ${questionLimits.by}`))
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, parameters, results }
}

/** Resolves the names of a question for an optimum; or everything that is wrong with it. */
export function readOptimise(
  study: Study,
  question: OptimiseQuestion,
): { readonly ok: true; readonly request: OptimiseRequest } | Refused {
  const refusals: Refusal[] = []
  const { minimise, maximise, evaluations: most } = question
  const objective = minimise ?? maximise
  if (objective === undefined || (minimise !== undefined && maximise !== undefined)) {
    refusals.push(wrong('one objective is needed', 'minimise or maximise'))
  }
  if (!(Number.isInteger(most) && most >= 10 && most <= questionLimits.evaluations)) {
    const expected = `a whole number from 10 to ${questionLimits.evaluations}`
    refusals.push(wrong(`${most} evaluations`, expected))
  }
  const freedoms = freedomsOf(question.vary, study, refusals)
  const terms = objective === undefined ? [] : termsOf(objective, study, refusals)
  const requirements = requirementsOf(question.require, study, refusals)
  const sense = minimise === undefined ? 'maximise' : 'minimise'
  if (refusals.length > 0) return { ok: false, refusals }
  return { ok: true, request: { freedoms, terms, sense, requirements, most } }
}

function freedomsOf(
  texts: readonly string[],
  study: Study,
  refusals: Refusal[],
): readonly Freedom[] {
  const freedoms = texts.flatMap((text) => {
    const [path = '', range = ''] = text.split(/=(.*)/s)
    return parametersNamed([path], study, refusals).flatMap((parameter): Freedom[] => {
      const read = readRange(range, parameter, study.plant)
      if (read.ok) return [{ parameter, low: read.low, high: read.high }]
      refusals.push(read)
      return []
    })
  })
  const twice = freedoms.find(
    ({ parameter: { path } }, k) =>
      freedoms.findIndex(({ parameter }) => parameter.path === path) < k,
  )
  const most = questionLimits.freedoms
  if (twice !== undefined) refusals.push(wrong(`${twice.parameter.path} is varied twice`))
  if (texts.length === 0) refusals.push(wrong('nothing may be varied', 'vary PATH=LOW..HIGH'))
  if (freedoms.length > most) {
    refusals.push(wrong(`${freedoms.length} parameters are varied`, `at most ${most}`))
  }
  return freedoms
}

/** `reagent caustic rate + 0.5 * reagent acid rate`: results and parameters with weights. */
function termsOf(text: string, study: Study, refusals: Refusal[]): readonly Term[] {
  const known = parametersOf(study.plant, study.bank)
  return text.split(/\s\+\s/).flatMap((part): Term[] => {
    const [, factor, name = ''] =
      /^\s*(?:(-?[\d.]+(?:e-?\d+)?)\s*\*\s*)?(.*?)\s*$/s.exec(part) ?? []
    const weight = factor === undefined ? 1 : Number(factor)
    if (!Number.isFinite(weight)) refusals.push(wrong(`"${factor}" is not a number`))
    const parameter = known.find(({ path }) => path === name)
    if (parameter !== undefined) return [{ weight, of: parameter }]
    const read = readResult(name, study.plant, study.base)
    if (read.ok) {
      refusals.push(...unmeasured(study, [read.result]))
      return [{ weight, of: read.result }]
    }
    // What holds a point is meant as a path: its refusal is the one that helps.
    const path = /^[^\s]+\.[^\s]+$/.test(name) ? matching(name, known, study.plant) : read
    refusals.push(path.ok ? read : path)
    return []
  })
}

function requirementsOf(
  texts: readonly string[],
  study: Study,
  refusals: Refusal[],
): readonly Requirement[] {
  const requirements = texts.flatMap((text) => {
    const read = readRequirement(text, study.plant, study.base)
    if (!read.ok) refusals.push(read)
    return read.ok ? [read.requirement] : []
  })
  refusals.push(
    ...unmeasured(
      study,
      requirements.map(({ result }) => result),
    ),
  )
  return requirements
}
