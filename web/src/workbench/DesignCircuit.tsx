import { type ReactNode, useRef, useState } from 'react'
import type { ReportedCircuit, SolvedCircuit } from '../../../src/scenario/index.ts'
import type { FigureData } from '../circuit/chart/figure-types.ts'
import { Figure, useWidth } from '../circuit/chart/Figure.tsx'
import { ExportBar } from '../circuit/parts/ExportBar.tsx'
import { firstLook, ProfileView } from '../circuit/ProfileView.tsx'
import type { Cells } from '../ui/cells.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import {
  theoryCells,
  theoryFigure,
  tradeOffCells,
  tradeOffFigure,
  windowRows,
} from './design-figures.ts'

interface Props {
  readonly circuit: ReportedCircuit
  readonly solved: SolvedCircuit | undefined
}

const fixed = (value: number) => (Number.isFinite(value) ? value.toFixed(1) : 'without end')
const flow = (value: number) => formatWithUnit(3.6e6 * value, 'L/h')

/** Cascade theory in sentences. */
function Theory({ circuit: { theory, separation } }: { readonly circuit: ReportedCircuit }) {
  const { design, confirmed } = theory
  const { heavy, light, beta } = separation
  return (
    <>
      <p>
        Constant {heavy}/{light} of {formatNumber(beta)}, {design.controlledBy} controlled: E
        <sub>M</sub> {formatNumber(design.extractionRatio)} in extraction,{' '}
        {formatNumber(design.scrubRatio)} in scrub; S {formatNumber(design.S)}, W{' '}
        {formatNumber(design.W)} per mole of feed, least S {formatNumber(design.minimumS)}.
      </p>
      <p>
        Stages n + m: {fixed(design.basic.extraction)} + {fixed(design.basic.scrub)} by the basic
        formula, {fixed(design.exact.extraction)} + {fixed(design.exact.scrub)} by the exact one,{' '}
        {fixed(design.minimumStages)} at total reflux.{' '}
        {confirmed === undefined
          ? 'Not confirmed stage by stage: too near the pinch.'
          : `Stage by stage ${confirmed.extraction} + ${confirmed.scrub}: ` +
            `${formatPercent(confirmed.purityA)} and ${formatPercent(confirmed.purityB)} by mole.`}
      </p>
    </>
  )
}

/** The cheapest circuit found, section by section. */
function Optimum({ circuit }: { readonly circuit: ReportedCircuit }) {
  const { setting: s, cost, binds, tried, reflux, holdUp } = circuit
  const rows = [
    ['extraction', s.extraction, '', ''],
    ['scrub', s.scrub, flow(s.scrubFlow), formatWithUnit(s.scrubAcid / 1000, 'mol/L')],
    ['strip', s.strip, flow(s.stripFlow), formatWithUnit(s.stripAcid / 1000, 'mol/L')],
  ] as const
  return (
    <>
      <div
        className="circuit-scroll"
        tabIndex={0}
        role="region"
        aria-label={`Sections of ${circuit.name}`}
      >
        <table className="circuit-table">
          <thead>
            <tr>
              <th scope="col">section</th>
              <th scope="col">stages</th>
              <th scope="col">aqueous</th>
              <th scope="col">acid</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, stages, aqueous, acid]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{stages}</td>
                <td>{aqueous}</td>
                <td>{acid}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        Organic {flow(s.organicFlow)}, {formatPercent(s.saponification)} saponified,{' '}
        {formatWithUnit(1000 * holdUp, 'L')} held; {formatNumber(reflux)} moles scrubbed back per
        mole of feed. Cost {formatNumber(cost.total)} a year in the unit of the weights: stages{' '}
        {formatNumber(cost.stages)}, organic {formatNumber(cost.organic)}, acid{' '}
        {formatNumber(cost.acid)}, base {formatNumber(cost.base)}; {tried} tried.
        {binds.length > 0 && ` Held back by: ${binds.join('; ')}.`}
      </p>
    </>
  )
}

const names: Readonly<Record<string, string>> = {
  organicFlow: 'organic flow',
  scrubFlow: 'scrub flow',
  stripFlow: 'strip flow',
  saponification: 'saponification',
  feedFlow: 'feed flow',
  feed: 'feed',
}

