import { expose, transfer } from 'comlink'
import { plantJsonSchema } from '../../../src/scenario/engine.ts'
import type { Answer, EditRequest, Progress, SolveRequest, TaskMap } from './protocol.ts'
import { editNumbers, solveText } from './in-hand.ts'
import { withWritten } from './insert.ts'

/** One file an area, each exporting `tasks`; loaded when the first of its tasks is asked for. */
const areas = import.meta.glob<{ readonly tasks: TaskMap }>(['./tasks/*.ts', '!./tasks/*.test.ts'])

/** The block of numbers changes hands; everything else of an answer is copied. */
const handed = (answer: Answer): Answer =>
  'solution' in answer ? transfer(answer, [answer.solution.numbers.buffer]) : answer

const api = {
  solve: (request: SolveRequest) => handed(solveText(request)),
  edit: (request: EditRequest) => handed(editNumbers(request)),
  write: withWritten,
  schema: plantJsonSchema,
  /** Runs a task of an area: `task('circuit', 'transient', request)`. */
  async task(area: string, name: string, args: unknown, progress?: Progress): Promise<unknown> {
    const load = areas[`./tasks/${area}.ts`]
    const found = load === undefined ? undefined : (await load()).tasks[name]
    if (found === undefined) throw new Error(`the engine has no task ${area}.${name}`)
    // The page's types are those of the task's own file.
    return found(args as never, progress)
  },
}

export type EngineApi = typeof api

expose(api)
