/**
 * Reads a laboratory's table of results: from CSV, a workbook or pasted cells, all as rows of
 * text. Wide (a row a sample, a column an analyte) or long (a row a result). What it says goes
 * into `assay` commands; what it does not say clearly is a problem with its row and column.
 */
import {
  analyteOf,
  type AnalyteColumn,
  columnOf,
  type Column,
  type ColumnProblem,
} from './assay-columns.ts'
import type { LotState } from './state.ts'
import { cellUnit, limitIn, numberIn, plusMinus } from './assay-cells.ts'

/** One result as the table states it; fractions of mass, 0 to 1. */
export interface TableResult {
  readonly analyte: string
  /** Undefined when below the limit. */
  readonly value?: number
  readonly loq?: number
  readonly u?: number
  readonly k?: number
  readonly basis: 'element' | 'oxide'
  readonly oxide?: string
  readonly method?: string
}

/** The results of one lot or sample, as one `assay` command takes them. */
export interface TableAssay {
  /** Code or URI as the table has it. */
  readonly lot: string
  /** Row of the table, from 1, header included. */
  readonly row: number
  readonly time?: string
  readonly laboratory?: string
  readonly status: 'provisional' | 'final'
  readonly condition: 'wet' | 'dry'
  readonly results: readonly TableResult[]
}

/** What is wrong in a cell; row and column from 1 as a spreadsheet counts. */
export interface TableProblem {
  readonly row: number
  readonly column: number
  readonly message: string
  readonly expected: string
}

/** What holds where the table does not say. */
export interface TableDefaults {
  readonly laboratory?: string
  readonly method?: string
  /** ISO 8601, with an offset. */
  readonly time?: string
  readonly status?: 'provisional' | 'final'
  readonly condition?: 'wet' | 'dry'
  /** Coverage factor of uncertainties whose header states none. */
  readonly k?: number
}

export interface AssayTable {
  readonly assays: readonly TableAssay[]
  readonly problems: readonly TableProblem[]
}

type Add = (row: number, column: number, message: string, expected: string) => void

interface Header {
  readonly row: number
  readonly columns: readonly Column[]
}

/** Largest table that is read: cells beyond are not looked at, and that is a problem. */
const mostRows = 20_000
const headerWithin = 30

const ignored: Column = { is: 'ignored' }

/** The first row that names a lot or a sample. */
function headerOf(rows: readonly (readonly string[])[], add: Add): Header | undefined {
  for (const [index, cells] of rows.slice(0, headerWithin).entries()) {
    const columns = readColumns(cells)
    if (!columns.some(({ is }) => is === 'lot')) continue
    columns.forEach((column, k) => {
      if (column.is === 'unknown') add(index + 1, k + 1, column.message, column.expected)
    })
    const known = columns.map((column) => (column.is === 'unknown' ? ignored : column))
    return { row: index, columns: known }
  }
  add(1, 1, 'no row names a lot or a sample', 'a header row with a column Lot or Sample')
  return undefined
}

function readColumns(cells: readonly string[]): readonly (Column | ColumnProblem)[] {
  const columns: (Column | ColumnProblem)[] = []
  for (const cell of cells) {
    // An uncertainty or a limit belongs to the analyte before it.
    const before = columns.findLast((column): column is AnalyteColumn => column.is === 'analyte')
    columns.push(columnOf(cell, before))
  }
  return columns
}

interface Row {
  readonly cells: readonly string[]
  /** From 1. */
  readonly number: number
}

const cellAt = (row: Row, index: number) => (row.cells[index] ?? '').trim()

function textOf(header: Header, row: Row, is: Column['is']): string | undefined {
  const index = header.columns.findIndex((column) => column.is === is)
  const text = index < 0 ? '' : cellAt(row, index)
  return text === '' ? undefined : text
}

/** The word of a column that may say one of two things. */
function chosen<Word extends string>(
  header: Header,
  row: Row,
  is: Column['is'],
  words: Readonly<Record<string, Word>>,
  add: Add,
): Word | undefined {
  const text = textOf(header, row, is)
  if (text === undefined) return undefined
  const word = words[text.toLowerCase()]
  if (word !== undefined) return word
  const column = header.columns.findIndex((one) => one.is === is) + 1
  add(row.number, column, `"${text}"`, Object.keys(words).join(' or '))
  return undefined
}

