import { create } from 'zustand'
import { store, type Workspace } from './state.ts'

type State = Workspace['state']

/** A solve that takes no longer than this is not announced, ms. */
const patience = 150

const announced = create<{ readonly state: State }>(() => ({ state: store.getState().state }))

let timer: ReturnType<typeof setTimeout> | undefined

store.subscribe(({ state }, before) => {
  if (state === before.state) return
  clearTimeout(timer)
  if (state === 'solving') timer = setTimeout(() => announced.setState({ state }), patience)
  else if (announced.getState().state !== state) announced.setState({ state })
})

/** How the plant stands, as it is said: a solve that is over at once is no news. */
export const useAnnounced = (): State => announced((a) => a.state)
