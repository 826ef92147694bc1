import { expose } from 'comlink'
import { plantJsonSchema } from '../../../src/scenario/engine.ts'
import type { Progress, TaskMap } from './protocol.ts'
import { solveText } from './session.ts'

/** One file an area, each exporting `tasks`; loaded when the first of its tasks is asked for. */
const areas = import.meta.glob<{ readonly tasks: TaskMap }>(['./tasks/*.ts', '!./tasks/*.test.ts'])

const api = {
  solve: solveText,
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
