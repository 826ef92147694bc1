import { CsvError, parse } from 'csv-parse/sync'
import { molarMass, oxideFactor, oxideOf, type ShakeoutRow } from '../chemistry/index.ts'
import { bank as builtIn, formatFinding, type Databank, type Finding } from '../scenario/index.ts'

/** A shake-out table as read: rows in mol/L, or all that is wrong with it. */
export type ShakeoutReading =
  | {
      readonly ok: true
      readonly rows: readonly ShakeoutRow[]
      readonly elements: readonly string[]
    }
  | {
      readonly ok: false
      readonly findings: readonly Finding[]
      /** The findings as printable lines. */
      readonly text: string
    }

const shakeoutLimits = { rows: 100_000, columns: 200 } as const

/** What a column holds, and what its numbers are multiplied by to be mol/L or a bare number. */
type Column =
  | { readonly kind: 'source' | 'note' }
  | {
      readonly kind: 'extractant' | 'hydrogen' | 'ratio' | 'pH' | 'saponified' | 'sulfate'
      readonly factor: number
    }
  | { readonly kind: 'feed' | 'organic' | 'D'; readonly element: string; readonly factor: number }

const forms =
  'source, extractant mol/L, H feed mol/L, O:A, <El> feed mol/L, <El> D; besides: pH, saponified, ' +
  'sulfate mol/L, <El> organic mol/L, <oxide> feed g/L, note'

/**
 * Reads a table of shake-out tests. The first line names the columns; the unit stands in the head
 * (`Nd feed g/L`, `Nd feed oxide g/L`, `Pr6O11 feed g/L`). A blank cell was not measured. Decimal
 * points, commas or semicolons or tabs between cells. `extractant` is the species id of the
 * extractant of the set in use: with its molar mass the bank reads `extractant g/L`.
 */
export function readShakeoutCsv(
  text: string,
  file: string,
  bank: Databank = builtIn,
  extractant?: string,
): ShakeoutReading {
  const findings: Finding[] = []
  const add = (line: number, column: number, code: string, message: string, expected = '') => {
    findings.push({ file, line, column, code, message, expected })
  }
  const table = cells(text, add)
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
  const rows = records.map((row) => rowOf(row, columns, head.cells, add))
  if (findings.length > 0) return refused(findings)
  const named = columns.flatMap((c) => ('element' in c ? [c.element] : []))
  return { ok: true, rows, elements: [...new Set(named)] }
}

function refused(findings: readonly Finding[]): ShakeoutReading {
  return { ok: false, findings, text: findings.map(formatFinding).join('\n') }
}

type Add = (line: number, column: number, code: string, message: string, expected?: string) => void
type Line = { readonly cells: readonly string[]; readonly line: number }

/** Cells by line; a quote that is never closed is the only thing that stops the reading. */
function cells(text: string, add: Add): readonly Line[] | undefined {
  const first = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? ''
  const delimiter = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)
  try {
    const records: unknown = parse(text, {
      delimiter: delimiter.slice(0, 1),
      bom: true,
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
    })
    const lines = (records as { record: string[]; info: { lines: number } }[]).map(
      ({ record, info }) => ({ cells: record, line: info.lines }),
    )
    return lines.filter(({ cells: row }) => row.some((cell) => cell !== ''))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error && typeof error['lines'] === 'number' ? error['lines'] : 1
    const quote = /quote/i.test(error.code)
    const message = quote ? 'a quote is not closed or stands inside a cell' : 'this is no CSV'
    add(line, 1, 'csv-syntax', message, quote ? 'quotes around the whole cell, doubled inside' : '')
    return undefined
  }
}

/** Multiples that bring a concentration to mol/L; `perMass` waits for a molar mass. */
const concentrations: Readonly<Record<string, { factor: number; perMass?: 'element' | 'oxide' }>> =
  {
    'mol/L': { factor: 1 },
    M: { factor: 1 },
    'mmol/L': { factor: 1e-3 },
    mM: { factor: 1e-3 },
    'mol/m3': { factor: 1e-3 },
    'g/L': { factor: 1, perMass: 'element' },
    'kg/m3': { factor: 1, perMass: 'element' },
    'mg/L': { factor: 1e-3, perMass: 'element' },
    'oxide g/L': { factor: 1, perMass: 'oxide' },
    'oxide mg/L': { factor: 1e-3, perMass: 'oxide' },
  }
