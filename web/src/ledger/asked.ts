import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { ask, type Trouble } from './client.ts'

/** Grows with everything that was recorded here: what is shown is then asked for again. */
const revision = create<{ readonly at: number }>(() => ({ at: 0 }))

/** Says that the ledger is no longer what it was. */
export const recorded = (): void => revision.setState(({ at }) => ({ at: at + 1 }))

/** What is known of an answer. */
export interface Asked<T> {
  /** The last answer; stays while another one is on its way. */
  readonly value?: T
  /** Why the last question had no answer. */
  readonly trouble?: Trouble
  readonly isWaiting: boolean
  /** True where what is shown answers another question than the present one. */
  readonly isStale: boolean
}

interface Held<T> {
  readonly path: string
  readonly value?: T
  readonly trouble?: Trouble
  readonly isWaiting: boolean
}

/**
 * The answer of the server to a question, asked again when something was recorded. Undefined asks
 * nothing.
 */
export function useAsked<T>(path: string | undefined): Asked<T> {
  const at = revision((now) => now.at)
  const [held, setHeld] = useState<Held<T>>({ path: '', isWaiting: false })
  useEffect(() => {
    if (path === undefined) return undefined
    const stop = new AbortController()
    setHeld((before) => ({ ...before, isWaiting: true }))
    void ask<T>(path, stop.signal).then((answer) => {
      if (stop.signal.aborted) return
      if (answer.ok) setHeld({ path, value: answer.value, isWaiting: false })
      else setHeld((before) => ({ ...before, trouble: answer, isWaiting: false }))
    })
    return () => stop.abort()
  }, [path, at])
  if (path === undefined) return { isWaiting: false, isStale: false }
  const { value, trouble, isWaiting } = held
  return {
    ...(value === undefined ? {} : { value }),
    ...(trouble === undefined ? {} : { trouble }),
    isWaiting: isWaiting || (value === undefined && trouble === undefined),
    isStale: value !== undefined && (held.path !== path || trouble !== undefined),
  }
}
