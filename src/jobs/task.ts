import type { MessagePort } from 'node:worker_threads'
import {
  drawnInputs,
  openRisk,
  optimise,
  planUncertainty,
  readOptimise,
  readPlant,
  readSensitivity,
  sensitivity,
  simulate,
  solveDraw,
  solveRisk,
  studyOf,
  summarise,
  swingOf,
  type Draw,
  type OptimiseQuestion,
  type OptimumReport,
  type PlantDocument,
  type PreparedRisk,
  type RiskDraw,
  type Sensitivity,
  type SensitivityQuestion,
  type Study,
  type Swing,
  type UncertaintyPlan,
  type UncertaintyRequest,
  type UncertaintySummary,
} from '../scenario/index.ts'
import type { AsCharged } from '../twin/index.ts'
import type { Answered, PlantTexts, Solved } from './answers.ts'
import type { RiskJob, SwingPiece } from './risk.ts'
import type { UncertaintyJob } from './uncertainty.ts'
import type { ChargedQuestion } from './workers.ts'

/** Some draws of a job. */
export interface Piece {
  readonly job: UncertaintyJob
  readonly draws: readonly number[]
}

/** Draws that were made of a job. */
export interface Made {
  readonly job: UncertaintyJob
  readonly draws: readonly Draw[]
}

/** A question about a plant; its progress goes through the port as done and total. */
export interface Asked<Question> {
  readonly texts: PlantTexts
  readonly question: Question
  readonly port: MessagePort
}

/** What a worker has ready for the pieces of one job: the plant read, solved and its draws. */
interface Ready {
  readonly study: Study
  readonly plan: UncertaintyPlan
  readonly values: Float64Array
}

let ready: { readonly id: string; readonly of: Ready } | undefined

const read = ({ plant, file, sets }: PlantTexts) =>
  readPlant(plant, {
    file,
    // A path may be the name of something that every record answers to.
    readSet: (path) => (Object.hasOwn(sets, path) ? sets[path] : undefined),
  })

function prepare(job: UncertaintyJob): Ready {
  const reading = read(job)
  if (!reading.ok) throw new Error('a worker was given a plant that is refused')
  const study = studyOf(reading.plant)
  const planned = planUncertainty(study, job.request)
  if (!planned.ok) throw new Error('a worker was given a request that is refused')
  return { study, plan: planned.plan, values: drawnInputs(study, planned.plan) }
}

/** The job as this worker has it ready; it is prepared once a worker. */
function readyFor(job: UncertaintyJob): Ready {
  if (ready?.id !== job.id) ready = { id: job.id, of: prepare(job) }
  return ready.of
}

/** Solves some draws of a job, in a worker thread. */
export function runDraws({ job, draws }: Piece): readonly Draw[] {
  const { study, plan, values } = readyFor(job)
  return draws.map((draw) => solveDraw(study, plan, values, draw))
}

let readyRisk: { readonly id: string; readonly of: readonly PreparedRisk[] } | undefined

/** The plants of a risk job with their draws; prepared once a worker. */
function risksFor(job: RiskJob): readonly PreparedRisk[] {
  if (readyRisk?.id === job.id) return readyRisk.of
  const given = job.cases.map(({ name, set, ...texts }) => {
    const reading = read(texts)
    if (!reading.ok) throw new Error('a worker was given a plant that is refused')
    return { name, set, plant: reading.plant }
  })
  const opened = openRisk(given, job.request)
  if (!opened.ok) throw new Error('a worker was given a request that is refused')
  readyRisk = { id: job.id, of: opened.cases }
  return opened.cases
}

/** Solves and appraises some draws of a risk job in all its plants, in a worker thread. */
export function runRisks({
  job,
  draws,
}: {
  readonly job: RiskJob
  readonly draws: readonly number[]
}): readonly RiskDraw[] {
  const cases = risksFor(job)
  return draws.map((draw) => ({ draw, cases: cases.map((one) => solveRisk(one, draw)) }))
}

