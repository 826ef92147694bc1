import { CsvError, parse } from 'csv-parse/sync'
import {
  type AddFinding,
  type Databank,
  readShakeoutTable,
  type ShakeoutReading,
  type TableLine,
} from '../scenario/index.ts'

/** Reads a table of shake-out tests: decimal points, commas or semicolons or tabs between cells. */
export function readShakeoutCsv(
  text: string,
  file: string,
  bank?: Databank,
  extractant?: string,
): ShakeoutReading {
  return readShakeoutTable(text, file, cells, bank, extractant)
}

/** Cells by line; a quote that is never closed is the only thing that stops the reading. */
function cells(text: string, add: AddFinding): readonly TableLine[] | undefined {
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
