import { studyOf } from '../../../../src/scenario/study/what-if.ts'
import { readPlant } from '../../../../src/scenario/engine.ts'
import { formatFinding } from '../../../../src/scenario/findings.ts'
import { transient, type TransientRequest } from '../../../../src/scenario/transient.ts'
import type { Transient } from '../../../../src/scenario/transient-document.ts'
import { inserted } from '../../circuit/insert.ts'
import { planOf } from '../../circuit/plan-of.ts'
import type { CircuitPlan } from '../../circuit/plan.ts'
import type { Progress, SolveRequest } from '../protocol.ts'
import { current } from '../in-hand.ts'

/** A transient, or why there is none, in lines to be read. */
export type TransientResult =
  | { readonly ok: true; readonly transient: Transient }
  | { readonly ok: false; readonly problems: readonly string[] }

const refused = (problems: readonly string[]): TransientResult => ({ ok: false, problems })

/** Tasks of the page of a circuit. */
export const tasks = {
  /** What the plant in hand says of one of its circuits. */
  plan: ({ name }: { readonly name: string }): CircuitPlan | undefined =>
    planOf(current().plant, name),

  /** A plant text with a number that it had only by default. */
  insert: (args: {
    readonly text: string
    readonly path: readonly (string | number)[]
    readonly written: string
  }): string | undefined => inserted(args.text, args.path, args.written),

  /** A circuit in time; in a worker of its own, so the plant comes along. */
  transient: (
    { plant, ask }: { readonly plant: SolveRequest; readonly ask: TransientRequest },
    progress?: Progress,
  ): TransientResult => {
    const reading = readPlant(plant.text, {
      file: plant.file,
      readSet: (path) => (Object.hasOwn(plant.sets, path) ? plant.sets[path] : undefined),
    })
    if (!reading.ok) return refused(reading.findings.map(formatFinding))
    const study = studyOf(reading.plant)
    if (study.solution.outcome !== null) {
      const { unit, detail, advice } = study.solution.outcome
      return refused([`${unit}: ${detail}. ${advice}`])
    }
    const answer = transient(study, { ...ask, progress: everyPercent(progress) })
    if (answer.ok) return { ok: true, transient: answer.transient }
    if ('refusals' in answer) {
      const said = answer.refusals.map(({ message, expected }) => `${message} (${expected})`)
      return refused(said.map((text) => text.replace(/^--until/, 'time')))
    }
    const { unit, at, detail, advice } = answer.failure
    return refused([`${[unit, at].filter((w) => w !== '').join(', ')}: ${detail}. ${advice}`])
  },
}

/** Progress that is told only when a whole per cent has been made. */
function everyPercent(progress: Progress | undefined): (share: number) => void {
  let last = -1
  return (share) => {
    const now = Math.floor(100 * share)
    if (now === last) return
    last = now
    progress?.(share)
  }
}
