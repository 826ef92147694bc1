import { save } from '../document/files.ts'
import { redo, select, undo, workspace } from '../document/store.ts'
import { setLayout, toggleDock, toggleInspector } from './layout.ts'
import { currentRoute, href, navigate } from './router.ts'

/** Every key of the application, as the page of keys lists them. */
export const keys: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: 'Ctrl K', does: 'find any unit, stream, parameter, page or action' },
  { keys: '/', does: 'find a unit or a stream' },
  {
    keys: 'Esc',
    does: 'close what is open, then let go of what is selected, then back to the plant',
  },
  { keys: 'Ctrl Z', does: 'undo the last edit' },
  { keys: 'Ctrl Shift Z', does: 'make it again' },
  { keys: 'Ctrl S', does: 'save the plant' },
  { keys: 'Ctrl E', does: 'show or hide the text of the plant' },
  { keys: 'Ctrl I', does: 'show or hide the inspector' },
  { keys: 'Arrow keys', does: 'on the flowsheet: walk along streams from unit to unit' },
  { keys: 'Enter', does: 'on the flowsheet: open the circuit; in a field: keep the value' },
  { keys: 'Alt ↑, Alt ↓', does: 'in a field: nudge the number by its step' },
  { keys: 'Alt Shift ↑, Alt Shift ↓', does: 'in a field: nudge the number by ten steps' },
  { keys: '[ and ]', does: 'in a circuit: take a stage from the section, or add one' },
  { keys: '?', does: 'this page' },
]

const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    (target instanceof HTMLInputElement && target.type !== 'range' && target.type !== 'checkbox') ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement)

/** Answers a key pressed anywhere; fields keep the keys that are theirs. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented) return
  const act = event.ctrlKey || event.metaKey ? withControl(event) : alone(event)
  if (act === undefined) return
  event.preventDefault()
  act()
}

function withControl(event: KeyboardEvent): (() => void) | undefined {
  const key = event.key.toLowerCase()
  const inField = isField(event.target)
  if (event.altKey) return undefined
  if (key === 'k') return () => setLayout({ palette: 'all' })
  if (key === 's') return () => void save()
  if (key === 'e') return () => toggleDock('text')
  if (key === 'i') return toggleInspector
  if (key === 'z' && !inField) return event.shiftKey ? redo : undo
  return key === 'y' && !inField ? redo : undefined
}

function alone(event: KeyboardEvent): (() => void) | undefined {
  if (event.altKey || isField(event.target)) return undefined
  if (event.key === '/') return () => setLayout({ palette: 'plant' })
  if (event.key === '?') return () => navigate(href('keys'))
  return event.key === 'Escape' ? up : undefined
}

/** One step up: from the selection to nothing selected, from a page to the plant. */
function up(): void {
  if (workspace().selected !== null) select(null)
  else if (currentRoute().page === 'circuit') navigate(href('circuits'))
  else if (currentRoute().page === 'ledger') upInLedger()
  else if (currentRoute().page !== 'plant') navigate(href('plant'))
}

/** From a lot or a campaign to the list of them, then to the plant. */
function upInLedger(): void {
  const { name, query } = currentRoute()
  const isOne = query.has('lot') || query.has('campaign')
  navigate(isOne ? href('ledger', name) : href('plant'))
}
