import { lazy, Suspense } from 'react'

// Each area loads when its page is first shown.
export const Flowsheet = lazy(async () => ({
  default: (await import('../canvas/Flowsheet.tsx')).Flowsheet,
}))
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
export const SourcesPage = lazy(async () => ({
  default: (await import('../sources/SourcesPage.tsx')).SourcesPage,
}))

/** Room for a part that is still on its way. */
export function Awaited({ children }: { readonly children: React.ReactNode }) {
  return <Suspense fallback={<p className="app-empty">Loading …</p>}>{children}</Suspense>
}
