import { useEffect, useMemo, useRef, useState } from 'react'
import type { Transient } from '../../../src/scenario/index.ts'
import { formatNumber, formatWithUnit } from '../ui/format.ts'
import { Figure, useWidth } from './chart/Figure.tsx'
import { ElementChips } from './parts/ElementChips.tsx'
import { ExportBar } from './parts/ExportBar.tsx'
import { Segments } from './parts/Segments.tsx'
import { type Scale, usualElements } from './profile.ts'
import {
  courseCells,
  courseFigure,
  frameAxes,
  frameCells,
  frameFigure,
  moment,
  movingElements,
  productName,
  timeAxis,
} from './time.ts'

interface Props {
  readonly transient: Transient
  /** The plant was edited since. */
  readonly isStale: boolean
}

/** Seconds that the whole takes at speed 1. */
const wholePlay = 20
const speeds = ['0.5', '1', '2', '4'] as const

/** The moment that is shown, a share of the whole; it runs on while it is played. */
function usePlay(frames: number) {
  const [frame, setFrame] = useState(frames - 1)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<string>('1')
  useEffect(() => {
    if (!isPlaying) return undefined
    let [last, place, ticket] = [performance.now(), frame, 0]
    const step = (now: number) => {
      place += ((now - last) / 1000 / wholePlay) * Number(speed) * (frames - 1)
      last = now
      if (place >= frames - 1) {
        setFrame(frames - 1)
        setPlaying(false)
        return
      }
      setFrame(Math.floor(place))
      ticket = requestAnimationFrame(step)
    }
    ticket = requestAnimationFrame(step)
    return () => cancelAnimationFrame(ticket)
    // The frame itself moves on inside: only starting, stopping and speed begin anew.
  }, [isPlaying, speed, frames])
  const toggle = () => {
    if (!isPlaying && frame >= frames - 1) setFrame(0)
    setPlaying(!isPlaying)
  }
  return { frame, isPlaying, speed, setFrame, setSpeed, toggle, stop: () => setPlaying(false) }
}

/** When it settled, what each product lost until then, and what happened on the way. */
function Findings({ transient: t }: { readonly transient: Transient }) {
  const { at95, at99 } = t.settledAt
  const settled =
    at95 === null
      ? 'Not within 5 % of the steady state in this time.'
      : `95 % of the way to steady after ${moment(at95)}, 99 % ${at99 === null ? 'not in this time' : `after ${moment(at99)}`}.`
  const events = t.events.filter(({ text }) => text !== 'setting changed')
  const changes = t.settings.flatMap(({ from, changes: said }) =>
    said.map((text) => ({ time: from, text })),
  )
  return (
    <div>
      <p>
        {settled}
        {t.products.length === 0 &&
          ' No purity is asked for: add one above, or give the circuit limits or a hold.'}
      </p>
      {[...changes, ...events].map(({ time, text }) => (
        <p key={`${time} ${text}`} className="circuit-quiet">
          {moment(time)}: {text}
        </p>
      ))}
      <ProductTable transient={t} />
    </div>
  )
}

const startNames: Readonly<Record<Transient['start'], string>> = {
  steady: 'from steady',
  direct: 'from empty',
  'total-reflux': 'total reflux first',
}

