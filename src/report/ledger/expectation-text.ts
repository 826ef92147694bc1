import type { Compared, Drift, Expectation } from '../../twin/index.ts'
import { figure, percent } from '../numbers.ts'
import { textTable, wrapped } from '../text-table.ts'
import { dayText, sections, syntheticText } from './words.ts'

const signedPercent = (fraction: number | undefined) =>
  fraction === undefined
    ? '-'
    : `${fraction < 0 ? '−' : '+'}${figure(Math.abs(100 * fraction), 3)} %`

function comparedText(
  head: string,
  rows: readonly Compared[],
  text: (value: number) => string,
): string {
  const right = 'right' as const
  return textTable(rows, [
    { head, cell: ({ name }) => name },
    {
      head: 'expected',
      cell: (row) => (row.expected === undefined ? '-' : text(row.expected.value)),
      align: right,
    },
    {
      head: 'actual',
      cell: (row) => (row.actual === undefined ? 'unknown' : text(row.actual.value)),
      align: right,
    },
    { head: 'deviation', cell: ({ deviation }) => signedPercent(deviation), align: right },
    {
      head: 'z',
      cell: ({ z }) => (z === undefined ? '-' : z.toFixed(1).replace('-', '−')),
      align: right,
    },
  ])
}

/** Expected against actual, for the terminal. */
export function expectationText(
  expectation: Expectation,
  options: { readonly isSynthetic?: boolean } = {},
): string {
  const { code, outcome, detail, plant, masses, purities, recoveries, notes } = expectation
  const head = `${code} against the plant file ${plant.slice(0, 12)}: ${outcome}, ${detail}`
  return sections(
    options.isSynthetic === true ? syntheticText : '',
    wrapped(head, 100, '  '),
    comparedText('product, kg', masses, (value) => figure(value)),
    comparedText('REO/TREO', purities, percent),
    comparedText('recovery', recoveries, percent),
    notes.map((note) => wrapped(`note: ${note}`, 100, '  ')).join('\n'),
  )
}

/** Drift over campaigns, for the terminal: limits, the last point and every signal. */
export function driftText(drift: Drift): string {
  const right = 'right' as const
  const table = textTable(drift.series, [
    { head: 'series', cell: ({ what, element }) => `${element} ${what}` },
    { head: 'campaigns', cell: ({ points }) => `${points.length}`, align: right },
    {
      head: 'mean',
      cell: ({ limits }) => (limits === undefined ? '-' : signedPercent(limits.mean)),
      align: right,
    },
    {
      head: '3 sigma',
      cell: ({ limits }) => (limits === undefined ? '-' : `${figure(300 * limits.sigma, 3)} %`),
      align: right,
    },
    { head: 'last', cell: ({ points }) => signedPercent(points.at(-1)?.value), align: right },
    {
      head: 'signals',
      cell: ({ points }) => {
        const signals = points.filter(({ signal }) => signal !== undefined)
        const [first] = signals
        if (first === undefined) return 'none'
        return `${signals.length}, first ${first.code} (${first.signal ?? ''}, ${dayText(first.time)})`
      },
    },
  ])
  return sections(
    drift.isSynthetic ? syntheticText : '',
    table || 'no campaign has a balance to show yet',
    wrapped(drift.method, 100, '  '),
    drift.notes.map((note) => wrapped(`note: ${note}`, 100, '  ')).join('\n'),
  )
}
