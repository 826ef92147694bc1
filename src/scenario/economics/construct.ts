import type {
  AccuracyClass,
  CapitalInputs,
  CapitalRule,
  CostCorrelation,
  FactorLine,
  FactorSet,
  GivenPrice,
  PriceSteps,
  SolvedPlant,
  SolventPrice,
  WorkingCapitalRule,
  WorkingCapitalShare,
} from '../../economics/index.ts'
import { inputPrice } from './input-prices.ts'
import { deckOf, deckPrice } from './sell.ts'
import { goodsPrice, lookedUp, moneyAt, type Found, type Terms } from './terms.ts'

const root = 'economics.estimate'

/** What the capital of a plant is made from: the section, else the data. */
export function capitalInputs(
  solution: SolvedPlant,
  correlations: readonly CostCorrelation[],
  oxideFactors: Readonly<Record<string, number>>,
  terms: Terms,
): CapitalInputs {
  const { estimate } = terms.economics
  const factors = factorSet(terms)
  const accuracy = accuracyOf(4, terms)
  const { equipmentFactor } = estimate
  return {
    basis: terms.basis,
    levels: terms.levels,
    correlations,
    equipmentFactor,
    equipmentGaps: terms.bank.equipmentGaps,
    given: quotes(terms),
    factors,
    steps: stepsOf(terms),
    accuracy,
    rules: ownerRules(terms),
    workingCapital: workingCapitalRule(terms),
    ...(estimate.firstFill ? { firstFill: firstFill(solution, terms) } : {}),
    holdUpValue: holdUpValue(oxideFactors, terms),
    batteryLimits: estimate.batteryLimits ?? batteryLimits(solution),
    excluded: estimate.excluded ?? usuallyExcluded,
  }
}

/** Accuracy of an estimate class as the practice has it. */
export function accuracyOf(number: 4 | 5, terms: Terms): AccuracyClass {
  const found = terms.bank.estimateClasses.find((of) => of.class === number)
  if (found === undefined) throw new Error(`data/factors: no estimate class ${number}`)
  return found
}

/** The factor set of a plant that names none. */
export const usualFactors = 'peters-solids-and-fluids'

/** A line of the plant file's own in a factor set. */
function ownLine(line: Pick<FactorLine, 'id' | 'name' | 'group' | 'factor' | 'of'>, terms: Terms) {
  const { source = 'plant file', assumption } = terms.said(`${root}.${line.id}`)
  return { ...line, source, ...(assumption === undefined ? {} : { assumption }) }
}

/** The factor set that the section names, with its own values in place of some. */
function factorSet(terms: Terms): FactorSet {
  const { method, factors: id, ownFactors = {}, contingency, installed } = terms.economics.estimate
  const sets = terms.bank.factorSets
  // The published method is the published list: another goes by another name.
  const usual = sets.get(method === 'qgess' ? 'qgess' : usualFactors)
  if (usual === undefined) throw new Error(`data/factors: no factor set ${usualFactors}`)
  if (installed !== undefined) {
    const line = { id: 'installed', name: 'Installation, all of it', group: 'direct' } as const
    const lines = [ownLine({ ...line, factor: installed - 1, of: 'equipment' }, terms)]
    return { ...usual, id: 'installed', title: 'one factor of the plant file', lines }
  }
  const named = id === undefined ? undefined : sets.get(id)
  if (id !== undefined && named === undefined) {
    const why = `no factor set of that id; there is ${[...sets.keys()].join(', ')}; ${usual.id} is taken`
    terms.gaps.push({ part: 'capital', what: `factors ${id}`, why })
  }
  const set = named ?? usual
  if (named === undefined) {
    terms.defaults.push({ path: `${root}.factors`, value: set.title, source: set.source })
  }
  const lines = set.lines
    .filter(({ group }) => contingency === undefined || group !== 'contingency')
    .map((line) => {
      const own = ownFactors[line.id]
      if (own === undefined) return line
      const said = terms.said(`${root}.ownFactors.${line.id}`)
      return { ...line, factor: own, source: 'plant file', ...said }
    })
  if (contingency === undefined) return { ...set, lines }
  const line = { id: 'contingency', name: 'Contingency', group: 'contingency' } as const
  const own = ownLine({ ...line, factor: contingency, of: 'direct and indirect' }, terms)
  return { ...set, lines: [...lines, own] }
}

/** Freight, and setting in place, as the data have them. */
function stepsOf({ bank }: Terms): PriceSteps {
  const step = (id: string) => {
    const found = bank.rules.get(id)
    if (found === undefined) return undefined
    const { value, source, assumption } = found
    return { fraction: value, source, ...(assumption === undefined ? {} : { assumption }) }
  }
  const [delivery, erection] = [step('steps.delivery'), step('steps.erection')]
  return {
    ...(delivery === undefined ? {} : { delivery }),
    ...(erection === undefined ? {} : { erection }),
  }
}

/** Prices from vendors, keyed `unit` or `unit/equipment type`. */
function quotes(terms: Terms): readonly GivenPrice[] {
  const { quotes: own = {}, equipmentFactor } = terms.economics.estimate
  return Object.entries(own).map(([key, value]) => {
    const [unit = '', type] = key.split('/')
    const {
      value: amount,
      currency,
      year,
      ...said
    } = moneyAt(value, `${root}.quotes.${key}`, terms)
    return {
      unit,
      ...(type === undefined ? {} : { type: type.trim() }),
      each: { value: amount * equipmentFactor, currency, year },
      of: 'delivered',
      ...said,
    }
  })
}

