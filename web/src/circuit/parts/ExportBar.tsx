import { type RefObject, useState } from 'react'
import { download, pngOf, svgText } from '../chart/export.ts'
import { type Cells, csvOf, tabbed } from '../../ui/cells.ts'
import './parts.css'

interface Props {
  /** The element that holds the chart; without it only the data can be taken along. */
  readonly chart?: RefObject<HTMLElement | null>
  /** Name of the files, without an ending. */
  readonly name: string
  readonly data: () => Cells
}

/** Takes a chart along: as SVG, PNG, its data as CSV, or by the clipboard into a spreadsheet. */
export function ExportBar({ chart, name, data }: Props) {
  const [said, setSaid] = useState('')
  const shown = () => chart?.current?.querySelector<SVGSVGElement>('svg.chart')
  const tell = (text: string) => {
    setSaid(text)
    setTimeout(() => setSaid(''), 4000)
  }
  const svg = () => {
    const found = shown()
    if (found) download(`${name}.svg`, svgText(found), 'image/svg+xml')
  }
  const png = () => {
    const found = shown()
    if (!found) return
    pngOf(found).then(
      (picture) => download(`${name}.png`, picture),
      () => tell('The browser could not make a PNG of it; SVG works.'),
    )
  }
  const copy = () => {
    navigator.clipboard.writeText(tabbed(data())).then(
      () => tell('Copied: paste it into a spreadsheet.'),
      () => tell('The browser does not let this page copy; CSV works.'),
    )
  }
  return (
    <div className="parts-export" role="group" aria-label={`Take along ${name}`}>
      <span className="parts-said" role="status">
        {said}
      </span>
      <button type="button" onClick={copy}>
        Copy data
      </button>
      <button
        type="button"
        onClick={() => void csvOf(data()).then((text) => download(`${name}.csv`, text, 'text/csv'))}
      >
        CSV
      </button>
      {chart !== undefined && (
        <>
          <button type="button" onClick={svg}>
            SVG
          </button>
          <button type="button" onClick={png}>
            PNG
          </button>
        </>
      )}
    </div>
  )
}
