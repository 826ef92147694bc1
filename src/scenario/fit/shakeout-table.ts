import { measuredDistribution, type MeasuredRow, type Measurement } from '../../chemistry/index.ts'
import { bank as builtIn, type Databank } from '../../databank/index.ts'
import { type Finding, formatFinding } from '../findings.ts'
import {
  type Column,
  type ColumnRefusal,
  columnOf,
  type ErrorColumn,
  forms,
} from './shakeout-columns.ts'

/** A shake-out table as read: rows in mol/L, or all that is wrong with it. */
export type ShakeoutReading =
  | {
      readonly ok: true
      readonly rows: readonly MeasuredRow[]
      readonly elements: readonly string[]
    }
  | {
      readonly ok: false
      readonly findings: readonly Finding[]
      /** The findings as printable lines. */
      readonly text: string
    }

/** The cells of one line of a table, and where it stands in the file, from 1. */
export interface TableLine {
  readonly cells: readonly string[]
  readonly line: number
}

/** Takes a table apart; what cannot be is a finding, and then there are no lines. */
export type TakeApart = (text: string, add: AddFinding) => readonly TableLine[] | undefined

export type AddFinding = (
  line: number,
  column: number,
  code: string,
  message: string,
  expected?: string,
) => void

const shakeoutLimits = { rows: 100_000, columns: 200 } as const

/**
 * Reads a table of shake-out tests. The first line names the columns; the unit stands in the head
 * (`Nd feed g/L`, `Nd feed oxide g/L`, `Pr6O11 feed g/L`). What was measured at equilibrium is
 * `Nd D`, `Nd aqueous g/L`, `Nd organic g/L`, `pH`, and its error (one standard deviation)
 * `Nd D ±`, `Nd aqueous ± mg/L`, `Nd organic ± %`. A blank cell, `-` or `n/a` was not measured;
 * `<0.02` is below and `>80` above what the method sees. `takeApart` knows what stands between the
 * cells. `extractant` is the species id of the extractant of the set in use: with its molar mass
 * the bank reads `extractant g/L`.
 */
export function readShakeoutTable(
  text: string,
  file: string,
  takeApart: TakeApart,
  bank: Databank = builtIn,
  extractant?: string,
): ShakeoutReading {
  const findings: Finding[] = []
  const add: AddFinding = (line, column, code, message, expected = '') => {
    findings.push({ file, line, column, code, message, expected })
  }
  const table = takeApart(text, add)
  const [head, ...records] = table ?? []
  if (head === undefined) {
    if (findings.length === 0) add(1, 1, 'empty', 'the file is empty', forms)
    return refused(findings)
  }
  if (head.cells.length > shakeoutLimits.columns || records.length > shakeoutLimits.rows) {
    add(1, 1, 'too-large', 'the table is too large', `at most ${shakeoutLimits.rows} rows`)
    return refused(findings)
  }
  const columns = head.cells.map((cell, k) => {
    const column = columnOf(cell, bank, extractant)
    if ('message' in column) add(1, k + 1, 'column', column.message, column.expected)
    return column
  })
  checkColumns(columns, head.cells, add)
  if (records.length === 0) add(1, 1, 'empty', 'the table has no rows', 'a line for each test')
  if (findings.length > 0) return refused(findings)
  const rows = records.map((row) => rowOf(row, columns, head.cells, file, add))
  if (findings.length > 0) return refused(findings)
  const named = columns.flatMap((c) => ('element' in c ? [c.element ?? ''] : []))
  return { ok: true, rows, elements: [...new Set(named)].filter((el) => el !== '') }
}

function refused(findings: readonly Finding[]): ShakeoutReading {
  return { ok: false, findings, text: findings.map(formatFinding).join('\n') }
}

