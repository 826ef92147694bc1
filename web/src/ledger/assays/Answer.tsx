import { Taken, type Column } from '../../money/Taken.tsx'
import { fractionText, shortUri, sureText } from '../parts/figures.ts'
import { LotLink } from '../parts/links.tsx'
import { Word } from '../parts/pieces.tsx'
import type { AssayAnswer } from '../said.ts'

type Change = AssayAnswer['changes'][number]
type Result = Change['new']

function resultText(result: Result | undefined): string {
  if (result === undefined) return 'nothing yet'
  const { value, loq, u, k = 2 } = result
  if (value === undefined) return `< ${fractionText(loq)}`
  return u === undefined ? fractionText(value) : `${sureText(value, u)} (k = ${k})`
}

/** What was recorded, or would be, result by result beside what the ledger had before. */
export function Answer({ answer }: { readonly answer: AssayAnswer }) {
  const { preview, changes, assays, accepted, refused } = answer
  const bad = assays.filter(({ status }) => status !== 'accepted')
  const lots = (count: number) => (count === 1 ? '1 lot' : `${count} lots`)
  return (
    <div className="ledger-outcome" data-done={!preview}>
      <p role="status">
        <strong>
          {preview
            ? `This would be recorded of ${lots(accepted)}:`
            : `Recorded of ${lots(accepted)}.`}
        </strong>{' '}
        {preview ? 'nothing has been kept yet. ' : ''}
        {refused === 0 ? '' : `Refused of ${lots(refused)}.`}
      </p>
      {bad.length === 0 ? null : (
        <ul className="ledger-problems">
          {bad.slice(0, 30).map(({ lot, row, status, detail, expected }) => (
            <li key={`${row} ${lot}`}>
              <strong>
                Row {row}, {shortUri(lot)}
              </strong>
              : {detail} {expected} <span className="ledger-code">{status}</span>
            </li>
          ))}
        </ul>
      )}
      <Taken
        label="Results beside those before"
        file="assays"
        columns={columns}
        rows={changes}
        keyOf={({ row, analyte }, index) => `${row} ${analyte} ${index}`}
        empty="The table holds no result."
      />
    </div>
  )
}

const columns: readonly Column<Change>[] = [
  {
    id: 'lot',
    head: 'lot',
    value: ({ lot }) => lot,
    show: ({ lot, isUnknownLot }) =>
      isUnknownLot ? <Word kind="bad">{lot} is unknown</Word> : <LotLink uri={lot} />,
  },
  { id: 'analyte', head: 'analyte', words: 'short', value: ({ analyte }) => analyte },
  {
    id: 'old',
    head: 'before',
    value: ({ old }) => old?.value ?? null,
    show: ({ old }) => (
      <>
        {resultText(old)}
        {old?.status === 'provisional' ? ', provisional' : ''}
      </>
    ),
  },
  {
    id: 'new',
    head: 'now',
    value: (row) => row.new.value ?? null,
    show: (row) => resultText(row.new),
  },
  { id: 'status', head: 'status', words: 'short', value: ({ status }) => status },
]
