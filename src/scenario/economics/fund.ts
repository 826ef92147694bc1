import type { MoneyValue, Params } from '../../flowsheet/fields.ts'
import { conventionSets } from '../../economics/index.ts'
import type {
  CapitalPart,
  CashFlowInputs,
  Conventions,
  Debt,
  DepreciationRule,
  Grant,
  Inflation,
  OneOff,
  ProductionCredit,
  Replacement,
  RunningCost,
  TaxRule,
  WorkingCapital,
} from '../../economics/finance/index.ts'
import type { Sale } from '../../economics/index.ts'
import type { TaxRegime } from '../../databank/costs.ts'
import type { finance as financeFields } from './finance-fields.ts'
import { goodsPrice, nearestRegion, type Terms } from './terms.ts'

type Finance = Params<typeof financeFields>
type Item<T> = NonNullable<T> extends readonly (infer I)[] ? I : never

/** The figures of the plant that money is made of. */
interface Flows {
  readonly fixedCapital: number
  readonly workingCapital: number
  readonly sales: readonly Sale[]
  readonly costs: readonly RunningCost[]
}

/** Everything that a cash flow is made of, from the section, the data and the plant's figures. */
export function cashFlowInputs(flows: Flows, terms: Terms): CashFlowInputs {
  const { finance } = terms.economics
  const regime = regimeOf(finance, terms)
  return {
    basis: terms.basis,
    step: finance.step,
    firstYear: finance.firstYear ?? Number(terms.basis.year.slice(0, 4)) + 1,
    spend: finance.spend ?? assumed(terms, 'spend', '100 % in one year', [1]),
    life: finance.life,
    ...(finance.delay === 0 ? {} : { delay: finance.delay }),
    ramp: {
      by: finance.rampBy,
      shares: finance.ramp ?? assumed(terms, 'ramp', 'full output from the first day', [1]),
    },
    capital: capitalParts(flows.fixedCapital, regime, terms),
    sales: flows.sales,
    costs: flows.costs,
    ...optional(
      'oneOffs',
      finance.oneOffs?.map((of) => oneOff(of, terms)),
    ),
    ...optional(
      'replacements',
      finance.replacements?.map((of) => replacement(of, terms)),
    ),
    ...optional(
      'grants',
      finance.grants?.map((of) => grant(of, finance.spend ?? [1], terms)),
    ),
    ...optional('royalties', finance.royalties?.map(royalty)),
    ...optional(
      'credits',
      finance.credits?.map((of) => credit(of, terms)),
    ),
    workingCapital: workingCapital(flows, finance),
    ...optional(
      'inflation',
      finance.inflation === undefined ? undefined : inflation(finance.inflation),
    ),
    tax: taxOf(finance, regime, terms),
    ...optional(
      'debt',
      finance.debt?.map((of) => loan(of, terms)),
    ),
    discountRate:
      finance.discountRate ?? assumed(terms, 'discountRate', '10 % a year, a round figure', 0.1),
    ...optional('equityDiscountRate', finance.equityRate),
    conventions: conventionsOf(finance.conventions),
  }
}

