import { lazy, memo, Suspense } from 'react'
import { currentRoute } from './router.ts'

// Each area loads when its page is first shown.
const flowsheet = () => import('../canvas/Flowsheet.tsx')
/** Drawn again only when what it is given changes. */
export const Flowsheet = lazy(async () => ({ default: memo((await flowsheet()).Flowsheet) }))

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
