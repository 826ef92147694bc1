/** The reference page of what things cost: every record of the money data with its source. */
import { costBank, type CostCorrelation, type PriceDeck } from '../src/databank/costs.ts'
import { page, plain, table, type Row } from './markdown.ts'

const bank = costBank()

const round = (value: number) => `${Number(value.toPrecision(4))}`
const money = (value: number, currency: string) => `${Number(value.toPrecision(5))} ${currency}`
const id = (name: string) => `\`${name}\``

interface Said {
  readonly note?: string
  readonly assumption?: string
  readonly surrogate?: string
}

/** What limits a record, the assumption first. */
const said = ({ assumption, surrogate, note }: Said) =>
  plain(
    [
      ...(assumption === undefined ? [] : [`assumption: ${assumption}`]),
      ...(surrogate === undefined ? [] : [`stands in: ${surrogate}`]),
      ...(note === undefined ? [] : [note]),
    ].join('; '),
  )

function lawOf({ form, cost, size, exponent }: CostCorrelation): string {
  if (size.unit === '1') return `${money(cost.value, cost.currency)} each`
  if (form === undefined) {
    return `${money(cost.value, cost.currency)} (S / ${round(size.reference)} ${size.unit})^${round(exponent)}`
  }
  const x = `x in ${form.unit}`
  if (form.kind === 'offset-power') return `${form.a} + ${form.b} x^${form.n}, ${x}`
  if (form.kind === 'polynomial') return `terms ${form.terms.join(', ')}, ${x}`
  return `${form.base}^(terms ${form.terms.join(', ')} of log x), ${x}`
}

function correlationRow(correlation: CostCorrelation): Row {
  const { cost, size, range, types, title, source, locator = '', material = '' } = correlation
  const [low, high] = range ?? [0, Infinity]
  return [
    id(correlation.id),
    plain(title),
    plain(types.join(', ')),
    plain(`${size.name}, ${size.unit}`),
    plain(lawOf(correlation)),
    `${round(low)} to ${round(high)}`,
    `${cost.year}, ${cost.of}`,
    plain(material),
    plain([source, locator].filter((t) => t !== '').join(', ')),
    said(correlation),
  ]
}

function deckSection(deck: PriceDeck): string {
  const products = deck.products.map(
    ({ product, price, low, high, date, tiers = [], source, ...rest }): Row => [
      plain(product),
      money(price, `${deck.currency}/kg`),
      low === undefined || high === undefined ? '' : `${round(low)} to ${round(high)}`,
      date,
      plain(
        tiers
          .map(({ name, price: paid, share, volume }) => {
            const limit = share === undefined ? '' : `, ${100 * share} %`
            return `${name} ${round(paid)}${volume === undefined ? limit : `, ${volume} kg/y`}`
          })
          .join('; '),
      ),
      source,
      said(rest),
    ],
  )
  const inputs = deck.inputs.map(
    ({ item, price, note = '' }): Row => [plain(item), id(price), plain(note)],
  )
  return [
    `### ${deck.id}`,
    `${plain(deck.title)}. Date ${deck.date}; ${deck.currency}; tax: ${plain(deck.vat.note)}. ${plain(deck.note)}.`,
    ...(products.length === 0
      ? []
      : [table(['product', 'price', 'range', 'date', 'tiers', 'source', 'note'], products)]),
    ...(inputs.length === 0 ? [] : [table(['input', 'price', 'note'], inputs)]),
    `Not in it: ${plain(deck.gaps.join('; '))}.`,
  ].join('\n\n')
}

const factorSections = () =>
  [...bank.factorSets.values()].map((set) => {
    const rows = set.lines.map(
      ({ name, group, factor, of }): Row => [plain(name), group, round(factor), of],
    )
    return [
      `### ${set.id}`,
      `${plain(set.title)}. On ${set.base} equipment; with it, ${round(set.sum)} in all. Source: ${set.source}. ${said(set)}`.trim(),
      table(['line', 'group', 'factor', 'of'], rows),
    ].join('\n\n')
  })

function estimateParts(): readonly string[] {
  const classes = bank.estimateClasses.map(
    (one): Row => [
      `${one.class}`,
      plain(one.use),
      one.low.map((x) => `${100 * x} %`).join(' to '),
      one.high.map((x) => `+${100 * x} %`).join(' to '),
      one.source,
      said(one),
    ],
  )
  const rules = [...bank.rules].map(
    ([name, rule]): Row => [id(name), `${rule.value} ${rule.unit}`, rule.source, said(rule)],
  )
  const anchors = [...bank.anchors.values()].map(
    ({ title, capital, capacity, batteryLimits, source, ...rest }): Row => [
      plain(title),
      `${money(capital.value / 1e6, `M${capital.currency}`)} (${capital.year})`,
      `${round(capacity.value / 1000)} t/y of ${plain(capacity.of)}`,
      plain(batteryLimits),
      source,
      said(rest),
    ],
  )
  return [
    '## Classes of estimates',
    table(['class', 'use', 'low', 'high', 'source', 'note'], classes),
    '## Rules',
    table(['id', 'value', 'source', 'note'], rules),
    '## Plants to scale from',
    table(['plant', 'capital', 'output', 'battery limits', 'source', 'note'], anchors),
  ]
}