const statusWords = {
  provisional: 'provisional',
  preliminary: 'provisional',
  final: 'final',
} as const
const conditionWords = {
  wet: 'wet',
  'as received': 'wet',
  dry: 'dry',
  'dry basis': 'dry',
} as const

interface Raw {
  readonly value?: number
  readonly loq?: number
  readonly u?: number
}

/** The number, the limit and the ± of a result cell, in the unit of the cell. */
function rawResult(text: string, loq: number | undefined): Raw | string {
  const limit = limitIn(text)
  if (limit === 'loq') {
    if (loq === undefined) return 'a limit in a column LOQ, or "< 5"'
    return { loq }
  }
  if (limit !== undefined) return typeof limit === 'number' ? { loq: limit } : limit.expected
  const parts = plusMinus(text)
  const value = numberIn(parts.value)
  const u = parts.u === undefined ? undefined : numberIn(parts.u)
  if (typeof value !== 'number') return value.expected
  if (typeof u === 'object') return u.expected
  if (value < 0) return 'a number that is not negative, or "< 5" for below the limit'
  return { value, ...(loq === undefined ? {} : { loq }), ...(u === undefined ? {} : { u }) }
}

interface Stated {
  readonly analyte: AnalyteColumn
  readonly column: number
  readonly text: string
  readonly u?: Said
  readonly loq?: Said
  readonly k?: number
  readonly method?: string
}

/** A number of another column that belongs to a result. */
interface Said {
  readonly text: string
  readonly column: number
  /** The ± is a share of the value; of `per` parts of it. */
  readonly relative?: number
  readonly unit?: number
  readonly k?: number
}

/** A number of an uncertainty or a limit, in fractions; undefined after saying what is wrong. */
function saidNumber(said: Said | undefined, of: number, row: Row, add: Add): number | undefined {
  if (said === undefined || said.text === '') return undefined
  const { text, column } = said
  const unit = cellUnit(text, said.relative ?? said.unit ?? of)
  if (typeof unit === 'object') {
    add(row.number, column, unit.message, unit.expected)
    return undefined
  }
  const number = numberIn(text.replace(/^[<±]\s*/, ''))
  if (typeof number === 'number' && number >= 0) return number * (unit ?? 1)
  const expected = typeof number === 'number' ? 'not negative' : number.expected
  add(row.number, column, `"${text}"`, expected)
  return undefined
}

/** One result as a record of fractions, or undefined after saying what is wrong with it. */
function resultOf(stated: Stated, row: Row, defaults: TableDefaults, add: Add) {
  const { analyte, column, text } = stated
  const unit = cellUnit(text, analyte.unit)
  if (unit === undefined) {
    const message = `${analyte.analyte} has no unit`
    add(row.number, column, message, 'a unit in the header: Nd (%), Dy ppm')
    return undefined
  }
  if (typeof unit === 'object') {
    add(row.number, column, unit.message, unit.expected)
    return undefined
  }
  const loq = saidNumber(stated.loq, unit, row, add)
  const raw = rawResult(text, loq === undefined ? undefined : loq / unit)
  if (typeof raw === 'string') {
    add(row.number, column, `"${text}" for ${analyte.analyte}`, raw)
    return undefined
  }
  const value = raw.value === undefined ? undefined : raw.value * unit
  if ((value ?? 0) > 1) {
    add(row.number, column, `"${text}" is ${percent(value)} of the mass`, 'at most 100 %')
    return undefined
  }
  const uSaid = saidNumber(stated.u, unit, row, add)
  const uBeside = stated.u?.relative === undefined ? uSaid : (uSaid ?? 0) * (value ?? 0)
  const u = uSaid === undefined ? (raw.u === undefined ? undefined : raw.u * unit) : uBeside
  const k = stated.u?.k ?? stated.k ?? defaults.k
  if (u !== undefined && value !== undefined && k === undefined) {
    const expected = 'k in the header, U (k=2), or a column k, or one k for the whole table'
    add(row.number, stated.u?.column ?? column, 'the coverage factor is not said', expected)
    return undefined
  }
  const { basis, oxide } = analyte
  const method = stated.method ?? defaults.method
  return {
    analyte: analyte.analyte,
    basis,
    ...(oxide === undefined ? {} : { oxide }),
    ...(value === undefined ? {} : { value: tidy(value) }),
    ...(raw.loq === undefined ? {} : { loq: tidy(raw.loq * unit) }),
    ...(u === undefined || value === undefined
      ? {}
      : { u: tidy(u), ...(k === undefined ? {} : { k }) }),
    ...(method === undefined ? {} : { method }),
  } satisfies TableResult
}

