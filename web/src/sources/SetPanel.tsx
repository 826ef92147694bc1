import { validityText } from '../../../src/report/validity.ts'
import type { SolvedWarning } from '../../../src/scenario/index.ts'
import { href } from '../app/router.ts'
import type { SetInUse, SourceReport } from '../engine/tasks/sources.ts'
import { Numbers } from './Numbers.tsx'
import { Publication } from './Publication.tsx'

/** An extractant set: its range, what it is worth outside it, where it is left, its numbers. */
export function SetPanel({
  set,
  report,
  warnings,
  isOpen,
}: {
  readonly set: SetInUse
  readonly report: SourceReport
  /** Of the solution, about this set. */
  readonly warnings: readonly SolvedWarning[]
  readonly isOpen: boolean
}) {
  return (
    <section className="sources-set" id={`set-${set.id}`} aria-label={set.id}>
      <h2>{set.id}</h2>
      <p>{set.title}</p>
      <dl className="sources-facts">
        <Fact name="Measured within">{validityText(set.validity)}</Fact>
        <Fact name="Outside that range">{set.worth}</Fact>
        <Fact name="Left by">
          {warnings.length === 0 ? 'no stage of the solved plant' : <Left warnings={warnings} />}
        </Fact>
        <Fact name="Used by">{set.units.join(', ')}</Fact>
        <Fact name="Medium">{`${set.medium}; diluent ${set.diluent}`}</Fact>
        <Fact name="Model">{`${set.model}, ${set.points} measured points behind it`}</Fact>
        <Fact name="File">{set.origin}</Fact>
        <Fact name="Publications">
          <ul className="area-plain">
            {set.sources.map((id) => (
              <li key={id}>
                <Publication id={id} report={report} />
              </li>
            ))}
          </ul>
        </Fact>
        {set.notes.length > 0 && <Fact name="Notes">{set.notes.join(' ')}</Fact>}
      </dl>
      <details open={isOpen}>
        <summary>{set.numbers.length} numbers for the elements of the plant</summary>
        <Numbers numbers={set.numbers} report={report} label={`Numbers of ${set.id}`} />
      </details>
    </section>
  )
}

/** Stages that leave the range of a set, the fact of each warning without its repeated end. */
function Left({ warnings }: { readonly warnings: readonly SolvedWarning[] }) {
  return (
    <ul className="area-plain">
      {warnings.map(({ unit, stage, text }) => (
        <li key={`${unit} ${stage} ${text}`}>
          <a
            href={
              stage === null
                ? href('plant', '', { unit })
                : href('circuit', unit, { stage: `${stage}` })
            }
          >
            {stage === null ? unit : `${unit} stage ${stage}`}
          </a>
          : {text.split('; ')[0]}
        </li>
      ))}
    </ul>
  )
}

export function Fact({
  name,
  children,
}: {
  readonly name: string
  readonly children: React.ReactNode
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
