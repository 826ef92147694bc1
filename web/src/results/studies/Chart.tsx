import { useRef, useState, type ReactNode, type RefObject } from 'react'
import type { Cell } from '../../../../src/report/cells.ts'
import { formatNumber } from '../../ui/format.ts'
import { saveFile } from '../streams/download.ts'
import { csvOf } from '../../ui/cells.ts'
import { savePng, saveSvg } from './save-chart.ts'

/** A chart with its title, its data as a table, and its exports. */
export function Chart({
  title,
  name,
  rows,
  draw,
  children,
}: {
  readonly title: string
  /** Of the files that are saved. */
  readonly name: string
  /** The same data as a table, heads first. */
  readonly rows: readonly (readonly Cell[])[]
  readonly draw: (chart: RefObject<SVGSVGElement | null>) => ReactNode
  /** What the chart says, in words. */
  readonly children?: ReactNode
}) {
  const chart = useRef<SVGSVGElement>(null)
  const [asTable, setAsTable] = useState(false)
  const withChart = (save: (svg: SVGSVGElement) => unknown) => () => {
    if (chart.current !== null) void save(chart.current)
  }
  const saveCsv = async () =>
    saveFile(`${name}.csv`, new Blob([await csvOf(rows)], { type: 'text/csv' }))
  return (
    <figure className="studies-chart">
      <figcaption>
        <h2>{title}</h2>
        <div className="studies-tools">
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            Table
          </button>
          <button type="button" disabled={asTable} onClick={withChart((s) => saveSvg(s, name))}>
            SVG
          </button>
          <button type="button" disabled={asTable} onClick={withChart((s) => savePng(s, name))}>
            PNG
          </button>
          <button type="button" onClick={() => void saveCsv()}>
            CSV
          </button>
        </div>
      </figcaption>
      {children}
      {asTable ? <DataTable title={title} rows={rows} /> : draw(chart)}
    </figure>
  )
}

function DataTable({
  title,
  rows,
}: {
  readonly title: string
  readonly rows: readonly (readonly Cell[])[]
}) {
  const [heads = [], ...body] = rows
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="table">
        <thead>
          <tr>
            {heads.map((head, k) => (
              <th
                key={k}
                scope="col"
                className={typeof body[0]?.[k] === 'string' ? 'table-text' : undefined}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, k) => (
            <tr key={k}>
              {row.map((cell, column) => (
                <td key={column} className={typeof cell === 'string' ? 'table-text' : undefined}>
                  {cell === null ? '–' : typeof cell === 'number' ? formatNumber(cell, 5) : cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
