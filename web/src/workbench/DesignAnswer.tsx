import { useRef, useState } from 'react'
import type { DesignReport, SolvedCircuit } from '../../../src/scenario/index.ts'
import { navigate, href } from '../app/router.ts'
import { download } from '../circuit/chart/export.ts'
import { Figure, useWidth } from '../circuit/chart/Figure.tsx'
import { ExportBar } from '../circuit/parts/ExportBar.tsx'
import { setText, workspace } from '../document/store.ts'
import { engine } from '../engine/client.ts'
import type { tasks } from '../engine/tasks/workbench.ts'
import { formatNumber, formatPercent } from '../ui/format.ts'
import { drawFigure } from './design-figures.ts'
import { DesignCircuit } from './DesignCircuit.tsx'

interface Props {
  readonly report: DesignReport
  readonly circuits: Readonly<Record<string, SolvedCircuit>>
  readonly isStale: boolean
}

function Products({ report }: { readonly report: DesignReport }) {
  const share = (value: number | undefined) => (value === undefined ? '' : formatPercent(value))
  return (
    <div className="circuit-scroll" tabIndex={0} role="region" aria-label="Products of the design">
      <table className="circuit-table">
        <thead>
          <tr>
            <th scope="col">product</th>
            <th scope="col">oxides of</th>
            <th scope="col">REO/TREO</th>
            <th scope="col">asked</th>
            <th scope="col">recovery</th>
            <th scope="col">asked</th>
            <th scope="col">verdict</th>
          </tr>
        </thead>
        <tbody>
          {report.products.map((p) => (
            <tr key={p.name}>
              <th scope="row">{p.name}</th>
              <td className="circuit-words">{p.elements.join(', ')}</td>
              <td title={String(p.purity)}>{formatPercent(p.purity)}</td>
              <td>{share(p.asked.purity)}</td>
              <td title={String(p.recovery)}>{formatPercent(p.recovery)}</td>
              <td>{share(p.asked.recovery)}</td>
              <td className="circuit-words">{p.met ? '✓ meets' : '✗ misses'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The orders of the cuts of a train that were weighed. */
function Orders({ report: { orders, cost } }: { readonly report: DesignReport }) {
  if (orders.length === 0) return null
  return (
    <section aria-label="Orders of the cuts">
      <h4>Orders of the cuts, by cascade theory</h4>
      <ol className="workbench-orders">
        {orders.map(({ cuts, cost: by }) => (
          <li key={cuts}>
            {cuts} <span className="circuit-quiet">cost {formatNumber(by)}</span>
          </li>
        ))}
      </ol>
      <p className="circuit-hint">
        The first is taken; its circuits as designed cost {formatNumber(cost)}.
      </p>
    </section>
  )
}

/** One cascade with a side draw, beside the train. */
function Draws({ draws }: { readonly draws: NonNullable<DesignReport['draws']> }) {
  const chart = useRef<HTMLDivElement>(null)
  const [frame, width] = useWidth(520)
  if (draws.length < 2)
    return (
      <p>
        One cascade with a draw of the middle product cannot give these products: the draw carries
        off too much.
      </p>
    )
  return (
    <figure className="workbench-chart workbench-half" ref={frame}>
      <figcaption>
        One cascade with a draw of the middle product, constant separation factors
      </figcaption>
      <div ref={chart}>
        <Figure
          {...drawFigure(draws)}
          name="Stages and hold-up of one cascade with a draw"
          width={width}
          right={72}
        />
      </div>
      <ExportBar
        chart={chart}
        name="cascade-with-draw"
        data={() => [
          ['S', 'n', 'm', 'draw at', 'drawn', 'S (n + m)'],
          ...draws.map((d) => [d.S, d.extraction, d.scrub, d.drawStage, d.drawn, d.holdUp]),
        ]}
      />
    </figure>
  )
}

/** The plant of the design: as a file, or below the units of the plant in hand. */
function PlantOf({ report }: { readonly report: DesignReport }) {
  const [said, setSaid] = useState('')
  const insert = async () => {
    const { text } = workspace()
    const next = await engine()
      .tasks<typeof tasks>('workbench')
      .insertPlant({ text, other: report.plant })
    if (next === undefined) return setSaid('The plant in hand has no units and streams to add to.')
    if (workspace().text !== text) return setSaid('The plant was edited meanwhile: try again.')
    setText(next)
    setSaid(
      'The units and streams of the design stand below those of the plant; undo takes them out.',
    )
  }
  return (
    <section aria-label="The plant of the design">
      <h4>The plant of the design</h4>
      <div className="parts-fields">
        <button
          type="button"
          className="parts-button parts-button-main"
          onClick={() => void insert()}
        >
          Insert into the plant
        </button>
        <button
          type="button"
          className="parts-button"
          onClick={() => download('designed-plant.yaml', report.plant, 'application/yaml')}
        >
          Download the plant
        </button>
        {said !== '' && (
          <button type="button" className="parts-quiet" onClick={() => navigate(href('plant'))}>
            show the plant
          </button>
        )}
      </div>
      <p role="status" className="circuit-hint">
        {said}
      </p>
      <pre className="workbench-text" tabIndex={0} role="region" aria-label="Text of the plant">
        {report.plant}
      </pre>
    </section>
  )
}

/** A finished design. */
export function DesignAnswer({ report, circuits, isStale }: Props) {
  return (
    <div className="workbench-answer">
      {isStale && (
        <p className="circuit-stale" role="status">
          The design was edited since: this is the answer to what it said before.
        </p>
      )}
      <h3>{report.title}</h3>
      <p className="circuit-quiet">
        {report.extractant}; least extractable first: {report.order.join(', ')}
      </p>
      <Products report={report} />
      {report.warnings.length > 0 && (
        <section className="workbench-warnings" aria-label="Warnings">
          <h4>Look at this</h4>
          <ul>
            {report.warnings.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      <Orders report={report} />
      {report.draws !== undefined && <Draws draws={report.draws} />}
      {report.circuits.map((circuit) => (
        <DesignCircuit key={circuit.name} circuit={circuit} solved={circuits[circuit.name]} />
      ))}
      <PlantOf report={report} />
    </div>
  )
}
