import { drawCashFlow, drawFootprint } from '../../draw/index.ts'
import { cashFlowPeriods, describeConventions, type Payback } from '../../economics/index.ts'
import type { Appraisal } from '../../scenario/index.ts'
import { cashFlowChart } from '../appraisal-charts.ts'
import { footprintChart, gatheredGaps } from '../footprint-text.ts'
import { figure, percent } from '../numbers.ts'
import type { Block, Section } from './blocks.ts'
import { listed, thousands, unitOf } from './cost-sections.ts'
import { number, words } from './process-sections.ts'

function salesTable({ sales, basis }: Appraisal): Block {
  const unit = unitOf(basis)
  return {
    kind: 'table',
    title: 'Sales of a year at full output',
    columns: [
      words('product'),
      words('terms'),
      number('volume', 't/y'),
      number('price', `${unit}/kg`),
      number('payable'),
      number('amount', `k${unit} a year`),
      words('how'),
    ],
    rows: sales.lines.flatMap((line) =>
      line.tiers.map((tier, k) => [
        k === 0 ? line.product : '',
        tier.name,
        figure(tier.volume / 1e3),
        figure(tier.price),
        percent(line.payable),
        k === 0 ? figure(line.amount / 1e3) : '',
        k === 0 ? line.how : '',
      ]),
    ),
    foot: [['sum', '', '', '', '', figure(sales.perYear / 1e3), '']],
  }
}

const levelisedText = (perKg: number | undefined, unit: string) =>
  perKg === undefined ? 'nothing is sold' : `${figure(perKg)} ${unit}/kg of what is sold`

const rateText = (irr: Appraisal['finance']['metrics']['projectIrr']): string => {
  if (irr.outcome === 'found') return `${percent(irr.rate)} a year`
  if (irr.outcome === 'several')
    return `none: ${irr.rates.map(percent).join(' and ')} all bring the value to zero`
  const why = {
    'never-invested': 'nothing is ever invested',
    'never-earned': 'it never earns back what is put in',
    'no-rate-found': 'no rate brings the value to zero',
  }
  return `none: ${why[irr.why]}`
}

const paybackText = (payback: Payback): string => {
  if (payback.outcome === 'found') {
    return `${figure(payback.fromFirstSpend, 3)} years from the first spend, ${figure(payback.fromOperation, 3)} from operation`
  }
  return payback.outcome === 'never' ? 'never' : 'nothing is spent'
}

function metricRows({ finance, basis }: Appraisal): (readonly [string, string])[] {
  const { metrics, cashFlow } = finance
  const unit = unitOf(basis)
  const millions = (amount: number) => `${figure(amount / 1e6)} M${unit}`
  const { cover } = metrics
  return [
    [`NPV of the project at ${percent(cashFlow.discountRate)}`, millions(metrics.projectNpv)],
    ['IRR of the project', rateText(metrics.projectIrr)],
    [`NPV of the owners at ${percent(cashFlow.equityDiscountRate)}`, millions(metrics.equityNpv)],
    ['IRR of the owners', rateText(metrics.equityIrr)],
    ['payback', paybackText(metrics.payback)],
    ['levelised cost', levelisedText(metrics.levelised.perKg, unit)],
    ['peak funding', millions(metrics.peakFunding)],
    ...(cover === undefined
      ? []
      : [
          [
            'debt service cover',
            `least ${figure(cover.least, 3)}, mean ${figure(cover.mean, 3)}`,
          ] as const,
          ['loan life cover', cover.llcr === undefined ? 'none' : figure(cover.llcr, 3)] as const,
        ]),
    ...cashFlow.loans.map(({ name, amount }): readonly [string, string] => [
      name,
      millions(amount),
    ]),
  ]
}

function cashTable({ finance, basis }: Appraisal): Block {
  const periods = cashFlowPeriods(finance.cashFlow)
  const names = {
    capital: 'capital',
    replacements: 'replaced',
    oneOffs: 'single',
    workingCapital: 'working capital',
    grants: 'grants',
    revenue: 'revenue',
    royalties: 'royalties',
    variableCosts: 'variable cost',
    fixedCosts: 'fixed cost',
    credits: 'credits',
    tax: 'tax',
  } as const
  const keys = (Object.keys(names) as (keyof typeof names)[]).filter((key) =>
    periods.some(({ columns }) => columns[key] !== 0),
  )
  return {
    kind: 'table',
    title: `Cash flow, k${unitOf(basis)}; what comes in is positive`,
    columns: [
      words('period'),
      ...keys.map((key) => number(names[key])),
      number('project'),
      number('running sum'),
      number('owners'),
      number('discount factor'),
    ],
    rows: periods.map(({ label, columns, project, cumulative, equity, discountFactor }) => [
      label,
      ...keys.map((key) => (columns[key] === 0 ? '' : thousands(columns[key]))),
      thousands(project),
      thousands(cumulative),
      thousands(equity),
      discountFactor.toFixed(4),
    ]),
  }
}

