import type { CaseRow, OptimumReport, Result, Sensitivity } from '../scenario/index.ts'
import { figure } from './numbers.ts'
import type { Cell } from './cells.ts'
import { textTable, wrapped } from './text-table.ts'

const withUnit = (name: string, unit: string) => (unit === '' ? name : `${name}, ${unit}`)
const maybe = (value: number | null, digits = 5) => (value === null ? '-' : figure(value, digits))

/** A table of derivatives for each result, the steepest first. */
export function sensitivityText({ results, parameters }: Sensitivity): string {
  const tables = results.map(({ result, unit, base }, k) => {
    const rows = parameters
      .flatMap((p) => {
        const slope = p.slopes[k]
        return slope === undefined ? [] : [{ ...p, slope }]
      })
      .sort((a, b) => swing(b.slope) - swing(a.slope))
    const table = textTable(rows, [
      { head: 'parameter', cell: ({ parameter }) => parameter },
      { head: 'value', cell: (p) => figure(p.value, 5), align: 'right' },
      { head: '', cell: (p) => p.unit },
      { head: 'slope', cell: ({ slope }) => maybe(slope.slope, 4), align: 'right' },
      { head: 'error', cell: ({ slope }) => slope.error.toExponential(0), align: 'right' },
      { head: '% per %', cell: ({ slope }) => maybe(slope.elasticity, 3), align: 'right' },
      { head: 'moved by ±', cell: (p) => figure(p.move, 3), align: 'right' },
      { head: 'low', cell: ({ slope }) => maybe(slope.low), align: 'right' },
      { head: 'high', cell: ({ slope }) => maybe(slope.high), align: 'right' },
    ])
    return `${withUnit(result, unit)}: ${figure(base, 6)}\n${table}`
  })
  const failures = parameters.flatMap(({ parameter, failures: own }) =>
    own.map((detail) => wrapped(`  ${parameter}: ${detail}`, 100, '      ')),
  )
  const lost = failures.length === 0 ? [] : [['without a solution', ...failures].join('\n')]
  return [...tables, ...lost].join('\n\n')
}

const swing = ({ low, high }: { readonly low: number | null; readonly high: number | null }) =>
  low === null || high === null ? Number.POSITIVE_INFINITY : Math.abs(high - low)

/** One row for each result and parameter. */
export function sensitivityTable({
  results,
  parameters,
}: Sensitivity): readonly (readonly Cell[])[] {
  const heads = ['result', 'result unit', 'base', 'parameter', 'parameter unit', 'value', 'slope']
  const rows = parameters.flatMap((p) =>
    results.map(({ result, unit, base }, k): Cell[] => {
      const s = p.slopes[k]
      const found = [s?.slope, s?.error, s?.elasticity, p.move, s?.low, s?.high]
      const numbers = found.map((value) => value ?? null)
      return [result, unit, base, p.parameter, p.unit, p.value, ...numbers]
    }),
  )
  return [[...heads, 'error', '% per %', 'move', 'low', 'high'], ...rows]
}

/** Heads and a row for each case: what was set, the results, how it ended. */
export function caseTable(
  heads: readonly string[],
  rows: readonly CaseRow[],
  results: readonly Result[],
  settings: readonly (readonly number[])[],
): readonly (readonly Cell[])[] {
  return [
    [...heads, ...results.map(({ text, unit }) => withUnit(text, unit)), 'outcome'],
    ...rows.map((row, k): Cell[] => [
      ...(settings[k] ?? []),
      ...results.map((_, j) => row.values[j] ?? null),
      row.outcome,
    ]),
  ]
}

/** A case table for people; why a case has no solution stands below. */
export function caseText(table: readonly (readonly Cell[])[], rows: readonly CaseRow[]): string {
  const [heads = [], ...body] = table
  const text = textTable(
    body,
    heads.map((head, k) => ({
      head: String(head),
      cell: (row: readonly Cell[]) => {
        const cell = row[k] ?? null
        return cell === null ? '-' : typeof cell === 'number' ? figure(cell, 5) : cell
      },
      align: k < heads.length - 1 ? ('right' as const) : ('left' as const),
    })),
  )
  const lost = rows.flatMap(({ detail }, k) =>
    detail === '' ? [] : [wrapped(`  row ${k + 1}: ${detail}`, 100, '      ')],
  )
  return [text, ...(lost.length > 0 ? ['', ...lost] : [])].join('\n')
}

/** What was moved, what it gave, what binds. */
export function optimumText(report: OptimumReport): string {
  const { objective, parameters, requirements, evaluations, choices } = report
  const before = objective.before === null ? '-' : figure(objective.before, 6)
  const parts = [
    `${report.outcome}: ${objective.text} ${figure(objective.value, 6)} (as written ${before})`,
    wrapped(report.text, 100),
    textTable(parameters, [
      { head: 'parameter', cell: ({ path }) => path },
      { head: 'as written', cell: (p) => figure(p.before, 5), align: 'right' },
      { head: 'found', cell: (p) => figure(p.value, 6), align: 'right' },
      { head: '', cell: ({ unit }) => unit },
      { head: 'bounds', cell: (p) => `${figure(p.low, 4)} to ${figure(p.high, 4)}` },
      { head: '', cell: ({ binds }) => (binds === null ? '' : `at its ${binds} bound`) },
    ]),
  ]
  if (requirements.length > 0) {
    parts.push(
      textTable(requirements, [
        { head: 'requirement', cell: ({ requirement }) => requirement },
        { head: 'as written', cell: (r) => maybe(r.before), align: 'right' },
        { head: 'found', cell: (r) => figure(r.value, 6), align: 'right' },
        { head: '', cell: ({ unit }) => unit },
        { head: '', cell: (r) => (r.met ? (r.binds ? 'binds' : 'met') : 'not met') },
        {
          head: 'relaxed by 1',
          cell: (r) => (r.binds ? figure(r.price, 3) : ''),
          align: 'right',
        },
      ]),
    )
  }
  const whole = choices > 1 ? `, ${choices} choices of whole numbers` : ''
  parts.push(`${evaluations} solutions of the plant${whole}`)
  return parts.join('\n\n')
}
