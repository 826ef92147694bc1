import { create } from 'zustand'

export type Theme = 'light' | 'dark' | 'system'
export type DockTab = 'streams' | 'balances' | 'warnings' | 'text'

/** What of the page is open; kept in the browser between visits. */
interface Layout {
  readonly inspector: boolean
  readonly dock: DockTab | null
  /** px */
  readonly dockHeight: number
  readonly theme: Theme
  /** The command palette, with what it is asked to find first. */
  readonly palette: null | 'all' | 'plant'
}

const usual: Layout = {
  inspector: true,
  dock: null,
  dockHeight: 280,
  theme: 'system',
  palette: null,
}

const place = 'didymium/layout'

function remembered(): Layout {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    return { ...usual, ...(typeof kept === 'object' ? kept : {}), palette: null }
  } catch {
    return usual
  }
}

const layout = create<Layout>(remembered)

layout.subscribe(({ inspector, dock, dockHeight, theme }) => {
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(place, JSON.stringify({ inspector, dock, dockHeight, theme }))
  } catch {
    // A browser that keeps nothing still shows everything.
  }
})
document.documentElement.dataset['theme'] = layout.getState().theme

export const useLayout = <T>(pick: (of: Layout) => T): T => layout(pick)
export const setLayout = (change: Partial<Layout>): void => layout.setState(change)
export const layoutNow = (): Layout => layout.getState()

/** Shows a tab of the dock, or closes the dock where that tab is open already. */
export function toggleDock(tab: DockTab): void {
  setLayout({ dock: layoutNow().dock === tab ? null : tab })
}

export function setTheme(theme: Theme): void {
  setLayout({ theme })
}
