import { proxy, wrap, type Remote } from 'comlink'
import type { Progress, SolveRequest, Solved, TaskMap } from './protocol.ts'
import type { EngineApi } from './worker.ts'

type Args<F> = F extends (args: infer A, ...rest: never[]) => unknown ? A : never
type Answer<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never

/** The tasks of an area as the page calls them. */
type Tasks<M extends TaskMap> = {
  readonly [K in keyof M]: (args: Args<M[K]>, onProgress?: Progress) => Promise<Answer<M[K]>>
}

/** A worker with the engine in it. */
export interface EngineClient {
  solve(request: SolveRequest): Promise<Solved>
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
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const remote = wrap<EngineApi>(worker)
  return {
    solve: (request) => remote.solve(request),
    schema: () => remote.schema(),
    tasks: (area) => tasksOf(remote, area),
    close: () => worker.terminate(),
  }
}

function tasksOf<M extends TaskMap>(remote: Remote<EngineApi>, area: string): Tasks<M> {
  return new Proxy({} as Tasks<M>, {
    get: (_, name) => (args: unknown, onProgress?: Progress) =>
      typeof name === 'string'
        ? remote.task(area, name, args, onProgress === undefined ? undefined : proxy(onProgress))
        : undefined,
  })
}

let shared: EngineClient | undefined

/** The worker that solves the plant on the page; started when first asked for. */
export function engine(): EngineClient {
  shared ??= startEngine()
  return shared
}
