import { readFileSync, statSync } from 'node:fs'
import { CsvError, parse } from 'csv-parse/sync'
import {
  type AssayChange,
  assayInput,
  catchUp,
  codeOf,
  isShowing,
  isUri,
  type LotState,
  previewAssays,
  readAssayTable,
  shownCells,
  type TableAssay,
  type TableDefaults,
  uriOf,
} from '../../ledger/index.ts'
import { textTable } from '../../report/index.ts'
import { type ExitCode, exit, type Io, readTextFile } from '../io.ts'
import { runAtTerminal } from './domain.ts'
import { type LedgerOptions, type Opened, print } from './open.ts'
import { fraction } from './words.ts'

export interface AssayImportOptions extends LedgerOptions, TableDefaults {
  readonly apply?: boolean
  readonly sheet?: string
}

type Rows = readonly (readonly string[])[]

/** Cells of a text with commas, semicolons or tabs between them, by its line with most of them. */
function csvRows(text: string, file: string): Rows | string {
  const first = text.slice(0, 10_000).split(/\r?\n/)
  const count = (mark: string) => Math.max(...first.map((line) => line.split(mark).length))
  const [delimiter = ','] = [',', ';', '\t'].sort((a, b) => count(b) - count(a))
  try {
    return parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 100_000,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = 'lines' in error && typeof error['lines'] === 'number' ? error['lines'] : 1
    return `${file}:${line}: ${error.message}`
  }
}

async function excelRows(file: string, sheet: string | undefined): Promise<Rows | string> {
  const { readSheet } = await import('read-excel-file/node')
  const { strFromU8, unzipSync } = await import('fflate')
  try {
    const bytes = readFileSync(file)
    const rows = await (sheet === undefined ? readSheet(bytes) : readSheet(bytes, sheet))
    const parts = unzipSync(bytes, { filter: ({ name }) => isShowing(name) })
    const partText = (path: string) => {
      const part = parts[path]
      return part === undefined ? undefined : strFromU8(part)
    }
    return shownCells(rows, partText, sheet)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return `${file}: cannot be read as a workbook: ${message}`
  }
}

async function rowsOf(file: string, sheet: string | undefined): Promise<Rows | string> {
  if (/\.xlsx$/i.test(file)) {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return `${file}: no such file`
    return excelRows(file, sheet)
  }
  const read = readTextFile(file)
  return read.ok ? csvRows(read.text, file) : read.message
}

/** The letter of a column as a spreadsheet has it. */
function columnName(column: number): string {
  const before = Math.floor((column - 1) / 26)
  const letter = String.fromCharCode(65 + ((column - 1) % 26))
  return before > 0 ? `${columnName(before)}${letter}` : letter
}

/** States of the lots that a table names, by the name it has for them. */
async function lotsNamed(
  { ledger, site }: Opened,
  assays: readonly TableAssay[],
): Promise<ReadonlyMap<string, LotState>> {
  const names = [...new Set(assays.map(({ lot }) => lot))]
  const byCode = await ledger.store.lotsByCode(names.map(codeOf))
  const uri = (name: string) =>
    isUri(name) ? name : (byCode.get(name) ?? uriOf(site, 'lot', name))
  const states = await ledger.store.lots(names.map(uri))
  return new Map(
    names.flatMap((name) => {
      const state = states.get(uri(name))
      return state === undefined ? [] : [[name, state] as const]
    }),
  )
}

type Shown = Pick<AssayChange['new'], 'value' | 'loq' | 'u' | 'k'>

function resultText({ value, loq, u, k }: Shown): string {
  if (value === undefined) return `< ${fraction(loq ?? 0)}`
  return u === undefined
    ? fraction(value)
    : `${fraction(value)} ± ${fraction(u)}${k === undefined ? '' : ` (k=${k})`}`
}

const changeTable = (changes: readonly AssayChange[]) =>
  textTable(changes, [
    { head: 'row', cell: ({ row }) => `${row}`, align: 'right' },
    { head: 'lot', cell: ({ lot }) => lot },
    { head: 'analyte', cell: ({ analyte }) => analyte },
    {
      head: 'now',
      align: 'right',
      cell: ({ old, isUnknownLot }) =>
        isUnknownLot ? 'no such lot' : old === undefined ? 'unknown' : resultText(old),
    },
    { head: 'then', cell: ({ new: found }) => resultText(found), align: 'right' },
    { head: '', cell: ({ status }) => status },
  ])

/** What the command says of each assay: refusals by row. */
async function refusals(opened: Opened, assays: readonly TableAssay[]): Promise<readonly string[]> {
  const lines: string[] = []
  for (const assay of assays) {
    const { status, detail, expected, problems } = await runAtTerminal(
      opened,
      'assay',
      assayInput(assay),
      true,
    )
    if (status === 'accepted') continue
    const more = problems?.map(({ path, message }) => `${path}: ${message}`).join('; ') ?? detail
    lines.push(`row ${assay.row}: ${status}: ${more ?? ''}; right: ${expected ?? ''}`)
  }
  return lines
}

/** Reads a laboratory's table; says what it would change, or with `apply` writes all or nothing. */
export async function importAssays(
  opened: Opened,
  file: string,
  options: AssayImportOptions,
  io: Io,
): Promise<ExitCode> {
  const rows = await rowsOf(file, options.sheet)
  if (typeof rows === 'string') {
    io.err(rows)
    return exit.input
  }
  const { assays, problems } = readAssayTable(rows, options)
  for (const { row, column, message, expected } of problems) {
    io.err(`${file}:${row}:${column} (${columnName(column)}${row}): ${message}; right: ${expected}`)
  }
  if (problems.length > 0) return exit.input
  await catchUp(opened.ledger)
  const changes = previewAssays(assays, await lotsNamed(opened, assays))
  const refused = await refusals(opened, assays)
  const isApplied = options.apply === true && refused.length === 0
  if (isApplied) {
    for (const [k, assay] of assays.entries()) {
      io.progress?.(k / assays.length, `assay of ${assay.lot}`)
      const { status, detail } = await runAtTerminal(opened, 'assay', assayInput(assay))
      if (status === 'accepted') continue
      io.progress?.(1)
      io.err(`row ${assay.row}: ${status}: ${detail ?? ''}; the rows before it are written`)
      return exit.no
    }
    io.progress?.(1)
  }
  const schema = 'didymium/ledger-import@1'
  print(io, options, { schema, applied: isApplied, changes, refused }, () => changeTable(changes))
  for (const line of refused) io.err(`${file}: ${line}`)
  if (refused.length > 0) return exit.no
  if (options.json !== true) {
    const count = `${assays.length} ${assays.length === 1 ? 'assay' : 'assays'}`
    io.out(isApplied ? `${count} written` : `${count} would be written; --apply writes them`)
  }
  return exit.done
}
