import { swinging } from '../scenario/index.ts'
import type { PreparedRisk, RiskDraw, RiskRequest, Swing } from '../scenario/index.ts'
import type { PlantTexts } from './answers.ts'
import { runDrawWork, type DrawRun, type RunOptions } from './draws.ts'
import type { Piece } from './pool.ts'
import type { Bound } from './uncertainty.ts'

/** A plant or scenario as a worker can be given it: texts only. */
export interface RiskCaseTexts extends PlantTexts {
  readonly name: string
  /** `PATH=VALUE`: what is set otherwise than in the file. */
  readonly set: readonly string[]
}

export interface RiskJob {
  /** Of this job among others of the same process. */
  readonly id: string
  readonly cases: readonly RiskCaseTexts[]
  readonly request: RiskRequest
}

/** One input of one plant of a job, by their places, that is to be moved alone. */
export interface SwingPiece {
  readonly job: RiskJob
  readonly at: number
  readonly place: number
}

export type RiskRun = DrawRun<RiskDraw> & {
  /** Of each plant, every input moved alone; not all of them where the run was stopped. */
  readonly swings: readonly (readonly Swing[])[]
}

/**
 * Makes the draws of a risk run on worker threads, each draw in every plant, and moves every input
 * alone; goes on with a result file that it is given. The prepared cases are those of the job.
 */
export async function runRisk(
  job: RiskJob,
  prepared: readonly PreparedRisk[],
  options: RunOptions<RiskDraw> & Bound,
): Promise<RiskRun> {
  const header = {
    schema: 'didymium/risk-draws@1',
    ...options.bound,
    request: job.request,
    cases: prepared.map(({ subject, plan, horizon }) => ({
      name: subject.name,
      set: subject.set,
      horizon,
      inputs: plan.inputs.map(({ name, text }) => `${name} ${text}`),
      measures: [...plan.measures, ...plan.requirements.map(({ measure }) => measure)].map(
        ({ name }) => name,
      ),
    })),
  }
  const draws = prepared[0]?.plan.draws ?? 0
  const isDraw = (line: unknown): line is RiskDraw => isRiskDraw(line, prepared.length)
  const swings = prepared.map((): Swing[] => [])
  const beside = prepared.flatMap((one, at) =>
    swinging(one).map((_, place): Piece => {
      const given: SwingPiece = { job, at, place }
      const take = (answer: unknown) => {
        const own = swings[at]
        if (own !== undefined) own[place] = answer as Swing
      }
      return { task: 'runSwing', given, take }
    }),
  )
  const run = await runDrawWork({ task: 'runRisks', job, draws, header, isDraw, beside }, options)
  return { ...run, swings }
}

function isRiskDraw(line: unknown, count: number): line is RiskDraw {
  if (typeof line !== 'object' || line === null || !('draw' in line)) return false
  if (!('cases' in line && Array.isArray(line.cases) && line.cases.length === count)) return false
  return line.cases.every((of: unknown) => {
    if (typeof of !== 'object' || of === null) return false
    return 'values' in of ? Array.isArray(of.values) : 'outcome' in of
  })
}
