import type { Drawing } from './drawing.ts'
import { faint, ink, phaseLines, quiet } from './palette.ts'
import { element, label, round } from './svg.ts'

const row = 26
const titleRow = 30

/** Entries of the title block side by side, so many a line. */
function perLine(width: number): number {
  return Math.max(2, Math.floor(width / 190))
}

export function titleBlockHeight(drawing: Drawing, width: number): number {
  return titleRow + row * Math.ceil(drawing.block.length / perLine(width - 20)) + 36
}

function legend(x: number, y: number): string {
  return Object.entries(phaseLines)
    .map(([phase, style], index) => {
      const left = x + index * 88
      return (
        element('path', {
          d: `M${round(left)} ${round(y)} h28`,
          stroke: style.colour,
          'stroke-width': style.width,
          'stroke-dasharray': style.dash,
        }) + label(phase, left + 33, y + 3.5, { 'font-size': 10, fill: ink })
      )
    })
    .join('')
}

/** The foot of a printed drawing: its title, the block's entries, the line styles. */
export function titleBlock(
  drawing: Drawing,
  at: { readonly x: number; readonly y: number; readonly width: number },
): string {
  const count = perLine(at.width - 20)
  const step = (at.width - 20) / count
  const entries = drawing.block.map(({ name, value }, index) => {
    const x = at.x + 14 + (index % count) * step
    const y = at.y + titleRow + 14 + row * Math.floor(index / count)
    return (
      label(name, x, y, { 'font-size': 8.5, fill: quiet }) +
      label(value, x, y + 12, { 'font-size': 11, fill: ink })
    )
  })
  const lines = Math.ceil(drawing.block.length / count)
  return (
    element('path', { d: `M${at.x} ${round(at.y)} h${round(at.width)}`, stroke: faint }) +
    label(drawing.title, at.x + 14, at.y + 22, { 'font-size': 15, 'font-weight': 600, fill: ink }) +
    entries.join('') +
    legend(at.x + 14, at.y + titleRow + row * lines + 22)
  )
}
