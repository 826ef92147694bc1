import { useMemo, useRef, useState } from 'react'
import type { SolvedCircuit } from '../../../src/scenario/index.ts'
import { formatNumber } from '../ui/format.ts'
import { Figure, left, useWidth } from './chart/Figure.tsx'
import { construct, type Leg, stepsOf } from './mccabe.ts'
import { mccabeFigure } from './mccabe-figure.ts'
import { ElementChips } from './parts/ElementChips.tsx'
import { ExportBar } from './parts/ExportBar.tsx'
import { Segments } from './parts/Segments.tsx'
import type { CircuitPlan } from './plan.ts'
import { presentElements, type Scale, usualElements } from './profile.ts'
import type { Cells } from '../ui/cells.ts'

interface Props {
  readonly name: string
  readonly circuit: SolvedCircuit
  readonly plan: CircuitPlan | undefined
}

/** The element that the organic carries most of. */
function usualElement(present: readonly string[], { stages }: SolvedCircuit) {
  const top = (el: string) => Math.max(...stages.map((s) => s.organic[el] ?? 0))
  return present.reduce((best, el) => (top(el) > top(best) ? el : best), present[0] ?? '')
}

function cellsOf(element: string, legs: readonly Leg[]): Cells {
  const heads = [
    'section',
    'stage',
    `${element} aqueous, mol/L`,
    `${element} organic, mol/L`,
    'organic at equilibrium, mol/L',
    'A/O of the operating line',
  ]
  return [
    heads,
    ...legs.flatMap((leg) =>
      leg.stages.map(([x, y], k) => [
        leg.section,
        leg.from + k,
        x,
        y,
        leg.equilibrium[k]?.[1] ?? null,
        leg.flows,
      ]),
    ),
  ]
}

/** The legs in words: slopes, stages, and the steps that the construction needs. */
function LegTable({ element, legs }: { element: string; legs: readonly Leg[] }) {
  return (
    <div className="circuit-scroll" tabIndex={0} role="region" aria-label="Operating lines">
      <table className="circuit-table">
        <thead>
          <tr>
            <th scope="col">section</th>
            <th scope="col">stages</th>
            <th scope="col">A/O, slope of the line</th>
            <th scope="col">{element} leaving, mol/L</th>
            <th scope="col">{element} entering, mol/L</th>
            <th scope="col">stages solved</th>
            <th scope="col">steps constructed</th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg) => {
            const steps = stepsOf(leg)
            return (
              <tr key={leg.from}>
                <th scope="row">{leg.section}</th>
                <td>{leg.from === leg.to ? leg.from : `${leg.from} to ${leg.to}`}</td>
                <td>{formatNumber(leg.flows)}</td>
                <td>{formatNumber(leg.lower[0])}</td>
                <td>{formatNumber(leg.upper[0])}</td>
                <td>{leg.stages.length}</td>
                <td className="circuit-words">
                  {steps === undefined ? 'not one curve' : formatNumber(steps, 3)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Room right of the chart, px. */
const right = 24

/** The construction of McCabe and Thiele for one element, section by section. */
export function McCabeView({ name, circuit, plan }: Props) {
  const [wanted, setWanted] = useState<string>()
  const [scale, setScale] = useState<Scale>('linear')
  const [section, setSection] = useState('all')
  const chart = useRef<HTMLDivElement>(null)
  const [frame, width] = useWidth(720)
  const wide = Math.min(width, 900)
  const present = usualElements(presentElements(circuit.stages, circuit.elements))
  const usual = usualElement(present, circuit)
  const element = wanted !== undefined && present.includes(wanted) ? wanted : usual
  const sections = [...new Set(circuit.stages.map((s) => s.section))]
  const shown = sections.includes(section) ? section : 'all'
  const { legs, figure } = useMemo(() => {
    const all = construct(circuit.stages, element, plan)
    const own = all.legs.filter((leg) => shown === 'all' || leg.section === shown)
    const size = { width: Math.max(40, wide - left - right), height: 440 }
    return { legs: own, figure: mccabeFigure({ element, legs: own }, scale, size) }
  }, [circuit, plan, element, scale, shown, wide])
  return (
    <div>
      <div className="circuit-bar">
        <ElementChips
          single
          elements={present}
          chosen={[element]}
          onChange={([el]) => setWanted(el)}
        />
        <Segments
          label="Sections"
          options={[['all', 'all'], ...sections.map((s) => [s, s] as const)]}
          chosen={shown}
          onChoose={setSection}
        />
        <Segments
          label="Scale"
          options={[
            ['linear', 'linear'],
            ['log', 'log'],
          ]}
          chosen={scale}
          onChoose={setScale}
        />
      </div>
      <div ref={frame}>
        <div ref={chart}>
          <Figure
            {...figure}
            name={`McCabe-Thiele construction of ${name} for ${element}`}
            width={wide}
            right={right}
          />
        </div>
      </div>
      <div className="circuit-foot">
        <span className="circuit-hint">
          thick: equilibrium through the solved stages; dashed: operating line of each section,
          slope A/O by the solved flows; stairs: the stages, numbered. Steps are constructed where
          the curve runs one way.
        </span>
        <ExportBar
          chart={chart}
          name={`${name}-mccabe-${element}`}
          data={() => cellsOf(element, legs)}
        />
      </div>
      <LegTable element={element} legs={legs} />
    </div>
  )
}
