import { streamFacts } from './flows.ts'
import { useLive, type LiveState } from './live.ts'
import { portOf, unitOf } from './sheet.ts'

/** Between facts, and between them and the name: neither occurs in a name. */
const mark = '\u0000'

function said({ regarded, selected, solution, plant, compare }: LiveState): string {
  const name = regarded ?? (selected?.kind === 'stream' ? selected.name : undefined)
  const stream = name === undefined ? undefined : solution.streams[name]
  if (name === undefined || stream === undefined) return ''
  const ends = [stream.from, stream.to].map((end) => `${unitOf(end)} (${portOf(end)})`)
  const number = plant.streams.findIndex((line) => line.name === name) + 1
  const facts = streamFacts(stream, plant.operatingHours, compare?.streams[name])
  return [`${number} ${name}`, ends.join(' → '), ...facts].join(mark)
}

/** What the stream under the pointer or the focus carries, in one line below the drawing. */
export function Readout() {
  const [name, ...facts] = useLive(said).split(mark)
  if (name === undefined || name === '') return null
  return (
    <p className="canvas-readout">
      <strong>{name}</strong>
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  )
}

const phases = ['solid', 'aqueous', 'organic', 'gas'] as const

/** The line styles in words; flows are in the unit of the toolbar. */
export function Legend() {
  const unit = useLive((state) => state.unit)
  return (
    <ul className="canvas-legend" aria-label="Line styles">
      {phases.map((phase) => (
        <li key={phase}>
          <svg width="28" height="8" aria-hidden="true">
            <path className={`canvas-line canvas-${phase}`} d="M0 4H28" />
          </svg>
          {phase}
        </li>
      ))}
      <li>
        <svg width="28" height="8" aria-hidden="true">
          <path className="canvas-recycle" d="M0 4H28" />
          <path className="canvas-line canvas-aqueous" d="M0 4H28" />
        </svg>
        recycle ↺
      </li>
      <li>flows in {unit}</li>
    </ul>
  )
}

/** Arrow heads, one for each phase. */
export function Arrows() {
  return (
    <svg className="canvas-defs" aria-hidden="true">
      <defs>
        {phases.map((phase) => (
          <marker
            key={phase}
            id={`canvas-arrow-${phase}`}
            viewBox="0 0 8 8"
            refX={7.5}
            refY={4}
            markerWidth={9}
            markerHeight={9}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path className={`canvas-tip canvas-tip-${phase}`} d="M0 0.8L8 4L0 7.2Z" />
          </marker>
        ))}
      </defs>
    </svg>
  )
}
