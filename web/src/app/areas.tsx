import { lazy, memo, Suspense, useState, type ComponentType } from 'react'
import type { FlowsheetProps } from '../canvas/Flowsheet.tsx'
import { currentRoute } from './router.ts'

// Each area loads when its page is first shown.
let drawing: ComponentType<FlowsheetProps> | undefined
/** Drawn again only when what it is given changes. */
const flowsheet = async () => {
  drawing = memo((await import('../canvas/Flowsheet.tsx')).Flowsheet)
  return { default: drawing }
}
const Awaiting = lazy(flowsheet)

/** What is loaded is drawn at once: React keeps words that something is awaited for 300 ms. */
export function Flowsheet(props: FlowsheetProps) {
  const [Drawn] = useState(() => drawing ?? Awaiting)
  return <Drawn {...props} />
}

// Where the plant is the first page, its drawing comes along with the engine, not after it.
if (currentRoute().page === 'plant') void flowsheet()

export const Sankey = lazy(async () => ({ default: (await import('../sankey/Sankey.tsx')).Sankey }))
export const CircuitPage = lazy(async () => ({
  default: (await import('../circuit/CircuitPage.tsx')).CircuitPage,
}))
export const WorkbenchPage = lazy(async () => ({
  default: (await import('../workbench/WorkbenchPage.tsx')).WorkbenchPage,
}))
export const ResultsPage = lazy(async () => ({
  default: (await import('../results/ResultsPage.tsx')).ResultsPage,
}))
export const ResultsDock = lazy(async () => ({
  default: (await import('../results/ResultsDock.tsx')).ResultsDock,
}))
export const MoneyPage = lazy(async () => ({
  default: (await import('../money/MoneyPage.tsx')).MoneyPage,
}))
export const LedgerPage = lazy(async () => ({
  default: (await import('../ledger/LedgerPage.tsx')).LedgerPage,
}))
export const SourcesPage = lazy(async () => ({
  default: (await import('../sources/SourcesPage.tsx')).SourcesPage,
}))

/** Room for a part that is still on its way. */
export function Awaited({ children }: { readonly children: React.ReactNode }) {
  return <Suspense fallback={<p className="app-empty">Loading …</p>}>{children}</Suspense>
}