function checkColumns(
  columns: readonly (Column | ColumnRefusal)[],
  heads: readonly string[],
  add: AddFinding,
) {
  const seen = new Map<string, number>()
  for (const [k, column] of columns.entries()) {
    if ('message' in column) continue
    const key = keyOf(column)
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      const message = `the column "${heads[k]}" says the same as column ${earlier}`
      add(1, k + 1, 'duplicate', message, 'each quantity once')
    }
    seen.set(key, k + 1)
  }
  const missing = (kind: string) => !seen.has(kind)
  if (missing('extractant')) add(1, 1, 'missing', 'no column "extractant mol/L"', forms)
  if (missing('ratio')) add(1, 1, 'missing', 'no column "O:A"', forms)
  if (missing('hydrogen') && missing('pH')) {
    add(1, 1, 'missing', 'neither a column "H feed mol/L" nor a column "pH"', forms)
  }
  if (![...seen.keys()].some((key) => key.startsWith('feed '))) {
    add(1, 1, 'missing', 'no column "<El> feed mol/L"', forms)
  }
}

/** Two columns with the same key say the same: the acid of a feed is its pH too. */
function keyOf(column: Column): string {
  if (column.kind === 'error') return errorKey(column)
  if (column.kind === 'feed pH') return 'hydrogen'
  return 'element' in column ? `${column.kind} ${column.element}` : column.kind
}

const errorKey = ({ of, element = '' }: Pick<ErrorColumn, 'of' | 'element'>) =>
  `error ${of} ${element}`.trimEnd()

const numberPattern = /^([<>]?)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/
const notMeasured: ReadonlySet<string> = new Set(['', '-', 'n/a', 'N/A'])

interface RowValues {
  readonly metals: Readonly<Record<'feed' | 'organic feed', Record<string, number>>>
  readonly values: Map<string, number>
  readonly texts: Map<string, string>
  readonly measured: Measurement[]
  /** Errors of measured numbers, by `errorKey`. */
  readonly errors: Map<string, { readonly value: number; readonly relative: boolean }>
}

const measuredOf = (column: Column): Measurement['of'] | undefined =>
  column.kind === 'D' || column.kind === 'aqueous' || column.kind === 'organic'
    ? column.kind
    : column.kind === 'pH'
      ? 'pH'
      : undefined

/** The cells of a row by what their columns hold, in mol/L; what is no number is a finding. */
function valuesOf(
  { cells: row, line }: TableLine,
  columns: readonly (Column | ColumnRefusal)[],
  heads: readonly string[],
  add: AddFinding,
): RowValues {
  const read: RowValues = {
    metals: { feed: {}, 'organic feed': {} },
    values: new Map(),
    texts: new Map(),
    measured: [],
    errors: new Map(),
  }
  for (const [k, column] of columns.entries()) {
    const cell = row[k] ?? ''
    if ('message' in column || cell === '') continue
    if (!('factor' in column)) {
      read.texts.set(column.kind, cell)
      continue
    }
    if (notMeasured.has(cell)) continue
    const number = numberOf(cell, column, heads[k] ?? '', (code, message, expected) =>
      add(line, k + 1, code, message, expected),
    )
    if (number !== undefined) put(read, column, number)
  }
  return read
}

interface CellNumber {
  readonly value: number
  readonly limit?: 'below' | 'above'
}

/** The number of a cell in mol/L, or a finding. */
function numberOf(
  cell: string,
  column: Exclude<Column, { readonly kind: 'source' | 'note' }>,
  head: string,
  add: (code: string, message: string, expected: string) => void,
): CellNumber | undefined {
  const [, sign = '', digits] = numberPattern.exec(cell) ?? []
  const number = digits === undefined ? Number.NaN : Number(digits)
  const of = measuredOf(column)
  if (!Number.isFinite(number)) {
    const message = `"${head}" is "${cell.slice(0, 40)}"`
    add('number', message, 'a number with a decimal point, or a blank cell')
    return undefined
  }
  if (sign !== '' && (of === undefined || of === 'pH')) {
    const message = `"${head}" is "${cell.slice(0, 40)}", but it is no measured concentration or D`
    add('number', message, 'a number; limits only in columns of D, aqueous and organic')
    return undefined
  }
  if (number < 0 && of !== 'pH' && column.kind !== 'feed pH') {
    add('out-of-bounds', `"${head}" is negative`, 'zero or more')
    return undefined
  }
  if (number === 0 && column.kind === 'error') {
    add('out-of-bounds', `"${head}" is zero`, 'a standard deviation above zero, or a blank cell')
    return undefined
  }
  const value = number * column.factor
  return sign === '' ? { value } : { value, limit: sign === '<' ? 'below' : 'above' }
}