const units = Object.keys(concentrations).join(', ')
const molarUnits = Object.keys(concentrations)
  .filter((unit) => concentrations[unit]?.perMass === undefined)
  .join(', ')

interface Refusal {
  readonly message: string
  readonly expected: string
}

function columnOf(cell: string, bank: Databank, extractant: string | undefined): Column | Refusal {
  const head = cell.trim().replaceAll(/\s+/g, ' ')
  const whole: Readonly<Record<string, Column>> = {
    source: { kind: 'source' },
    note: { kind: 'note' },
    'O:A': { kind: 'ratio', factor: 1 },
    'O/A': { kind: 'ratio', factor: 1 },
    pH: { kind: 'pH', factor: 1 },
    saponified: { kind: 'saponified', factor: 1 },
    'saponified %': { kind: 'saponified', factor: 0.01 },
  }
  const plain = Object.hasOwn(whole, head) ? whole[head] : undefined
  if (plain !== undefined) return plain
  const amount = /^(extractant|H feed|sulfate)(?: (.*))?$/.exec(head)
  if (amount !== null) {
    const [, name = '', unit = ''] = amount
    const concentration = concentrationOf(unit)
    if (name === 'extractant' && concentration?.perMass === 'element') {
      return extractantByMass(head, concentration.factor, bank, extractant)
    }
    if (concentration === undefined || concentration.perMass !== undefined) {
      return needsUnit(head, unit, 'molar')
    }
    const kinds = { extractant: 'extractant', 'H feed': 'hydrogen', sulfate: 'sulfate' } as const
    return { kind: kinds[name as keyof typeof kinds], factor: concentration.factor }
  }
  const metal = /^([A-Z][A-Za-z0-9]*) (feed|organic|D)(?: (.*))?$/.exec(head)
  if (metal === null) return { message: `unknown column "${head.slice(0, 60)}"`, expected: forms }
  const [, name = '', what = '', unit = ''] = metal
  return metalColumn(head, name, what, unit, bank)
}

/** Grams of extractant per litre: needs the molar mass of the pure extractant. */
function extractantByMass(
  head: string,
  factor: number,
  bank: Databank,
  extractant: string | undefined,
): Column | Refusal {
  const species = bank.species.find((s) => s.id === extractant && s.extractant !== undefined)
  if (species === undefined) {
    const whose = extractant === undefined ? 'the extractant' : extractant
    const message = `"${head}" needs the molar mass of ${whose}, which is not known`
    return { message, expected: 'a column "extractant mol/L"' }
  }
  return { kind: 'extractant', factor: factor / gramsPerMole(bank, species.composition) }
}

function gramsPerMole(bank: Databank, composition: Readonly<Record<string, number>>): number {
  return 1000 * molarMass(bank.elements, composition)
}

/** A column of a metal, named by its element or by an oxide of it: `Nd`, `Nd2O3`. */
function metalColumn(
  head: string,
  name: string,
  what: string,
  unit: string,
  bank: Databank,
): Column | Refusal {
  const oxide = /^[A-Z][a-z]?$/.test(name) ? undefined : metalOxide(name, bank)
  if (oxide === undefined && !bank.elements.has(name)) {
    const isFormula = !/^[A-Z][a-z]?$/.test(name)
    return isFormula
      ? { message: `no oxide ${name.slice(0, 40)}`, expected: 'Nd2O3, Pr6O11, Dy2O3 ...' }
      : { message: `no element ${name}`, expected: 'Nd, Pr, Dy ...' }
  }
  const element = oxide?.element ?? name
  if (what === 'D') {
    if (oxide === undefined) return { kind: 'D', element, factor: 1 }
    return { message: `"${head.slice(0, 60)}" is of an oxide`, expected: `${element} D` }
  }
  const concentration = concentrationOf(unit)
  if (concentration === undefined) return needsUnit(head, unit)
  const { factor, perMass } = concentration
  const kind = what === 'feed' ? 'feed' : 'organic'
  if (oxide !== undefined) {
    const perMol = perMass === undefined ? 1 : oxide.grams
    return { kind, element, factor: (factor * oxide.metal) / perMol }
  }
  if (perMass === 'oxide' && oxideOf(element) === undefined) {
    return { message: `no oxide form of ${element}`, expected: 'a column in mol/L or g/L' }
  }
  const perMol = perMass === undefined ? 1 : gramsPerMole(bank, { [element]: 1 })
  const more = perMass === 'oxide' ? oxideFactor(bank.elements, element) : 1
  return { kind, element, factor: factor / (perMol * more) }
}

