/** One axis of a chart: what it shows, from where to where, and how it is divided. */
export interface Axis {
  readonly title: string
  readonly kind: 'linear' | 'log'
  readonly from: number
  readonly to: number
}

export interface Tick {
  readonly value: number
  readonly text: string
}

/** Most ticks that carry a number. */
const mostTicks = 5

/** The place of a value between the ends of an axis, 0 to 1; NaN where a log axis has none. */
export function placeOn({ kind, from, to }: Axis, value: number): number {
  if (kind === 'linear') return (value - from) / (to - from)
  return value > 0 ? Math.log(value / from) / Math.log(to / from) : Number.NaN
}

/** The value at a place of an axis: the inverse of `placeOn`. */
export function valueOn({ kind, from, to }: Axis, place: number): number {
  return kind === 'linear' ? from + place * (to - from) : from * (to / from) ** place
}

/** The round step that divides a span into at most so many parts. */
function roundStep(span: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(span / most))
  return ([1, 2, 5, 10].find((m) => m * power * most >= span * (1 - 1e-9)) ?? 10) * power
}

/** An axis from round number to round number around some values; bars and shares begin at zero. */
export function linearAxis(title: string, values: readonly number[], fromZero = false): Axis {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) [low, high] = [0, 1]
  if (fromZero) [low, high] = [Math.min(0, low), Math.max(0, high)]
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
    const more = 0.1 * Math.abs(high) || 1
    if (fromZero) high += more
    else [low, high] = [low - more, high + more]
  }
  const step = roundStep(high - low, mostTicks - 1)
  const from = Math.floor(low / step + 1e-9) * step
  const to = Math.ceil(high / step - 1e-9) * step
  return { title, kind: 'linear', from, to: to > from ? to : from + step }
}

/** Whole decades around the positive ones of some values, not more than `most` below the top. */
export function logAxis(title: string, values: readonly number[], most = 9): Axis {
  let [low, high] = [Number.POSITIVE_INFINITY, 0]
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (high === 0) [low, high] = [0.1, 1]
  const top = Math.ceil(Math.log10(high) - 1e-9)
  const bottom = Math.max(Math.floor(Math.log10(low) + 1e-9), top - most)
  return { title, kind: 'log', from: 10 ** Math.min(bottom, top - 1), to: 10 ** top }
}

/** Minus signs as they are printed. */
const printed = (text: string) => text.replace('-', '\u2212')

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A power of ten: 10⁻³, but 0.1, 1 and 10 as they are. */
function powerText(power: number): string {
  if (power >= -1 && power <= 2) return String(10 ** power)
  const digits = String(Math.abs(power)).replaceAll(/\d/g, (d) => raised.charAt(Number(d)))
  return `10${power < 0 ? '⁻' : ''}${digits}`
}

function logTicks({ from, to }: Axis): readonly Tick[] {
  const [low, high] = [Math.round(Math.log10(from)), Math.round(Math.log10(to))]
  const every = Math.max(1, Math.ceil((high - low) / mostTicks))
  const first = Math.ceil(low / every) * every
  const count = Math.floor((high - first) / every) + 1
  return Array.from({ length: count }, (_, k) => {
    const power = first + k * every
    return { value: 10 ** power, text: powerText(power) }
  })
}

/** At most five round numbers of an axis (a few more where its ends are round). */
export function ticksOf(axis: Axis, most = mostTicks): readonly Tick[] {
  if (axis.kind === 'log') return logTicks(axis)
  const { from, to } = axis
  const step = roundStep(to - from, most - 1)
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const far = Math.max(Math.abs(from), Math.abs(to))
  return Array.from({ length: last - first + 1 }, (_, k) => {
    const value = (first + k) * step
    const small = far < 1e-4 || far >= 1e6
    const text = small && value !== 0 ? value.toExponential(1) : value.toFixed(Math.min(digits, 9))
    return { value, text: printed(text) }
  })
}

/** The ticks of a stage axis: 1, then whole numbers at a round distance. */
export function stageTicks(stages: number): readonly Tick[] {
  const every = Math.max(1, roundStep(stages, 10))
  const values = [
    1,
    ...Array.from({ length: Math.floor(stages / every) }, (_, k) => (k + 1) * every),
  ]
  return [...new Set(values)].map((value) => ({ value, text: String(value) }))
}