const usualOwner = [
  ['owner.other', "Owner's cost", 'owner'],
  ['owner.spare-parts', 'Spare parts', 'spares'],
  ['owner.pre-production', 'Start-up', 'start-up'],
] as const

/** Owner's cost, spares and start-up by the data, then the allowances of the section. */
function ownerRules(terms: Terms): readonly CapitalRule[] {
  const { ownersCosts, allowances = {} } = terms.economics.estimate
  const usual = usualOwner.flatMap(([id, name, group]): CapitalRule[] => {
    const rule = terms.bank.rules.get(id)
    const own = id === 'owner.other' ? ownersCosts : undefined
    const fraction = own ?? rule?.value
    if (fraction === undefined) return []
    if (own !== undefined) {
      const said = terms.said(`${root}.ownersCosts`)
      return [{ name, group, amount: { fraction, of: 'total-plant' }, ...said }]
    }
    const source = rule === undefined ? {} : { source: rule.source }
    return [{ name, group, amount: { fraction, of: 'total-plant' }, ...source }]
  })
  const given = Object.entries(allowances).map(([name, value]): CapitalRule => {
    const { source, assumption, ...amount } = moneyAt(value, `${root}.allowances.${name}`, terms)
    return {
      name,
      group: 'other',
      amount,
      ...(source === undefined ? {} : { source }),
      ...(assumption === undefined ? {} : { assumption }),
    }
  })
  return [...usual, ...given]
}

/** Days that the program takes where the section says none: an assumption, and listed as one. */
const usualDays = {
  feedDays: 30,
  reagentDays: 15,
  productDays: 15,
  receivableDays: 30,
  payableDays: 30,
  holdUp: true,
} as const

function workingCapitalRule(terms: Terms): WorkingCapitalRule | WorkingCapitalShare {
  const { stock, workingCapital } = terms.economics.estimate
  if (workingCapital !== undefined)
    return { fraction: workingCapital, ...terms.said(`${root}.workingCapital`) }
  if (stock !== undefined) return { ...stock, ...terms.said(`${root}.stock`) }
  const assumption = 'days of stock, receivables and payables of the program, not of a source'
  return { ...usualDays, assumption }
}

/** Prices of the components of every solvent that the plant is filled with. */
function firstFill(solution: SolvedPlant, terms: Terms): NonNullable<CapitalInputs['firstFill']> {
  const own = terms.economics.operating.reagents ?? {}
  const solvents = new Set(
    Object.values(solution.units).flatMap(({ holdUp }) => Object.keys(holdUp?.solvent ?? {})),
  )
  const solvent = [...solvents].flatMap((species): SolventPrice[] => {
    const value = own[species]
    if (value !== undefined) {
      const path = `economics.operating.reagents.${species}`
      const { value: amount, currency, year, ...said } = moneyAt(value, path, terms)
      const price = goodsPrice(amount, currency, year, terms)
      return 'missing' in price ? [] : [{ species, perKg: price.value, ...said }]
    }
    const found = inputPrice(species, terms)
    if (found === undefined) return []
    const { value: each, currency, year, source, assumption } = found.price
    const price = goodsPrice(each, currency, year, terms)
    if ('missing' in price) return []
    return [
      {
        species,
        perKg: price.value,
        ...(source === undefined ? {} : { source }),
        ...(assumption === undefined ? {} : { assumption }),
      },
    ]
  })
  return { solvent }
}

const oxidePrices: Found<ReadonlyMap<string, number>> = new WeakMap()

/** Money per kg of element at the price of its oxide. */
function holdUpValue(oxideFactors: Readonly<Record<string, number>>, terms: Terms) {
  const deck = deckOf(terms.economics.sales.deck, terms)
  const elements = Object.keys(oxideFactors)
  const words = `${deck?.id}/${terms.basis.currency}/${elements.join()}`
  const prices = lookedUp(oxidePrices, words, terms, () => {
    const found = elements.flatMap((element) => {
      const price = deckPrice([element], deck, terms)
      return price === undefined ? [] : [[element, price.value] as const]
    })
    return new Map(found)
  })
  const values: Record<string, number> = {}
  for (const [element, price] of prices) values[element] = price * (oxideFactors[element] as number)
  return values
}

function batteryLimits({ units, products }: SolvedPlant): readonly string[] {
  const feeds = Object.entries(units).filter(([, { kind }]) => kind === 'feed')
  const from = feeds.map(([name]) => name).join(', ')
  return [
    `from ${from} at the gate to ${products.map(({ name }) => name).join(', ')}, packed`,
    'with the units of the flowsheet, their buildings and services by factors',
  ]
}

const usuallyExcluded: readonly string[] = [
  'land and the preparation of a contaminated site',
  'supply of electricity, gas and water up to the gate',
  'permits and studies, unless an allowance is given',
  'explosion protection beyond what the equipment states, unless an allowance is given',
  'conveyors, feeders and hoists for solids: no unit states them',
  'interest and fees during construction: see finance',
]
