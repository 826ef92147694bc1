import { drawBreakdown } from '../../draw/index.ts'
import type { Appraisal } from '../../scenario/index.ts'
import { capitalBreakdown, operatingBreakdown } from '../appraisal-charts.ts'
import { figure, percent } from '../numbers.ts'
import type { Block, Section } from './blocks.ts'
import { numbered, sizeText } from './plant-sections.ts'
import { number, words } from './process-sections.ts'

export const unitOf = ({ currency, year }: Appraisal['basis']) => `${currency} (${year})`
const whole = (amount: number) =>
  figure(Math.round(amount), Math.max(4, `${Math.abs(Math.round(amount))}`.length))
export const thousands = (amount: number) => whole(amount / 1e3)

/** A list with a sentence before it, where there is anything to list. */
export function listed(text: string, items: readonly string[]): Block[] {
  if (items.length === 0) return []
  return [
    { kind: 'text', text, tone: 'warning' },
    { kind: 'list', items },
  ]
}

/** Who runs the plant. */
export function staffing({ staff, operating }: Appraisal): Section {
  const labour = operating.lines.filter(({ group }) => group === 'labour')
  const people = staff.reduce((sum, line) => sum + line.people, 0)
  return {
    title: 'Staffing',
    blocks: [
      staff.length === 0
        ? {
            kind: 'text',
            tone: 'warning',
            text: 'The plant states no posts: economics.operating.positions.',
          }
        : {
            kind: 'table',
            title: 'Posts and people',
            columns: [words('role'), number('posts at all times'), number('people')],
            rows: staff.map(({ role, posts, people: of }) => [
              role,
              posts === 0 ? 'by day' : figure(posts, 3),
              figure(of, 3),
            ]),
            foot: [['sum', '', figure(people, 3)]],
          },
      {
        kind: 'table',
        title: 'What they are paid in a year, with the burden',
        columns: [
          words('line'),
          number('amount', `k${unitOf(operating.basis)} a year`),
          words('how'),
        ],
        rows: labour.map(({ name, amount, how }) => [name, thousands(amount), how]),
        foot: [['sum', thousands(labour.reduce((sum, line) => sum + line.amount, 0)), '']],
      },
    ],
  }
}

function equipmentPrices({ capital }: Appraisal): readonly Block[] {
  const unit = `k${unitOf(capital.basis)}`
  const by = numbered()
  const rows = capital.equipment.map(({ unit: name, type, count, size, price }) => {
    const item = [name, type, `${count}`, sizeText(size)]
    if ('missing' in price) return [...item, 'no price', '', '', by.of(price.missing)]
    const origin = [price.by, price.source].filter((text) => text !== undefined && text !== '')
    const beyond = price.extrapolated === undefined ? '' : '; size outside its range'
    return [
      ...item,
      figure(price.each / 1e3, 3),
      figure(price.total / 1e3, 3),
      price.of,
      by.of(`${[...new Set(origin)].join(', ')}${beyond}`),
    ]
  })
  return [
    {
      kind: 'table',
      title: 'Equipment with prices',
      columns: [
        words('unit'),
        words('type'),
        number('count'),
        words('size of one'),
        number('each', unit),
        number('all', unit),
        words('kind of price'),
        number('by'),
      ],
      rows,
    },
    {
      kind: 'table',
      title: 'What the prices are by: correlation and source, or what is missing',
      columns: [number('no.'), words('by')],
      rows: by.rows(),
      notes: ['The workbook has every step of every price.'],
    },
  ]
}

