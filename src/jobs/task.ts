import {
  drawnInputs,
  planUncertainty,
  readPlant,
  solveDraw,
  studyOf,
  type Draw,
} from '../scenario/index.ts'
import type { UncertaintyJob } from './uncertainty.ts'

/** Some draws of a job. */
export interface Piece {
  readonly job: UncertaintyJob
  readonly draws: readonly number[]
}

/** What a worker has ready for the pieces of one job: the plant read, solved and its draws. */
type Ready = (draws: readonly number[]) => readonly Draw[]

let ready: { readonly id: string; readonly run: Ready } | undefined

function prepare({ plant, file, sets, request }: UncertaintyJob): Ready {
  const reading = readPlant(plant, { file, readSet: (path) => sets[path] })
  if (!reading.ok) throw new Error('a worker was given a plant that is refused')
  const study = studyOf(reading.plant)
  const planned = planUncertainty(study, request)
  if (!planned.ok) throw new Error('a worker was given a request that is refused')
  const values = drawnInputs(study, planned.plan)
  return (draws) => draws.map((draw) => solveDraw(study, planned.plan, values, draw))
}

/** Solves some draws of a job, in a worker thread; the job is prepared once a worker. */
export function runDraws({ job, draws }: Piece): readonly Draw[] {
  if (ready?.id !== job.id) ready = { id: job.id, run: prepare(job) }
  return ready.run(draws)
}
