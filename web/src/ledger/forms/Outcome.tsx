import { Icon } from '../../ui/Icon.tsx'
import { Said } from '../parts/Shown.tsx'
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
  const { events } = run.answer
  const isDone = run.stage === 'done'
  return (
    <div className="ledger-outcome" data-done={isDone} role="status">
      <p>
        {isDone ? <Icon name="check" /> : null}
        <strong>{isDone ? 'Recorded.' : 'This would be recorded:'}</strong>
        {isDone ? null : ' nothing has been kept yet.'}
      </p>
      <Events events={events} />
    </div>
  )
}

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
