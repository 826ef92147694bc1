import { capitalIn, type CostBasis } from './basis.ts'
import type {
  AccuracyClass,
  CapitalEstimate,
  CapitalInputs,
  CapitalLine,
  CapitalRule,
  EstimateClass,
  FactorLine,
  FactorSet,
  PriceSteps,
} from './capital-types.ts'
import { kept, onDemand } from '../numerics/index.ts'
import { findPrice, type PricingInputs } from './correlation.ts'
import type { EquipmentLine, GivenPrice, PriceOf } from './correlation-types.ts'
import { solventFill } from './hold-up.ts'
import type { SolvedEquipment, SolvedPlant } from './solved-plant.ts'
import { percent, plainNumber } from './words.ts'

const classes = new WeakMap<AccuracyClass, EstimateClass>()

/** Class and accuracy as an estimate carries them, in numbers and words; made once for a class. */
export const classOf = (accuracy: AccuracyClass): EstimateClass =>
  kept(classes, accuracy, () => inWords(accuracy))

function inWords({ class: number, low, high, source }: AccuracyClass): EstimateClass {
  const range = (ends: readonly [number, number]) =>
    [...ends]
      .toSorted((a, b) => Math.abs(a) - Math.abs(b))
      .map((x) => plainNumber(x * 100))
      .join(' to ')
  return {
    class: number,
    low: Math.min(...low),
    high: Math.max(...high),
    source,
    text: `class ${number} (AACE): ${range(low)} % and +${range(high)} %`,
  }
}

/** Prices given, each for one type: without a type it is for what the unit mainly is. */
const typed = (plant: SolvedPlant, given: readonly GivenPrice[]): readonly GivenPrice[] =>
  given.map((price) => {
    const type = price.type ?? plant.units[price.unit]?.equipment[0]?.type
    return type === undefined ? price : { ...price, type }
  })

/** A piece of equipment with the amount of its price. */
interface PricedItem {
  readonly unit: string
  readonly item: SolvedEquipment
  readonly price: ReturnType<typeof findPrice>
}

function pricedItems(plant: SolvedPlant, inputs: PricingInputs): readonly PricedItem[] {
  const { given = [], ...rest } = inputs
  const pricing = given.length === 0 ? rest : { ...rest, given: typed(plant, given) }
  return Object.entries(plant.units).flatMap(([unit, { equipment }]) =>
    equipment.map((item) => ({ unit, item, price: findPrice(unit, item, pricing) })),
  )
}

const lineOf = ({ unit, item, price }: PricedItem): EquipmentLine => ({
  unit,
  ...item,
  price: 'missing' in price ? price : price.told(),
})

/** Every piece of equipment of the plant with its price, unit by unit. */
export const equipmentLines = (plant: SolvedPlant, inputs: PricingInputs) =>
  pricedItems(plant, inputs).map(lineOf)

/** The kinds of price in the order in which an item passes them. */
const stages: readonly PriceOf[] = ['purchased', 'delivered', 'bare-erected']

/** Factor that brings a price of one kind to another, in words too; or what is missing for it. */
export function stepBetween(
  from: PriceOf,
  to: PriceOf,
  { delivery, erection }: PriceSteps,
): { readonly factor: number; readonly how: string } | { readonly missing: string } {
  const [a, b] = [stages.indexOf(from), stages.indexOf(to)]
  let factor = 1
  const how: string[] = []
  for (let at = Math.min(a, b); at < Math.max(a, b); at++) {
    const step = at === 0 ? delivery : erection
    const name = at === 0 ? 'freight and packing' : 'setting in place'
    if (step === undefined) {
      return { missing: `a ${from} price becomes a ${to} one by ${name}, which is not given` }
    }
    factor *= b > a ? 1 + step.fraction : 1 / (1 + step.fraction)
    how.push(`${b > a ? '+' : 'less'} ${percent(step.fraction)} ${name}`)
  }
  return { factor, how: how.join(', ') }
}

