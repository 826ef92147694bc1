import { elementOrder } from '../../../src/draw/palette.ts'
import { formatNumber, formatPercent } from '../ui/format.ts'
import { Figure, useComparison } from './comparison.tsx'
import { fedElements, outletsOf } from './facts.ts'
import { StreamLink, UnitLink } from './links.tsx'

/** What enters and leaves the plant of each element, the gap, and where the fed elements leave. */
export function ElementBalances({ compact = false }: { readonly compact?: boolean }) {
  const { now } = useComparison()
  const { elements } = now.balance
  const fed = fedElements(now)
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Balance of each element">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">element</th>
            <th scope="col">in kg/h</th>
            <th scope="col">out kg/h</th>
            <th scope="col">gap</th>
            <th scope="col">in products</th>
            {!compact && (
              <th scope="col" className="table-text">
                leaves by
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {elementOrder(Object.keys(elements)).map((symbol) => (
            <tr key={symbol}>
              <th scope="row">{symbol === 'Ua' ? 'unassigned' : symbol}</th>
              <td>
                <Figure
                  pick={(s) => s.balance.elements[symbol]?.in}
                  as={{ unit: '', factor: 3600 }}
                />
              </td>
              <td>
                <Figure
                  pick={(s) => s.balance.elements[symbol]?.out}
                  as={{ unit: '', factor: 3600 }}
                />
              </td>
              <td>{gapText(elements[symbol]?.gap ?? 0)}</td>
              <td>
                <Figure pick={(s) => s.recovery[symbol]} as="percent" absent="" />
              </td>
              {!compact && (
                <td className="table-text">{fed.has(symbol) && <Outlets symbol={symbol} />}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A relative gap; what is nothing is said to be nothing. */
const gapText = (gap: number) => (gap === 0 ? '0' : formatNumber(gap, 2))

function Outlets({ symbol }: { readonly symbol: string }) {
  const { now } = useComparison()
  return (
    <>
      {outletsOf(now, symbol).map(({ unit, share }, k) => (
        <span key={unit}>
          {k > 0 && ', '}
          <UnitLink unit={unit} /> {formatPercent(share, 3)}
        </span>
      ))}
    </>
  )
}

/** The largest gap of any element over each unit, the worst first. */
export function UnitGaps() {
  const { now } = useComparison()
  const rows = Object.entries(now.balance.units).sort(([, a], [, b]) => b - a)
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Gap of each unit">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">unit</th>
            <th scope="col">worst gap</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([unit, gap]) => (
            <tr key={unit}>
              <th scope="row">
                <UnitLink unit={unit} />
              </th>
              <td>{gapText(gap)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How the solution was found and how well it closes. */
export function SolverFacts() {
  const { now } = useComparison()
  const { balance, solver } = now
  return (
    <dl className="area-pairs">
      <div>
        <dt>worst gap of an element</dt>
        <dd>
          {gapText(balance.worst)} ({balance.where})
        </dd>
      </div>
      <div>
        <dt>worst net charge of a liquor</dt>
        <dd>
          {gapText(balance.charge)}
          {balance.chargeWhere !== '' && (
            <>
              {' ('}
              <StreamLink stream={balance.chargeWhere} />)
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>sweeps</dt>
        <dd>{solver.sweeps}</dd>
      </div>
      <div>
        <dt>tear streams</dt>
        <dd>
          {solver.tears.length === 0
            ? 'none: no recycle'
            : solver.tears.map((name, k) => (
                <span key={name}>
                  {k > 0 && ', '}
                  <StreamLink stream={name} />
                </span>
              ))}
        </dd>
      </div>
      <div>
        <dt>residual of the tears</dt>
        <dd>{gapText(solver.residual)}</dd>
      </div>
      {Object.entries(now.circuits).map(([name, { iterations }]) => (
        <div key={name}>
          <dt>
            iterations of <UnitLink unit={name} />
          </dt>
          <dd>{iterations}</dd>
        </div>
      ))}
    </dl>
  )
}
