import { useSyncExternalStore } from 'react'
import { type EngineClient, startEngine } from '../../engine/client.ts'

/** A long task as the page sees it. */
export type Job<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly share: number; readonly text: string }
  | { readonly state: 'done'; readonly answer: T; readonly took: number }
  | { readonly state: 'failed'; readonly message: string }

export type Tell = (share: number, text?: unknown) => void

/** A place for one long task at a time; it goes on when its page is left, and keeps its answer. */
export interface JobSlot<T> {
  readonly now: () => Job<T>
  readonly subscribe: (listener: () => void) => () => void
  readonly start: (run: (client: EngineClient, tell: Tell) => Promise<T>) => void
  readonly cancel: () => void
  /** Forgets the answer, or puts one there. */
  readonly put: (job: Job<T>) => void
}

const idle = { state: 'idle' } as const

/** Each task gets a worker of its own, so that live solving goes on, and cancelling ends it. */
export function jobSlot<T>(): JobSlot<T> {
  let job: Job<T> = idle
  let client: EngineClient | undefined
  const listeners = new Set<() => void>()
  const put = (next: Job<T>) => {
    job = next
    for (const listener of listeners) listener()
  }
  const end = () => {
    client?.close()
    client = undefined
  }
  return {
    now: () => job,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    start: (run) => {
      end()
      const own = startEngine()
      client = own
      const begun = performance.now()
      put({ state: 'running', share: 0, text: '' })
      const isOurs = () => client === own
      const tell: Tell = (share, text) => {
        if (isOurs()) put({ state: 'running', share, text: typeof text === 'string' ? text : '' })
      }
      const finish = (next: Job<T>) => {
        if (!isOurs()) return
        end()
        put(next)
      }
      run(own, tell).then(
        (answer) => finish({ state: 'done', answer, took: performance.now() - begun }),
        (error: unknown) =>
          finish({
            state: 'failed',
            message: error instanceof Error ? error.message : 'the worker ended',
          }),
      )
    },
    cancel: () => {
      end()
      put(idle)
    },
    put,
  }
}

export const useJob = <T>(slot: JobSlot<T>): Job<T> =>
  useSyncExternalStore(slot.subscribe, slot.now)
