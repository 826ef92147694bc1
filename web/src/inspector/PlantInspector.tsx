import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { PlantView } from '../engine/protocol.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { Change } from './Change.tsx'
import { OperatingHours } from './OperatingHours.tsx'

/** The plant in short: what it makes, how pure, and how well it closes. */
export function PlantInspector({ plant }: { readonly plant: PlantView }) {
  const solution = useWorkspace((w) => w.solution)
  return (
    <div className="inspector-body">
      {plant.notes === '' ? null : <p className="inspector-about">{plant.notes}</p>}
      <OperatingHours hours={plant.operatingHours} />
      <dl className="figures">
        <div>
          <dt>Holds</dt>
          <dd>
            {plant.units.length} units, {plant.streams.length} streams
          </dd>
        </div>
        {solution === null ? null : (
          <div>
            <dt>Balance</dt>
            <dd>worst gap {solution.balance.worst.toExponential(1)}</dd>
          </div>
        )}
      </dl>
      <h3>Products</h3>
      {solution === null ? <p>Not solved yet.</p> : <Products />}
    </div>
  )
}

const verdicts = { met: 'meets', 'not met': 'short', none: 'no specification' } as const

function Products() {
  const products = useWorkspace((w) => w.solution?.products) ?? []
  if (products.length === 0) return <p>This plant has no product.</p>
  return (
    <ul className="inspector-products">
      {products.map(({ name, rate, purity, specification, shortfalls }) => (
        <li key={name}>
          <a href={href('plant', '', { unit: name })}>{name}</a>
          <span className="verdict" data-verdict={specification}>
            {verdicts[specification]}
          </span>
          <div>
            {formatWithUnit(rate['t/y'], 't/y')}
            <Change
              now={rate['t/y']}
              pick={(s) => s.products.find((p) => p.name === name)?.rate['t/y']}
            />
          </div>
          <div>
            {formatPercent(purity.reoOfTreo)} REO/TREO
            <Change
              now={100 * purity.reoOfTreo}
              pick={(s) => timesHundred(s.products.find((p) => p.name === name)?.purity.reoOfTreo)}
            />
          </div>
          {shortfalls.map((text) => (
            <p key={text} className="field-hint">
              {text}
            </p>
          ))}
        </li>
      ))}
      <li>
        <a href={href('results')}>All results</a> <RecoverySummary />
      </li>
    </ul>
  )
}

const timesHundred = (value: number | undefined) => (value === undefined ? undefined : 100 * value)

function RecoverySummary() {
  const recovery = useWorkspace((w) => w.solution?.recovery) ?? {}
  const list = Object.entries(recovery).map(
    ([symbol, share]) => `${symbol} ${formatNumber(100 * share, 3)} %`,
  )
  return list.length === 0 ? null : <p className="inspector-about">Recovered: {list.join(', ')}</p>
}