function runningParts(): readonly string[] {
  const inputs = [...bank.inputs.values()].map((price): Row => {
    const strength = price.strength === undefined ? '' : `${round(100 * price.strength)} %`
    return [
      id(price.id),
      plain(price.item),
      price.region,
      price.date,
      money(price.value, `${price.currency}/${price.per}`),
      strength,
      plain(price.published),
      price.source,
      said(price),
    ]
  })
  const wages = bank.wages.map(
    (wage): Row => [
      wage.role,
      wage.region,
      wage.date,
      money(wage.value, `${wage.currency}/${wage.per}`),
      wage.source,
      said(wage),
    ],
  )
  const gaps = bank.priceGaps.map(({ item, region, why }): Row => [item, region, why].map(plain))
  return [
    '## Prices of what is bought and got rid of',
    table(
      ['id', 'item', 'region', 'date', 'price', 'strength', 'as printed', 'source', 'note'],
      inputs,
    ),
    'Without a price:',
    table(['item', 'region', 'why'], gaps),
    '## Pay',
    'Before burden.',
    table(['role', 'region', 'date', 'pay', 'source', 'note'], wages),
  ]
}

function moneyParts(): readonly string[] {
  const years = [...new Set([...bank.exchange.values()].flatMap((e) => Object.keys(e.perUsd)))]
  const exchange = [...bank.exchange.values()].map(
    ({ currency, perUsd, source, ...rest }): Row => [
      currency,
      ...years.map((year) => `${perUsd[year] ?? ''}`),
      source,
      said(rest),
    ],
  )
  const index = [...bank.indices.values()].flatMap(({ title, values, special, source }) =>
    [...Object.entries(values), ...Object.entries(special)].map(
      ([year, value]): Row => [plain(title), year, `${value}`, source],
    ),
  )
  const tax = [...bank.tax.values()].flatMap((regime): Row[] => [
    [plain(regime.title), 'rate on profit', round(regime.rate.value), regime.rate.source],
    ...regime.allowances.map(
      ({ title, rate, source }): Row => [plain(regime.title), plain(title), round(rate), source],
    ),
    ...regime.credits.map(
      ({ title, rate, source }): Row => [plain(regime.title), plain(title), round(rate), source],
    ),
  ])
  const floors = [...bank.floors.values()].map(
    ({ title, product, price, currency, from, years: term, mechanism, source }): Row => [
      plain(title),
      product,
      money(price, `${currency}/kg`),
      `${from}, ${term} years`,
      plain(mechanism),
      source,
    ],
  )
  return [
    '## Taxes',
    table(['regime', 'what', 'rate', 'source'], tax),
    '## Price floors',
    table(['who', 'product', 'floor', 'from', 'mechanism', 'source'], floors),
    '## Exchange rates',
    'Units of the currency to one US dollar, averages of years.',
    table(['currency', ...years, 'source', 'note'], exchange),
    '## Cost index',
    table(['index', 'year', 'value', 'source'], index),
  ]
}

/** `docs/reference/costs.md`. */
export function costsPage(): string {
  const gaps = bank.equipmentGaps.map(
    ({ type, why, free }): Row => [plain(type), free === true ? 'needs none' : 'none', plain(why)],
  )
  const sources = [...bank.sources].map(
    ([name, { title, url = '', doi = '', access = '' }]): Row => [
      id(name),
      plain(title),
      plain([doi, url, access].filter((t) => t !== '').join('; ')),
    ],
  )
  return page(
    'What things cost',
    'Every record that an estimate, an operating cost or a price of the program comes from, with its ' +
      'source. `didymium data ID` prints one in full; a plant may give a price of its own for any. How ' +
      'the records are read, and what was decided, is in [data/README.md](../../data/README.md).',
    '## Equipment',
    'Size S in SI; what the price is of, and its year; the range in which it holds.',
    table(
      ['id', 'what', 'prices', 'size', 'law', 'range', 'year, of', 'material', 'source', 'note'],
      bank.correlations.map(correlationRow),
    ),
    'Without a price:',
    table(['type', 'price', 'why'], gaps),
    '## Installation factors',
    ...factorSections(),
    ...estimateParts(),
    '## Price decks',
    ...[...bank.decks.values()].map(deckSection),
    ...runningParts(),
    ...moneyParts(),
    '## Sources',
    table(['id', 'title', 'where'], sources),
  )
}