interface Sums {
  readonly total: number
  readonly unpriced: { readonly what: string; readonly why: string }[]
}

/** Equipment brought to one kind of price and added up; what has no price is listed. */
function equipmentSum(items: readonly PricedItem[], base: PriceOf, steps: PriceSteps): Sums {
  let total = 0
  const unpriced: Sums['unpriced'] = []
  const known: Partial<Record<PriceOf, ReturnType<typeof stepBetween>>> = {}
  for (const { unit, item, price } of items) {
    const step =
      'missing' in price
        ? price
        : price.total > 0
          ? (known[price.of] ??= stepBetween(price.of, base, steps))
          : undefined
    if (step === undefined) continue
    if ('missing' in step) unpriced.push({ what: `${unit}: ${item.type}`, why: step.missing })
    else if (!('missing' in price)) total += price.total * step.factor
  }
  return { total, unpriced }
}

/** Sums that a factor may be of, as far as they are known. */
type Bases = Readonly<Partial<Record<FactorLine['of'], number>>>

function factorLines(
  { lines, base }: FactorSet,
  group: FactorLine['group'],
  bases: Bases,
): readonly CapitalLine[] {
  return lines.flatMap((line): CapitalLine[] => {
    if (line.group !== group) return []
    const of = bases[line.of]
    if (of === undefined) throw new Error(`${line.id}: a ${group} line cannot be of ${line.of}`)
    const words = line.of === 'equipment' ? `${base} equipment` : line.of
    return [
      {
        name: line.name,
        group:
          group === 'working capital'
            ? 'working-capital'
            : group === 'escalation'
              ? 'other'
              : group,
        amount: of * line.factor,
        how: `${percent(line.factor)} of ${words}`,
        source: line.source,
        ...(line.assumption === undefined ? {} : { assumption: line.assumption }),
      },
    ]
  })
}

const sum = (lines: readonly { readonly amount: number }[]) =>
  lines.reduce((total, { amount }) => total + amount, 0)

function ruleLine(
  { name, group, amount, source, assumption }: CapitalRule,
  inputs: CapitalInputs,
  equipment: number,
  totalPlant: number,
): CapitalLine | { readonly missing: string } {
  const origin = {
    ...(source === undefined ? {} : { source }),
    ...(assumption === undefined ? {} : { assumption }),
  }
  if ('fraction' in amount) {
    const of = amount.of === 'equipment' ? equipment : totalPlant
    const words = amount.of === 'equipment' ? 'equipment' : 'total plant cost'
    return {
      name,
      group,
      amount: of * amount.fraction,
      how: `${percent(amount.fraction)} of ${words}`,
      ...origin,
    }
  }
  const moved = capitalIn(amount, inputs.basis, inputs.levels)
  if ('missing' in moved) return moved
  const given = `${plainNumber(amount.value)} ${amount.currency} (${amount.year})`
  const how = [given, moved.how].filter((t) => t !== '').join('; ')
  return { name, group, amount: moved.value, how, ...origin }
}

interface Built {
  readonly lines: readonly CapitalLine[]
  readonly totalPlant: number
}

/** Equipment, then direct, indirect cost and contingency, each on the sum that its factor is of. */
function totalPlant(factors: FactorSet, equipment: CapitalLine): Built {
  const base = equipment.amount
  const direct = factorLines(factors, 'direct', { equipment: base })
  const all = base + sum(direct)
  const indirect = factorLines(factors, 'indirect', { equipment: base, direct: all })
  const both = all + sum(indirect)
  const contingency = factorLines(factors, 'contingency', {
    equipment: base,
    direct: all,
    'direct and indirect': both,
  })
  return {
    lines: [equipment, ...direct, ...indirect, ...contingency],
    totalPlant: both + sum(contingency),
  }
}

/** Share of the equipment beyond the ranges above which the class itself is in doubt. */
const doubtful = 0.25