/** The metal of an oxide of the databank, its atoms in the formula and grams per mole of it. */
function metalOxide(name: string, bank: Databank) {
  const species = bank.species.find((s) => s.id === name && s.phase === 'solid')
  const { O: oxygen = 0, ...others } = species?.composition ?? {}
  const [metal, ...more] = Object.entries(others)
  if (species === undefined || oxygen === 0 || metal === undefined || more.length > 0) {
    return undefined
  }
  const grams = gramsPerMole(bank, species.composition)
  return { element: metal[0], metal: metal[1], grams }
}

function concentrationOf(unit: string) {
  return Object.hasOwn(concentrations, unit) ? concentrations[unit] : undefined
}

function needsUnit(head: string, unit: string, only?: 'molar'): Refusal {
  const message =
    unit === ''
      ? `the column "${head.slice(0, 60)}" needs a unit`
      : `the column "${head.slice(0, 60)}" has an unknown unit`
  return { message, expected: `units: ${only === undefined ? units : molarUnits}` }
}

function checkColumns(columns: readonly (Column | Refusal)[], heads: readonly string[], add: Add) {
  const seen = new Map<string, number>()
  for (const [k, column] of columns.entries()) {
    if ('message' in column) continue
    const key = 'element' in column ? `${column.kind} ${column.element}` : column.kind
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

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

interface RowValues {
  readonly metals: Readonly<Record<'feed' | 'organic' | 'D', Record<string, number>>>
  readonly values: Map<string, number>
  readonly texts: Map<string, string>
}

/** The cells of a row by what their columns hold, in mol/L; what is no number is a finding. */
function valuesOf(
  { cells: row, line }: Line,
  columns: readonly (Column | Refusal)[],
  heads: readonly string[],
  add: Add,
): RowValues {
  const read: RowValues = {
    metals: { feed: {}, organic: {}, D: {} },
    values: new Map(),
    texts: new Map(),
  }
  for (const [k, column] of columns.entries()) {
    const cell = row[k] ?? ''
    if ('message' in column || cell === '') continue
    if (!('factor' in column)) {
      read.texts.set(column.kind, cell)
      continue
    }
    const number = numberPattern.test(cell) ? Number(cell) : Number.NaN
    const head = heads[k] ?? ''
    if (!Number.isFinite(number)) {
      const message = `"${head}" is "${cell.slice(0, 40)}"`
      add(line, k + 1, 'number', message, 'a number with a decimal point, or a blank cell')
    } else if (number < 0 && column.kind !== 'pH') {
      add(line, k + 1, 'out-of-bounds', `"${head}" is negative`, 'zero or more')
    } else if ('element' in column) {
      read.metals[column.kind][column.element] = number * column.factor
    } else read.values.set(column.kind, number * column.factor)
  }
  return read
}

function rowOf(
  row: Line,
  columns: readonly (Column | Refusal)[],
  heads: readonly string[],
  add: Add,
): ShakeoutRow {
  const { line } = row
  if (row.cells.length > columns.length) {
    const message = `the row has ${row.cells.length} cells, the head ${columns.length}`
    add(line, columns.length + 1, 'too-many-cells', message, 'a decimal point, not a comma')
  }
  const { metals, values, texts } = valuesOf(row, columns, heads, add)
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
  return {
    extractant: positive('extractant', 'extractant'),
    phaseRatio: positive('ratio', 'O:A'),
    feed: metals.feed,
    organicFeed: metals.organic,
    D: metals.D,
    ...Object.fromEntries(optional.filter(([, value]) => value !== undefined)),
  }
}