const percent = (value = 0) => `${Number((100 * value).toPrecision(6))} %`
/** Without the dust of a change of units: 31.2 % is 0.312. */
const tidy = (value: number) => Number(value.toPrecision(12))

const empty = /^(?:|-|–|—|n\.?\s?a\.?|not analysed|not analyzed)$/i

/** What a wide row states of each analyte. */
function wide(header: Header, row: Row): readonly Stated[] {
  const stated: Stated[] = []
  const k = numberIn(textOf(header, row, 'k') ?? '')
  const method = textOf(header, row, 'method')
  header.columns.forEach((analyte, index) => {
    if (analyte.is !== 'analyte') return
    const text = cellAt(row, index)
    if (empty.test(text)) return
    const beside = (is: 'u' | 'loq'): Said | undefined => {
      const at = header.columns.findIndex((one) => one.is === is && one.of === analyte)
      const found = header.columns[at]
      if (found?.is !== is || empty.test(cellAt(row, at))) return undefined
      const { unit, k: own } = found
      return {
        text: cellAt(row, at),
        column: at + 1,
        ...(found.relative === undefined ? {} : { relative: found.relative }),
        ...(unit === undefined ? {} : { unit }),
        ...(own === undefined ? {} : { k: own }),
      }
    }
    const [u, loq] = [beside('u'), beside('loq')]
    stated.push({
      analyte,
      column: index + 1,
      text,
      ...(u === undefined ? {} : { u }),
      ...(loq === undefined ? {} : { loq }),
      ...(typeof k === 'number' ? { k } : {}),
      ...(method === undefined ? {} : { method }),
    })
  })
  return stated
}

/** What a long row states: one result. */
function long(header: Header, row: Row, add: Add): readonly Stated[] {
  const at = (is: Column['is']) => header.columns.findIndex((column) => column.is === is)
  const [name, value] = [cellAt(row, at('name')), cellAt(row, at('value'))]
  if (empty.test(value)) return []
  const valueColumn = header.columns[at('value')]
  const given = at('unit') < 0 ? '' : cellAt(row, at('unit'))
  const analyte = analyteOf(name, given)
  if (analyte.is === 'unknown') {
    add(row.number, at('name') + 1, analyte.message, analyte.expected)
    return []
  }
  const unit = analyte.unit ?? (valueColumn?.is === 'value' ? valueColumn.unit : undefined)
  const beside = (is: 'u' | 'loq'): Said | undefined => {
    const found = header.columns[at(is)]
    if (found?.is !== is || empty.test(cellAt(row, at(is)))) return undefined
    const { relative, k } = found
    return {
      text: cellAt(row, at(is)),
      column: at(is) + 1,
      ...(relative === undefined ? {} : { relative }),
      ...(found.unit === undefined ? {} : { unit: found.unit }),
      ...(k === undefined ? {} : { k }),
    }
  }
  const [u, loq] = [beside('u'), beside('loq')]
  const k = numberIn(textOf(header, row, 'k') ?? '')
  const method = textOf(header, row, 'method')
  return [
    {
      analyte: { ...analyte, ...(unit === undefined ? {} : { unit }) },
      column: at('value') + 1,
      text: value,
      ...(u === undefined ? {} : { u }),
      ...(loq === undefined ? {} : { loq }),
      ...(typeof k === 'number' ? { k } : {}),
      ...(method === undefined ? {} : { method }),
    },
  ]
}

/** All that stands in one row beside its results. */
function about(header: Header, row: Row, defaults: TableDefaults, add: Add) {
  const time = textOf(header, row, 'time') ?? defaults.time
  const laboratory = textOf(header, row, 'laboratory') ?? defaults.laboratory
  const status = chosen(header, row, 'status', statusWords, add) ?? defaults.status ?? 'final'
  const condition =
    chosen(header, row, 'condition', conditionWords, add) ?? defaults.condition ?? 'wet'
  return {
    status,
    condition,
    ...(time === undefined ? {} : { time }),
    ...(laboratory === undefined ? {} : { laboratory }),
  }
}

/**
 * Reads a table whose first rows hold a header with Lot or Sample. Rows of one lot that agree in
 * time, laboratory, status and condition are one assay. An empty cell is no result.
 */
