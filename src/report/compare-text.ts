import type { ComparisonChart } from '../draw/index.ts'
import type { Appraisal } from '../scenario/index.ts'
import type { Cell } from './cells.ts'
import { moneyUnit } from './appraisal-text.ts'
import { figure } from './numbers.ts'
import { textTable } from './text-table.ts'

/** One figure of several plants; null where a plant has none. */
interface ComparedFigure {
  readonly name: string
  readonly unit: string
  readonly values: readonly (number | null)[]
}

const finite = (value: number | undefined | null) =>
  value !== undefined && value !== null && Number.isFinite(value) ? value : null

const rate = ({ finance }: Appraisal) => {
  const { projectIrr } = finance.metrics
  return projectIrr.outcome === 'found' ? 100 * projectIrr.rate : null
}

const payback = ({ finance }: Appraisal) => {
  const found = finance.metrics.payback
  return found.outcome === 'found' ? found.fromOperation : null
}

const factor = ({ finance }: Appraisal) => {
  const found = finance.breakEvens?.basketFactor
  return found?.outcome === 'found' ? found.x : null
}

const emitted = ({ footprint }: Appraisal) =>
  'missing' in footprint ? null : finite(footprint.perKgReo)

/** The figures by which plants are set side by side, each in the money of the first. */
function comparedFigures(appraisals: readonly Appraisal[]): readonly ComparedFigure[] {
  const [first] = appraisals
  if (first === undefined) return []
  const money = (prefix: string) => moneyUnit(first, prefix)
  const row = (
    name: string,
    unit: string,
    of: (appraisal: Appraisal) => number | undefined | null,
  ): ComparedFigure => ({ name, unit, values: appraisals.map((each) => finite(of(each))) })
  const [million, perKg] = [money('M'), moneyUnit(first, '', '/kg')]
  return [
    row('oxides', 't/y', ({ operating }) => operating.reo / 1000),
    row('fixed capital', million, ({ capital }) => capital.totals.fixed / 1e6),
    row('capital per kg a year', perKg, (a) => a.capital.totals.fixed / a.operating.reo),
    row('cost a year', million, ({ operating }) => operating.perYear / 1e6),
    row('cost per oxide', perKg, ({ operating }) => operating.perKgReo),
    row('sales a year', million, ({ sales }) => sales.perYear / 1e6),
    row('sales per oxide', perKg, ({ sales }) => sales.perKgReo),
    row('project value', million, ({ finance }) => finance.metrics.projectNpv / 1e6),
    row('project return', '%', rate),
    row('payback from operation', 'y', payback),
    row('levelised cost', perKg, ({ finance }) => finance.metrics.levelised.perKg),
    row('break-even: all prices times', '', factor),
    row('footprint per oxide', 'kg CO2e/kg', emitted),
  ]
}

/** Plants side by side, with the difference where there are two. */
export function compareText(names: readonly string[], appraisals: readonly Appraisal[]): string {
  const figures = comparedFigures(appraisals)
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? '-' : figure(value)
  const table = textTable(figures, [
    { head: 'figure', cell: ({ name }) => name },
    { head: 'unit', cell: ({ unit }) => unit },
    ...names.map((head, k) => ({
      head,
      cell: ({ values }: ComparedFigure) => cell(values[k]),
      align: 'right' as const,
    })),
    ...(names.length === 2
      ? [
          {
            head: 'second less first',
            cell: ({ values: [a, b] }: ComparedFigure) =>
              a === null || b === null || a === undefined || b === undefined ? '-' : cell(b - a),
            align: 'right' as const,
          },
        ]
      : []),
  ])
  const gaps = appraisals.map(
    ({ gaps: missing }, k) => `${names[k] ?? ''}: ${missing.length} gaps that are in no figure`,
  )
  return [table, '', ...gaps].join('\n')
}

/** The same figures as a table for a workbook. */
export function compareTable(
  names: readonly string[],
  appraisals: readonly Appraisal[],
): readonly (readonly Cell[])[] {
  return [
    ['figure', 'unit', ...names],
    ...comparedFigures(appraisals).map(({ name, unit, values }): Cell[] => [name, unit, ...values]),
  ]
}

/** The same figures ready to be drawn. */
export function compareChart(
  names: readonly string[],
  appraisals: readonly Appraisal[],
): ComparisonChart {
  return { title: names.join(' and '), names, figures: comparedFigures(appraisals) }
}
