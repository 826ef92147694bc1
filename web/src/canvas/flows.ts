import type { Solution, SolvedStream } from '../../../src/scenario/index.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { portOf, unitOf } from './sheet.ts'

/** Units in which the canvas shows flows, from kg/s; `/y` is an operating year. */
export const flowUnits = ['kg/h', 't/d', 't/y', 'kg/y'] as const
export type FlowUnit = (typeof flowUnits)[number]

export function inFlowUnit(mass: number, unit: FlowUnit, operatingHours: number): number {
  if (unit === 'kg/h') return mass * 3600
  if (unit === 't/d') return mass * 86.4
  const year = mass * 3600 * operatingHours
  return unit === 'kg/y' ? year : year / 1000
}

/** Texts by the record that they are of: every label asks for its text several times a solution. */
const written = new WeakMap<object, Map<string, string>>()

function kept(of: object, key: string, write: () => string): string {
  const texts = written.get(of) ?? new Map<string, string>()
  written.set(of, texts)
  const known = texts.get(key)
  if (known !== undefined) return known
  const text = write()
  texts.set(key, text)
  return text
}

/** The number on a line; its unit stands in the legend. */
export function flowText(
  stream: SolvedStream | undefined,
  unit: FlowUnit,
  operatingHours: number,
  digits = 4,
): string {
  if (stream === undefined) return ''
  return kept(stream, `${unit} ${operatingHours} ${digits}`, () =>
    formatNumber(inFlowUnit(stream.mass, unit, operatingHours), digits),
  )
}

/** A change that is worth a mark on a line: more than a thousandth. */
const noticed = 1e-3

/** `+3.2 %`, `new` or `gone`; empty where a line carries what it carried. */
export function changeText(
  now: SolvedStream | undefined,
  before: SolvedStream | undefined,
): string {
  if (now === undefined || before === undefined) return ''
  if (before.mass === 0) return now.mass === 0 ? '' : 'new'
  if (now.mass === 0) return 'gone'
  const change = now.mass / before.mass - 1
  if (Math.abs(change) <= noticed) return ''
  return `${change > 0 ? '+' : ''}${formatPercent(change, 2)}`
}

const mostElements = 4

/** All that is said of a stream when it is looked at: flow, temperature, pH, what it carries. */
export function streamFacts(
  stream: SolvedStream,
  operatingHours: number,
  before?: SolvedStream,
): readonly string[] {
  const { mass, temperature, pH, phase, elements } = stream
  const rates = (['kg/h', 't/y'] as const).map((unit) =>
    formatWithUnit(inFlowUnit(mass, unit, operatingHours), unit),
  )
  const change = changeText(stream, before)
  const metals = Object.entries(elements)
    .filter(([symbol, value]) => value > 0 && !common.has(symbol))
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostElements)
    .map(([symbol, value]) => `${symbol} ${formatWithUnit(value * 3600, 'kg/h', 3)}`)
  return [
    phase,
    ...rates,
    ...(change === '' ? [] : [`${change} against what it is compared with`]),
    ...(mass === 0 ? [] : [formatWithUnit(temperature - 273.15, '°C', 3)]),
    ...(pH === undefined ? [] : [`pH ${formatNumber(pH, 3)}`]),
    ...metals,
  ]
}

/** Elements of water, air and solvents: said of every stream, they would tell nothing. */
const common = new Set(['H', 'O', 'C', 'N'])

const lanthanides = 'La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu'.split(' ')
/** Less of all lanthanides than this is a trace, which no circuit is there to cut. */
const trace = 1e-5
/** A clean cut sends at least so much of the neighbours on either side its own way. */
const clean = 0.9

/** Where a circuit cuts the lanthanides, `Nd | Pr`; empty where it does not part two neighbours. */
export function cutOf(solution: Solution, circuit: string): string {
  // Asked for by name alone: a circuit with all its stages is made when it is read.
  if (!Object.hasOwn(solution.circuits, circuit)) return ''
  return kept(solution, `cut ${circuit}`, () => cutIn(solution, circuit))
}

function cutIn(solution: Solution, circuit: string): string {
  const leaving = (port: string) =>
    Object.values(solution.streams).find(
      ({ from }) => unitOf(from) === circuit && portOf(from) === port,
    )?.elements
  const [raffinate, strip] = [leaving('raffinate'), leaving('strip-liquor')]
  if (raffinate === undefined || strip === undefined) return ''
  const amount = (symbol: string) => (raffinate[symbol] ?? 0) + (strip[symbol] ?? 0)
  const total = lanthanides.reduce((sum, symbol) => sum + amount(symbol), 0)
  const there = lanthanides.filter((symbol) => amount(symbol) > trace * total)
  const stripped = (symbol: string) => (strip[symbol] ?? 0) / amount(symbol)
  const first = there.findIndex((symbol) => stripped(symbol) > 0.5)
  const [below, above] = [there[first - 1], there[first]]
  if (below === undefined || above === undefined) return ''
  const isClean = stripped(below) < 1 - clean && stripped(above) > clean
  return isClean ? `${below} | ${above}` : ''
}

/** Under the name of a unit: what a product is and how much, where a circuit cuts. */
export function captionOf(
  solution: Solution,
  unit: { readonly name: string; readonly title: string },
): string {
  const product = solution.products.find(({ name }) => name === unit.name)
  if (product === undefined) return cutOf(solution, unit.name)
  const rate = formatWithUnit(product.rate['t/y'], 't/y', 3)
  // A by-product without rare earths to sell has no purity.
  if (product.elements.length === 0) return rate
  const verdict = { met: 'meets', 'not met': 'short', none: '' }[product.specification]
  const purity = `${formatPercent(product.purity.reoOfTreo)} REO/TREO`
  return [purity, rate, verdict].filter((part) => part !== '').join(' · ')
}