/** How it was counted. */
function conventions({ finance }: Appraisal): Block {
  const { tax, inflation } = finance.inputs
  return {
    kind: 'pairs',
    title: 'Conventions',
    rows: [
      ...describeConventions(finance.cashFlow.conventions).map(
        ({ name, means }): readonly [string, string] => [name, means],
      ),
      [
        'prices',
        inflation === undefined
          ? 'constant, no inflation'
          : `nominal, ${percent(inflation.general)} a year`,
      ],
      ['income tax', `${percent(tax.rate)}; losses ${tax.losses.kind}`],
    ],
  }
}

/** What it earns: sales, results, cash flow, and how it was counted. */
export function economicsSection(appraisal: Appraisal): Section {
  return {
    title: 'Economics',
    blocks: [
      { kind: 'pairs', rows: metricRows(appraisal) },
      {
        kind: 'figure',
        title: 'Cash flow by kind, with its running sum',
        svg: drawCashFlow(cashFlowChart(appraisal)),
      },
      conventions(appraisal),
      { kind: 'turn', sheet: 'wide' },
      salesTable(appraisal),
      cashTable(appraisal),
    ],
  }
}

/** Greenhouse gases of the products. */
export function footprintSection({ footprint, title }: Appraisal): Section {
  if ('missing' in footprint) {
    const text = `No footprint: ${footprint.missing}`
    return { title: 'Footprint', blocks: [{ kind: 'text', tone: 'warning', text }] }
  }
  const gaps = gatheredGaps(footprint)
  return {
    title: 'Footprint',
    blocks: [
      {
        kind: 'pairs',
        rows: [
          ['allocation', footprint.rule],
          ['feed', footprint.cutOff],
          ['boundary', footprint.boundary],
          ['electricity', footprint.grid],
          ['a year', `${figure(footprint.perYear / 1e3)} t CO2e`],
          [
            'per kg of rare earth oxides',
            footprint.perKgReo === null
              ? 'no oxide is made'
              : `${figure(footprint.perKgReo)} kg CO2e/kg`,
          ],
          ['primary data', percent(footprint.primaryShare)],
        ],
      },
      {
        kind: 'figure',
        title: 'By product and group',
        svg: drawFootprint(footprintChart(title, { ...footprint, gaps: [] })),
      },
      ...listed(
        'Without a factor or a quantity, so not in these figures:',
        gaps.map(({ what, where }) =>
          where.length === 0 ? what : `${what} (${where.join(', ')})`,
        ),
      ),
      { kind: 'turn', sheet: 'wide' },
      footprintLines(footprint),
    ],
  }
}

/** Lines of one name and factor together, wherever they arise. */
function footprintLines(footprint: Exclude<Appraisal['footprint'], { missing: string }>): Block {
  const found = new Map<string, { line: Line; at: Set<string>; quantity: number; amount: number }>()
  for (const line of footprint.lines) {
    const key = `${line.group} ${line.name} ${line.factor.value}`
    const sum = found.get(key) ?? { line, at: new Set(), quantity: 0, amount: 0 }
    sum.at.add(line.unit)
    sum.quantity += line.quantity.value
    sum.amount += line.amount
    found.set(key, sum)
  }
  const lines = [...found.values()].toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
  return {
    kind: 'table',
    title: 'What the footprint is made of, a year',
    columns: [
      words('what'),
      words('group'),
      words('at'),
      number('quantity'),
      number('factor'),
      number('amount', 't CO2e'),
      words('source'),
    ],
    rows: lines.map(({ line, at, quantity, amount }) => [
      line.name,
      line.group,
      [...at].join(', '),
      `${figure(quantity)} ${line.quantity.unit}`,
      `${figure(line.factor.value)} ${line.factor.unit}`,
      figure(amount / 1e3, 3),
      line.source,
    ]),
    foot: [['sum', '', '', '', '', figure(footprint.perYear / 1e3), '']],
  }
}

type Line = Exclude<Appraisal['footprint'], { missing: string }>['lines'][number]
