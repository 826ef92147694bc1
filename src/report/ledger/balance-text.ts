import type {
  BalanceReport,
  ElementBalance,
  Quantity,
  SuspectMeasurement,
} from '../../twin/index.ts'
import type { Cell } from '../cells.ts'
import { figure, percent } from '../numbers.ts'
import { textTable, wrapped } from '../text-table.ts'
import { dayText, nameOf, sections, syntheticText } from './words.ts'

const expanded = 1.96
const signed = (value: number) => `${value < 0 ? '−' : ''}${figure(Math.abs(value))}`

const within = ({ value, u }: Quantity) =>
  u === undefined ? signed(value) : `${signed(value)} ± ${figure(expanded * u, 3)}`

const recoveryText = (recovery: Quantity | undefined) => {
  if (recovery === undefined) return '-'
  const { value, u } = recovery
  return u === undefined ? percent(value) : `${percent(value)} ± ${figure(100 * expanded * u, 2)}`
}

function elementsText({ elements }: BalanceReport): string {
  const sum = (one: ElementBalance, roles: readonly (keyof ElementBalance['byRole'])[]) =>
    roles.reduce((total, role) => total + (one.byRole[role]?.value ?? 0), 0)
  const right = 'right' as const
  return textTable(elements, [
    { head: 'kg', cell: ({ element }) => element },
    {
      head: 'feed',
      cell: (one) => figure(sum(one, ['feed', 'reagent', 'returned', 'moved in'])),
      align: right,
    },
    { head: 'open', cell: (one) => figure(sum(one, ['open'])), align: right },
    { head: 'product', cell: (one) => figure(sum(one, ['product'])), align: right },
    { head: 'by-product', cell: (one) => figure(sum(one, ['by-product'])), align: right },
    { head: 'residue', cell: (one) => figure(sum(one, ['residue', 'effluent'])), align: right },
    {
      head: 'other',
      cell: (one) => figure(sum(one, ['intermediate', 'sample', 'moved out'])),
      align: right,
    },
    { head: 'close', cell: (one) => figure(sum(one, ['close'])), align: right },
    { head: 'unaccounted (95 %)', cell: ({ gap }) => within(gap), align: right },
    { head: 'verdict', cell: ({ verdict }) => verdict },
    { head: 'recovery', cell: ({ recovery }) => recoveryText(recovery), align: right },
    { head: 'reconciled', cell: (one) => recoveryText(one.reconciledRecovery), align: right },
  ])
}

function becauseText({ elements }: BalanceReport): string {
  const reasons = new Map<string, string[]>()
  for (const { element, because } of elements) {
    if (because !== undefined) reasons.set(because, [...(reasons.get(because) ?? []), element])
  }
  return [...reasons]
    .map(([because, own]) => wrapped(`  ${own.join(', ')}: not judged, ${because}`, 100, '      '))
    .join('\n')
}

/** One measurement that may be wrong, with where it comes from. */
function suspectText(suspect: SuspectMeasurement): string {
  const {
    what,
    code,
    element,
    sample,
    laboratory,
    event,
    flag,
    z,
    measured,
    wouldBe,
    unlike,
    alike,
  } = suspect
  const number = (value: number) => (what === 'mass' ? `${figure(value)} kg` : percent(value))
  const where = [
    ...(sample === undefined ? [] : [`sample ${nameOf(sample)}`]),
    ...(laboratory === undefined ? [] : [`laboratory ${laboratory}`]),
    ...(event === undefined ? [] : [`event ${event}`]),
  ]
  const odd = unlike === undefined ? '' : `, ${percent(unlike)} from the median of its like`
  const others = alike === 0 ? '' : `; ${alike} others would explain it about as well`
  const read = `${number(measured)}, would have to be ${number(wouldBe)} (z ${figure(z, 3)}${odd})`
  const head = `${flag}: ${what === 'mass' ? 'mass' : element} of ${code}: ${read}${others}`
  return [head, ...where].join('; ')
}