function range(found: readonly [number, number] | undefined): string {
  if (found === undefined) return ''
  const shift = (v: number) => `${v > 0 ? '+' : ''}${formatPercent(v, 3)}`
  return `${shift(found[0])} to ${shift(found[1])}`
}

/** How far each may move before a product misses. */
function Window({ circuit }: { readonly circuit: ReportedCircuit }) {
  const { survival, hold } = circuit
  const { beta, doubt } = survival
  return (
    <>
      <div
        className="circuit-scroll"
        tabIndex={0}
        role="region"
        aria-label={`Operating window of ${circuit.name}`}
      >
        <table className="circuit-table">
          <thead>
            <tr>
              <th scope="col">what moves</th>
              <th scope="col">alone</th>
              <th scope="col">with the trim</th>
            </tr>
          </thead>
          <tbody>
            {windowRows(circuit).map(({ knob, alone, trimmed }) => (
              <tr key={knob}>
                <th scope="row">{names[knob] ?? knob}</th>
                <td>{range(alone)}</td>
                <td>{range(trimmed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {hold !== undefined &&
          `Trim: the organic flow holds ${hold.measure} of ${hold.elements.join(', ')} in ` +
            `${hold.outlet} at ${formatPercent(hold.atLeast)}. `}
        {beta !== undefined &&
          `A separation factor of ${formatNumber(beta.designed)} is survived down to ` +
            `${formatNumber(beta.alone)} alone, ${formatNumber(beta.trimmed)} with the trim. `}
        {doubt !== undefined && doubted(doubt)}
      </p>
    </>
  )
}

function doubted({ beta, held, reset }: NonNullable<ReportedCircuit['survival']['doubt']>): string {
  if (held) return `At a separation factor of ${beta} the trim holds the specification.`
  const none = `At a separation factor of ${beta} this cascade has no operating window`
  if (reset === undefined) return `${none} at any flow: it needs more stages.`
  return (
    `${none} as it is set; with ${formatNumber(reset.organicFlow, 3)} times the organic and ` +
    `${formatNumber(reset.scrubFlow, 3)} times the scrub it meets again.`
  )
}

function Chart(props: { figure: FigureData; name: string; file: string; data: () => Cells }) {
  const { figure, name, file, data } = props
  const chart = useRef<HTMLDivElement>(null)
  const [frame, width] = useWidth(520)
  return (
    <figure className="workbench-chart workbench-half" ref={frame}>
      <figcaption>{name}</figcaption>
      <div ref={chart}>
        <Figure {...figure} name={name} width={width} right={72} />
      </div>
      <ExportBar chart={chart} name={file} data={data} />
    </figure>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {children}
    </section>
  )
}

/** One designed circuit: theory, the optimum, what it survives, and its stages. */
export function DesignCircuit({ circuit, solved }: Props) {
  const [look, setLook] = useState(firstLook)
  const { name } = circuit
  const tradeOff = tradeOffFigure(circuit)
  return (
    <section aria-label={name}>
      <h3>
        {name}: {circuit.about}
      </h3>
      <Part title="Cascade theory (Xu Guangxian)">
        <Theory circuit={circuit} />
      </Part>
      <Part title="Cheapest circuit found">
        <Optimum circuit={circuit} />
      </Part>
      <div className="workbench-charts">
        <Chart
          figure={theoryFigure(circuit)}
          name={`${name} by theory: hold-up and stages over S`}
          file={`${name}-theory`}
          data={() => theoryCells(circuit)}
        />
        {tradeOff !== undefined && (
          <Chart
            figure={tradeOff}
            name={`${name}: few stages and much reflux to many and little`}
            file={`${name}-trade-off`}
            data={() => tradeOffCells(circuit)}
          />
        )}
      </div>
      <Part title="Operating window: how far each may move before a product misses">
        <Window circuit={circuit} />
      </Part>
      {solved !== undefined && (
        <Part title="Stages of the designed circuit">
          <ProfileView name={name} circuit={solved} plan={undefined} look={look} onLook={setLook} />
        </Part>
      )}
    </section>
  )
}
