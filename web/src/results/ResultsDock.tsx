import { lazy, Suspense } from 'react'
import { useWorkspace } from '../document/store.ts'
import { ElementBalances } from './Balances.tsx'
import { Compared } from './comparison.tsx'
import { Stale, useCompared, Waiting } from './ResultsPage.tsx'
import { Warnings } from './Warnings.tsx'
import './results.css'

// The table loads with its libraries when it is first looked at.
const StreamTable = lazy(async () => ({
  default: (await import('./streams/StreamTable.tsx')).StreamTable,
}))

export type DockView = 'streams' | 'balances' | 'warnings'

/** Streams, balances or warnings as they fit under the flowsheet. */
export function ResultsDock({ view }: { readonly view: DockView }) {
  const comparison = useCompared()
  const state = useWorkspace((w) => w.state)
  if (comparison === null) {
    return (
      <div className="results-dock">
        <Waiting state={state} />
      </div>
    )
  }
  return (
    <div className="results-dock" data-state={state}>
      <Compared comparison={comparison}>
        <Stale state={state} />
        <Suspense fallback={<p>Loading.</p>}>
          {view === 'streams' && <StreamTable compact />}
          {view === 'balances' && <ElementBalances compact />}
          {view === 'warnings' && <Warnings compact />}
        </Suspense>
      </Compared>
    </div>
  )
}
