import { useWorkspace } from '../document/store.ts'
import { formatChange } from '../ui/format.ts'
import type { Solution } from '../../../src/scenario/index.ts'

interface ChangeProps {
  /** The figure in a solution, in the unit in which it is shown; undefined where it has none. */
  readonly pick: (solution: Solution) => number | undefined
  readonly now: number
}

/** How a figure stands to the saved plant and to the baseline: `up 0.31 since saved`. */
export function Change({ pick, now }: ChangeProps) {
  const saved = useWorkspace((w) => w.saved?.solution ?? null)
  const baseline = useWorkspace((w) => w.baseline)
  const sinceSaved = saved === null ? undefined : formatChange(pick(saved), now)
  const sincePin = baseline === null ? undefined : formatChange(pick(baseline.solution), now)
  if (sinceSaved === undefined && sincePin === undefined) return null
  return (
    <span className="change">
      {sinceSaved === undefined ? null : <span>{sinceSaved} since saved</span>}
      {sincePin === undefined || baseline === null ? null : (
        <span>
          {sincePin} since {baseline.name}
        </span>
      )}
    </span>
  )
}
