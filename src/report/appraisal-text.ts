import type { Appraisal } from '../scenario/index.ts'
import { figure } from './numbers.ts'
import { textTable, wrapped } from './text-table.ts'

type Column<Row> = Parameters<typeof textTable<Row>>[1][number]

/** `MUSD/y (2024)`: the unit that stands at the head of a column. */
export const moneyUnit = ({ basis }: Pick<Appraisal, 'basis'>, prefix = '', per = '') =>
  `${prefix}${basis.currency}${per} (${basis.year})`

/** Thousands of the currency, to the thousand: an estimate is no more exact than that. */
const thousands = (amount: number) =>
  Math.abs(amount) < 500 && amount !== 0
    ? figure(amount / 1000, 2)
    : apart(Math.round(amount / 1000))

/** Digits of a whole number in groups of three. */
const apart = (value: number) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009')

const share = (part: number, whole: number) =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`

const amountColumns = <Row extends { readonly amount: number }>(
  unit: string,
  whole: number,
): readonly Column<Row>[] => [
  { head: unit, cell: ({ amount }) => thousands(amount), align: 'right' },
  { head: 'share', cell: ({ amount }) => share(amount, whole), align: 'right' },
]

/** Lines of one name together, largest first, the rest of them in one. */
function equipmentByType({ capital: { equipment } }: Appraisal, most: number) {
  const found = new Map<string, { name: string; count: number; amount: number; extra: boolean }>()
  for (const { type, count, price } of equipment) {
    if ('missing' in price || price.total === 0) continue
    const known = found.get(type) ?? { name: type, count: 0, amount: 0, extra: false }
    found.set(type, {
      name: type,
      count: known.count + count,
      amount: known.amount + price.total,
      extra: known.extra || price.extrapolated !== undefined,
    })
  }
  const all = [...found.values()].sort((a, b) => b.amount - a.amount)
  const rest = all.slice(most)
  if (rest.length === 0) return all
  const sum = (of: (row: (typeof rest)[number]) => number) =>
    rest.reduce((t, row) => t + of(row), 0)
  const other = { name: `${rest.length} other types`, count: sum((r) => r.count) }
  return [
    ...all.slice(0, most),
    { ...other, amount: sum((r) => r.amount), extra: rest.some((r) => r.extra) },
  ]
}

function capitalText(appraisal: Appraisal): string {
  const unit = moneyUnit(appraisal, 'k')
  const { capital } = appraisal
  const { totals, estimateClass } = capital
  const types = equipmentByType(appraisal, 12)
  const bought = types.reduce((sum, { amount }) => sum + amount, 0)
  return [
    `Capital, method ${capital.method}; ${estimateClass.text}`,
    ...(types.length === 0
      ? []
      : [
          textTable(types, [
            { head: 'equipment as bought', cell: ({ name }) => name },
            { head: 'items', cell: ({ count }) => String(count), align: 'right' },
            ...amountColumns<(typeof types)[number]>(unit, bought),
            { head: '', cell: ({ extra }) => (extra ? 'some sizes outside the range' : '') },
          ]),
          '',
        ]),
    textTable(capital.lines, [
      { head: 'line', cell: ({ name }) => name },
      ...amountColumns<(typeof capital.lines)[number]>(unit, totals.total),
      { head: 'how', cell: ({ how }) => cut(how, 60) },
    ]),
    '',
    textTable(
      [
        { name: 'total plant cost', amount: totals.totalPlant },
        { name: 'fixed capital', amount: totals.fixed },
        { name: `  low and high end of class ${estimateClass.class}`, amount: Number.NaN },
        { name: 'working capital', amount: totals.workingCapital },
        { name: 'total', amount: totals.total },
      ],
      [
        { head: 'sum', cell: ({ name }) => name },
        {
          head: unit,
          cell: ({ amount }) =>
            Number.isNaN(amount)
              ? `${thousands(totals.fixed * (1 + estimateClass.low))} to ${thousands(totals.fixed * (1 + estimateClass.high))}`
              : thousands(amount),
          align: 'right',
        },
      ],
    ),
    ...capital.batteryLimits.map((limit) => `in it: ${limit}`),
    ...capital.excluded.map((what) => `not in it: ${what}`),
  ].join('\n')
}

const cut = (text: string, width: number) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text

function operatingText(appraisal: Appraisal): string {
  const unit = moneyUnit(appraisal, 'k', '/y')
  const perKg = moneyUnit(appraisal, '', '/kg')
  const { operating } = appraisal
  const { lines, perYear } = operating
  const found = new Map<string, number>()
  for (const { group, amount } of lines) found.set(group, (found.get(group) ?? 0) + amount)
  const groups = [...found].map(([name, amount]) => ({ name, amount }))
  const largest = lines.toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount)).slice(0, 15)
  return [
    'Operating cost',
    textTable(groups, [
      { head: 'a year', cell: ({ name }) => name },
      ...amountColumns<(typeof groups)[number]>(unit, perYear),
    ]),
    '',
    textTable(largest, [
      { head: 'largest lines', cell: ({ name }) => name },
      { head: 'quantity', cell: ({ quantity: q }) => (q ? figure(q.value) : ''), align: 'right' },
      { head: 'per year', cell: ({ quantity: q }) => q?.unit.replace(/\/y$/, '') ?? '' },
      { head: 'price', cell: ({ price }) => (price ? figure(price.value) : ''), align: 'right' },
      { head: 'in', cell: ({ price }) => price?.unit ?? '' },
      ...amountColumns<(typeof largest)[number]>(unit, perYear),
    ]),
    '',
    `${thousands(perYear)} ${unit}; ${figure(operating.perKgReo ?? Number.NaN)} ${perKg} of rare earth oxide`,
    ...(operating.recovery === undefined
      ? []
      : [
          `cost of recovery ${figure(operating.recovery.perKgReo ?? Number.NaN)} ${perKg} of rare earth oxide: ${operating.recovery.how}`,
        ]),
    textTable(
      operating.products.filter(({ share: part }) => part > 0),
      [
        { head: `product, cost shared by ${operating.allocation}`, cell: ({ name }) => name },
        { head: 't/y', cell: ({ ratePerYear }) => figure(ratePerYear / 1000), align: 'right' },
        { head: perKg, cell: (product) => figure(product.perKg), align: 'right' },
      ],
    ),
  ].join('\n')
}

/** Gaps of one cause together: `no price`, and what it concerns. */
function gapLines(gaps: Appraisal['gaps']): readonly string[] {
  const found = new Map<string, string[]>()
  for (const { part, what, why } of gaps) {
    const key = `${part}: ${why}`
    found.set(key, [...(found.get(key) ?? []), what])
  }
  return [...found].map(([why, what]) => wrapped(`  ${why} (${what.join(', ')})`, 100, '    '))
}

/** What the figures rest on: what is missing, what was assumed, what the data gave. */
export function restsOnText(appraisal: Appraisal, all = false): string {
  const { gaps, warnings, assumptions, defaults } = appraisal
  const grave = warnings.filter(({ rank }) => all || rank === 1)
  const counts = [
    [warnings.length - grave.length, 'more warnings'],
    [assumptions.length, 'assumptions'],
    [defaults.length, 'defaults from data'],
  ] as const
  const more = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]))
  const part = (head: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', head, ...lines]
  const said = assumptions.map(({ at, text }) => wrapped(`  ${at}: ${text}`, 100, '    '))
  const taken = defaults.map(({ path, value, source }) =>
    wrapped(`  ${path.replace(/^economics\./, '')}: ${value} [${source}]`, 100, '    '),
  )
  return [
    ...part('Missing, and not in the figures', gapLines(gaps)),
    ...part(
      'Warnings',
      grave.map(({ rank, at, text }) => wrapped(`  ${rank}  ${at}: ${text}`, 100, '     ')),
    ),
    ...(all ? part('Assumed', said) : ['', `${more.join(', ')}: --all prints them`]),
    ...(all ? part('Taken from the data', taken) : []),
  ]
    .join('\n')
    .trim()
}

/** What a plant costs to build and to run, for a terminal. */
export function costText(appraisal: Appraisal, all = false): string {
  return [
    `${appraisal.title}: what it costs`,
    '',
    capitalText(appraisal),
    '',
    operatingText(appraisal),
    '',
    restsOnText(appraisal, all),
  ].join('\n')
}
