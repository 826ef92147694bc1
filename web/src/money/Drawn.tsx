import type { RefObject } from 'react'
import type { ChartLook } from '../../../src/draw/frame.ts'

/** The charts of the terminal and the report in the colours of the page, light or dark. */
export const look: ChartLook = {
  ink: 'var(--ink)',
  paper: 'var(--paper)',
  quiet: 'var(--quiet)',
  faint: 'var(--hairline)',
  font: 'var(--font)',
  parts: Array.from({ length: 10 }, (_, k) => `var(--part-${k})`),
  good: 'var(--good)',
  bad: 'var(--bad)',
}

/** Height of the heading that a chart carries, px: the page says it above the chart. */
const heading = 34

/** A chart without its heading. */
export const headless = (svg: string): string =>
  svg.replace(
    /viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"/,
    (_, width: string, height: string) => {
      const rest = Number(height) - heading
      return `viewBox="0 ${heading} ${width} ${rest}" width="${width}" height="${rest}"`
    },
  )

/** A chart that was drawn as SVG text; its texts were escaped when it was drawn. */
export function Drawn({
  svg,
  chart,
}: {
  readonly svg: string
  readonly chart: RefObject<SVGSVGElement | null>
}) {
  return (
    <div
      className="money-drawn"
      ref={(holder) => {
        chart.current = holder?.querySelector('svg') ?? null
      }}
      dangerouslySetInnerHTML={{ __html: headless(svg) }}
    />
  )
}
