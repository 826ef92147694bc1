import type { Fit, FittedNumber, SourceFit } from '../../../src/scenario/index.ts'
import { formatNumber } from '../ui/format.ts'

/** A number with the digits that its error leaves. */
function within(value: number, error: number | undefined): string {
  if (error === undefined || !(error > 0)) return formatNumber(value)
  const decimals = Math.min(Math.max(1 - Math.floor(Math.log10(error)), 0), 6)
  return value.toFixed(decimals).replace('-', '\u2212')
}

const interval = ({ interval: found, standardError }: FittedNumber) =>
  found === undefined
    ? ''
    : `${within(found[0], standardError)} to ${within(found[1], standardError)}`

/** The fitted numbers with their standard errors. */
export function NumbersTable({ fit }: { readonly fit: Fit }) {
  return (
    <div className="circuit-scroll" tabIndex={0} role="region" aria-label="Constants">
      <table className="circuit-table">
        <thead>
          <tr>
            <th scope="col">constant</th>
            <th scope="col">value</th>
            <th scope="col">± standard error</th>
            <th scope="col">95 % interval</th>
          </tr>
        </thead>
        <tbody>
          {fit.numbers.map((n) => (
            <tr key={n.name}>
              <th scope="row">{n.name}</th>
              <td title={String(n.value)}>{within(n.value, n.standardError)}</td>
              <td title={n.standardError === undefined ? undefined : String(n.standardError)}>
                {n.standardError === undefined ? '' : within(n.standardError, n.standardError)}
              </td>
              <td>{n.atBound ? 'on its bound' : interval(n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How the errors of the constants hang together; shade says how much. */
export function CorrelationTable({ fit: { correlation } }: { readonly fit: Fit }) {
  if (correlation === undefined || correlation.names.length < 2) return null
  const { names, matrix } = correlation
  return (
    <div className="circuit-scroll" tabIndex={0} role="region" aria-label="Correlation">
      <table className="circuit-table">
        <thead>
          <tr>
            <th scope="col">correlation</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {names.map((other, k) => {
                const r = matrix[row]?.[k] ?? 0
                const share = Math.round(45 * Math.abs(r))
                const background = `color-mix(in oklab, var(--accent) ${share}%, transparent)`
                return (
                  <td key={other} style={k < row ? { background } : undefined} title={String(r)}>
                    {k > row ? '' : r.toFixed(2).replace('-', '\u2212')}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const find = (list: readonly SourceFit[], at: SourceFit) =>
  list.find(({ source, element }) => source === at.source && element === at.element)

const decades = (fit: SourceFit | undefined) =>
  fit === undefined || Number.isNaN(fit.rms) ? '' : fit.rms.toFixed(3)

/** Residuals by source and element, beside what other fits make of the same source. */
export function SourcesTable({ fit }: { readonly fit: Fit }) {
  const { sources, unconstrained, alone, leftOut } = fit
  const columns = [
    { head: 'not held', about: 'without the limits of separation factors', list: unconstrained },
    { head: 'alone', about: 'fitted to this source only', list: alone },
    { head: 'left out', about: 'predicted from the other sources', list: leftOut },
  ].filter(({ list }) => list.length > 0)
  const lost = leftOut.filter(({ refused }) => refused !== undefined)
  return (
    <section aria-label="Residuals by source">
      <h4>Residuals by source, log10 of predicted over measured D</h4>
      <div className="circuit-scroll" tabIndex={0} role="region" aria-label="Table of residuals">
        <table className="circuit-table">
          <thead>
            <tr>
              <th scope="col">source</th>
              <th scope="col">element</th>
              <th scope="col">D</th>
              <th scope="col">rms</th>
              <th scope="col">bias</th>
              {columns.map(({ head, about }) => (
                <th key={head} scope="col" title={about}>
                  {head}
                  <span className="circuit-unit">{about}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sources.map((s) => (
              <tr key={`${s.source} ${s.element}`}>
                <th scope="row">{s.source}</th>
                <td className="circuit-words">{s.element}</td>
                <td>{s.count}</td>
                <td title={String(s.rms)}>{decades(s)}</td>
                <td title={String(s.bias)}>{s.bias.toFixed(3).replace('-', '\u2212')}</td>
                {columns.map(({ head, list }) => (
                  <td key={head}>{decades(find(list, s))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lost.map(({ source, element, refused }) => (
        <p key={`${source} ${element}`} className="circuit-hint">
          {element} is not predicted without {source}: {refused}.
        </p>
      ))}
    </section>
  )
}
