import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { elementColour, elementOrder } from '../../../src/draw/palette.ts'
import type { Solution } from '../../../src/scenario/index.ts'
import type { PlantView } from '../engine/protocol.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { flowOf, rareEarths, thinnest, totalMass, type Band, type Flow } from './flow.ts'
import {
  barWidth,
  layOutSankey,
  leastScale,
  slant,
  type SankeyLayout,
  type Strip,
} from './layout.ts'
import { sankeySvg } from './svg.ts'
import { fromOf, opacity, toOf, wordsOf } from './words.ts'
import './sankey.css'

export interface SankeyProps {
  readonly plant: PlantView
  readonly solution: Solution
  /** Symbol of an element, `total mass` or `rare earths`. */
  readonly element: string
  readonly onElement: (element: string) => void
}

/** The way of one element through the whole plant, as wide as there is of it. */
export function Sankey({ plant, solution, element, onElement }: SankeyProps) {
  const [isTable, setTable] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const room = useRoom(frame)
  const flow = useMemo(() => flowOf(plant, solution, element), [plant, solution, element])
  const layout = useMemo(() => layOutSankey(flow, room), [flow, room])
  const colour = colourOf(element)
  const title = `${plant.title}: ${nameOf(element)}`
  const saveSvg = () => save(sankeySvg(layout, title, exportColour(element)), `${element}.svg`)
  return (
    <section className="sankey" aria-label={`Flow of ${nameOf(element)}`}>
      <div className="sankey-bar">
        <label>
          <span>Follow</span>
          <Choice solution={solution} element={element} onElement={onElement} />
        </label>
        <button type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          Table
        </button>
        <button type="button" onClick={saveSvg} disabled={flow.base === 0}>
          Save as SVG
        </button>
        <p className="sankey-base">{baseText(flow, plant)}</p>
      </div>
      <div className="sankey-frame" ref={frame}>
        {flow.base === 0 ? (
          <p className="sankey-empty">
            Nothing that enters this plant carries {nameOf(element)}. Choose another element to
            follow.
          </p>
        ) : isTable ? (
          <FlowTable flow={flow} plant={plant} />
        ) : (
          <Drawing layout={layout} title={title} colour={colour} room={room.width} />
        )}
      </div>
    </section>
  )
}

const nameOf = (element: string) =>
  element === rareEarths ? 'all rare earths, as elements' : element

const isElement = (element: string) => element !== totalMass && element !== rareEarths
/** The element's colour, lifted in lightness on dark paper. */
function colourOf(element: string): string {
  if (!isElement(element)) return 'var(--line)'
  const colour = elementColour(element)
  return `light-dark(${colour}, color-mix(in oklab, ${colour}, white 45%))`
}
const exportColour = (element: string) => (isElement(element) ? elementColour(element) : '#80868d')

function baseText({ base, baseIs, thin }: Flow, { operatingHours }: PlantView): string {
  if (base === 0) return ''
  const rate = formatWithUnit(base * 3600, 'kg/h')
  const year = formatWithUnit(base * 3.6 * operatingHours, 't/y')
  const what = baseIs === 'feed' ? 'in the feeds' : 'in all that enters'
  const left =
    thin.streams === 0
      ? ''
      : ` ${thin.streams} streams below ${formatPercent(thinnest)} are merged into “other”: together ${formatPercent(thin.share, 2)}.`
  return `100 % = ${rate}, ${year} ${what}.${left}`
}

function Choice({ solution, element, onElement }: Omit<SankeyProps, 'plant'>) {
  const symbols = elementOrder(Object.keys(solution.balance.elements))
  const choices = symbols.includes(element) || !isElement(element) ? symbols : [element, ...symbols]
  return (
    <select value={element} onChange={({ target }) => onElement(target.value)}>
      <option value={totalMass}>Total mass</option>
      <option value={rareEarths}>All rare earths (as elements)</option>
      {choices.map((symbol) => (
        <option key={symbol}>{symbol}</option>
      ))}
    </select>
  )
}

/** The room that the drawing has, px. */
function useRoom(frame: React.RefObject<HTMLDivElement | null>) {
  const [room, setRoom] = useState({ width: 900, height: 560 })
  useEffect(() => {
    const { current } = frame
    if (current === null) return undefined
    const watch = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = current
      setRoom((now) => (now.width === width && now.height === height ? now : { width, height }))
    })
    watch.observe(current)
    return () => watch.disconnect()
  }, [frame])
  return room
}

interface DrawingProps {
  readonly layout: SankeyLayout
  readonly title: string
  readonly colour: string
  /** px */
  readonly room: number
}

