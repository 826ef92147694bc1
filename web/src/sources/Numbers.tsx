import { formatNumber } from '../ui/format.ts'
import type { SourcedNumber, SourceReport } from '../engine/tasks/sources.ts'
import { Publication } from './Publication.tsx'

/** Numbers from outside as a table: value, uncertainty, how it came to be, who says it. */
export function Numbers({
  numbers,
  report,
  label,
  withUnits = false,
}: {
  readonly numbers: readonly SourcedNumber[]
  readonly report: SourceReport
  readonly label: string
  /** Shows which units of the plant asked for the number. */
  readonly withUnits?: boolean
}) {
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="table table-words">
        <thead>
          <tr>
            <th scope="col">number</th>
            <th scope="col" className="table-figure">
              value
            </th>
            <th scope="col" className="table-figure">
              ±
            </th>
            <th scope="col">unit</th>
            <th scope="col">method</th>
            {withUnits && <th scope="col">used by</th>}
            <th scope="col">source</th>
          </tr>
        </thead>
        <tbody>
          {numbers.map((number) => (
            <Row
              key={`${number.name} ${number.source}`}
              number={number}
              report={report}
              withUnits={withUnits}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({
  number,
  report,
  withUnits,
}: {
  readonly number: SourcedNumber
  readonly report: SourceReport
  readonly withUnits: boolean
}) {
  const { name, value, unit, uncertainty, method, quality, units, source, locator, note } = number
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="table-figure" title={`${value}`}>
        {formatNumber(value, 6)}
      </td>
      <td className="table-figure">
        {uncertainty === undefined ? (
          <span className="area-quiet">not stated</span>
        ) : (
          formatNumber(uncertainty, 3)
        )}
      </td>
      <td>{unit}</td>
      <td>
        {method}
        {quality !== undefined && <span className="area-quiet"> ({quality})</span>}
      </td>
      {withUnits && <td>{units.join(', ')}</td>}
      <td className="table-long">
        <Publication id={source} report={report} />
        {locator !== undefined && <span>, {locator}</span>}
        {note !== undefined && <span className="area-quiet sources-note">{note}</span>}
      </td>
    </tr>
  )
}
