import { proxy, wrap, type Remote } from 'comlink'
import { shared as keeping } from './pack.ts'
import { rebuilder } from './parts.ts'
import type { Solution } from '../../../src/scenario/index.ts'
import type {
  Answer,
  EditRequest,
  PlantView,
  Progress,
  SolveRequest,
  Solved,
  TaskMap,
  UnitView,
} from './protocol.ts'
import type { EngineApi } from './worker.ts'

type Args<F> = F extends (args: infer A, ...rest: never[]) => unknown ? A : never
type Answered<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never

/** The tasks of an area as the page calls them. */
export type Tasks<M extends TaskMap> = {
  readonly [K in keyof M]: (args: Args<M[K]>, onProgress?: Progress) => Promise<Answered<M[K]>>
}

/** What an edit of numbers made of the plant in hand; undefined where the text must be read. */
export type Edited =
  | {
      readonly ok: true
      readonly units: readonly UnitView[]
      readonly solution: Solution
      readonly took: { readonly read: number; readonly solve: number }
    }
  | Extract<Solved, { ok: false }>
  | undefined

/** A worker with the engine in it. */
export interface EngineClient {
  /** Reads a text and solves its plant; what did not change keeps its identity. */
  solve(request: SolveRequest): Promise<Solved>
  /** Moves numbers of the plant in hand, without reading its text. */
  edit(request: EditRequest): Promise<Edited>
  /** The text with a number written that it left to its default; undefined where it cannot be. */
  write(
    text: string,
    path: readonly (string | number)[],
    value: string,
  ): Promise<string | undefined>
  /** JSON Schema of the plant document. */
  schema(): Promise<Readonly<Record<string, unknown>>>
  /**
   * Tasks of an area, typed by its file:
   * `engine().tasks<typeof import('../engine/tasks/circuit.ts').tasks>('circuit')`.
   */
  tasks<M extends TaskMap>(area: string): Tasks<M>
  /** Ends the worker; what is under way never answers. */
  close(): void
}

/** Starts a worker of its own: for long tasks, so that live solving goes on beside them. */
export function startEngine(): EngineClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'didymium-engine',
  })
  const remote = wrap<EngineApi>(worker)
  const rebuild = rebuilder()
  let plant: PlantView | undefined
  return {
    async solve(request) {
      const answer = await remote.solve(request)
      if (answer.kind !== 'whole') return { ok: false, findings: findingsOf(answer) }
      plant = keeping(plant, answer.plant)
      return {
        ok: true,
        plant,
        solution: rebuild(answer.solution, request.text),
        took: answer.took,
      }
    },
    async edit(request) {
      const answer = await remote.edit(request)
      if (answer.kind === 'unread') return undefined
      if (answer.kind !== 'edit') return { ok: false, findings: findingsOf(answer) }
      return { ok: true, ...answer, solution: rebuild(answer.solution, request.text) }
    },
    write: (text, path, value) => remote.write(text, path, value),
    schema: () => remote.schema(),
    tasks: (area) => tasksOf(remote, area),
    close: () => worker.terminate(),
  }
}

const findingsOf = (answer: Answer) => (answer.kind === 'refused' ? answer.findings : [])

function tasksOf<M extends TaskMap>(remote: Remote<EngineApi>, area: string): Tasks<M> {
  return new Proxy({} as Tasks<M>, {
    get: (_, name) => (args: unknown, onProgress?: Progress) =>
      typeof name === 'string'
        ? remote.task(area, name, args, onProgress === undefined ? undefined : proxy(onProgress))
        : undefined,
  })
}

let own: EngineClient | undefined

/** The worker that solves the plant on the page; started when first asked for. */
export function engine(): EngineClient {
  own ??= startEngine()
  return own
}
