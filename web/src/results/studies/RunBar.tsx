import { useWorkspace } from '../../document/store.ts'
import { formatNumber } from '../../ui/format.ts'
import type { Run } from './run.ts'

/** Start, progress and stop of a study, and what is wrong with what was asked. */
export function RunBar({
  run,
  name,
  onStart,
  onStop,
  disabled,
  doing,
}: {
  readonly run: Run<unknown, unknown>
  /** What the button says: `Find the slopes`. */
  readonly name: string
  readonly onStart: () => void
  readonly onStop: () => void
  /** Why it cannot start; empty where it can. */
  readonly disabled: string
  /** What is under way, in words. */
  readonly doing: string
}) {
  const text = useWorkspace((w) => w.text)
  const isRunning = run.phase === 'running'
  const hasFound = run.answer !== undefined || run.partial !== undefined
  return (
    <div className="studies-run">
      <div className="studies-run-row">
        {isRunning ? (
          <button type="button" onClick={onStop}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            className="studies-start"
            onClick={onStart}
            disabled={disabled !== ''}
          >
            {name}
          </button>
        )}
        {isRunning && (
          <>
            <progress aria-label={name} max={1} value={run.share === 0 ? undefined : run.share} />
            <span className="studies-doing">
              {run.share === 0
                ? 'Solving the plant in a worker of its own.'
                : `${doing}: ${formatNumber(100 * run.share, 2)}\u202f%`}
            </span>
          </>
        )}
        <span role="status" className="studies-doing">
          {run.phase === 'done' && 'Done.'}
          {run.phase === 'stopped' &&
            (hasFound ? 'Stopped; what was found so far is shown.' : 'Stopped.')}
          {!isRunning && disabled !== '' && disabled}
        </span>
      </div>
      {run.problems.length > 0 && (
        <ul role="alert" className="studies-problems">
          {run.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {hasFound && run.text !== text && (
        <p className="studies-stale">
          The plant was changed after this was begun: the numbers below are of the earlier text.
        </p>
      )}
    </div>
  )
}
