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
  /** The stream that the pointer or the focus is on. */
  readonly regarded: string | null
}

export interface Live {
  readonly get: () => LiveState
  readonly set: (state: Partial<LiveState>) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** A store whose readers each pick one text, so that only texts that changed are painted anew. */
export function createLive(start: LiveState): Live {
  let state = start
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set: (part) => {
      state = { ...state, ...part }
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
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