function warningsOf(equipment: readonly EquipmentLine[]): CapitalEstimate['warnings'] {
  const priced = equipment.flatMap((line) =>
    'missing' in line.price ? [] : [{ ...line, price: line.price }],
  )
  const whole = priced.reduce((total, { price }) => total + price.total, 0)
  const beyond = priced.filter(({ price }) => price.extrapolated !== undefined)
  const share = beyond.reduce((total, { price }) => total + price.total, 0) / whole
  const lines = beyond
    .toSorted((a, b) => b.price.total - a.price.total)
    .map(({ unit, type, price }) => {
      const own = whole > 0 ? price.total / whole : 0
      return {
        rank: own > 0.05 ? 1 : own > 0.01 ? 2 : 3,
        at: `${unit}: ${type}`,
        text: `${price.extrapolated ?? ''}; ${percent(own)} of the equipment`,
      } as const
    })
  if (!(share > doubtful)) return lines
  const text =
    `${percent(share)} of the equipment lies outside the sizes that its prices were read for: ` +
    'the accuracy of the class is not earned by it'
  return [{ rank: 1, at: 'equipment', text }, ...lines]
}

function assumptionsOf(
  lines: readonly CapitalLine[],
  equipment: readonly EquipmentLine[],
  { delivery, erection }: PriceSteps,
): CapitalEstimate['assumptions'] {
  const seen = new Map<string, { at: string; text: string }>()
  const add = (at: string, text: string | undefined) => {
    if (text !== undefined && !seen.has(text)) seen.set(text, { at, text })
  }
  const sized = new Set<string>()
  for (const { type, basis, price } of equipment) {
    // One of a type stands for all: they are sized alike, each with its own flows.
    if (!sized.has(type) && basis.includes('assumption')) {
      sized.add(type)
      add(type, `size: ${basis}`)
    }
    if ('missing' in price) continue
    add(type, price.assumption)
    add(type, price.surrogate)
  }
  add('freight and packing', delivery?.assumption)
  add('setting in place', erection?.assumption)
  for (const { name, assumption } of lines) add(name, assumption)
  return [...seen.values()]
}

/** Equipment of the two kinds that a set may stand on, as far as the steps between are known. */
function equipmentTotals(
  base: FactorSet['base'],
  total: number,
  steps: PriceSteps,
): Pick<CapitalEstimate['totals'], 'delivered' | 'bareErected'> {
  const step = stepBetween(base, base === 'delivered' ? 'bare-erected' : 'delivered', steps)
  const other = 'missing' in step ? undefined : total * step.factor
  const [delivered, bareErected] = base === 'delivered' ? [total, other] : [other, total]
  return {
    ...(delivered === undefined ? {} : { delivered }),
    ...(bareErected === undefined ? {} : { bareErected }),
  }
}

/** Lines beside the total plant cost: owner's, spares, start-up, allowances, first fill. */
function furtherLines(
  plant: SolvedPlant,
  inputs: CapitalInputs,
  equipment: number,
  built: Built,
): { readonly lines: readonly CapitalLine[]; readonly unpriced: Sums['unpriced'] } {
  const { factors, rules, workingCapital, firstFill } = inputs
  const unpriced: Sums['unpriced'] = []
  const own = rules.flatMap((rule) => {
    const line = ruleLine(rule, inputs, equipment, built.totalPlant)
    if (!('missing' in line)) return [line]
    unpriced.push({ what: rule.name, why: line.missing })
    return []
  })
  const bases = { equipment, 'total plant': built.totalPlant, 'fixed capital': built.totalPlant }
  const shares = (['owner', 'escalation'] as const).flatMap((g) => factorLines(factors, g, bases))
  const fill = solventFill(plant, inputs.basis, firstFill?.solvent)
  unpriced.push(...fill.unpriced)
  const lines = [...built.lines, ...shares, ...own, ...fill.lines]
  // Counted in days where there is a rule for it: one of the two.
  const working =
    workingCapital === undefined
      ? factorLines(factors, 'working capital', { ...bases, 'fixed capital': sum(lines) })
      : []
  return { lines: [...lines, ...working], unpriced }
}

