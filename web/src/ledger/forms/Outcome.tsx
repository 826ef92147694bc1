import { Icon } from '../../ui/Icon.tsx'
import { massText } from '../parts/figures.ts'
import { Said } from '../parts/Shown.tsx'
import type { LotChange } from '../said.ts'
import { lineOf } from './events.ts'
import type { Run } from './run.ts'

/** What would be recorded, what was, or why it is refused. */
export function Outcome({ run }: { readonly run: Run }) {
  if (run.stage === 'none') return null
  if (run.stage === 'waiting') return <p role="status">Asking the ledger …</p>
  if (run.stage === 'refused') {
    const { problems } = run.trouble
    return (
      <>
        <Said trouble={run.trouble} />
        {problems.length === 0 ? null : (
          <ul className="ledger-problems">
            {problems.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {path === '' ? '' : <strong>{path}: </strong>}
                {message}
              </li>
            ))}
          </ul>
        )}
      </>
    )
  }
  const { events, changes = [], repeated } = run.answer
  const isDone = run.stage === 'done'
  return (
    <div className="ledger-outcome" data-done={isDone} role="status">
      <p>
        {isDone ? <Icon name="check" /> : null}
        <strong>{isDone ? 'Recorded.' : 'This would be recorded:'}</strong>
        {isDone ? null : ' nothing has been kept yet.'}
        {repeated ? ' The ledger had it already: nothing was written twice.' : null}
      </p>
      <Changes changes={changes} />
      <Events events={events} />
    </div>
  )
}

const massOf = (places: LotChange['before']) =>
  places === undefined ? undefined : Object.values(places).reduce((sum, mg) => sum + mg, 0)

/** What would become of the mass of each lot. */
function Changes({ changes }: { readonly changes: readonly LotChange[] }) {
  const moved = changes.filter(({ before, after }) => massOf(before) !== massOf(after))
  if (moved.length === 0) return null
  return (
    <ul className="ledger-events">
      {moved.slice(0, mostChanges).map(({ lot, code, before, after }) => (
        <li key={lot}>
          <strong>{code}</strong> {before === undefined ? 'new' : massText(massOf(before))} →{' '}
          {massText(massOf(after))}
        </li>
      ))}
      {moved.length > mostChanges ? <li>and {moved.length - mostChanges} more lots</li> : null}
    </ul>
  )
}

const mostChanges = 12

/** Events in words, and as they stand in the log for who wants them. */
export function Events({ events }: { readonly events: readonly unknown[] }) {
  return (
    <>
      <ul className="ledger-events">
        {events.map((event, k) => {
          const { what, things, place, time } = lineOf(event)
          const shown = things.slice(0, 8)
          return (
            <li key={k}>
              <strong>{what}</strong> {shown.join(', ')}
              {things.length > shown.length ? ` and ${things.length - shown.length} more` : ''}
              {place === '' ? '' : ` at ${place}`}{' '}
              <span className="area-quiet ledger-when">{time}</span>
            </li>
          )
        })}
      </ul>
      <details className="ledger-raw">
        <summary>As EPCIS events</summary>
        <pre tabIndex={0}>{JSON.stringify(events, null, 2)}</pre>
      </details>
    </>
  )
}
