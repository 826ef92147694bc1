import {
  cashFlowPeriods,
  describeConventions,
  type BreakEven,
  type InternalRate,
} from '../economics/index.ts'
import type { Appraisal } from '../scenario/index.ts'
import { moneyUnit } from './appraisal-text.ts'
import { figure } from './numbers.ts'
import { textTable } from './text-table.ts'

/** Millions to two decimals, as a cash flow is read. */
const millions = (amount: number) => {
  const text = (amount / 1e6).toFixed(2)
  return text === '-0.00' ? '0.00' : text
}

const percent = (rate: number) => `${(100 * rate).toFixed(1)} %`

/** A rate of return, or why there is none, in words. */
export function rateText(rate: InternalRate): string {
  if (rate.outcome === 'found') return percent(rate.rate)
  if (rate.outcome === 'several') return `several: ${rate.rates.map(percent).join(', ')}`
  const why = {
    'never-invested': 'nothing is invested',
    'never-earned': 'the money never comes back',
    'no-rate-found': 'no rate brings the value to zero',
  }[rate.why]
  return `none: ${why}`
}

/** Years until the money is back, or that it never is. */
function paybackText({ finance: { metrics } }: Appraisal): string {
  const { payback } = metrics
  if (payback.outcome === 'never') return 'never'
  if (payback.outcome === 'nothing-spent') return 'nothing is spent'
  const { fromFirstSpend, fromOperation } = payback
  return `${fromFirstSpend.toFixed(1)} years from the first spend, ${fromOperation.toFixed(1)} from operation`
}

function breakEvenText(found: BreakEven, unit: string): string {
  if (found.outcome === 'found') return `${figure(found.x)} ${unit}`.trim()
  if (found.outcome === 'failed') return `not found: ${found.why}`
  const { low, high, outcome } = found
  const sign = outcome === 'always-positive' ? 'positive' : 'negative'
  return `none: the value stays ${sign} from ${figure(low)} to ${figure(high)}`
}

function resultRows(appraisal: Appraisal): readonly (readonly [string, string])[] {
  const { metrics, breakEvens, inputs } = appraisal.finance
  const [million, perKg] = [moneyUnit(appraisal, 'M'), moneyUnit(appraisal, '', '/kg')]
  const { cover, levelised } = metrics
  const rate = percent(inputs.discountRate)
  const rows: [string, string][] = [
    [`project value at ${rate}`, `${millions(metrics.projectNpv)} ${million}`],
    ['project return', rateText(metrics.projectIrr)],
    ['payback of the project', paybackText(appraisal)],
  ]
  if ((inputs.debt ?? []).length > 0) {
    rows.push(
      ['equity value', `${millions(metrics.equityNpv)} ${million}`],
      ['equity return', rateText(metrics.equityIrr)],
    )
  }
  if (cover !== undefined) {
    rows.push(
      [
        'debt service cover',
        `${figure(cover.least, 3)} at least, ${figure(cover.mean, 3)} on average`,
      ],
      ['loan life cover', figure(cover.llcr, 3)],
    )
  }
  rows.push(
    ['most money tied up', `${millions(metrics.peakFunding)} ${million}`],
    ['levelised cost', `${figure(levelised.perKg ?? Number.NaN)} ${perKg} sold`],
  )
  if (breakEvens !== undefined) {
    rows.push(['break-even: all prices times', breakEvenText(breakEvens.basketFactor, '')])
    for (const { basket, factor, price } of breakEvens.baskets) {
      const mean = price === undefined ? '' : `, ${figure(price)} ${perKg} on average`
      rows.push([`break-even: ${basket} prices times`, `${breakEvenText(factor, '')}${mean}`])
    }
    const least = breakEvenText(breakEvens.minimumSellingPrice, `${perKg} sold`)
    rows.push(['least price of all output', least])
  }
  return rows
}

function salesText(appraisal: Appraisal): string {
  const { sales } = appraisal
  const perYear = moneyUnit(appraisal, 'M', '/y')
  return [
    textTable(sales.lines, [
      { head: 'sold', cell: ({ product }) => product },
      { head: 't/y', cell: ({ ratePerYear }) => figure(ratePerYear / 1000), align: 'right' },
      {
        head: moneyUnit(appraisal, '', '/kg'),
        cell: ({ amount, ratePerYear }) => figure(amount / ratePerYear),
        align: 'right',
      },
      { head: perYear, cell: ({ amount }) => millions(amount), align: 'right' },
      { head: 'how', cell: ({ how }) => how },
    ]),
    `${millions(sales.perYear)} ${perYear} at full output, ${figure(sales.perKgReo ?? Number.NaN)} per kg of oxide`,
  ].join('\n')
}

/** Cash flow by period, columns that have anything in them, in millions. */
function flowText(appraisal: Appraisal): string {
  const { cashFlow } = appraisal.finance
  const periods = cashFlowPeriods(cashFlow)
  const names = (
    [
      ['capital', 'capital'],
      ['workingCapital', 'working'],
      ['grants', 'grants'],
      ['revenue', 'revenue'],
      ['royalties', 'royalties'],
      ['variableCosts', 'variable'],
      ['fixedCosts', 'fixed'],
      ['replacements', 'replace'],
      ['oneOffs', 'once'],
      ['credits', 'credits'],
      ['tax', 'tax'],
      ['draws', 'drawn'],
      ['fees', 'fees'],
      ['interest', 'interest'],
      ['principal', 'repaid'],
      ['taxShield', 'shield'],
    ] as const
  ).filter(([name]) => periods.some(({ columns }) => Math.abs(columns[name]) >= 5000))
  const isLevered = cashFlow.loans.length > 0
  return textTable(periods, [
    { head: moneyUnit(appraisal, 'M'), cell: ({ label }) => label },
    ...names.map(([name, head]) => ({
      head,
      cell: ({ columns }: (typeof periods)[number]) => millions(columns[name]),
      align: 'right' as const,
    })),
    { head: 'project', cell: ({ project }) => millions(project), align: 'right' },
    ...(isLevered
      ? [
          {
            head: 'equity',
            cell: ({ equity }: (typeof periods)[number]) => millions(equity),
            align: 'right' as const,
          },
        ]
      : []),
    { head: 'sum', cell: ({ cumulative }) => millions(cumulative), align: 'right' },
  ])
}

/** What a plant earns and when, for a terminal: results, sales, cash flow, conventions. */
export function financeText(appraisal: Appraisal): string {
  const { inputs, cashFlow } = appraisal.finance
  const rows = resultRows(appraisal)
  const wide = Math.max(...rows.map(([name]) => name.length))
  const terms = inputs.inflation === undefined ? 'constant prices' : 'prices with inflation'
  return [
    `${appraisal.title}: what it earns`,
    '',
    ...rows.map(([name, text]) => `${name.padEnd(wide)}  ${text}`),
    '',
    salesText(appraisal),
    '',
    flowText(appraisal),
    '',
    `Conventions (${terms})`,
    ...describeConventions(cashFlow.conventions).map(({ means }) => `  ${means}`),
  ].join('\n')
}
