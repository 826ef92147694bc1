import { formatNumber } from '../ui/format.ts'
import { useComparison } from './comparison.tsx'
import { Verdict } from './Verdict.tsx'

/** Conditions of the plant file that only judge: what each requires and what was reached. */
export function Limits() {
  const { now } = useComparison()
  if (now.limits.length === 0) return <p>The plant file states no limit.</p>
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Limits">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">limit</th>
            <th scope="col" className="table-text">
              requires
            </th>
            <th scope="col">reached</th>
            <th scope="col" className="table-text">
              verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {now.limits.map(({ name, measure, reached, met }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="table-text">{measure}</td>
              <td>{reachedText(reached, measure)}</td>
              <td className="table-text">
                {reached === null ? (
                  <Verdict kind="unknown" text="unknown: nothing to measure" />
                ) : (
                  <Verdict kind={met ? 'meets' : 'short'} text={met ? 'meets' : 'passed'} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A value in SI, as a percentage where its condition is written in one. */
function reachedText(reached: number | null, measure: string): string {
  if (reached === null) return '–'
  return measure.trim().endsWith('%')
    ? `${formatNumber(100 * reached)}\u202f%`
    : formatNumber(reached)
}

/** What the solver varied until a measure was reached. */
export function Specifications() {
  const { now } = useComparison()
  if (now.specifications.length === 0) {
    return <p>The plant file varies nothing by a specification (vary this until that).</p>
  }
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Specifications">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">specification</th>
            <th scope="col" className="table-text">
              varied
            </th>
            <th scope="col">found, SI</th>
            <th scope="col" className="table-text">
              until
            </th>
            <th scope="col">reached</th>
            <th scope="col" className="table-text">
              verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {now.specifications.map(({ name, vary, value, measure, reached, met }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="table-text">{vary}</td>
              <td>{formatNumber(value, 5)}</td>
              <td className="table-text">{measure}</td>
              <td>{reachedText(reached, measure)}</td>
              <td className="table-text">
                <Verdict kind={met ? 'meets' : 'short'} text={met ? 'meets' : 'short'} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the circuits that hold a cut were set to. */
export function HeldCircuits() {
  const { now } = useComparison()
  const held = Object.entries(now.circuits).flatMap(([name, { held }]) =>
    held === undefined ? [] : [{ name, ...held }],
  )
  if (held.length === 0) return null
  return (
    <dl className="area-pairs">
      {held.map(({ name, vary, value, unit }) => (
        <div key={name}>
          <dt>
            {name} holds its cut by {vary}
          </dt>
          <dd>{`${formatNumber(value)}\u202f${unit}`}</dd>
        </div>
      ))}
    </dl>
  )
}