function ProductTable({ transient: t }: { readonly transient: Transient }) {
  const all = t.compared ?? [t]
  const rows = all.flatMap(({ start, products }) => products.map((p) => ({ start, p })))
  if (rows.length === 0) return null
  return (
    <div className="circuit-scroll" tabIndex={0} role="region" aria-label="Products in time">
      <table className="circuit-table">
        <thead>
          <tr>
            {all.length > 1 && <th scope="col">start</th>}
            <th scope="col">purity asked for</th>
            <th scope="col">kept from</th>
            <th scope="col">oxides left</th>
            <th scope="col">off specification</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ start, p }) => (
            <tr key={`${start} ${productName(p)}`}>
              {all.length > 1 && <td className="circuit-words">{startNames[start]}</td>}
              <th scope="row">{productName(p)}</th>
              <td>{p.pureFrom === null ? 'later' : moment(p.pureFrom)}</td>
              <td title={`${p.made} kg`}>{formatWithUnit(p.made, 'kg')}</td>
              <td title={`${p.offSpecification} kg`}>{formatWithUnit(p.offSpecification, 'kg')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface Looked {
  readonly transient: Transient
  readonly chosen: readonly string[]
  readonly scale: Scale
}

/** Play, pause, speed, and the moment by hand. */
function Controls({ transient, play }: { transient: Transient; play: ReturnType<typeof usePlay> }) {
  const { times } = transient.frames
  return (
    <div className="circuit-bar">
      <button type="button" className="parts-button parts-button-main" onClick={play.toggle}>
        {play.isPlaying ? 'Pause' : 'Play'}
      </button>
      <Segments
        label="Speed"
        options={speeds.map((s) => [s, `${s}×`] as const)}
        chosen={play.speed}
        onChoose={play.setSpeed}
      />
      <input
        className="circuit-scrubber"
        type="range"
        aria-label="Moment"
        aria-valuetext={moment(times[play.frame] ?? 0)}
        min={0}
        max={times.length - 1}
        step={1}
        value={play.frame}
        onChange={(event) => {
          play.stop()
          play.setFrame(Number(event.target.value))
        }}
      />
      <output className="circuit-moment">{moment(times[play.frame] ?? 0)}</output>
    </div>
  )
}

/** The two pictures: the stages at the moment, and all of the time. */
function Pictures({
  transient,
  chosen,
  scale,
  play,
}: Looked & { play: ReturnType<typeof usePlay> }) {
  const [frame, width] = useWidth(720)
  const stages = useRef<HTMLDivElement>(null)
  const course = useRef<HTMLDivElement>(null)
  const axes = useMemo(() => frameAxes(transient, chosen, scale), [transient, chosen, scale])
  const now = frameFigure(transient, play.frame, chosen, axes)
  const whole = useMemo(() => courseFigure(transient, chosen), [transient, chosen])
  const { seconds } = timeAxis(transient.until)
  const { times } = transient.frames
  const { circuit } = transient
  const seek = (x: number) => {
    const at = x * seconds
    const nearest = times.reduce(
      (best, t, k) => (Math.abs(t - at) < Math.abs((times[best] ?? 0) - at) ? k : best),
      0,
    )
    play.stop()
    play.setFrame(nearest)
  }
  return (
    <div ref={frame}>
      <div ref={stages}>
        <Figure
          {...now}
          name={`Stages of ${circuit} after ${moment(times[play.frame] ?? 0)}`}
          width={width}
        />
      </div>
      <ExportBar
        chart={stages}
        name={`${circuit}-at-${Math.round((times[play.frame] ?? 0) / 3600)}h`}
        data={() => frameCells(transient, play.frame)}
      />
      <div ref={course}>
        <Figure
          {...whole}
          name={`Purities and hold-up of ${circuit} in time`}
          width={width}
          right={132}
          cursor={(times[play.frame] ?? 0) / seconds}
          onPoint={seek}
        />
      </div>
      <ExportBar chart={course} name={`${circuit}-in-time`} data={() => courseCells(transient)} />
    </div>
  )
}

/** A transient, played: the stages at a moment, purities and hold-up over all of the time. */
export function TimePlayer({ transient, isStale }: Props) {
  const play = usePlay(transient.frames.times.length)
  const present = useMemo(() => usualElements(movingElements(transient)), [transient])
  const [wanted, setWanted] = useState<readonly string[]>()
  const [scale, setScale] = useState<Scale>('log')
  const chosen = useMemo(
    () => (wanted === undefined ? present : present.filter((el) => wanted.includes(el))),
    [present, wanted],
  )
  return (
    <div className="circuit-player">
      {isStale && (
        <p className="circuit-stale" role="status">
          The plant was edited since: this is the circuit as it was.
        </p>
      )}
      <Findings transient={transient} />
      <Controls transient={transient} play={play} />
      <div className="circuit-bar">
        <ElementChips elements={present} chosen={chosen} onChange={setWanted} />
        <Segments
          label="Scale of concentrations"
          options={[
            ['log', 'log'],
            ['linear', 'linear'],
          ]}
          chosen={scale}
          onChoose={setScale}
        />
      </div>
      <Pictures {...{ transient, chosen, scale, play }} />
      <p className="circuit-hint">
        Balance open by {formatNumber(transient.balance.worst, 2)} at most over every step.{' '}
        {transient.assumptions.map((text) => `Assumption: ${text}.`).join(' ')}
      </p>
    </div>
  )
}
