import { kept } from '../numerics/index.ts'
import type { Size } from '../flowsheet/unit-op.ts'
import { capitalIn, type CostBasis, type PriceLevels } from './basis.ts'
import type {
  CostCorrelation,
  CostForm,
  EquipmentGap,
  EquipmentLine,
  GivenPrice,
  PricedEquipment,
  PriceOf,
} from './correlation-types.ts'
import type { SolvedEquipment } from './solved-plant.ts'
import { plainNumber } from './words.ts'

/** What a form gives at a size in its range, SI. */
function formAt(form: CostForm, value: number): number {
  const x = value * form.perSI
  if (form.kind === 'offset-power') return form.a + form.b * x ** form.n
  const sum = (at: number) => form.terms.reduceRight((rest, term) => rest * at + term, 0)
  if (form.kind === 'polynomial') return sum(x)
  return form.base === '10' ? 10 ** sum(Math.log10(x)) : Math.exp(sum(Math.log(x)))
}

/**
 * Cost at a size in SI, in the money of the correlation; at `reference` it is `cost.value`. A form
 * holds in its range alone: beyond, the price at the nearer end goes on with the exponent.
 */
export function costAt(correlation: CostCorrelation, value: number): number {
  const { cost, size, exponent, form, range } = correlation
  if (form === undefined) return cost.value * (value / size.reference) ** exponent
  const [low, high] = range ?? [0, Infinity]
  const within = Math.min(Math.max(value, low), high)
  return within > 0 ? formAt(form, within) * (value / within) ** exponent : 0
}

/** The size that a correlation goes by, of those that an item states. */
function sizeFor(correlation: CostCorrelation, sizes: readonly Size[]): Size | undefined {
  const { name, unit } = correlation.size
  if (unit === '1') return { name: 'item', value: 1, unit }
  let only: Size | undefined
  let fits = 0
  for (const size of sizes) {
    if (size.unit !== unit) continue
    if (size.name === name) return size
    only = size
    fits += 1
  }
  return fits === 1 ? only : undefined
}

interface Candidate {
  readonly correlation: CostCorrelation
  readonly size: Size
  readonly inside: boolean
  readonly material: Material | undefined
}

const ratio = (a: number, b: number) => (a > 0 && b > 0 ? Math.abs(Math.log(a / b)) : Infinity)

/** How far a size is from the range of a correlation, as a logarithm; nothing inside it. */
function beyond({ correlation: { range }, size, inside }: Candidate): number {
  if (inside || range === undefined) return 0
  return Math.min(ratio(size.value, range[0]), ratio(size.value, range[1]))
}

const fromReference = ({ correlation, size }: Candidate) =>
  ratio(size.value, correlation.size.reference)

const nearer = (a: Candidate, b: Candidate) =>
  (beyond(a) - beyond(b) || fromReference(a) - fromReference(b)) < 0

interface Material {
  readonly factor: number
  /** How the factor is told; empty for the material that the price is for. */
  readonly text: string
}

/**
 * The material of a correlation that an item's words hold: its own, else the longest of those that
 * it has a factor for.
 */
function materialOf(words: string, correlation: CostCorrelation): Material | undefined {
  const item = words.toLowerCase()
  const { material: own, materials: others = {} } = correlation
  if (own !== undefined && item.includes(own.toLowerCase())) return { factor: 1, text: '' }
  const [found] = Object.entries(others)
    .toSorted(([a], [b]) => b.length - a.length)
    .filter(([name]) => item.includes(name.toLowerCase()))
  if (found === undefined) return undefined
  const [name, { factor }] = found
  return { factor, text: `${name} x ${plainNumber(factor)}` }
}

/** A correlation for one type and material of equipment. */
interface Fit {
  readonly correlation: CostCorrelation
  readonly material: Material | undefined
  /** 0 for one that was read for it; 2 more for a stand-in, 1 for a material it does not name. */
  readonly rank: number
}

/** By type, then by material. */
type Fits = Map<string, Map<string, readonly Fit[]>>

const known = new WeakMap<readonly CostCorrelation[], Fits>()

/** The correlations for one type and material, found once for a list: it is asked many times. */
function fits(type: string, material: string, all: readonly CostCorrelation[]): readonly Fit[] {
  const found = known.get(all)?.get(type)?.get(material)
  if (found !== undefined) return found
  const made = all.flatMap((correlation): readonly Fit[] => {
    if (!correlation.types.includes(type)) return []
    const named = materialOf(material, correlation)
    const rank = (correlation.surrogate === undefined ? 0 : 2) + (named === undefined ? 1 : 0)
    return [{ correlation, material: named, rank }]
  })
  const byType = kept(known, all, (): Fits => new Map())
  const byMaterial = byType.get(type) ?? new Map<string, readonly Fit[]>()
  byType.set(type, byMaterial.set(material, made))
  return made
}

/**
 * Of several correlations for one type those whose range holds the size go before others, those
 * that were read for it before stand-ins, those made of a material that the item's words name
 * before the rest; then the one whose range ends nearest, and whose reference is nearest in ratio.
 */
function chosen(
  { type, material: words }: SolvedEquipment,
  sizes: readonly Size[],
  correlations: readonly CostCorrelation[],
): Candidate | undefined {
  let best: Candidate | undefined
  let least = Infinity
  for (const { correlation, material, rank: own } of fits(type, words, correlations)) {
    const size = sizeFor(correlation, sizes)
    if (size === undefined) continue
    const { range } = correlation
    const inside = range === undefined || (size.value >= range[0] && size.value <= range[1])
    const rank = inside ? own : own + 4
    if (rank > least) continue
    const candidate = { correlation, size, inside, material }
    if (rank === least && best !== undefined && !nearer(candidate, best)) continue
    best = candidate
    least = rank
  }
  return best
}

