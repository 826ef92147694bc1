import { formatPercent } from '../../ui/format.ts'
import type { Job } from './job.ts'
import './parts.css'

interface Props {
  readonly job: Job<unknown>
  /** What the button starts: `Follow it in time`. */
  readonly action: string
  readonly onCancel: () => void
  readonly disabled?: boolean
}

/** The button of a long task, and while it runs its progress and the way to end it. */
export function JobBar({ job, action, onCancel, disabled = false }: Props) {
  const isRunning = job.state === 'running'
  const share = isRunning ? job.share : 0
  return (
    <div className="parts-job">
      <button
        type="submit"
        className="parts-button parts-button-main"
        disabled={disabled || isRunning}
      >
        {action}
      </button>
      {isRunning && (
        <>
          <progress className="parts-progress" max={1} value={share} aria-label="Progress" />
          <span className="parts-said">
            {formatPercent(Math.round(100 * share) / 100, 3)}
            {job.text === '' ? '' : `, ${job.text}`}
          </span>
          <button type="button" className="parts-button" onClick={onCancel}>
            Cancel
          </button>
        </>
      )}
      {job.state === 'failed' && (
        <p className="parts-bad" role="alert">
          It stopped: {job.message}.
        </p>
      )}
    </div>
  )
}
