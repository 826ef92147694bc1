import { lazy, useEffect, useState, type DragEvent } from 'react'
import { useAnnounced } from '../document/announced.ts'
import { openFile, useFiles } from '../document/files.ts'
import { useWorkspace } from '../document/store.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { chooseFile } from './actions.ts'
import {
  Awaited,
  CircuitPage,
  LedgerPage,
  MoneyPage,
  ResultsPage,
  SourcesPage,
  WorkbenchPage,
} from './areas.tsx'
import { CircuitsPage } from './CircuitsPage.tsx'
import { Dock } from './Dock.tsx'
import { onKey } from './keys.ts'
import { KeysPage } from './KeysPage.tsx'
import { setLayout, useInspector, useLayout } from './layout.ts'
import { linkSelection } from './location.ts'
import { Notice } from './Notice.tsx'
import { PlantPage } from './PlantPage.tsx'
import { Rail } from './Rail.tsx'
import { useRoute } from './router.ts'
import { TopBar } from './TopBar.tsx'

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))

/** The whole page: rail, centre, inspector, dock. */
export function App() {
  const hasInspector = useInspector()
  const palette = useLayout((l) => l.palette)
  const isOpen = useWorkspace((w) => w.file !== '')
  // The ledger is a page of the business, not of the plant in hand.
  const isOfPlant = useRoute().page !== 'ledger'
  useEffect(linkSelection, [])
  useEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Dropping>
      <a className="app-skip" href="#centre" onClick={toCentre}>
        Skip to the page
      </a>
      <Rail />
      <TopBar />
      <Centre>
        {isOfPlant && isOpen ? <Solving /> : null}
        {isOfPlant ? <Notice /> : null}
        <div className="app-view">
          <Shown />
        </div>
      </Centre>
      {isOpen && hasInspector ? <Inspector /> : null}
      {isOfPlant && isOpen ? <Dock /> : null}
      {palette === null ? null : (
        <Awaited>
          <Palette among={palette} onClose={() => setLayout({ palette: null })} />
        </Awaited>
      )}
    </Dropping>
  )
}

/** The page itself; only its mark is written anew when a solve begins or ends. */
function Centre({ children }: { readonly children: React.ReactNode }) {
  const state = useWorkspace((w) => (w.file === '' ? 'empty' : w.state))
  return (
    <main className="app-centre" id="centre" tabIndex={-1} data-state={state}>
      {children}
    </main>
  )
}

function Solving() {
  const isSolving = useAnnounced() === 'solving'
  return isSolving ? <div className="app-solving" aria-hidden="true" /> : null
}

/** The fragment is the address of the page here, so the skip link moves the focus by itself. */
function toCentre(event: { preventDefault: () => void }): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('#centre')?.focus()
}

function Shown() {
  const { page } = useRoute()
  const isOpen = useWorkspace((w) => w.file !== '')
  const hasSolution = useWorkspace((w) => w.solution !== null)
  const isFirst = useWorkspace((w) => w.state === 'solving' && w.solution === null)
  if (page === 'keys') return <KeysPage />
  if (page === 'ledger') {
    return (
      <Awaited>
        <LedgerPage />
      </Awaited>
    )
  }
  if (!isOpen) return <Nothing />
  if (!hasSolution && page !== 'workbench' && page !== 'sources') {
    const why = isFirst
      ? 'Solving the plant …'
      : 'There is no solution yet: put right what is said above.'
    return <p className="app-empty">{why}</p>
  }
  if (page === 'plant') return <PlantPage />
  if (page === 'circuits') return <CircuitsPage />
  return (
    <Awaited>
      {page === 'circuit' ? <CircuitPage /> : null}
      {page === 'results' ? <ResultsPage /> : null}
      {page === 'money' ? <MoneyPage /> : null}
      {page === 'workbench' ? <WorkbenchPage /> : null}
      {page === 'sources' ? <SourcesPage /> : null}
    </Awaited>
  )
}

function Nothing() {
  const isLooked = useFiles((f) => f.isLooked)
  if (!isLooked) return <p className="app-empty">Opening the plant …</p>
  return (
    <div className="app-empty">
      <p>No plant is open. Open a plant file, or drop one here.</p>
      <button type="button" className="button" onClick={chooseFile}>
        Open a file …
      </button>
    </div>
  )
}

/** A plant file dropped anywhere on the page is opened. */
function Dropping({ children }: { readonly children: React.ReactNode }) {
  const [isOver, setOver] = useState(false)
  const hasInspector = useInspector()
  const isOpen = useWorkspace((w) => w.file !== '')
  const carriesFile = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    <div
      className="app"
      data-inspector={isOpen && hasInspector}
      data-dropping={isOver}
      onDragOver={(event) => {
        if (!carriesFile(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!carriesFile(event)) return
        event.preventDefault()
        setOver(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined) void openFile(file)
      }}
    >
      {children}
    </div>
  )
}
