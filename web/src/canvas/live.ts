import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Solution } from '../../../src/scenario/index.ts'
import type { PlantView } from '../engine/protocol.ts'
import type { FlowUnit } from './flows.ts'

/** What changes on the canvas while its structure stays: read label by label. */
export interface LiveState {
  readonly plant: PlantView
  readonly solution: Solution
  readonly compare: Solution | null
  readonly unit: FlowUnit
  readonly selected: { readonly kind: 'unit' | 'stream'; readonly name: string } | null
  readonly found: ReadonlySet<string>
  /** The unit at which the present text has no solution. */
  readonly failing: string | null
  /** True in the whole view, where only what can be read is written. */
  readonly isFar: boolean
  /** The stream that the pointer or the focus is on. */
  readonly regarded: string | null
}

export interface Live {
  readonly get: () => LiveState
  readonly set: (state: Partial<LiveState>) => void
  readonly subscribe: (listener: () => void) => () => void
  /** The state as it was when it last stood still, for words that are spoken, not seen. */
  readonly calm: Pick<Live, 'get' | 'subscribe'>
}

/** How long nothing changes before the words that are spoken follow, ms. */
const untilCalm = 120

function listening() {
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return { subscribe, tell }
}

/** A store whose readers each pick one text, so that only texts that changed are painted anew. */
export function createLive(start: LiveState): Live {
  let state = start
  let still = start
  let waiting: ReturnType<typeof setTimeout> | undefined
  const [eager, patient] = [listening(), listening()]
  const settle = () => {
    still = state
    patient.tell()
  }
  return {
    get: () => state,
    set: (part) => {
      state = { ...state, ...part }
      clearTimeout(waiting)
      waiting = setTimeout(settle, untilCalm)
      eager.tell()
    },
    subscribe: eager.subscribe,
    calm: { get: () => still, subscribe: patient.subscribe },
  }
}

export const LiveContext = createContext<Live | null>(null)

export function useLiveStore(): Live {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('a part of the canvas stands outside of it')
  return live
}

/** One text or truth of the live state; the component is drawn again only when it differs. */
export function useLive<T extends string | number | boolean>(pick: (state: LiveState) => T): T {
  const { subscribe, get } = useLiveStore()
  return useSyncExternalStore(subscribe, () => pick(get()))
}

/** As `useLive`, once the plant stands still: a name for a screen reader costs no repaint. */
export function useCalm(pick: (state: LiveState) => string): string {
  const { subscribe, get } = useLiveStore().calm
  return useSyncExternalStore(subscribe, () => pick(get()))
}
