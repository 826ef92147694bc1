import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { ask, type Answer, type Trouble } from './client.ts'

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

/** Questions that are under way, by their address and the state of the ledger they are of. */
const underWay = new Map<string, Promise<Answer<unknown>>>()

/** Several parts of a page that ask the same at the same time share the answer. */
function askOnce<T>(path: string, at: number): Promise<Answer<T>> {
  const key = `${at} ${path}`
  const known = underWay.get(key)
  if (known !== undefined) return known as Promise<Answer<T>>
  const asked = ask<T>(path)
  underWay.set(key, asked)
  void asked.finally(() => underWay.delete(key))
  return asked
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
    let isOver = false
    setHeld((before) => ({ ...before, isWaiting: true }))
    void askOnce<T>(path, at).then((answer) => {
      if (isOver) return
      if (answer.ok) setHeld({ path, value: answer.value, isWaiting: false })
      else setHeld((before) => ({ ...before, trouble: answer, isWaiting: false }))
    })
    return () => {
      isOver = true
    }
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
