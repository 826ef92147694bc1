import type { PreparedRisk, RiskDraw, RiskRequest, Tornado } from '../scenario/index.ts'
import type { PlantTexts } from './answers.ts'
import { runDrawWork, type DrawRun, type RunOptions } from './draws.ts'
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

export type RiskRun = DrawRun<RiskDraw> & {
  /** Of each plant, every input moved alone; missing where the run was stopped before. */
  readonly tornados?: readonly (readonly Tornado[])[]
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
  let tornados: RiskRun['tornados']
  const take = (answer: unknown) => {
    tornados = answer as typeof tornados
  }
  const beside = [{ task: 'runSwings', given: { job }, take }] as const
  const run = await runDrawWork({ task: 'runRisks', job, draws, header, isDraw, beside }, options)
  return { ...run, ...(tornados === undefined ? {} : { tornados }) }
}

function isRiskDraw(line: unknown, count: number): line is RiskDraw {
  if (typeof line !== 'object' || line === null || !('draw' in line)) return false
  if (!('cases' in line && Array.isArray(line.cases) && line.cases.length === count)) return false
  return line.cases.every((of: unknown) => {
    if (typeof of !== 'object' || of === null) return false
    return 'values' in of ? Array.isArray(of.values) : 'outcome' in of
  })
}
