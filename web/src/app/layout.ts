import { create } from 'zustand'
import { currentRoute, useRoute } from './router.ts'

export type Theme = 'light' | 'dark' | 'system'
export type DockTab = 'streams' | 'balances' | 'warnings' | 'text'

/** What of the page is open; kept in the browser between visits. */
interface Layout {
  /** Beside the drawing of the plant. */
  readonly inspector: boolean
  /** Beside the other pages, which mostly say themselves what is to be said. */
  readonly inspectorElsewhere: boolean
  readonly dock: DockTab | null
  /** px */
  readonly dockHeight: number
  readonly theme: Theme
  /** The command palette, with what it is asked to find first. */
  readonly palette: null | 'all' | 'plant'
  /** Units and streams that the search has found so far: shown on the flowsheet. */
  readonly found: readonly string[]
}

const usual: Layout = {
  inspector: true,
  inspectorElsewhere: false,
  dock: null,
  dockHeight: 280,
  theme: 'system',
  palette: null,
  found: [],
}

const place = 'didymium/layout'

function remembered(): Layout {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    return { ...usual, ...(typeof kept === 'object' ? kept : {}), palette: null, found: [] }
  } catch {
    return usual
  }
}

const layout = create<Layout>(remembered)

layout.subscribe(({ inspector, inspectorElsewhere, dock, dockHeight, theme }) => {
  document.documentElement.dataset['theme'] = theme
  try {
    const kept = { inspector, inspectorElsewhere, dock, dockHeight, theme }
    localStorage.setItem(place, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing still shows everything.
  }
})
document.documentElement.dataset['theme'] = layout.getState().theme

export const useLayout = <T>(pick: (of: Layout) => T): T => layout(pick)
export const setLayout = (change: Partial<Layout>): void => layout.setState(change)
const layoutNow = (): Layout => layout.getState()

/** Shows a tab of the dock, or closes the dock where that tab is open already. */
export function toggleDock(tab: DockTab): void {
  setLayout({ dock: layoutNow().dock === tab ? null : tab })
}

export function setTheme(theme: Theme): void {
  setLayout({ theme })
}

/** Shows or hides the inspector of the present page. */
export function toggleInspector(): void {
  const { inspector, inspectorElsewhere } = layoutNow()
  if (currentRoute().page === 'plant') setLayout({ inspector: !inspector })
  else setLayout({ inspectorElsewhere: !inspectorElsewhere })
}

/** Whether the inspector is open on the present page; the ledger has none. */
export function useInspector(): boolean {
  const { page } = useRoute()
  return layout((l) => (page === 'plant' ? l.inspector : page !== 'ledger' && l.inspectorElsewhere))
}