export function readAssayTable(
  rows: readonly (readonly string[])[],
  defaults: TableDefaults = {},
): AssayTable {
  const problems: TableProblem[] = []
  const add: Add = (row, column, message, expected) =>
    void problems.push({ row, column, message, expected })
  const header = headerOf(rows, add)
  if (header === undefined) return { assays: [], problems }
  const has = (is: Column['is']) => header.columns.some((column) => column.is === is)
  const isLong = has('name') && has('value')
  if (!isLong && !has('analyte')) {
    const expected = 'columns such as Nd (%), Dy ppm, or the three columns analyte, value, unit'
    add(header.row + 1, 1, 'no column names an analyte', expected)
  }
  if (rows.length > mostRows) {
    add(mostRows + 1, 1, `${rows.length} rows`, `at most ${mostRows}: cut the table in two`)
  }
  const assays = new Map<string, TableAssay>()
  rows.slice(header.row + 1, mostRows).forEach((cells, k) => {
    const row: Row = { cells, number: header.row + k + 2 }
    if (cells.every((cell) => cell.trim() === '')) return
    const lot = textOf(header, row, 'lot')
    if (lot === undefined) {
      const column = header.columns.findIndex(({ is }) => is === 'lot') + 1
      add(row.number, column, 'no lot is named', 'the code of a lot or sample')
      return
    }
    const said = about(header, row, defaults, add)
    const stated = isLong ? long(header, row, add) : wide(header, row)
    const results = stated.flatMap((one) => resultOf(one, row, defaults, add) ?? [])
    if (results.length === 0) return
    const key = [lot, said.time, said.laboratory, said.status, said.condition].join('\n')
    const before = assays.get(key)
    results.forEach(({ analyte }, at) => {
      const isBefore = before?.results.some((one) => one.analyte === analyte) === true
      const isTwice = results.findIndex((one) => one.analyte === analyte) < at
      if (!isBefore && !isTwice) return
      const where = isBefore ? `in row ${before?.row} already` : 'twice in this row'
      const expected = 'one result of an element for each lot and time, as element or as oxide'
      add(row.number, 1, `${lot} has ${analyte} ${where}`, expected)
    })
    const all = [...(before?.results ?? []), ...results]
    assays.set(key, { lot, row: before?.row ?? row.number, ...said, results: all })
  })
  return { assays: [...assays.values()], problems }
}

/** A fraction as an amount that the command reads: % or, when small, ppm. */
function amount(fraction: number): string {
  const isSmall = fraction < 1e-3
  return `${tidy(fraction * (isSmall ? 1e6 : 100))} ${isSmall ? 'ppm' : '%'}`
}

/** The input of the `assay` command that says what the table says of one lot. */
export function assayInput({ lot, time, laboratory, status, condition, results }: TableAssay) {
  return {
    lot,
    condition,
    status,
    ...(laboratory === undefined ? {} : { laboratory }),
    ...(time === undefined ? {} : { time }),
    results: results.map(({ analyte, oxide, value, loq, u, k, method }) => ({
      analyte: oxide ?? analyte,
      value: value === undefined ? `< ${amount(loq ?? 0)}` : amount(value),
      ...(u === undefined ? {} : { u: amount(u) }),
      ...(k === undefined ? {} : { k }),
      ...(loq === undefined || value === undefined ? {} : { loq: amount(loq) }),
      ...(method === undefined ? {} : { method }),
    })),
  }
}

/** One line of what an import would do. */
export interface AssayChange {
  readonly lot: string
  readonly row: number
  readonly analyte: string
  readonly status: TableAssay['status']
  /** As the ledger has it now: the newest of that analyte and basis; undefined: nobody has said. */
  readonly old?: TableResult & { readonly status: TableAssay['status'] }
  readonly new: TableResult
  /** Set where the lot is not known. */
  readonly isUnknownLot: boolean
}

/** What assays would change of lots as they are, by the code or URI that the table names. */
export function previewAssays(
  assays: readonly TableAssay[],
  lots: ReadonlyMap<string, Pick<LotState, 'assays'>>,
): readonly AssayChange[] {
  return assays.flatMap(({ lot, row, status, results }) =>
    results.map((result): AssayChange => {
      const known = lots.get(lot)
      const old = known?.assays
        .filter(({ analyte, basis }) => analyte === result.analyte && basis === result.basis)
        .toSorted((a, b) => a.time - b.time)
        .at(-1)
      const change = { lot, row, analyte: result.oxide ?? result.analyte, status, new: result }
      return { ...change, ...(old === undefined ? {} : { old }), isUnknownLot: known === undefined }
    }),
  )
}
