import { type KeyboardEvent, memo, type RefObject, useMemo, useRef } from 'react'
import type { SolvedCircuit, SolvedStage } from '../../../src/scenario/index.ts'
import { formatNumber, formatPercent } from '../ui/format.ts'
import { Figure, useWidth } from './chart/Figure.tsx'
import { ElementChips } from './parts/ElementChips.tsx'
import { ExportBar } from './parts/ExportBar.tsx'
import { Segments } from './parts/Segments.tsx'
import type { CircuitPlan } from './plan.ts'
import { presentElements, profileFigure, type Scale, usualElements } from './profile.ts'
import { StageReadout } from './StageReadout.tsx'
import { StageTable } from './StageTable.tsx'
import { stageCells } from './stage-table.ts'

/** What is looked at, kept by the page so that it outlives a tab. */
export interface ProfileLook {
  /** Undefined until somebody chose. */
  readonly elements?: readonly string[]
  readonly scale: Scale
  readonly D: boolean
  readonly beta: boolean
  readonly as: 'chart' | 'table'
  /** Stage under the cursor, from 1. */
  readonly stage: number
}

export const firstLook: ProfileLook = { scale: 'log', D: true, beta: false, as: 'chart', stage: 1 }

interface Props {
  readonly name: string
  readonly circuit: SolvedCircuit
  readonly plan: CircuitPlan | undefined
  readonly look: ProfileLook
  readonly onLook: (look: ProfileLook) => void
}

interface BarProps extends Pick<Props, 'look' | 'onLook'> {
  /** Symbols in one text each: the bar is drawn anew only when they change. */
  readonly present: string
  readonly chosen: string
}

const listed = (key: string): readonly string[] => (key === '' ? [] : key.split(','))

const LookBar = memo(function LookBar({ present, look, onLook, chosen }: BarProps) {
  const check = (key: 'D' | 'beta', text: string) => (
    <label className="parts-check">
      <input
        type="checkbox"
        checked={look[key]}
        onChange={() => onLook({ ...look, [key]: !look[key] })}
      />
      {text}
    </label>
  )
  return (
    <div className="circuit-bar">
      <ElementChips
        elements={listed(present)}
        chosen={listed(chosen)}
        onChange={(elements) => onLook({ ...look, elements })}
      />
      <Segments
        label="Scale of concentrations"
        options={scales}
        chosen={look.scale}
        onChoose={(scale) => onLook({ ...look, scale })}
      />
      <Segments
        label="Shown as"
        options={forms}
        chosen={look.as}
        onChoose={(as) => onLook({ ...look, as })}
      />
      {look.as === 'chart' && check('D', 'D')}
      {look.as === 'chart' && check('beta', 'separation factors β')}
    </div>
  )
})

const scales = [
  ['log', 'log'],
  ['linear', 'linear'],
] as const
const forms = [
  ['chart', 'chart'],
  ['table', 'table'],
] as const

/** What a screen reader hears of a stage. */
function spoken(stage: SolvedStage, chosen: readonly string[]): string {
  const metals = chosen.map((el) => `${el} ${formatNumber(stage.aqueous[el] ?? 0, 3)} aqueous`)
  return (
    `stage ${stage.index}, ${stage.section}: pH ${formatNumber(stage.pH, 3)}, ` +
    `loading ${formatPercent(stage.loading, 3)}; ${metals.join(', ')}`
  )
}

interface CursorProps extends Props {
  readonly chosen: readonly string[]
  readonly width: number
  readonly at: number
  readonly chart: RefObject<HTMLDivElement | null>
}

/** The figure with a cursor that pointer and arrow keys move. */
function CursorFigure({
  name,
  circuit,
  plan,
  look,
  onLook,
  chosen,
  width,
  at,
  chart,
}: CursorProps) {
  const { stages } = circuit
  const key = chosen.join()
  const figure = useMemo(
    () =>
      profileFigure({
        circuit,
        plan,
        chosen: listed(key),
        scale: look.scale,
        show: { D: look.D, beta: look.beta },
        height: 300,
      }),
    [circuit, plan, key, look.scale, look.D, look.beta],
  )
  const go = (to: number) => {
    const stage = Math.min(Math.max(Math.round(to), 1), stages.length)
    if (stage !== look.stage) onLook({ ...look, stage })
  }
  const onKey = (event: KeyboardEvent) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 1, End: stages.length }[event.key]
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    go(to)
  }
  const stage = stages[at - 1]
  return (
    <div
      ref={chart}
      className="circuit-cursor"
      role="slider"
      tabIndex={0}
      aria-label={`Stage of ${name}`}
      aria-valuemin={1}
      aria-valuemax={stages.length}
      aria-valuenow={at}
      aria-valuetext={stage === undefined ? '' : spoken(stage, chosen)}
      onKeyDown={onKey}
    >
      <Figure
        {...figure}
        name={`Stage profiles of ${name}: aqueous solid, organic dashed`}
        width={width}
        cursor={at}
        onPoint={go}
      />
    </div>
  )
}

/** Stage profiles with a cursor that reads all series of a stage at once. */
export function ProfileView(props: Props) {
  const { name, circuit, look } = props
  const { stages, elements } = circuit
  const chart = useRef<HTMLDivElement>(null)
  const [frame, width] = useWidth(720)
  const present = presentElements(stages, elements)
  const wanted = look.elements ?? usualElements(present)
  const chosen = present.filter((el) => wanted.includes(el))
  const at = Math.min(Math.max(look.stage, 1), stages.length)
  const stage = stages[at - 1]
  return (
    <div>
      <LookBar look={look} onLook={props.onLook} present={present.join()} chosen={chosen.join()} />
      <div className="circuit-profile">
        <div className="circuit-figure" ref={frame}>
          {look.as === 'table' ? (
            <StageTable name={name} circuit={circuit} only={chosen} />
          ) : (
            <CursorFigure {...props} {...{ chosen, width, at, chart }} />
          )}
        </div>
        {stage !== undefined && <StageReadout stage={stage} elements={chosen} />}
      </div>
      {look.as === 'chart' && (
        <div className="circuit-foot">
          <span className="circuit-hint">
            aqueous solid, organic dashed; arrows move the cursor, <kbd>L</kbd> changes the scale
          </span>
          <ExportBar chart={chart} name={`${name}-stages`} data={() => stageCells(circuit)} />
        </div>
      )}
    </div>
  )
}
