import type { Fit, FittedNumber, LeftOut, SourceFit } from '../scenario/index.ts'
import { figure } from './numbers.ts'
import { textTable, wrapped } from './text-table.ts'
import { validityText } from './validity.ts'

const width = 100

/** A number with the digits that its error leaves. */
function within(value: number, error: number | undefined): string {
  if (error === undefined) return figure(value)
  const decimals = Math.min(Math.max(1 - Math.floor(Math.log10(error)), 0), 6)
  return value.toFixed(decimals)
}

function numbersTable(numbers: readonly FittedNumber[]): string {
  return textTable(numbers, [
    { head: 'number', cell: ({ name }) => name },
    { head: 'value', cell: (n) => within(n.value, n.standardError), align: 'right' },
    {
      head: '±',
      cell: ({ standardError: e }) => (e === undefined ? '' : within(e, e)),
      align: 'right',
    },
    {
      head: '95 % from',
      cell: ({ interval, standardError }) =>
        interval === undefined ? '' : within(interval[0], standardError),
      align: 'right',
    },
    {
      head: 'to',
      cell: ({ interval, standardError }) =>
        interval === undefined ? '' : within(interval[1], standardError),
      align: 'right',
    },
    { head: '', cell: ({ atBound }) => (atBound ? 'on its bound' : '') },
  ])
}

/** The correlation matrix, or only its large entries where it is wide. */
function correlationText({ correlation }: Fit): string {
  if (correlation === undefined || correlation.names.length < 2) return ''
  const { names, matrix } = correlation
  if (names.length <= 8) {
    const table = textTable(
      names.map((name, row) => ({ name, row })),
      [
        { head: 'correlation', cell: ({ name }) => name },
        ...names.map((head, k) => ({
          head,
          cell: ({ row }: { readonly row: number }) =>
            k > row ? '' : (matrix[row]?.[k] ?? 0).toFixed(2),
          align: 'right' as const,
        })),
      ],
    )
    return `\n${table}\n`
  }
  const large = names.flatMap((one, j) =>
    names.slice(0, j).flatMap((other, k) => {
      const r = matrix[j]?.[k] ?? 0
      return Math.abs(r) > 0.5 ? [{ text: `${other} ${one} ${r.toFixed(2)}`, r: Math.abs(r) }] : []
    }),
  )
  if (large.length === 0) return '\nno correlation above 0.5\n'
  const shown = large.toSorted((a, b) => b.r - a.r).slice(0, 24)
  const rest = large.length - shown.length
  const text = shown.map((entry) => entry.text).join(', ')
  return `\n${wrapped(`correlations above 0.5: ${text}${rest > 0 ? `, ${rest} more` : ''}`, width, '  ')}\n`
}

const find = (list: readonly SourceFit[], at: SourceFit) =>
  list.find(({ source, element }) => source === at.source && element === at.element)
const decades = (fit: SourceFit | undefined) =>
  fit === undefined || Number.isNaN(fit.rms) ? '' : fit.rms.toFixed(3)

function sourcesTable({ sources, leftOut, unconstrained, alone }: Fit): string {
  const right = 'right' as const
  const column = (head: string, list: readonly SourceFit[]) =>
    list.length === 0
      ? []
      : [{ head, cell: (at: SourceFit) => decades(find(list, at)), align: right }]
  const table = textTable(sources, [
    { head: 'source', cell: ({ source }) => source },
    { head: 'element', cell: ({ element }) => element },
    { head: 'D', cell: ({ count }) => `${count}`, align: right },
    { head: 'rms', cell: decades, align: right },
    { head: 'bias', cell: ({ bias }) => bias.toFixed(3), align: right },
    ...column('not held', unconstrained),
    ...column('alone', alone),
    ...column('left out', leftOut),
  ])
  const says = [
    'log10 of predicted over measured D',
    ...(unconstrained.length > 0 ? ['not held: without the limits of separation factors'] : []),
    ...(alone.length > 0 ? ['alone: fitted to this source only'] : []),
    ...(leftOut.length > 0 ? ['left out: predicted from the other sources'] : []),
  ]
  const refused = refusals(leftOut)
  return `${table}\n${wrapped(says.join('; '), width)}${refused === '' ? '' : `\n${refused}`}`
}

function refusals(leftOut: readonly LeftOut[]): string {
  const lost = leftOut.filter(({ refused }) => refused !== undefined)
  if (lost.length === 0) return ''
  const bySource = new Map<string, string[]>()
  for (const { source, element, refused } of lost) {
    const key = `not predicted without ${source} (${refused})`
    bySource.set(key, [...(bySource.get(key) ?? []), element])
  }
  return [...bySource].map(([why, els]) => wrapped(`${why}: ${els.join(' ')}`, width)).join('\n')
}

const outcomes: Readonly<Record<Fit['outcome'], string>> = {
  converged: 'converged',
  undetermined: 'UNDETERMINED: the tests do not tell some numbers from others',
  'max-iterations': 'NOT CONVERGED: the search did not come to rest',
}

/** A fit for people: numbers with errors, correlations, sources, what is suspect. */
export function fitText(fit: Fit): string {
  const { numbers, measures, degreesOfFreedom, errors, scatter, repeats, skipped, set } = fit
  const how = errors === 'stated' ? 'from the stated errors' : 'from the scatter of the residuals'
  const lines = [
    `${outcomes[fit.outcome]}: ${numbers.length} numbers fitted to ${measures.length} measurements, ` +
      `${degreesOfFreedom} degrees of freedom; errors ${how}`,
    '',
    numbersTable(numbers),
    correlationText(fit),
    sourcesTable(fit),
    '',
  ]
  if (Number.isFinite(scatter)) {
    lines.push(`scatter: ${figure(scatter, 3)} times the errors as weighed`)
  }
  if (repeats !== undefined) {
    lines.push(
      `${repeats.tests} repeated tests differ by ${figure(repeats.scatter, 3)} times those errors; ` +
        `a right model misses them as the fit does with probability ${figure(repeats.probability, 2)}`,
    )
  }
  lines.push(wrapped(`valid: ${validityText(set.validity)}`, width, '  '))
  const section = (title: string, sentences: readonly string[]) => {
    if (sentences.length === 0) return
    lines.push('', title, ...sentences.map((text) => wrapped(`  ${text}`, width, '    ')))
  }
  section('left out', shortened(skipped.map(({ place, why }) => `${place}: ${why}`)))
  section('look at this', fit.warnings)
  return lines.join('\n')
}

function shortened(sentences: readonly string[], most = 20): readonly string[] {
  if (sentences.length <= most) return sentences
  return [...sentences.slice(0, most), `${sentences.length - most} more (all: --csv, --json)`]
}