/** A key only where there is a value: the records of the cash flow tell absent from empty. */
function optional<K extends string, V>(key: K, value: V | undefined) {
  return (value === undefined ? {} : { [key]: value }) as { readonly [k in K]?: V }
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

const given = <T extends Readonly<Record<string, unknown>>>(of: T) =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Given<T>

/** The choices of a named set, and over them those that are given. */
function conventionsOf({ set, ...own }: Finance['conventions']): Partial<Conventions> {
  return { ...conventionSets[set], ...given(own) }
}

function assumed<T>(terms: Terms, key: string, text: string, value: T): T {
  terms.assumptions.push({ at: `economics.finance.${key}`, text: `not given: ${text}` })
  return value
}

/** An amount in the currency of the appraisal. */
function amountOf(value: MoneyValue, terms: Terms): number {
  const price = goodsPrice(value.amount, value.currency, value.year ?? terms.basis.year, terms)
  if ('value' in price) return price.value
  terms.gaps.push({ part: 'finance', what: value.currency, why: price.missing })
  return 0
}

function regimeOf(finance: Finance, terms: Terms): TaxRegime | undefined {
  const { tax } = terms.bank
  const { regime: id } = finance.tax
  if (id === undefined) {
    return nearestRegion([...tax.values()], terms)
  }
  const named = tax.get(id)
  if (named === undefined) {
    const why = `no tax rules of that id; there is ${[...tax.keys()].join(', ')}`
    terms.gaps.push({ part: 'finance', what: `tax rules ${id}`, why })
  }
  return named
}

function taxOf({ tax }: Finance, regime: TaxRegime | undefined, terms: Terms): TaxRule {
  let { rate } = tax
  if (rate === undefined && regime !== undefined) {
    rate = regime.rate.value
    const value = `${100 * rate} %`
    terms.defaults.push({ path: 'economics.finance.tax.rate', value, source: regime.rate.source })
  }
  if (rate === undefined) {
    const why = 'no rate of the region in the data; give economics.finance.tax.rate'
    terms.gaps.push({ part: 'finance', what: 'income tax', why })
  }
  return { rate: rate ?? 0, losses: lossesOf(tax, regime, terms) }
}

function lossesOf(
  tax: Finance['tax'],
  regime: TaxRegime | undefined,
  terms: Terms,
): TaxRule['losses'] {
  if (tax.losses !== 'carried') return { kind: tax.losses }
  const rules = regime?.losses
  const free =
    tax.lossFree === undefined
      ? rules === undefined
        ? 0
        : amountOf({ amount: rules.freeUpTo, currency: rules.currency }, terms)
      : amountOf(tax.lossFree, terms)
  return { kind: 'carried', share: tax.lossShare ?? rules?.shareAbove ?? 1, free }
}

function capitalParts(
  amount: number,
  regime: TaxRegime | undefined,
  terms: Terms,
): readonly CapitalPart[] {
  const parts = terms.economics.finance.depreciation
  if (parts !== undefined && parts.length > 0) {
    const sum = parts.reduce((total, { share }) => total + share, 0)
    const rest = 1 - sum
    const named = parts.map((part) => ({
      name: part.name,
      amount: amount * part.share,
      depreciation: ruleOf(part),
    }))
    if (Math.abs(rest) < 1e-9) return named
    const text = `the shares add up to ${100 * sum} %: the rest is never deducted`
    terms.assumptions.push({ at: 'economics.finance.depreciation', text })
    return [...named, { name: 'rest', amount: amount * rest, depreciation: { kind: 'none' } }]
  }
  return [{ name: 'plant', amount, depreciation: regimeRule(regime, terms) }]
}

/** First-year allowance of the regime with its writing down, else straight line. */
function regimeRule(regime: TaxRegime | undefined, terms: Terms): DepreciationRule {
  const path = 'economics.finance.depreciation'
  const found = (kind: string) => regime?.allowances.find((allowance) => allowance.kind === kind)
  const [first, declining, straight] = [
    found('first-year'),
    found('declining-balance'),
    found('straight-line'),
  ]
  const taken = first ?? declining ?? straight
  if (taken === undefined)
    return assumed(terms, 'depreciation', 'straight line over 10 years', straightLine)
  terms.defaults.push({ path, value: taken.title, source: taken.source })
  if (first !== undefined) {
    const rest: DepreciationRule | undefined =
      declining === undefined || first.rate >= 1
        ? undefined
        : { kind: 'writing-down', rate: declining.rate }
    return { kind: 'first-year', share: first.rate, ...optional('rest', rest) }
  }
  return declining === undefined
    ? { kind: 'straight-line', years: Math.round(1 / taken.rate) }
    : { kind: 'writing-down', rate: declining.rate }
}

const straightLine: DepreciationRule = { kind: 'straight-line', years: 10 }

const macrsClasses = [3, 5, 7, 10, 15, 20] as const

function ruleOf(part: Item<Finance['depreciation']>): DepreciationRule {
  const { rule, years, rate, rest } = part
  const table = {
    kind: 'macrs',
    years: macrsClasses.find((known) => known >= years) ?? 20,
  } as const
  switch (rule) {
    case 'macrs':
      return table
    case 'bonus':
      return { kind: 'first-year', share: rate, rest: table, restFrom: 'same-year' }
    case 'sum-of-years':
      return { kind: rule, years: Math.round(years) }
    case 'writing-down':
      return { kind: 'writing-down', rate }
    case 'first-year':
      return rate >= 1
        ? { kind: 'first-year', share: 1 }
        : { kind: 'first-year', share: rate, rest: { kind: 'writing-down', rate: rest } }
    case 'none':
      return { kind: 'none' }
    default:
      return { kind: rule, years }
  }
}

function oneOff(of: Item<Finance['oneOffs']>, terms: Terms): OneOff {
  const { name, amount, at, treatment } = of
  return { name, amount: amountOf(amount, terms), at: at ?? 'end', treatment }
}

function replacement(of: Item<Finance['replacements']>, terms: Terms): Replacement {
  const { name, amount, every } = of
  return { name, amount: amountOf(amount, terms), everyYears: every, treatment: 'expense' }
}

/** Without milestones a grant is paid as the capital is spent. */
function grant(of: Item<Finance['grants']>, spend: readonly number[], terms: Terms): Grant {
  const { name, amount, treatment, milestones } = of
  return {
    name,
    amount: amountOf(amount, terms),
    treatment,
    milestones: milestones ?? spend.map((share, at) => ({ at, share })),
  }
}

function royalty({ name, share, products }: Item<Finance['royalties']>) {
  return { name, share, ...optional('products', products) }
}

function credit(of: Item<Finance['credits']>, terms: Terms): ProductionCredit {
  const { name, shareOfCost, perKg, phaseOut, treatment } = of
  const years = Object.entries(phaseOut ?? {}).map(([year, share]) => ({
    year: Number(year),
    share,
  }))
  return {
    name,
    treatment,
    ...optional('shareOfCost', shareOfCost),
    ...optional('perKg', perKg === undefined ? undefined : amountOf(perKg, terms)),
    ...optional('phaseOut', phaseOut === undefined ? undefined : years),
  }
}

function workingCapital({ workingCapital: amount }: Flows, { workingCapital: days }: Finance) {
  return days === undefined ? { amount } : (days satisfies WorkingCapital)
}

function inflation(of: NonNullable<Finance['inflation']>): Inflation {
  const { general, yearsBefore, ...others } = of
  return { general, ...(yearsBefore === 0 ? {} : { yearsBefore }), ...given(others) }
}

function loan(of: Item<Finance['debt']>, terms: Terms): Debt {
  const { name, share, of: base, amount, dscr, rate, term, grace, repayment } = of
  const { duringConstruction, arrangementFee, commitmentFee } = of
  const size: Debt['size'] =
    amount !== undefined
      ? { amount: amountOf(amount, terms) }
      : dscr !== undefined
        ? { dscr }
        : { shareOf: base, share: share ?? 0 }
  return {
    name,
    size,
    rate,
    term,
    repayment,
    duringConstruction,
    arrangementFee,
    commitmentFee,
    ...optional('grace', grace === 0 ? undefined : grace),
  }
}
