import type { Draw, UncertaintyPlan, UncertaintyRequest } from '../scenario/index.ts'
import type { PlantTexts } from './answers.ts'
import { runDrawWork, type DrawRun, type RunOptions } from './draws.ts'

/** All that a worker needs to make any draw: texts and numbers only. */
export interface UncertaintyJob extends PlantTexts {
  /** Of this job among others of the same process. */
  readonly id: string
  readonly request: UncertaintyRequest
}

/** What a result file is bound to besides the request: hashes of plant and sets, version. */
export interface Bound {
  readonly bound: Readonly<Record<string, unknown>>
}

/** Makes the draws of a plan on worker threads; goes on with a result file that it is given. */
export function runUncertainty(
  job: UncertaintyJob,
  plan: UncertaintyPlan,
  options: RunOptions<Draw> & Bound,
): Promise<DrawRun<Draw>> {
  const header = {
    schema: 'didymium/draws@1',
    ...options.bound,
    request: job.request,
    inputs: plan.inputs.map(({ parameter }) => parameter.path),
    results: [...plan.results, ...plan.requirements].map(({ text }) => text),
  }
  return runDrawWork({ task: 'runDraws', job, draws: plan.draws, header, isDraw }, options)
}

function isDraw(line: unknown): line is Draw {
  if (typeof line !== 'object' || line === null || !('draw' in line)) return false
  return 'values' in line ? Array.isArray(line.values) : 'outcome' in line
}
