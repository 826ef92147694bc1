import type { Influence, UncertaintySummary } from '../scenario/index.ts'
import { figure } from './numbers.ts'
import { textTable, wrapped } from './text-table.ts'

const origins = { stated: 'stated', given: 'given here', assumed: 'assumption' } as const

/** P10, P50 and P90 of every result, what drives it, and what became of every draw. */
export function uncertaintyText(summary: UncertaintySummary): string {
  const { results, requirements, fixed } = summary
  const parts = [
    outcomes(summary),
    textTable(results, [
      { head: 'result', cell: ({ result }) => result },
      {
        head: 'as written',
        cell: ({ base }) => (base === null ? '-' : number(base)),
        align: 'right',
      },
      { head: 'P10', cell: ({ p10 }) => number(p10), align: 'right' },
      { head: 'P50', cell: ({ p50 }) => number(p50), align: 'right' },
      { head: 'P90', cell: ({ p90 }) => number(p90), align: 'right' },
      { head: '', cell: ({ unit }) => unit },
    ]),
    drivers(summary),
    inputTable(summary),
  ]
  if (requirements.length > 0) {
    const met = requirements.map(
      (r) => `  ${(100 * r.met).toFixed(1)} % of all draws: ${r.requirement}`,
    )
    parts.push(['met (a draw without a solution is not)', ...met].join('\n'))
  }
  if (fixed.length > 0) {
    const more = fixed.length > 4 ? ` and ${fixed.length - 4} more` : ''
    const names = `${fixed.slice(0, 4).join(', ')}${more}`
    const text = `fixed, because nobody states how uncertain they are: ${names}`
    parts.push(wrapped(text, 100, '  '))
  }
  return parts.join('\n\n')
}

const number = (value: number) => figure(value, 5)

function outcomes({ draws, design, seed, solved, failures }: UncertaintySummary): string {
  const lost = draws - solved
  const head = `${draws} draws (${design}, seed ${seed}): ${solved} solved, ${lost} without a solution`
  const lines = failures.map(({ outcome, unit, count, detail }) =>
    wrapped(`  ${count} ${outcome}${unit === '' ? '' : ` in ${unit}`}: ${detail}`, 100, '      '),
  )
  return [head, ...lines].join('\n')
}

function drivers({ results, solved }: UncertaintySummary): string {
  const lines = results.map(({ result, influences, deviation }) => {
    const none = deviation > 0 ? 'nothing above the noise' : 'does not vary'
    return wrapped(`  ${result}: ${strongest(influences, solved) || none}`, 100, '      ')
  })
  const head = 'what matters: first-order Sobol index (rank correlation), strongest first'
  return [head, ...lines].join('\n')
}

/** The inputs that explain most of a result, in words; empty where none rises above the noise. */
export function strongest(influences: readonly Influence[], solved: number): string {
  // The error of an index from n draws is about 1 / sqrt(n): of many inputs some go to twice that.
  const noise = Math.max(0.02, 2 / Math.sqrt(Math.max(1, solved)))
  const strong = influences.filter((i) => strengthOf(i) > noise).slice(0, 3)
  const said = strong.map(({ input, firstOrder, rankCorrelation, total }) => {
    const whole = total === undefined ? '' : `, total ${total.toFixed(2)}`
    return `${input} ${Math.max(0, firstOrder).toFixed(2)} (${signed(rankCorrelation)}${whole})`
  })
  return said.join('; ')
}

const strengthOf = ({ total, firstOrder, rankCorrelation }: Influence) =>
  total ?? Math.max(firstOrder, rankCorrelation ** 2)

const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`

function inputTable({ inputs }: UncertaintySummary): string {
  return textTable(inputs, [
    { head: 'input', cell: ({ path }) => path },
    { head: 'value', cell: ({ value }) => number(value), align: 'right' },
    { head: '±', cell: ({ deviation }) => figure(deviation, 3), align: 'right' },
    { head: '', cell: ({ unit }) => unit },
    { head: 'uncertainty', cell: ({ origin }) => origins[origin] },
  ])
}
