import { faint, ink, paper, phaseLines, quiet } from './palette.ts'
import { element, escapeXml, label, round } from './svg.ts'

/** Colours of a chart: print by default; a page hands in its own, CSS variables for instance. */
export interface ChartLook {
  readonly ink: string
  readonly paper: string
  readonly quiet: string
  readonly faint: string
  readonly font: string
  /** Of parts of a whole, in order; repeated when there are more parts. */
  readonly parts: readonly string[]
  readonly good: string
  readonly bad: string
}

/** Parts told apart without colour vision (Okabe and Ito), dark enough to stand on paper. */
const parts = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#e69f00',
  '#56b4e9',
  '#cc79a7',
  '#6b7178',
  '#8a8500',
  '#004a73',
  '#8c3b00',
] as const

/** How charts look on paper. */
export const printLook: ChartLook = {
  ink,
  paper,
  quiet,
  faint,
  font: 'system-ui, "DejaVu Sans", sans-serif',
  parts,
  good: phaseLines.aqueous.colour,
  bad: '#a33a00',
}

/** The colour of part number `index`. */
export function partColour(look: ChartLook, index: number): string {
  return look.parts[index % look.parts.length] ?? look.ink
}

/** A value as a chart writes it: at most four digits, thousands apart, a true minus. */
export function chartFigure(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  const rounded = Number(size.toPrecision(size >= 1000 ? 4 : 3))
  const [whole = '', fraction] = `${size < 1e-4 ? rounded.toExponential(1) : rounded}`.split('.')
  const apart = whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')
  return `${value < 0 ? '\u2212' : ''}${apart}${fraction === undefined ? '' : `.${fraction}`}`
}

export interface Axis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  /** Pixels of a value. */
  readonly at: (value: number) => number
}

/** A linear axis over the values and zero, with about so many ticks at 1, 2 or 5 times ten. */
export function axisOver(
  values: Iterable<number>,
  from: number,
  to: number,
  options: { readonly count?: number; readonly zero?: boolean } = {},
): Axis {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of options.zero === false ? values : [0, ...values]) {
    if (!Number.isFinite(value)) continue
    // Of what is next to nothing no step can be made.
    const drawn = Math.abs(value) < 1e-200 ? 0 : value
    low = Math.min(low, drawn)
    high = Math.max(high, drawn)
  }
  if (!(low <= high)) [low, high] = [0, 1]
  if (low === high)
    [low, high] = low === 0 ? [0, 1] : [low - Math.abs(low) / 2, high + Math.abs(high) / 2]
  const rough = (high - low) / (options.count ?? 5)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((by) => by * power >= rough) ?? 10)
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step)
  // A little that lies beyond zero does not take the room of a whole step.
  const short = (end: number, tick: number) =>
    options.zero !== false && end !== 0 && Math.abs(end) < step / 3 ? end : tick
  const [a, b] = [short(low, first * step), short(high, last * step)]
  const at = (value: number) => from + ((value - a) / (b - a)) * (to - from)
  const inside = (tick: number) => tick >= a - 1e-9 * step && tick <= b + 1e-9 * step
  return { low: a, high: b, ticks: ticks.filter(inside), at }
}

/** Width of a text in pixels, about: widths of letters are those of a common screen font. */
export function textWidth(text: string, size: number): number {
  let width = 0
  for (const letter of text) {
    width += /[il.,:;|!' ]/.test(letter)
      ? 0.32
      : /[mwMW@%]/.test(letter)
        ? 0.92
        : /[A-Z]/.test(letter)
          ? 0.7
          : 0.58
  }
  return width * size
}

/** A text cut to a width, with an ellipsis where something was cut. */
export function fitted(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  let kept = text
  while (kept !== '' && textWidth(`${kept}…`, size) > width) kept = kept.slice(0, -1)
  return `${kept.trimEnd()}…`
}

/** A whole chart: its title, what is drawn, its words for who cannot see it. */
export function chartSvg(
  title: string,
  size: { readonly width: number; readonly height: number },
  look: ChartLook,
  ...children: readonly string[]
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(size.width)} ${round(size.height)}`,
      width: round(size.width),
      height: round(size.height),
      'font-family': look.font,
      role: 'img',
    },
    element('title', {}, escapeXml(title)),
    element('rect', { width: round(size.width), height: round(size.height), fill: look.paper }),
    label(title, 20, 26, { 'font-size': 16, 'font-weight': 600, fill: look.ink }),
    ...children,
  )
}

/** A filled rectangle between two corners in any order. */
export function box(x1: number, y1: number, x2: number, y2: number, fill: string, about?: string) {
  const shape = {
    x: round(Math.min(x1, x2)),
    y: round(Math.min(y1, y2)),
    width: round(Math.abs(x2 - x1)),
    height: round(Math.abs(y2 - y1)),
    fill,
  }
  return about === undefined
    ? element('rect', shape)
    : element('rect', shape, element('title', {}, escapeXml(about)))
}

/** A straight line. */
export function line(
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  stroke: string,
  width = 1,
  dash?: string,
): string {
  return element('path', {
    d: `M${round(x1)} ${round(y1)} L${round(x2)} ${round(y2)}`,
    fill: 'none',
    stroke,
    'stroke-width': width,
    'stroke-dasharray': dash,
  })
}

/** Named squares in lines of that width; the markup and how high it is. */
export function legend(
  entries: readonly { readonly name: string; readonly colour: string; readonly dash?: string }[],
  at: { readonly x: number; readonly y: number; readonly width: number },
  look: ChartLook,
): { readonly markup: string; readonly height: number } {
  let [x, y] = [at.x, at.y]
  const drawn = entries.map(({ name, colour, dash }) => {
    const wide = 16 + textWidth(name, 11) + 18
    if (x > at.x && x + wide > at.x + at.width) [x, y] = [at.x, y + 18]
    const key =
      dash === undefined
        ? box(x, y - 9, x + 10, y + 1, colour)
        : line([x - 3, y - 4, x + 12, y - 4], colour, 2, dash === '' ? undefined : dash)
    const text = label(name, x + 16, y, { 'font-size': 11, fill: look.ink })
    x += wide
    return key + text
  })
  return { markup: drawn.join(''), height: entries.length === 0 ? 0 : y - at.y + 18 }
}
