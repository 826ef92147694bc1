import { lazy, memo, Suspense, useDeferredValue } from 'react'
import { useWorkspace } from '../document/store.ts'
import { ElementBalances } from './Balances.tsx'
import { Compared, type Comparison } from './comparison.tsx'
import { useCompared, Waiting } from './ResultsPage.tsx'
import { Warnings } from './Warnings.tsx'
import '../ui/area.css'
import './results.css'

// The table loads with its libraries when it is first looked at.
const StreamTable = lazy(async () => ({
  default: (await import('./streams/StreamTable.tsx')).StreamTable,
}))

export type DockView = 'streams' | 'balances' | 'warnings'

/** Streams, balances or warnings as they fit under the flowsheet. */
export function ResultsDock({ view }: { readonly view: DockView }) {
  // While a slider is dragged the flowsheet goes first; the dock follows when there is time.
  const comparison = useDeferredValue(useCompared())
  if (comparison === null) return <Empty />
  return <View view={view} comparison={comparison} />
}

function Empty() {
  const state = useWorkspace((w) => w.state)
  return (
    <div className="results-dock">
      <Waiting state={state} />
    </div>
  )
}

const View = memo(function View({
  view,
  comparison,
}: {
  readonly view: DockView
  readonly comparison: Comparison
}) {
  return (
    <div className="results-dock">
      <Compared comparison={comparison}>
        <Suspense fallback={<p>Loading.</p>}>
          {view === 'streams' && <StreamTable compact />}
          {view === 'balances' && <ElementBalances compact />}
          {view === 'warnings' && <Warnings compact />}
        </Suspense>
      </Compared>
    </div>
  )
})
