import { ink, paper, quiet } from '../../../src/draw/palette.ts'
import { element, escapeXml, label, round } from '../../../src/draw/svg.ts'
import { formatPercent } from '../ui/format.ts'
import { opacity, wordsOf } from './words.ts'
import { barWidth, slant, type Bar, type SankeyLayout } from './layout.ts'

const middle = { 'text-anchor': 'middle' } as const

/** The drawing as a file of its own, on white paper. */
export function sankeySvg(layout: SankeyLayout, title: string, colour: string): string {
  const { width, height, bars, strips } = layout
  const head = 28
  const bands = strips.map(({ band, path, width: wide, isFilled, text, tag }) =>
    element(
      'g',
      {},
      element('title', {}, escapeXml(wordsOf(band))),
      element('path', {
        d: path,
        opacity: opacity[band.kind],
        ...(isFilled
          ? { fill: colour }
          : { fill: 'none', stroke: colour, 'stroke-width': round(wide) }),
      }),
      text === undefined
        ? ''
        : label(formatPercent(band.share, 3), text.x, text.y + 4, {
            'font-size': 11,
            ...middle,
            fill: ink,
          }),
      tag === undefined
        ? ''
        : label(`${band.end} ${formatPercent(band.share, 3)}`, tag.x, tag.y, {
            'font-size': 11,
            ...middle,
            fill: quiet,
          }),
    ),
  )
  const names = bars.map(barSvg)
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 ${-head} ${round(width)} ${round(height + head)}`,
      width: round(width),
      height: round(height + head),
      'font-family': 'system-ui, "DejaVu Sans", sans-serif',
      role: 'img',
    },
    element('title', {}, escapeXml(title)),
    element('rect', { y: -head, width: round(width), height: round(height + head), fill: paper }),
    label(title, 16, -8, { 'font-size': 14, 'font-weight': 600, fill: ink }),
    ...bands,
    ...names,
  )
}

/** A unit with its name: right of a product, above others. */
function barSvg({ x, y, height, words, role, isSlanted }: Bar): string {
  const bar = { x: round(x), y: round(y), width: barWidth, height: round(height), fill: ink }
  const look = { 'font-size': 11, fill: ink }
  const turned = { transform: `rotate(${slant} ${round(x + 4)} ${round(y - 5)})` }
  return element(
    'g',
    {},
    element('rect', bar),
    ...words.map((word, i) =>
      role === 'product'
        ? label(word, x + barWidth + 4, y + height / 2 + 4, look)
        : label(word, x, y - 5 - 12 * (words.length - 1 - i), {
            ...look,
            ...(isSlanted ? turned : {}),
          }),
    ),
  )
}