/** Moves one input of a risk job alone, in one of its plants, in a worker thread. */
export function runSwing({ job, at, place }: SwingPiece): Swing {
  return swingOf(risksFor(job)[at] as PreparedRisk, place)
}

/** Puts together the draws that there are of a job, in a worker thread. */
export function summariseDraws({ job, draws }: Made): UncertaintySummary {
  const { study, plan, values } = readyFor(job)
  return summarise(study, plan, values, draws)
}

/** Reads and solves a plant, in a worker thread. */
export function solvePlant(texts: PlantTexts): Solved {
  const reading = read(texts)
  if (!reading.ok) return { ok: false, why: 'plant', findings: reading.findings }
  return { ok: true, answer: simulate(reading.plant, { pH: true }) }
}

/** Plants that campaigns were held against, the latest last: of each the file is solved once. */
const charged: { readonly key: string; readonly plant: PlantDocument }[] = []
const mostCharged = 3

/** Solves a plant for what was charged, or as its file has it, in a worker thread. */
export async function solveCharged({
  texts,
  question,
}: Asked<ChargedQuestion | undefined>): Promise<Answered<AsCharged>> {
  // Loaded when used: other work does without.
  const { solveAsCharged, solveAsFiled } = await import('../twin/as-charged.ts')
  const key = JSON.stringify(texts)
  let plant = charged.find((one) => one.key === key)?.plant
  if (plant === undefined) {
    const reading = read(texts)
    if (!reading.ok) return { ok: false, why: 'plant', findings: reading.findings }
    plant = reading.plant
    charged.push({ key, plant })
    if (charged.length > mostCharged) charged.shift()
  }
  if (question !== undefined) {
    return { ok: true, answer: solveAsCharged(plant, question.feed, question.calendar) }
  }
  return { ok: true, answer: { solution: solveAsFiled(plant), kept: [], notes: [] } }
}

/** The plant of the texts, read and solved, or why nothing can be asked of it. */
function studied(texts: PlantTexts): Answered<Study> {
  const reading = read(texts)
  if (!reading.ok) return { ok: false, why: 'plant', findings: reading.findings }
  const study = studyOf(reading.plant)
  const { status, outcome } = study.solution
  if (status === 'converged') return { ok: true, answer: study }
  return {
    ok: false,
    why: 'unsolved',
    detail: outcome?.detail ?? '',
    advice: outcome?.advice ?? '',
  }
}

/** Plans the draws of an uncertainty, in a worker thread. */
export function planDraws({
  texts,
  question,
}: Asked<UncertaintyRequest>): Answered<UncertaintyPlan> {
  const opened = studied(texts)
  if (!opened.ok) return opened
  const planned = planUncertainty(opened.answer, question)
  if (!planned.ok) return { ok: false, why: 'question', refusals: planned.refusals }
  return { ok: true, answer: planned.plan }
}

/** Moves parameters to the best objective, in a worker thread. */
export function findOptimum({
  texts,
  question,
  port,
}: Asked<OptimiseQuestion>): Answered<OptimumReport> {
  const opened = studied(texts)
  if (!opened.ok) return opened
  const asked = readOptimise(opened.answer, question)
  if (!asked.ok) return { ok: false, why: 'question', refusals: asked.refusals }
  const told = (done: number) => port.postMessage([done, question.evaluations])
  return { ok: true, answer: optimise(opened.answer, asked.request, told) }
}

/** Derivatives of results to parameters, in a worker thread. */
export function findSlopes({
  texts,
  question,
  port,
}: Asked<SensitivityQuestion>): Answered<Sensitivity> {
  const opened = studied(texts)
  if (!opened.ok) return opened
  const asked = readSensitivity(opened.answer, question)
  if (!asked.ok) return { ok: false, why: 'question', refusals: asked.refusals }
  const { parameters, results } = asked
  const told = (done: number) => port.postMessage([done, parameters.length])
  return { ok: true, answer: sensitivity(opened.answer, parameters, results, question.by, told) }
}
