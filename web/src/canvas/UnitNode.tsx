import { Handle, Position, type Node, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { ink, paper } from '../../../src/draw/palette.ts'
import { symbolOf } from '../../../src/draw/symbols.ts'
import { captionOf, changeText, flowText } from './flows.ts'
import { useCalm, useLive, useLiveStore, type LiveState } from './live.ts'
import { stubLevel, stubRoom, type SheetUnit, type Stub } from './sheet.ts'

export type UnitNodeType = Node<{ readonly unit: SheetUnit }, 'unit'>

/** The terminal's symbols in the page's colours, so that they follow light and dark. */
const markups = new Map<string, string>()
function markupOf(symbol: string): string {
  let markup = markups.get(symbol)
  if (markup === undefined) {
    markup = symbolOf(symbol)
      .markup.replaceAll(ink, 'var(--ink)')
      .replaceAll(paper, 'var(--raised)')
    markups.set(symbol, markup)
  }
  return markup
}

const stagesOf = ({ plant }: LiveState, name: string) =>
  plant.units.find((unit) => unit.name === name)?.sections?.map(({ stages }) => stages) ?? []

/** Letters of a word that stand side by side with their neighbours' in the whole view. */
const shortWord = 11

/** A word that cannot be broken is set smaller, but never smaller than on paper. */
function nameSize(name: string): string | undefined {
  const longest = Math.max(...name.split(/(?<=-)/).map(({ length }) => length))
  if (longest <= shortWord) return undefined
  return `max(11px, calc(var(--canvas-name) * ${(shortWord / longest).toFixed(2)}))`
}

/** Breaks into three lines: set smaller where the whole view is farthest. */
const isLong = (name: string) => name.length > 2 * shortWord

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

/** `sx3, solvent-extraction circuit, 28 stages, Nd | Pr; 3 inlets, 4 outlets`. */
function nameOf(unit: SheetUnit, state: LiveState): string {
  const stages = stagesOf(state, unit.name).reduce((sum, count) => sum + count, 0)
  const { solution } = state
  const caption = captionOf(solution, unit)
  const parts = [
    unit.name,
    unit.title.charAt(0).toLowerCase() + unit.title.slice(1),
    ...(stages > 0 ? [plural(stages, 'stage')] : []),
    ...(caption === '' ? [] : [caption]),
  ]
  const worst = warningsOf(state, unit.name)
  const failed = state.failing === unit.name ? '; at fault: no solution' : ''
  const warned = worst === 0 ? failed : `; ${plural(worst, 'warning')}${failed}`
  return `${parts.join(', ')}; ${plural(unit.inlets, 'inlet')}, ${plural(unit.outlets, 'outlet')}${warned}`
}

/** Warnings that decide a product or may; what is for information only is not marked. */
const warningsOf = ({ solution }: LiveState, name: string) =>
  solution.warnings.filter(({ unit, rank }) => unit === name && rank < 3).length

const stateOf = ({ selected, found, failing }: LiveState, name: string) =>
  [
    selected?.kind === 'unit' && selected.name === name ? 'canvas-selected' : '',
    found.has(name) ? 'canvas-found' : '',
    failing === name ? 'canvas-failed' : '',
  ]
    .filter((part) => part !== '')
    .join(' ')

function Symbol({ unit }: { readonly unit: SheetUnit }) {
  const { width, height } = unit
  if (unit.sections.length > 0) return <Compartments unit={unit} />
  return (
    <svg className="canvas-symbol" width={width} height={height} aria-hidden="true">
      <g dangerouslySetInnerHTML={{ __html: markupOf(unit.symbol) }} />
    </svg>
  )
}

function Compartments({ unit }: { readonly unit: SheetUnit }) {
  const { width, height, sections } = unit
  const part = width / sections.length
  return (
    <svg className="canvas-symbol" width={width} height={height} aria-hidden="true">
      {sections.map((section, i) => (
        <g key={section} transform={`translate(${i * part} 0)`}>
          <rect className="canvas-compartment" width={part} height={height} />
          <path className="canvas-settler" d={`M0 ${height - 9}h${part}`} />
          <text className="canvas-section" x={part / 2} y={17}>
            {section.slice(0, 10)}
          </text>
          <StageCount unit={unit.name} index={i} x={part / 2} />
        </g>
      ))}
    </svg>
  )
}

function StageCount(props: { readonly unit: string; readonly index: number; readonly x: number }) {
  const count = useLive((state) => stagesOf(state, props.unit)[props.index] ?? 0)
  return (
    <text className="canvas-stages" x={props.x} y={34}>
      {count}
    </text>
  )
}

function Caption({ unit }: { readonly unit: SheetUnit }) {
  const text = useLive(({ solution, isFar }) => (isFar ? '' : captionOf(solution, unit)))
  return text === '' ? null : <span className="canvas-caption">{text}</span>
}

function Badge({ unit }: { readonly unit: SheetUnit }) {
  const count = useLive((state) => warningsOf(state, unit.name))
  if (count === 0) return null
  return (
    <span className="canvas-badge" aria-hidden="true">
      {count > 1 ? `▲${count}` : '▲'}
    </span>
  )
}

/** Reagents as short arrows from above. */
function Stubs({ stubs }: { readonly stubs: readonly Stub[] }) {
  const { width, height, isStaggered } = stubRoom(stubs)
  if (stubs.length === 0) return null
  return (
    <div className="canvas-stubs" style={{ width, height, marginLeft: -width / 2 }}>
      {stubs.map((stub, i) => (
        <StubArrow key={stub.stream} stub={stub} height={stubLevel(i, isStaggered)} />
      ))}
    </div>
  )
}

/** Room for the two lines of words over an arrow. */
const stubWords = 24

function StubArrow({ stub, height }: { readonly stub: Stub; readonly height: number }) {
  const { set } = useLiveStore()
  const flow = useLive(({ solution, plant, unit, isFar }) =>
    isFar ? '' : flowText(solution.streams[stub.stream], unit, plant.operatingHours),
  )
  const change = useLive(({ solution, compare, isFar }) =>
    isFar ? '' : changeText(solution.streams[stub.stream], compare?.streams[stub.stream]),
  )
  const phase = useLive(({ solution }) => solution.streams[stub.stream]?.phase ?? 'aqueous')
  const marked = useLive(({ selected, found }) => {
    const isSelected =
      selected !== null && selected.name === (selected.kind === 'unit' ? stub.reagent : stub.stream)
    const isFound = found.has(stub.stream) || found.has(stub.reagent)
    return `${isSelected ? ' canvas-selected' : ''}${isFound ? ' canvas-found' : ''}`
  })
  const regard = (name: string | null) => () => set({ regarded: name })
  const long = height - stubWords
  return (
    <div className={`canvas-stub${marked}`} style={{ height }}>
      <span className="canvas-reagent">{stub.reagent}</span>
      <span className={change === '' ? 'canvas-quiet' : 'canvas-change'}>{change || flow}</span>
      <svg width="8" height={long} aria-hidden="true">
        <path className={`canvas-line canvas-${phase}`} d={`M4 0V${long - 5}`} />
        <path
          className={`canvas-tip canvas-tip-${phase}`}
          d={`M0.8 ${long - 7}L4 ${long}L7.2 ${long - 7}Z`}
        />
      </svg>
      <StubHand stub={stub} regard={regard} />
    </div>
  )
}

/** What is pointed at, and its words for a screen reader. */
function StubHand(props: {
  readonly stub: Stub
  readonly regard: (name: string | null) => () => void
}) {
  const { stub, regard } = props
  const words = useCalm(({ solution, plant, unit, compare }) => {
    const now = solution.streams[stub.stream]
    const flow = flowText(now, unit, plant.operatingHours)
    const change = changeText(now, compare?.streams[stub.stream])
    return `${stub.stream}: reagent ${stub.reagent}, ${flow} ${unit}${change === '' ? '' : `, ${change}`}`
  })
  return (
    <div
      role="button"
      tabIndex={-1}
      className="canvas-hand nodrag nopan"
      data-stream={stub.stream}
      aria-label={words}
      onPointerEnter={regard(stub.stream)}
      onPointerLeave={regard(null)}
      onFocus={regard(stub.stream)}
      onBlur={regard(null)}
    />
  )
}

/** A unit: its symbol, name and live caption, its reagents as short arrows from above. */
export const UnitNode = memo(function UnitNode({ data }: NodeProps<UnitNodeType>) {
  const { unit } = data
  const name = useCalm((state) => nameOf(unit, state))
  const marks = useLive((state) => stateOf(state, unit.name))
  const isSelected = useLive(
    ({ selected }) => selected?.kind === 'unit' && selected.name === unit.name,
  )
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
      <Stubs stubs={unit.stubs} />
      <div
        className={`canvas-unit canvas-role-${unit.role} ${marks}`}
        style={{ width: unit.width, height: unit.height }}
      >
        <Symbol unit={unit} />
        <Badge unit={unit} />
        <div className="canvas-words">
          <span
            className={isLong(unit.name) ? 'canvas-name canvas-long' : 'canvas-name'}
            style={{ fontSize: nameSize(unit.name) }}
          >
            {unit.name}
          </span>
          <Caption unit={unit} />
        </div>
        <div
          role="button"
          tabIndex={0}
          className="canvas-hand"
          data-unit={unit.name}
          aria-label={name}
          aria-pressed={isSelected}
        />
      </div>
    </>
  )
})