/** Capital: class, range, lines, what is not in it, and the equipment behind it. */
export function estimateSection(appraisal: Appraisal): Section {
  const { capital } = appraisal
  const { totals, estimateClass } = capital
  const unit = unitOf(capital.basis)
  const millions = (amount: number) => `${figure(amount / 1e6, 4)} M${unit}`
  const range = (amount: number) =>
    `${figure((amount * (1 + estimateClass.low)) / 1e6, 3)} to ${figure((amount * (1 + estimateClass.high)) / 1e6, 3)} M${unit}`
  return {
    title: 'Capital estimate',
    blocks: [
      {
        kind: 'pairs',
        rows: [
          ['class', estimateClass.text],
          ['method', capital.method],
          ['total plant cost', millions(totals.totalPlant)],
          ['fixed capital', millions(totals.fixed)],
          ['working capital', millions(totals.workingCapital)],
          ['total capital', millions(totals.total)],
          ['total capital over the range of the class', range(totals.total)],
          ...(capital.batteryLimits.length === 0
            ? []
            : [['battery limits', capital.batteryLimits.join('; ')] as const]),
        ],
      },
      {
        kind: 'figure',
        title: 'Capital by line',
        svg: drawBreakdown('Capital estimate', [{ ...capitalBreakdown(appraisal), missing: [] }]),
      },
      { kind: 'turn', sheet: 'wide' },
      ...listed('Not in the estimate:', [
        ...capital.unpriced.map(({ what, why }) => `${what}: ${why}`),
        ...capital.excluded,
      ]),
      {
        kind: 'table',
        title: 'Lines of the estimate',
        columns: [
          words('line'),
          words('group'),
          number('amount', `k${unit}`),
          words('how'),
          words('source'),
        ],
        rows: capital.lines.map(({ name, group, amount, how, assumption, source }) => [
          name,
          group,
          thousands(amount),
          [how, assumption].filter(Boolean).join('; '),
          source ?? '',
        ]),
        foot: [['total capital', '', thousands(totals.total), '', '']],
      },
      ...equipmentPrices(appraisal),
    ],
  }
}

/** A year's operating cost. */
export function operatingSection(appraisal: Appraisal): Section {
  const { operating } = appraisal
  const unit = unitOf(operating.basis)
  return {
    title: 'Operating cost',
    blocks: [
      {
        kind: 'pairs',
        rows: [
          ['a year at full output', `${figure(operating.perYear / 1e6)} M${unit}`],
          ['of it variable', `${figure(operating.variablePerYear / 1e6)} M${unit}`],
          ['of it fixed', `${figure(operating.fixedPerYear / 1e6)} M${unit}`],
          [
            'per kg of rare earth oxides',
            operating.perKgReo === null
              ? 'no oxide is made'
              : `${figure(operating.perKgReo)} ${unit}/kg`,
          ],
        ],
      },
      {
        kind: 'figure',
        title: 'Operating cost by line',
        svg: drawBreakdown('Operating cost', [{ ...operatingBreakdown(appraisal), missing: [] }]),
      },
      ...listed(
        'Without a price, so not in these figures:',
        operating.gaps.map(({ what, why }) => `${what}: ${why}`),
      ),
      { kind: 'turn', sheet: 'wide' },
      {
        kind: 'table',
        title: 'Lines of the operating cost, a year at full output',
        columns: [
          words('line'),
          words('group'),
          number('quantity', 'a year'),
          number('price'),
          number('amount', `k${unit}`),
          words('how'),
          words('source'),
        ],
        rows: operating.lines.map(
          ({ name, group, quantity, price, amount, how, assumption, source }) => [
            name,
            group,
            quantity === undefined ? '' : `${figure(quantity.value)} ${quantity.unit}`,
            price === undefined ? '' : `${figure(price.value)} ${price.unit}`,
            figure(amount / 1e3),
            [how, assumption].filter(Boolean).join('; '),
            source ?? '',
          ],
        ),
        foot: [['sum', '', '', '', figure(operating.perYear / 1e3), '', '']],
      },
      productCosts(appraisal),
    ],
  }
}

function productCosts({ operating }: Appraisal): Block {
  const unit = unitOf(operating.basis)
  return {
    kind: 'table',
    title: `Cost of each product, allocated by ${operating.allocation}`,
    columns: [
      words('product'),
      number('output', 't/y'),
      number('share'),
      number('cost', `k${unit} a year`),
      number('per kg', `${unit}/kg`),
    ],
    rows: operating.products.map(({ name, ratePerYear, share, cost, perKg }) => [
      name,
      figure(ratePerYear / 1e3),
      percent(share),
      figure(cost / 1e3),
      figure(perKg),
    ]),
  }
}
