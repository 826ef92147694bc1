import { lazy, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useWorkspace } from '../document/store.ts'
import { Icon } from '../ui/Icon.tsx'
import { Tabs, type Tab } from '../ui/Tabs.tsx'
import { Awaited, ResultsDock } from './areas.tsx'
import { setLayout, toggleDock, useLayout, type DockTab } from './layout.ts'

const TextPane = lazy(async () => ({ default: (await import('../text/TextPane.tsx')).TextPane }))

const least = 120

/** Below the page: streams, balances, warnings and the text of the plant. */
export function Dock() {
  const chosen = useLayout((l) => l.dock)
  const height = useLayout((l) => l.dockHeight)
  const warnings = useWorkspace((w) => w.solution?.warnings.length ?? 0)
  const findings = useWorkspace((w) => (w.state === 'refused' ? w.findings.length : 0))
  const tabs: readonly Tab<DockTab>[] = [
    { id: 'streams', title: 'Streams' },
    { id: 'balances', title: 'Balances' },
    { id: 'warnings', title: 'Warnings', count: warnings },
    { id: 'text', title: 'Text', count: findings },
  ]
  if (chosen === null) {
    return (
      <section className="app-dock app-dock-closed" aria-label="Dock">
        {tabs.map(({ id, title, count }) => (
          <button key={id} type="button" className="button-quiet" onClick={() => toggleDock(id)}>
            {title}
            {count === undefined || count === 0 ? null : (
              <span className="tabs-count">{count}</span>
            )}
          </button>
        ))}
      </section>
    )
  }
  return (
    <section className="app-dock" aria-label="Dock" style={{ height }}>
      <Divider height={height} />
      <Tabs label="Dock" tabs={tabs} chosen={chosen} onChoose={(dock) => setLayout({ dock })}>
        <Awaited>{chosen === 'text' ? <TextPane /> : <ResultsDock view={chosen} />}</Awaited>
      </Tabs>
      <button
        type="button"
        className="button-quiet app-dock-close"
        aria-label="Close the dock"
        onClick={() => setLayout({ dock: null })}
      >
        <Icon name="close" />
      </button>
    </section>
  )
}

/** The upper edge of the dock: dragged, or moved by the arrow keys. */
function Divider({ height }: { readonly height: number }) {
  const start = useRef<{ y: number; height: number } | null>(null)
  const most = Math.max(least, window.innerHeight - 200)
  const to = (wanted: number) => setLayout({ dockHeight: Math.min(most, Math.max(least, wanted)) })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    to(height + (event.key === 'ArrowUp' ? 16 : -16))
  }
  const onPointerMove = (event: PointerEvent) => {
    if (start.current !== null) to(start.current.height + start.current.y - event.clientY)
  }
  return (
    <div
      className="app-dock-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the dock"
      aria-valuenow={Math.round(height)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        start.current = { y: event.clientY, height }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null
      }}
    />
  )
}
