import { fitTable } from '../../../src/report/fit-table.ts'
import { useMemo, useRef } from 'react'
import { elementColour, elementOrder } from '../../../src/draw/palette.ts'
import type { Fit } from '../../../src/scenario/index.ts'
import type { FigureData } from '../circuit/chart/figure-types.ts'
import { Figure, useWidth } from '../circuit/chart/Figure.tsx'
import { ExportBar } from '../circuit/parts/ExportBar.tsx'
import type { PlantView } from '../engine/protocol.ts'
import {
  agreementFigure,
  isothermFigure,
  residualFigure,
  shapeOf,
  sourcesOf,
} from './fit-figures.ts'
import { CorrelationTable, NumbersTable, SourcesTable } from './FitTables.tsx'
import { UseSet } from './UseSet.tsx'

interface Props {
  readonly fit: Fit
  readonly title: string
  readonly rows: number
  readonly plant: PlantView | null
}

const outcomes: Readonly<Record<Fit['outcome'], string>> = {
  converged: 'Converged',
  undetermined: 'Undetermined: the tests do not tell some numbers from others',
  'max-iterations': 'Not converged: the search did not come to rest',
}

const marks = { circle: '●', square: '■', triangle: '▲', diamond: '◆' } as const

function Chart(props: {
  figure: FigureData
  name: string
  file: string
  fit: Fit
  width: number
  right?: number
}) {
  const { figure, name, file, fit, width, right } = props
  const chart = useRef<HTMLDivElement>(null)
  return (
    <figure className="workbench-chart">
      <figcaption>{name}</figcaption>
      <div ref={chart}>
        <Figure {...figure} name={name} width={width} right={right ?? 24} />
      </div>
      <ExportBar chart={chart} name={file} data={() => fitTable(fit)} />
    </figure>
  )
}

/** Which shape stands for which source, and which colour for which element. */
function Key({ fit }: { readonly fit: Fit }) {
  const sources = sourcesOf(fit.picture)
  const elements = elementOrder([...new Set(fit.picture.points.map((p) => p.element))])
  return (
    <p className="circuit-hint">
      {sources.map((source) => (
        <span key={source} className="workbench-key">
          {marks[shapeOf(sources, source)]} {source}
        </span>
      ))}
      {elements.map((el) => (
        <span key={el} className="workbench-key">
          <span
            className="parts-swatch parts-swatch-full"
            style={{ '--chart-colour': elementColour(el) } as React.CSSProperties}
          />{' '}
          {el}
        </span>
      ))}
      faint: too small to be fitted
    </p>
  )
}

function Warnings({ warnings }: Pick<Fit, 'warnings'>) {
  if (warnings.length === 0) return null
  return (
    <section className="workbench-warnings" aria-label="Look at this">
      <h4>Look at this</h4>
      <ul>
        {warnings.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  )
}

function Skipped({ skipped }: Pick<Fit, 'skipped'>) {
  if (skipped.length === 0) return null
  return (
    <details className="workbench-details">
      <summary>{skipped.length} measurements left out</summary>
      <ul>
        {skipped.map(({ place, why }) => (
          <li key={`${place} ${why}`}>
            {place}: {why}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** A finished fit: constants, how well they meet the tests, what is suspect, and what to do. */
export function FitAnswer({ fit, title, rows, plant }: Props) {
  const [frame, width] = useWidth(1000)
  const half = width > 900 ? Math.floor(width / 2) - 8 : width
  const figures = useMemo(
    () => ({
      agreement: agreementFigure(fit.picture, 300),
      isotherms: isothermFigure(fit.picture, 300),
      residuals: residualFigure(fit.measures, 170),
    }),
    [fit],
  )
  const how =
    fit.errors === 'stated' ? 'from the stated errors' : 'from the scatter of the residuals'
  return (
    <div className="workbench-answer" ref={frame}>
      <h3>{title}</h3>
      <p role="status">
        {outcomes[fit.outcome]}: {fit.numbers.length} numbers fitted to {fit.measures.length}{' '}
        measurements in {rows} tests, {fit.degreesOfFreedom} degrees of freedom; errors {how}.
      </p>
      <Warnings warnings={fit.warnings} />
      <div className="workbench-tables">
        <NumbersTable fit={fit} />
        <CorrelationTable fit={fit} />
      </div>
      {fit.outcome === 'converged' && <UseSet set={fit.set} plant={plant} />}
      <Key fit={fit} />
      <div className="workbench-charts">
        <Chart
          figure={figures.agreement}
          name="Measured and predicted D"
          file="fit-agreement"
          {...{ fit }}
          width={half}
        />
        <Chart
          figure={figures.isotherms}
          name="pH isotherms"
          file="fit-isotherms"
          {...{ fit }}
          width={half}
          right={40}
        />
      </div>
      <Chart
        figure={figures.residuals}
        name="Residuals by source"
        file="fit-residuals"
        {...{ fit }}
        width={width}
      />
      <SourcesTable fit={fit} />
      <Skipped skipped={fit.skipped} />
    </div>
  )
}
