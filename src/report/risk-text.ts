import type { RiskCaseSummary, RiskSpread, RiskSummary, Tornado } from '../scenario/index.ts'
import { figure } from './numbers.ts'
import { textTable, wrapped } from './text-table.ts'
import { strongest } from './uncertainty-text.ts'

const number = (value: number | null) => (value === null ? '-' : figure(value, 4))
/** A quantile among draws of which some never come to a value. */
const orNever = (value: number | null, { never }: RiskSpread) =>
  value === null && never > 0 ? 'never' : number(value)
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/**
 * What the odds are: spread of every measure, what drives it, what each input alone does to the
 * measure `of`, and what became of every draw.
 */
export function riskText(summary: RiskSummary, of = 'npv'): string {
  const { cases, draws, design, seed, currency, year, fixed, assumptions } = summary
  const parts = [
    `${draws} draws (${design}, seed ${seed}), money in ${currency} of ${year}`,
    ...cases.flatMap((one) => caseText(one, draws, of)),
    ...differenceText(summary),
    inputText(summary),
    ...listed('assumed', assumptions, 6),
    ...listed('fixed, because nobody states how uncertain they are', fixed, 4),
  ]
  return parts.join('\n\n')
}

function caseText(one: RiskCaseSummary, draws: number, of: string): readonly string[] {
  const { spreads, requirements, tornado, gaps } = one
  const tail = spreads[0]?.tail ?? 0
  const worst = `worst ${Number((100 * tail).toPrecision(3))} %`
  return [
    outcomes(one, draws),
    textTable(spreads, [
      { head: 'measure', cell: ({ title }) => title },
      { head: 'as written', cell: ({ base }) => number(base), align: 'right' },
      { head: 'P10', cell: (of) => orNever(of.p10, of), align: 'right' },
      { head: 'P50', cell: (of) => orNever(of.p50, of), align: 'right' },
      { head: 'P90', cell: (of) => orNever(of.p90, of), align: 'right' },
      { head: 'mean', cell: ({ mean }) => number(mean), align: 'right' },
      { head: worst, cell: (of) => orNever(of.cvar, of), align: 'right' },
      { head: '', cell: ({ unit }) => unit },
    ]),
    chances(spreads, requirements, draws),
    drivers(one),
    ...tornado.filter(({ measure }) => measure === of).map(tornadoText),
    ...listed(
      'not in the figures',
      gaps.map(({ what, why }) => `${what} (${why})`),
      4,
    ),
  ]
}

function outcomes({ name, set, solved, failures }: RiskCaseSummary, draws: number): string {
  const changed = set.length === 0 ? '' : ` with ${set.join(', ')}`
  const lost = draws - solved
  const head = `${name}${changed}: ${solved} draws solved, ${lost} without a solution`
  const lines = failures.map(({ outcome, unit, count, detail }) =>
    wrapped(`  ${count} ${outcome}${unit === '' ? '' : ` in ${unit}`}: ${detail}`, 100, '      '),
  )
  return [head, ...lines].join('\n')
}

/** Chances in words: a loss, what never comes, what was asked. */
function chances(
  spreads: readonly RiskSpread[],
  requirements: RiskCaseSummary['requirements'],
  draws: number,
): string {
  const lines = spreads.flatMap(({ measure, title, belowZero, never, count }) => [
    ...(measure === 'npv' || measure === 'equity-npv'
      ? [`  ${percent(belowZero)} of ${count} draws: ${title.toLowerCase()} below zero`]
      : []),
    ...(never > 0 ? [`  ${percent(never / count)} of ${count} draws: ${noneOf(title)}`] : []),
  ])
  const met = requirements.map(
    ({ requirement, met: share }) => `  ${percent(share)} of all ${draws} draws: ${requirement}`,
  )
  return ['the odds', ...lines, ...met].join('\n')
}

const noneOf = (title: string) => `no ${title[0]?.toLowerCase() ?? ''}${title.slice(1)}`

function drivers({ spreads, solved }: RiskCaseSummary): string {
  const lines = spreads.map(({ title, influences, deviation }) => {
    const none = (deviation ?? 0) > 0 ? 'nothing above the noise' : 'does not vary'
    return wrapped(`  ${title}: ${strongest(influences, solved) || none}`, 100, '      ')
  })
  const head = 'what matters: first-order Sobol index (rank correlation), strongest first'
  return [head, ...lines].join('\n')
}

const longest = 10

function tornadoText({ measure, unit, base, bars }: Tornado): string {
  const shown = bars.slice(0, longest)
  const head = `${measure} when one input alone goes to its P10 and P90, ${number(base)} ${unit} as written`
  const table = textTable(shown, [
    { head: 'input', cell: ({ input }) => input },
    { head: 'P10', cell: ({ low }) => low },
    { head: measure, cell: ({ atLow }) => number(atLow), align: 'right' },
    { head: 'P90', cell: ({ high }) => high },
    { head: measure, cell: ({ atHigh }) => number(atHigh), align: 'right' },
  ])
  const more = bars.length - shown.length
  return [head, table, ...(more > 0 ? [`${more} more move it less`] : [])].join('\n')
}

function differenceText({ cases, differences }: RiskSummary): readonly string[] {
  const [first, second] = cases
  if (first === undefined || second === undefined || differences.length === 0) return []
  const head = `${second.name} less ${first.name}, draw by draw`
  const table = textTable(differences, [
    { head: 'measure', cell: ({ measure }) => measure },
    { head: 'P10', cell: ({ p10 }) => number(p10), align: 'right' },
    { head: 'P50', cell: ({ p50 }) => number(p50), align: 'right' },
    { head: 'P90', cell: ({ p90 }) => number(p90), align: 'right' },
    { head: 'mean', cell: ({ mean }) => number(mean), align: 'right' },
    { head: '', cell: ({ unit }) => unit },
    { head: 'better in', cell: ({ better }) => percent(better), align: 'right' },
    { head: 'of draws', cell: ({ count }) => String(count), align: 'right' },
    { head: 'correlation', cell: ({ correlation }) => correlation.toFixed(2), align: 'right' },
  ])
  return [[head, table].join('\n')]
}

function inputText({ inputs }: RiskSummary): string {
  const lines = inputs.map(({ name, text, origin, basis }) => {
    const from = origin === 'assumed' ? `assumption: ${basis}` : basis
    return wrapped(`  ${name}: ${text} (${from})`, 100, '      ')
  })
  return ['uncertain', ...lines].join('\n')
}

function listed(head: string, items: readonly string[], most: number): readonly string[] {
  if (items.length === 0) return []
  const more = items.length > most ? [`  and ${items.length - most} more (--json lists all)`] : []
  const lines = items.slice(0, most).map((item) => wrapped(`  ${item}`, 100, '    '))
  return [[`${head}:`, ...lines, ...more].join('\n')]
}