function outside({ correlation, size, inside }: Candidate): string | undefined {
  if (inside || correlation.range === undefined) return undefined
  const [low, high] = correlation.range
  return (
    `${size.name} ${plainNumber(size.value)} ${size.unit} lies outside ` +
    `${plainNumber(low)} to ${plainNumber(high)} ${size.unit}, for which ${correlation.title} holds`
  )
}

export interface PricingInputs {
  readonly basis: CostBasis
  readonly levels: PriceLevels
  readonly correlations: readonly CostCorrelation[]
  readonly gaps?: readonly EquipmentGap[]
  readonly given?: readonly GivenPrice[]
  /** On every price by correlation. */
  readonly factor?: number
}

/** The amount of a price; what is told of it is made when it is read, not in every draw. */
export interface FoundPrice {
  readonly total: number
  readonly of: PriceOf
  readonly told: () => PricedEquipment
}

interface Missing {
  readonly missing: string
}

function nothing(of: PriceOf, how: string, source: string): FoundPrice {
  return { total: 0, of, told: () => ({ each: 0, total: 0, of, by: 'none', how, source }) }
}

function givenPrice(
  unit: string,
  { type, count }: SolvedEquipment,
  { given = [], basis, levels }: PricingInputs,
): FoundPrice | Missing | undefined {
  const price = given.find((g) => g.unit === unit && (g.type === undefined || g.type === type))
  if (price === undefined) return undefined
  const { of, source = 'given', assumption } = price
  const moved = capitalIn(price.each, basis, levels)
  if ('missing' in moved) return moved
  const total = moved.value * count
  const told = (): PricedEquipment => ({
    each: moved.value,
    total,
    of,
    by: 'given',
    how: [`price given`, moved.how].filter((t) => t !== '').join('; '),
    source,
    ...(assumption === undefined ? {} : { assumption }),
  })
  return { total, of, told }
}

const isIdle = ({ value, name }: Size) => value === 0 || name === 'time held'

/**
 * The price of one line of the equipment list in the money of the basis: a price that was given,
 * else by correlation, escalated by the cost index; or what is missing for it. Never zero for want
 * of a price: only what has no size (nothing flows through it) or needs none costs nothing.
 */
export function findPrice(
  unit: string,
  line: SolvedEquipment,
  inputs: PricingInputs,
): FoundPrice | Missing {
  const own = givenPrice(unit, line, inputs)
  if (own !== undefined) return own
  const sizes = line.further === undefined ? [line.size] : [line.size, ...line.further]
  if (sizes.every(isIdle)) return nothing('delivered', 'nothing flows through it', 'solved flows')
  const candidate = chosen(line, sizes, inputs.correlations)
  if (candidate === undefined) {
    const gap = inputs.gaps?.find((g) => g.type === line.type)
    if (gap?.free === true) return nothing('delivered', gap.why, 'equipment data')
    return { missing: gap?.why ?? `no correlation prices a ${line.type} by ${namesOf(sizes)}` }
  }
  return priceBy(candidate, line, inputs)
}

/** The same with all that is told of it. */
export function priceItem(
  { unit, ...item }: Omit<EquipmentLine, 'price'>,
  inputs: PricingInputs,
): PricedEquipment | Missing {
  const found = findPrice(unit, item, inputs)
  return 'missing' in found ? found : found.told()
}

function priceBy(
  candidate: Candidate,
  line: SolvedEquipment,
  { basis, levels, factor: asked = 1 }: PricingInputs,
): FoundPrice | Missing {
  const { correlation, size, material } = candidate
  const { currency, year, index, of } = correlation.cost
  const plain = costAt(correlation, size.value)
  if (!(plain > 0)) return { missing: `${correlation.title} gives no price at this size` }
  const moved = capitalIn({ value: plain, currency, year }, basis, levels, index)
  if ('missing' in moved) return moved
  const each = moved.value * (material?.factor ?? 1) * asked
  const total = each * line.count
  const told = (): PricedEquipment => {
    const { source, surrogate, assumption } = correlation
    const extrapolated = outside(candidate)
    const law = lawText(correlation, size, plain)
    const own = asked === 1 ? '' : `x ${plainNumber(asked)} on all equipment`
    return {
      each,
      total,
      of,
      by: correlation.id,
      how: [law, moved.how, material?.text ?? '', own].filter((t) => t !== '').join('; '),
      source,
      ...(surrogate === undefined ? {} : { surrogate }),
      ...(assumption === undefined ? {} : { assumption }),
      ...(extrapolated === undefined ? {} : { extrapolated }),
    }
  }
  return { total, of, told }
}

function lawText(
  { cost, form, size, exponent }: CostCorrelation,
  own: Size,
  plain: number,
): string {
  const money = (value: number) => `${plainNumber(value)} ${cost.currency} (${cost.year})`
  const value = plainNumber(own.value)
  if (form !== undefined) return `${money(plain)} at ${own.name} ${value} ${own.unit}`
  if (size.unit === '1') return `${money(cost.value)} each`
  const reference = plainNumber(size.reference)
  return `${money(cost.value)} x (${value} / ${reference} ${own.unit})^${plainNumber(exponent)}`
}

const namesOf = (sizes: readonly Size[]) =>
  sizes.map(({ name, unit }) => `${name} (${unit})`).join(', ')