/** A drawing that is a little too wide is shown smaller; a wider one is scrolled. */
function Drawing({ layout, title, colour, room }: DrawingProps) {
  const [at, setAt] = useState<string>()
  const svg = useRef<SVGSVGElement>(null)
  const { width, height, bars, strips } = layout
  const fitting = Math.min(1, room / width)
  const scale = fitting < leastScale ? 1 : fitting
  const regarded = strips.find(({ band }) => band.id === at)
  const stop = regarded?.band.id ?? strips[0]?.band.id
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextBand(strips, stop, event.key)
    if (next === undefined) return
    event.preventDefault()
    setAt(next)
    const found = svg.current?.querySelector<SVGGElement>(`[data-band="${CSS.escape(next)}"]`)
    found?.focus()
  }
  return (
    <>
      <div className="sankey-scroll">
        <svg
          ref={svg}
          className="sankey-drawing"
          width={width * scale}
          height={height * scale}
          viewBox={`0 0 ${width} ${height}`}
          role="group"
          aria-label={`${title}. Arrow keys go from band to band.`}
          onKeyDown={onKeyDown}
          onPointerLeave={() => setAt(undefined)}
        >
          {strips.map((strip) => (
            <StripView
              key={strip.band.id}
              strip={strip}
              colour={colour}
              isStop={strip.band.id === stop}
              isRegarded={strip.band.id === at}
              onRegard={setAt}
            />
          ))}
          {bars.map(({ name, x, y, height: tall, words, role, isSlanted }) => (
            <g key={name} aria-hidden="true">
              <rect className="sankey-unit" x={x} y={y} width={barWidth} height={tall} />
              {words.map((word, i) => (
                <text
                  key={word}
                  className="sankey-name"
                  x={role === 'product' ? x + barWidth + 4 : x}
                  y={role === 'product' ? y + tall / 2 + 4 : y - 5 - 12 * (words.length - 1 - i)}
                  transform={isSlanted ? `rotate(${slant} ${x + 4} ${y - 5})` : undefined}
                >
                  {word}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </div>
      <p className="sankey-readout">
        {regarded === undefined
          ? 'Point at a band, or go from band to band with the arrow keys.'
          : wordsOf(regarded.band)}
      </p>
    </>
  )
}

/** Right and left along the material, up and down through all bands. */
function nextBand(strips: readonly Strip[], at: string | undefined, key: string) {
  const index = strips.findIndex(({ band }) => band.id === at)
  const own = strips[index]?.band
  if (own === undefined) return undefined
  const ahead = (test: (band: Band) => boolean) => strips.find(({ band }) => test(band))?.band.id
  if (key === 'ArrowRight') return ahead((band) => own.to !== '' && band.from === own.to)
  if (key === 'ArrowLeft') return ahead((band) => own.from !== '' && band.to === own.from)
  if (key === 'ArrowDown') return strips[(index + 1) % strips.length]?.band.id
  if (key === 'ArrowUp') return strips[(index - 1 + strips.length) % strips.length]?.band.id
  return undefined
}

interface StripProps {
  readonly strip: Strip
  readonly colour: string
  readonly isStop: boolean
  readonly isRegarded: boolean
  readonly onRegard: (id: string) => void
}

function StripView({ strip, colour, isStop, isRegarded, onRegard }: StripProps) {
  const { band, width, path, isFilled, text, tag } = strip
  const share = formatPercent(band.share, 3)
  const regard = () => onRegard(band.id)
  return (
    <g
      className={`sankey-band${isRegarded ? ' sankey-regarded' : ''}`}
      data-band={band.id}
      role="img"
      tabIndex={isStop ? 0 : -1}
      aria-label={wordsOf(band)}
      onFocus={regard}
      onPointerEnter={regard}
    >
      <path className="sankey-touch" d={path} strokeWidth={isFilled ? 8 : Math.max(10, width)} />
      <path
        className="sankey-strip"
        d={path}
        opacity={isRegarded ? 1 : opacity[band.kind]}
        strokeWidth={width}
        style={isFilled ? { fill: colour } : { stroke: colour, fill: 'none' }}
      />
      {text === undefined ? null : (
        <text className="sankey-share" x={text.x} y={text.y + 4}>
          {band.kind === 'recycle' ? `↺ ${band.streams.join(', ')} ${share}` : share}
        </text>
      )}
      {tag === undefined ? null : (
        <text className="sankey-share sankey-tag" x={tag.x} y={tag.y}>
          {band.end} {share}
        </text>
      )}
    </g>
  )
}

const kindNames = {
  forward: '',
  recycle: 'recycle',
  supply: 'reagent',
  loss: 'leaves the plant',
  other: 'merged',
} as const

function FlowTable({ flow, plant }: { readonly flow: Flow; readonly plant: PlantView }) {
  const rows = [...flow.bands].sort((a, b) => b.value - a.value)
  return (
    <div className="sankey-scroll" tabIndex={0} role="region" aria-label="Bands as a table">
      <table className="sankey-table">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Streams</th>
            <th scope="col">Kind</th>
            <th scope="col" className="sankey-number">
              kg/h
            </th>
            <th scope="col" className="sankey-number">
              t/y
            </th>
            <th scope="col" className="sankey-number">
              % of {flow.baseIs === 'feed' ? 'feed' : 'all that enters'}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((band) => (
            <tr key={band.id}>
              <td>{fromOf(band)}</td>
              <td>{toOf(band)}</td>
              <td>{band.streams.join(', ')}</td>
              <td>{kindNames[band.kind]}</td>
              <td className="sankey-number">{formatNumber(band.value * 3600)}</td>
              <td className="sankey-number">
                {formatNumber(band.value * 3.6 * plant.operatingHours)}
              </td>
              <td className="sankey-number">{formatNumber(band.share * 100)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function save(svg: string, file: string): void {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.replaceAll(' ', '-')
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
