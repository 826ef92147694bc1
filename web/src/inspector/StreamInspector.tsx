import { elementColour, elementOrder } from '../../../src/draw/palette.ts'
import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { StreamView } from '../engine/protocol.ts'
import { formatNumber, formatPercent, formatPpm, formatWithUnit } from '../ui/format.ts'
import type { SolvedStream } from '../../../src/scenario/index.ts'
import { Change } from './Change.tsx'
import { UnitLink } from './UnitLink.tsx'

/** A line of the plant: where it runs and what is in it. */
export function StreamInspector({ stream }: { readonly stream: StreamView }) {
  const { name, from, to, recycle } = stream
  const solved = useWorkspace((w) => w.solution?.streams[name])
  const hours = useWorkspace((w) => w.plant?.operatingHours ?? 0)
  return (
    <div className="inspector-body">
      <p>
        <UnitLink port={from} /> → <UnitLink port={to} />
        {recycle ? ' · closes a recycle' : ''}
      </p>
      {solved === undefined ? (
        <p>Not solved yet.</p>
      ) : (
        <Content name={name} solved={solved} hours={hours} />
      )}
      <p>
        <a href={href('sources')}>Where the constants behind it come from</a>
      </p>
    </div>
  )
}

interface ContentProps {
  readonly name: string
  readonly solved: SolvedStream
  readonly hours: number
}

function Content({ name, solved, hours }: ContentProps) {
  const { mass, temperature, phase, pH, particleSize, elements, volume } = solved
  const perYear = (kilograms: number) => (kilograms * 3600 * hours) / 1000
  const symbols = elementOrder(
    Object.keys(elements).filter((symbol) => (elements[symbol] ?? 0) > 0),
  )
  return (
    <>
      <dl className="figures">
        <Figure name="Mass">
          {formatWithUnit(mass * 3600, 'kg/h')}
          <Change now={mass * 3600} pick={(s) => times(s.streams[name]?.mass, 3600)} />
        </Figure>
        <Figure name="In a year">{formatWithUnit(perYear(mass), 't/y')}</Figure>
        <Figure name="Mainly">{phase}</Figure>
        <Figure name="Temperature">{formatWithUnit(temperature - 273.15, '°C')}</Figure>
        {pH === undefined ? null : <Figure name="pH">{formatNumber(pH, 3)}</Figure>}
        {particleSize === undefined ? null : (
          <Figure name="80 % passing">{formatWithUnit(particleSize * 1e6, 'µm')}</Figure>
        )}
        {Object.entries(volume).map(([of, flow]) => (
          <Figure key={of} name={`Volume, ${of}`}>
            {formatWithUnit(flow * 3.6e6, 'L/h')}
          </Figure>
        ))}
      </dl>
      <h3>Elements</h3>
      {symbols.length === 0 ? <p>Nothing flows here.</p> : null}
      <table className="inspector-table">
        <thead>
          <tr>
            <th scope="col">Element</th>
            <th scope="col">kg/y</th>
            <th scope="col">of the stream</th>
          </tr>
        </thead>
        <tbody>
          {symbols.map((symbol) => (
            <tr key={symbol}>
              <th scope="row">
                <span
                  className="chip"
                  style={{ background: elementColour(symbol) }}
                  aria-hidden="true"
                />
                {symbol}
              </th>
              <td>{formatNumber(1000 * perYear(elements[symbol] ?? 0))}</td>
              <td>{shareText((elements[symbol] ?? 0) / mass)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** A share of the stream; below a tenth of a per cent in ppm. */
const shareText = (share: number) => (share < 1e-3 ? formatPpm(share, 3) : formatPercent(share, 3))

const times = (value: number | undefined, by: number) =>
  value === undefined ? undefined : value * by

function Figure({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
