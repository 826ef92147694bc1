import type { Solution, SolvedWarning } from '../../../src/scenario/index.ts'
import { useComparison } from './comparison.tsx'
import { partsOf, setOf } from './facts.ts'
import { SourceLink, StageLink, UnitLink } from './links.tsx'

const ranks: Readonly<Record<number, string>> = {
  1: 'decides a product',
  2: 'may decide one',
  3: 'for information',
}

/** Warnings, the worst first, each leading to its unit, its stage and the data behind it. */
export function Warnings({ compact = false }: { readonly compact?: boolean }) {
  const { now } = useComparison()
  if (now.warnings.length === 0) return <p>The solution carries no warning.</p>
  const told = new Set<string>()
  const rows = now.warnings.map((warning, k) => {
    const parts = partsOf(warning)
    const isFirst = parts.worth !== '' && !told.has(parts.worth)
    if (isFirst) told.add(parts.worth)
    return { warning, key: k, fact: parts.fact, worth: isFirst ? parts.worth : '' }
  })
  return (
    <ul className={compact ? 'results-warnings results-warnings-compact' : 'results-warnings'}>
      {rows.map(({ warning, key, fact, worth }) => (
        <li key={key} className={`results-warning results-warning-${warning.rank}`}>
          <WarningHead warning={warning} sets={now.dataSets} />
          <span className="results-warning-text">
            {fact}
            {worth !== '' && !compact && <span className="results-worth">{worth}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

function WarningHead({
  warning,
  sets,
}: {
  readonly warning: SolvedWarning
  readonly sets: Solution['dataSets']
}) {
  const { rank, unit, stage } = warning
  const set = setOf(warning, sets)
  return (
    <span className="results-warning-head">
      <span className="results-rank" title={ranks[rank]}>
        <span aria-hidden="true">{rank === 1 ? '▲' : rank === 2 ? '△' : '○'}</span> {ranks[rank]}
      </span>
      {unit === 'plant' ? <span>plant</span> : <UnitLink unit={unit} />}
      {stage !== null && <StageLink unit={unit} stage={stage} />}
      {set !== undefined && <SourceLink id={set} text={`source ${set}`} />}
    </span>
  )
}

/** What the plant file marks as assumed, with the place it is said about. */
export function Assumptions() {
  const { now } = useComparison()
  if (now.assumptions.length === 0) return <p>The plant file marks nothing as an assumption.</p>
  return (
    <ul className="area-plain results-assumptions">
      {now.assumptions.map(({ at, text }, k) => (
        <li key={`${at} ${k}`}>
          <UnitLink unit={at.split(/[.[]/)[0] ?? at} text={at} /> <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}