function reconciliationText({ reconciliation, suspects }: BalanceReport): string {
  if (reconciliation === undefined) return 'reconciliation: none, no element is complete'
  if (!('global' in reconciliation) || reconciliation.global === undefined) {
    return wrapped(
      `reconciliation: ${reconciliation.outcome}, ${'detail' in reconciliation ? reconciliation.detail : ''}`,
      100,
      '  ',
    )
  }
  const { outcome, global, first = global, removed = [], criticalZ = 0 } = reconciliation
  const test = ({ chi2, degrees, limit, p }: typeof global) =>
    `chi-squared ${figure(chi2)} of ${degrees} (limit ${figure(limit)}, p ${figure(p, 2)})`
  const shown = suspects.slice(0, 8).map((one) => wrapped(`  ${suspectText(one)}`, 100, '      '))
  const more = suspects.length > 8 ? [`  and ${suspects.length - 8} more`] : []
  const set = removed.length === 0 ? '' : `; ${removed.length} set aside, then ${test(global)}`
  return [
    wrapped(
      `reconciliation: ${outcome}, ${test(first)}${set}; critical z ${figure(criticalZ, 3)}`,
      100,
      '  ',
    ),
    ...shown,
    ...more,
  ].join('\n')
}

function missingText({ missing }: BalanceReport): string {
  if (missing.length === 0) return ''
  const shown = missing
    .slice(0, 12)
    .map(({ code, what, element }) => `${code} (${element ?? what})`)
  const more = missing.length > 12 ? ` and ${missing.length - 12} more` : ''
  return wrapped(`no uncertainty is stated for ${shown.join(', ')}${more}`, 100, '  ')
}

/** A balance for the terminal: elements, what is suspect, what is missing. */
export function balanceText(report: BalanceReport): string {
  const { title, from, to, isSynthetic, holdUp, notes } = report
  const span = `${dayText(from)} to ${to === undefined ? 'now (it is running)' : dayText(to)}`
  return sections(
    [
      ...(isSynthetic ? [syntheticText] : []),
      report.kind === 'period' ? title : `${title}, ${span}`,
      wrapped(`hold-up ${holdUp.basis}: ${holdUp.detail}`, 100, '  '),
    ].join('\n'),
    elementsText(report) || 'no lot has an assay: there is nothing to balance',
    becauseText(report),
    reconciliationText(report),
    missingText(report),
    notes.map((note) => wrapped(`note: ${note}`, 100, '  ')).join('\n'),
  )
}

const cell = (value: number | undefined): Cell => value ?? null

/** A row for each line and element with raw and reconciled values, then one for each gap. */
export function balanceTable(report: BalanceReport): readonly (readonly Cell[])[] {
  const heads = [
    'role',
    'side',
    'lot',
    'product',
    'element',
    'mass kg',
    'mass u kg',
    'fraction',
    'fraction u',
  ]
  const rows = report.lines.flatMap((line) =>
    line.elements.map((one): Cell[] => [
      line.role,
      line.side,
      line.name,
      line.product ?? null,
      one.element,
      line.mass.value,
      cell(line.mass.u),
      cell(one.fraction?.value),
      cell(one.fraction?.u),
      one.isBelow ? 'below the limit' : (one.status ?? null),
      cell(one.contained?.value),
      cell(one.contained?.u),
      cell(line.reconciledMass?.value),
      cell(one.reconciled?.fraction.value),
      cell(one.reconciled?.contained.value),
      one.flag ?? null,
    ]),
  )
  const gaps = report.elements.map(({ element, gap, verdict }): Cell[] => [
    'unaccounted',
    null,
    report.title,
    null,
    element,
    ...Array.from({ length: 5 }, () => null),
    gap.value,
    cell(gap.u),
    null,
    null,
    null,
    verdict,
  ])
  const more = [
    'status',
    'contained kg',
    'contained u kg',
    'reconciled mass kg',
    'reconciled fraction',
  ]
  const note: Cell[][] = report.isSynthetic ? [[syntheticText]] : []
  return [[...heads, ...more, 'reconciled contained kg', 'flag'], ...rows, ...gaps, ...note]
}
