import { lazy, Suspense, type ComponentType } from 'react'
import type { Solution } from '../../../src/scenario/index.ts'
import type { Selected } from '../document/store.ts'
import type { PlantView } from '../engine/protocol.ts'

/** What the flowsheet is given; it reads no store. */
export interface FlowsheetProps {
  readonly plant: PlantView
  readonly solution: Solution
  readonly selected: Selected | null
  readonly onSelect: (selected: Selected | null) => void
  /** A unit is opened: a circuit shows its page. */
  readonly onOpen: (unit: string) => void
  readonly stale: boolean
}

/** What the dock of results is given: which of its views is shown. */
export interface ResultsDockProps {
  readonly view: 'streams' | 'balances' | 'warnings'
}

type Module = Readonly<Record<string, ComponentType<never>>>

const modules = import.meta.glob<Module>([
  '../canvas/Flowsheet.tsx',
  '../sankey/Sankey.tsx',
  '../circuit/CircuitPage.tsx',
  '../workbench/WorkbenchPage.tsx',
  '../results/ResultsPage.tsx',
  '../results/ResultsDock.tsx',
  '../sources/SourcesPage.tsx',
])

/** The component that a file of another area exports under the file's name, loaded when shown. */
function area<P extends object>(path: string): ComponentType<P> {
  const name = /(\w+)\.tsx$/.exec(path)?.[1] ?? ''
  const load = modules[path]
  return lazy(async () => {
    const found = (await load?.())?.[name] as ComponentType<P> | undefined
    return { default: found ?? Absent }
  })
}

function Absent() {
  return <p className="app-empty">This page is not in this build.</p>
}

export const Flowsheet = area<FlowsheetProps>('../canvas/Flowsheet.tsx')
export const CircuitPage = area('../circuit/CircuitPage.tsx')
export const WorkbenchPage = area('../workbench/WorkbenchPage.tsx')
export const ResultsPage = area('../results/ResultsPage.tsx')
export const ResultsDock = area<ResultsDockProps>('../results/ResultsDock.tsx')
export const SourcesPage = area('../sources/SourcesPage.tsx')

/** Room for a part that is still on its way. */
export function Awaited({ children }: { readonly children: React.ReactNode }) {
  return <Suspense fallback={<p className="app-empty">Loading …</p>}>{children}</Suspense>
}