function put(
  { metals, values, measured, errors }: RowValues,
  column: Exclude<Column, { readonly kind: 'source' | 'note' }>,
  { value, limit }: CellNumber,
): void {
  const of = measuredOf(column)
  if (column.kind === 'error') errors.set(errorKey(column), { value, relative: column.relative })
  else if (of !== undefined) {
    const element = 'element' in column ? { element: column.element } : {}
    measured.push({ of, ...element, value, ...(limit === undefined ? {} : { limit }) })
    if (of === 'pH') values.set('pH', value)
  } else if (column.kind === 'feed' || column.kind === 'organic feed') {
    metals[column.kind][column.element] = value
  } else if (column.kind === 'feed pH') values.set('hydrogen', 10 ** -value)
  else values.set(column.kind, value)
}

/** What was measured, with the errors that the row states. */
function withErrors({ measured, errors }: RowValues): readonly Measurement[] {
  return measured.map((measurement) => {
    const error = errors.get(errorKey(measurement))
    if (error === undefined) return measurement
    const uncertainty = error.relative ? error.value * measurement.value : error.value
    return uncertainty > 0 ? { ...measurement, uncertainty } : measurement
  })
}

function rowOf(
  row: TableLine,
  columns: readonly (Column | ColumnRefusal)[],
  heads: readonly string[],
  file: string,
  add: AddFinding,
): MeasuredRow {
  const { line } = row
  if (row.cells.length > columns.length) {
    const message = `the row has ${row.cells.length} cells, the head ${columns.length}`
    add(line, columns.length + 1, 'too-many-cells', message, 'a decimal point, not a comma')
  }
  const read = valuesOf(row, columns, heads, add)
  const { metals, values, texts } = read
  const positive = (kind: string, name: string) => {
    const value = values.get(kind)
    if (value !== undefined && value > 0) return value
    const k = columns.findIndex((c) => 'kind' in c && c.kind === kind)
    const message = value === undefined ? `"${name}" is blank or unreadable` : `"${name}" is zero`
    add(line, k + 1, 'missing', message, 'a number above zero')
    return 1
  }
  if (!values.has('hydrogen') && !values.has('pH')) {
    add(line, 1, 'missing', 'neither "H feed" nor "pH" is given', 'one of the two')
  }
  if ((values.get('saponified') ?? 0) > 1) {
    const expected = 'a fraction, or a column "saponified %"'
    add(line, 1, 'out-of-bounds', '"saponified" is above 1', expected)
  }
  const optional: [string, number | string | undefined][] = [
    ['hydrogenFeed', values.get('hydrogen')],
    ['pH', values.get('pH')],
    ['saponified', values.get('saponified')],
    ['sulfate', values.get('sulfate')],
    ['source', texts.get('source')],
    ['note', texts.get('note')],
  ]
  const test = {
    extractant: positive('extractant', 'extractant'),
    phaseRatio: positive('ratio', 'O:A'),
    feed: metals.feed,
    organicFeed: metals['organic feed'],
    measured: withErrors(read),
    place: `${file}:${line}`,
    ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)),
  }
  return { ...test, D: measuredD(test) }
}

/** The D that the measurements of each element tell. */
function measuredD(test: Parameters<typeof measuredDistribution>[0]) {
  const named = new Set(test.measured.map(({ element }) => element ?? ''))
  const pairs = [...named].map((element) => [element, measuredDistribution(test, element)] as const)
  return Object.fromEntries(
    pairs.flatMap(([element, D]) => (D === undefined ? [] : [[element, D]])),
  )
}
