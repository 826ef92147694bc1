import { costBank } from '../../databank/costs.ts'
import { bank as builtIn, type Databank } from '../../databank/index.ts'
import { appraisalData, appraise } from '../economics/appraise.ts'
import type { PlantDocument } from '../plant.ts'
import { matching, parametersOf, readValue, type Refusal } from '../study/parameters.ts'
import { movedPlant, type Move } from '../study/moved-plant.ts'
import { studyOf } from '../study/what-if.ts'
import { clip } from '../yaml-tree.ts'
import { horizonOf, prepareRisk, type PreparedRisk } from './draw.ts'
import { planRisk, type RiskSubject } from './plan.ts'
import type { RiskRequest } from './types.ts'

/** A plant, or a scenario of one: numbers set otherwise than its file says, `PATH=VALUE`. */
export interface RiskCaseGiven {
  readonly name: string
  readonly plant: PlantDocument
  readonly set: readonly string[]
}

export type RiskOpening =
  | { readonly ok: true; readonly cases: readonly PreparedRisk[] }
  | { readonly ok: false; readonly why: 'question'; readonly refusals: readonly Refusal[] }
  | {
      readonly ok: false
      readonly why: 'unsolved'
      readonly name: string
      readonly detail: string
      readonly advice: string
    }

/** Most plants and scenarios that one run compares. */
const mostCases = 4

/**
 * Solves and appraises the plants of a run as they are written, and draws their inputs; or says
 * why nothing can be asked of one.
 */
export function openRisk(
  given: readonly RiskCaseGiven[],
  request: RiskRequest,
  bank: Databank = builtIn,
): RiskOpening {
  const subjects: RiskSubject[] = []
  const refusals: Refusal[] = []
  if (given.length === 0 || given.length > mostCases) {
    refusals.push({ ok: false, message: `${given.length} plants`, expected: `1 to ${mostCases}` })
  }
  for (const one of given.slice(0, mostCases)) {
    const opened = openSubject(one, bank, refusals)
    if (opened === undefined) continue
    if (!('study' in opened)) return { ok: false, why: 'unsolved', name: one.name, ...opened }
    subjects.push(opened)
  }
  if (refusals.length > 0) return { ok: false, why: 'question', refusals }
  const horizon = horizonOf(subjects)
  const plans = subjects.map((subject) => ({ subject, planned: planRisk(subject, request) }))
  const cases = plans.flatMap(({ subject, planned }) => {
    if (!planned.ok) refusals.push(...planned.refusals)
    return planned.ok ? [prepareRisk(subject, planned.plan, horizon)] : []
  })
  refusals.push(...differing(cases))
  return refusals.length > 0 ? { ok: false, why: 'question', refusals } : { ok: true, cases }
}

/** Draws can be laid side by side only where each input draws the same in both plants. */
function differing(cases: readonly PreparedRisk[]): readonly Refusal[] {
  const [first, ...others] = cases
  if (first === undefined || others.length === 0) return []
  const { basis } = first.subject.appraisal
  const other = others.find(({ subject: { appraisal } }) => {
    return appraisal.basis.currency !== basis.currency || appraisal.basis.year !== basis.year
  })
  if (other !== undefined) {
    const { currency, year } = other.subject.appraisal.basis
    const message = `${other.subject.name} is appraised in ${currency} of ${year}`
    return [{ ok: false, message, expected: `${basis.currency} of ${basis.year} in both` }]
  }
  const names = ({ plan }: PreparedRisk) => plan.inputs.map(({ name }) => name).join('\n')
  const { design } = first.plan.request
  if (design === 'lhs' || others.every((one) => names(one) === names(first))) return []
  const message = `plants with different inputs cannot be compared with ${design}`
  return [{ ok: false, message, expected: 'lhs, with which an input draws the same in each plant' }]
}

function openSubject(
  { name, plant, set }: RiskCaseGiven,
  bank: Databank,
  refusals: Refusal[],
): RiskSubject | { readonly detail: string; readonly advice: string } | undefined {
  if (!plant.economics.given) {
    const message = `${name}: the plant has no section "economics"`
    refusals.push({
      ok: false,
      message,
      expected: 'what it costs and earns, or nothing is at risk',
    })
    return undefined
  }
  const moves = set.flatMap((text) => readSet(text, plant, bank, refusals))
  const moved = movedPlant(plant, moves, bank)
  if ('outcome' in moved) return moved
  const study = studyOf(moved, bank)
  const { status, outcome } = study.solution
  if (status !== 'converged') {
    return { detail: outcome?.detail ?? '', advice: outcome?.advice ?? '' }
  }
  const data = appraisalData(costBank(), bank)
  return { name, set, study, data, appraisal: appraise(moved, study.solution, { data }) }
}

/** `PATH=VALUE`: a number of the plant as a scenario has it; `*` stands for any letters. */
function readSet(
  text: string,
  plant: PlantDocument,
  bank: Databank,
  refusals: Refusal[],
): readonly Move[] {
  const [path = '', value] = text.split(/=(.*)/s)
  const found = matching(path, parametersOf(plant, bank), plant)
  if (!found.ok || value === undefined) {
    const message = `"${clip(text)}" sets nothing`
    refusals.push(found.ok ? { ok: false, message, expected: `${path.trim()}=VALUE` } : found)
    return []
  }
  return found.parameters.flatMap((parameter): readonly Move[] => {
    if (parameter.place.of === 'set') {
      const message = `${parameter.path}: a constant is no scenario of a plant`
      refusals.push({ ok: false, message, expected: 'a number of the plant file' })
      return []
    }
    const read = readValue(value, parameter, plant)
    if (!read.ok) refusals.push(read)
    return read.ok ? [{ parameter, value: read.value }] : []
  })
}