/**
 * The capital of a solved plant from its equipment: priced line by line, brought to the base that
 * the factor set stands on, installed, with owner's cost, spares, start-up and the first fill of
 * solvent as lines of their own. Money in `inputs.basis`. Working capital and reagents in store
 * need the operating cost: `estimatePlant` adds them.
 */
export function estimateCapital(plant: SolvedPlant, inputs: CapitalInputs): CapitalEstimate {
  const { basis, factors, accuracy, steps = {} } = inputs
  const items = pricedItems(plant, pricingOf(inputs))
  const base = equipmentSum(items, factors.base, steps)
  const built = totalPlant(factors, {
    name: 'Equipment',
    group: 'equipment',
    amount: base.total,
    how: `${items.length} lines, ${factors.base}, in ${basisText(basis)}`,
  })
  const { lines, unpriced } = furtherLines(plant, inputs, base.total, built)
  // What is told of the equipment and its prices is made when it is read, not in every draw.
  const equipment = onDemand(() => items.map(lineOf))
  const warnings = onDemand(() => warningsOf(equipment()))
  const assumptions = onDemand(() => assumptionsOf(lines, equipment(), steps))
  return totalled({
    method: 'didymium',
    basis,
    estimateClass: classOf(accuracy),
    get equipment() {
      return equipment()
    },
    lines,
    totals: {
      ...equipmentTotals(factors.base, base.total, steps),
      totalPlant: built.totalPlant,
      fixed: 0,
      workingCapital: 0,
      total: 0,
    },
    batteryLimits: inputs.batteryLimits,
    excluded: inputs.excluded,
    unpriced: [...base.unpriced, ...unpriced],
    get warnings() {
      return warnings()
    },
    get assumptions() {
      return assumptions()
    },
  })
}

/** What a price is found with, of the inputs of an estimate. */
function pricingOf(inputs: CapitalInputs): PricingInputs {
  const { basis, levels, correlations, given, equipmentFactor, equipmentGaps } = inputs
  return {
    basis,
    levels,
    correlations,
    ...(given === undefined ? {} : { given }),
    ...(equipmentFactor === undefined ? {} : { factor: equipmentFactor }),
    ...(equipmentGaps === undefined ? {} : { gaps: equipmentGaps }),
  }
}

/** `USD (2024)`. */
export const basisText = ({ currency, year }: CostBasis): string => `${currency} (${year})`

/** What a line says of itself that nobody states. */
const assumedIn = (lines: readonly CapitalLine[]) =>
  lines.flatMap(({ name, assumption }) =>
    assumption === undefined ? [] : [{ at: name, text: assumption }],
  )

/** An estimate with further lines, if any, and its sums made from its lines again. */
export function totalled(
  estimate: CapitalEstimate,
  added: readonly CapitalLine[] = [],
  unpriced: CapitalEstimate['unpriced'] = [],
): CapitalEstimate {
  const { method, basis, estimateClass, batteryLimits, excluded, scaled } = estimate
  const lines = [...estimate.lines, ...added]
  const workingCapital = sum(lines.filter((l) => l.group === 'working-capital'))
  const fixed = sum(lines) - workingCapital
  return {
    method,
    basis,
    estimateClass,
    get equipment() {
      return estimate.equipment
    },
    lines,
    totals: { ...estimate.totals, fixed, workingCapital, total: fixed + workingCapital },
    batteryLimits,
    excluded,
    unpriced: [...estimate.unpriced, ...unpriced],
    get warnings() {
      return estimate.warnings
    },
    get assumptions() {
      return [...estimate.assumptions, ...assumedIn(added)]
    },
    ...(scaled === undefined ? {} : { scaled }),
  }
}
