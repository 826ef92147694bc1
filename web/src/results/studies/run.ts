import { useSyncExternalStore } from 'react'
import { workspace } from '../../document/store.ts'
import { startEngine, type EngineClient, type Tasks } from '../../engine/client.ts'
import type { TaskMap } from '../../engine/protocol.ts'
import type { Refused } from '../../engine/tasks/results.ts'

/** Where a long study stands. What it has found so far stays when it is stopped. */
export interface Run<Some, Answer> {
  readonly phase: 'idle' | 'running' | 'done' | 'stopped' | 'refused' | 'broken'
  /** 0 to 1. */
  readonly share: number
  readonly partial: Some | undefined
  readonly answer: Answer | undefined
  /** What is wrong with what was asked, each with what would be right. */
  readonly problems: readonly string[]
  /** Text of the plant that it is of. */
  readonly text: string
}

/** Tells the page how far a study has come. */
export type Told<Some> = (share: number, partial?: Some) => void

export interface Study<M extends TaskMap, Some, Answer> {
  readonly get: () => Run<Some, Answer>
  readonly subscribe: (listener: () => void) => () => void
  /**
   * Runs on workers of its own, so that live solving goes on: each has read and solved the plant
   * when `work` is called.
   */
  readonly start: (
    workers: number,
    work: (workers: readonly Tasks<M>[], told: Told<Some>) => Promise<Answer | Refused>,
  ) => void
  readonly stop: () => void
}

/**
 * A study that lives as long as the page does, whatever is looked at meanwhile; its workers are
 * asked tasks of that area.
 */
export function createStudy<M extends TaskMap, Some, Answer>(area: string): Study<M, Some, Answer> {
  let run: Run<Some, Answer> = {
    phase: 'idle',
    share: 0,
    partial: undefined,
    answer: undefined,
    problems: [],
    text: '',
  }
  let clients: readonly EngineClient[] = []
  let turn = 0
  const listeners = new Set<() => void>()
  const set = (next: Partial<Run<Some, Answer>>) => {
    run = { ...run, ...next }
    for (const listener of listeners) listener()
  }
  const close = () => {
    for (const client of clients) client.close()
    clients = []
  }
  const start: Study<M, Some, Answer>['start'] = (workers, work) => {
    close()
    turn += 1
    const own = turn
    const { text, file, sets } = workspace()
    set({ phase: 'running', share: 0, partial: undefined, answer: undefined, problems: [], text })
    clients = Array.from({ length: workers }, startEngine)
    const started = clients
    const told: Told<Some> = (share, partial) => {
      if (own !== turn || run.phase !== 'running') return
      set(partial === undefined ? { share } : { share, partial })
    }
    const ended = (next: Partial<Run<Some, Answer>>) => {
      // What was stopped or started anew is not heard any more.
      if (own !== turn || run.phase !== 'running') return
      set(next)
      close()
    }
    const go = async () => {
      await Promise.all(started.map((client) => client.solve({ text, file, sets })))
      const answer = await work(
        started.map((client) => client.tasks<M>(area)),
        told,
      )
      if (isRefused(answer)) ended({ phase: 'refused', problems: answer.refusals.map(said) })
      else ended({ phase: 'done', share: 1, answer })
    }
    go().catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      ended({ phase: 'broken', problems: [message] })
    })
  }
  return {
    get: () => run,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start,
    stop: () => {
      if (run.phase !== 'running') return
      close()
      set({ phase: 'stopped' })
    },
  }
}

function isRefused(answer: unknown): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'refusals' in answer && 'ok' in answer
}

const said = ({ message, expected }: Refused['refusals'][number]) =>
  expected === '' ? message : `${message}: ${expected}`

/** Where a study stands, drawn again when it moves on. */
export const useRun = <M extends TaskMap, P, A>(study: Study<M, P, A>): Run<P, A> =>
  useSyncExternalStore(study.subscribe, study.get)
