import { select, undo, useWorkspace } from '../document/store.ts'
import { Icon } from '../ui/Icon.tsx'
import { setLayout } from './layout.ts'

/** Above the page: that there is no solution, why, and the way back; nothing when there is one. */
export function Notice() {
  const state = useWorkspace((w) => w.state)
  if (state === 'infeasible') return <Infeasible />
  return state === 'refused' ? <Refused /> : null
}

function Infeasible() {
  const failure = useWorkspace((w) => w.failure)
  const plant = useWorkspace((w) => w.plant)
  if (failure === null) return null
  const { unit, detail, advice } = failure
  const isUnit = plant?.units.some(({ name }) => name === unit) === true
  const subject = unit === '' || detail.includes(unit) ? '' : `${unit}: `
  return (
    <div className="notice notice-bad" role="alert">
      <Icon name="warning" />
      <p>
        <strong>No solution.</strong> {subject}
        {sentence(detail)} {sentence(advice)} <Kept />
      </p>
      <div className="notice-actions">
        {isUnit ? (
          <button type="button" onClick={() => select({ kind: 'unit', name: unit })}>
            Show {unit}
          </button>
        ) : null}
        <UndoButton />
      </div>
    </div>
  )
}

function Refused() {
  const findings = useWorkspace((w) => w.findings)
  const [first] = findings
  if (first === undefined) return null
  const more = findings.length - 1
  return (
    <div className="notice notice-bad" role="alert">
      <Icon name="warning" />
      <p>
        <strong>
          Line {first.line}: {first.message}
        </strong>
        {first.expected === '' ? '. ' : ` (${first.expected}). `}
        {more > 0 ? `${more} more to put right. ` : ''}
        <Kept />
      </p>
      <div className="notice-actions">
        <button type="button" onClick={() => setLayout({ dock: 'text' })}>
          Show in the text
        </button>
        <UndoButton />
      </div>
    </div>
  )
}

function Kept() {
  const hasSolution = useWorkspace((w) => w.solution !== null)
  return hasSolution ? <>The last solution stays below.</> : null
}

function UndoButton() {
  const canUndo = useWorkspace((w) => w.history.done.length > 0)
  return canUndo ? (
    <button type="button" onClick={undo}>
      Undo the last edit
    </button>
  ) : null
}

function sentence(text: string): string {
  if (text === '') return ''
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}
