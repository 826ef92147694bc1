import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { PlantView, UnitView } from '../engine/protocol.ts'
import type { Solution, SolvedUnit } from '../../../src/scenario/index.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { readableOf } from '../ui/shown-in.ts'
import { Because } from './Because.tsx'
import { Change } from './Change.tsx'

interface UnitResultsProps {
  readonly plant: PlantView
  readonly unit: UnitView
}

/** What a unit does in the solved plant. */
export function UnitResults({ plant, unit }: UnitResultsProps) {
  const { name } = unit
  const solved = useWorkspace((w) => w.solution?.units[name])
  const product = useWorkspace((w) => w.solution?.products.find((p) => p.name === name))
  if (solved === undefined) return <p>Not solved yet.</p>
  const { heat, power, figures } = solved
  const at = (s: Solution): SolvedUnit | undefined => s.units[name]
  return (
    <>
      <dl className="figures">
        {product === undefined ? null : <ProductFigures product={product} />}
        {Object.entries(figures).map(([figure, { value, unit: of }]) => {
          const shown = readableOf(value, of)
          const before = (found: SolvedUnit | undefined) => {
            const figureThen = found?.figures[figure]
            return figureThen === undefined ? undefined : inThatUnit(figureThen.value, value, of)
          }
          return (
            <Figure key={figure} name={figure}>
              {formatWithUnit(shown.value, shown.unit)}
              <Change now={shown.value} pick={(s) => before(at(s))} />
            </Figure>
          )
        })}
        <Figure name="heat">
          {'unknown' in heat ? (
            <span className="inspector-unknown">unknown: {heat.unknown}</span>
          ) : (
            <>
              {formatWithUnit(heat.watts / 1000, 'kW')}
              <Change now={heat.watts / 1000} pick={(s) => kilowatts(at(s))} />
              {heat.without === undefined ? null : ` (without ${heat.without})`}
            </>
          )}
        </Figure>
        {power === undefined ? null : (
          <Figure name="power">
            {formatWithUnit(power / 1000, 'kW')}
            <Change now={power / 1000} pick={(s) => thousandth(at(s)?.power)} />
          </Figure>
        )}
      </dl>
      <Lines plant={plant} unit={name} end="to" title="Comes in" />
      <Lines plant={plant} unit={name} end="from" title="Goes out" />
      <p className="inspector-about">
        Computed by the unit operation {unit.kind}: {unit.about}
      </p>
      <Because key={name} path={product === undefined ? name : `product ${name} reoOfTreo`} />
    </>
  )
}

/** A figure in the unit in which another one of its kind is shown. */
function inThatUnit(value: number, shown: number, unit: string): number | undefined {
  const [own, other] = [readableOf(value, unit), readableOf(shown, unit)]
  if (own.unit === other.unit) return own.value
  return shown === 0 ? undefined : (value / shown) * other.value
}

const thousandth = (value: number | undefined) => (value === undefined ? undefined : value / 1000)

function kilowatts(unit: SolvedUnit | undefined): number | undefined {
  return unit === undefined || 'unknown' in unit.heat ? undefined : unit.heat.watts / 1000
}

function ProductFigures({ product }: { readonly product: Solution['products'][number] }) {
  const { name, rate, purity, shortfalls } = product
  const of = (s: Solution) => s.products.find((p) => p.name === name)
  const kinds = [
    ['REO of TREO', 'reoOfTreo'],
    ['TREO in product', 'treoInProduct'],
    ['oxide in product', 'oxideInProduct'],
  ] as const
  return (
    <>
      <Figure name="rate">
        {formatWithUnit(rate['t/y'], 't/y')}
        <Change now={rate['t/y']} pick={(s) => of(s)?.rate['t/y']} />
      </Figure>
      {kinds.map(([title, key]) => (
        <Figure key={key} name={title}>
          {formatPercent(purity[key])}
          <Change
            now={100 * purity[key]}
            pick={(s) => {
              const before = of(s)?.purity[key]
              return before === undefined ? undefined : 100 * before
            }}
          />
        </Figure>
      ))}
      {shortfalls.map((text) => (
        <Figure key={text} name="short">
          {text}
        </Figure>
      ))}
    </>
  )
}

function Figure({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

interface LinesProps {
  readonly plant: PlantView
  readonly unit: string
  readonly end: 'from' | 'to'
  readonly title: string
}

/** The lines at one side of a unit with what they carry. */
function Lines({ plant, unit, end, title }: LinesProps) {
  const streams = useWorkspace((w) => w.solution?.streams)
  const lines = plant.streams.filter((line) => line[end].startsWith(`${unit}.`))
  if (lines.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="inspector-lines">
        {lines.map((line) => {
          const solved = streams?.[line.name]
          return (
            <li key={line.name}>
              <span>
                <a href={href('plant', '', { stream: line.name })}>{line.name}</a>
                <span className="inspector-port"> {line[end].slice(unit.length + 1)}</span>
              </span>
              <span>{solved === undefined ? '' : `${formatNumber(solved.mass * 3600)} kg/h`}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
