import { parse } from 'csv-parse/sync'
import {
  type CaseRow,
  inUnit,
  type Move,
  matching,
  parametersNamed,
  parametersOf,
  readSensitivity,
  readValue,
  readValues,
  type Refusal,
  type Result,
  resultsNamed,
  sensitivity,
  type Sensitivity,
  solveCases,
  type Study,
  usualResults,
} from '../../scenario/index.ts'
import {
  type Cell,
  caseTable,
  caseText,
  csvText,
  sensitivityTable,
  sensitivityText,
  sheetFile,
} from '../../report/index.ts'
import { type ExitCode, exit, type FileList, type Io, readTextFile, writeAll } from '../io.ts'
import { openStudy, refused, several } from '../study.ts'
import type { Command } from './command.ts'

interface Options {
  readonly parameter: readonly string[]
  readonly result: readonly string[]
  readonly vary: readonly string[]
  readonly cases?: string
  readonly by: string
  readonly csv?: string
  readonly xlsx?: string
  readonly plot?: string
  readonly json?: boolean
  readonly list?: boolean
}

const mostRows = 10_000

type Cases = readonly (readonly Move[])[]

const wrong = (message: string, expected = ''): Refusal => ({ ok: false, message, expected })

/** Every combination of the values of `--vary`, the last one changing fastest. */
function gridOf(texts: readonly string[], study: Study, refusals: Refusal[]): Cases {
  let rows: Cases = [[]]
  for (const text of texts) {
    const [path = '', values = ''] = text.split(/=(.*)/s)
    for (const parameter of parametersNamed([path], study, refusals)) {
      const read = readValues(values, parameter, study.plant)
      if (!read.ok) refusals.push(read)
      else rows = rows.flatMap((row) => read.values.map((value) => [...row, { parameter, value }]))
    }
    if (rows.length > mostRows) {
      refusals.push(wrong(`${rows.length} cases`, `at most ${mostRows}`))
      return []
    }
  }
  return rows
}

/** The rows of a CSV file whose heads are paths of parameters. */
function casesIn(file: string, study: Study, refusals: Refusal[]): Cases {
  const read = readTextFile(file)
  const refuse = (message: string, expected = ''): Cases => {
    refusals.push(wrong(message, expected))
    return []
  }
  if (!read.ok) return refuse(read.message)
  let rows: string[][]
  try {
    rows = parse(read.text, { bom: true, skipEmptyLines: true, trim: true })
  } catch (error) {
    return refuse(`${file}: ${error instanceof Error ? error.message : 'is not CSV'}`)
  }
  const [heads = [], ...body] = rows
  if (body.length === 0) return refuse(`${file}: holds no case`, 'heads, then a row for each case')
  if (body.length > mostRows) return refuse(`${file}: ${body.length} cases`, `at most ${mostRows}`)
  const known = parametersOf(study.plant, study.bank)
  const parameters = heads.flatMap((head) => {
    const found = matching(head, known, study.plant)
    if (!found.ok) refusals.push(wrong(`${file}: ${found.message}`, found.expected))
    else if (found.parameters.length > 1) refuse(`${file}: "${head}" is no single parameter`)
    return found.ok ? found.parameters.slice(0, 1) : []
  })
  if (parameters.length < heads.length) return []
  return body.map((row, line) =>
    parameters.flatMap((parameter, k): Move[] => {
      const value = readValue(row[k] ?? '', parameter, study.plant)
      if (value.ok) return [{ parameter, value: value.value }]
      refuse(`${file}, row ${line + 2}: ${value.message}`, value.expected)
      return []
    }),
  )
}

async function tables(options: Options, rows: () => readonly (readonly Cell[])[]) {
  const files: FileList[number][] = []
  if (options.csv !== undefined) files.push([options.csv, csvText(rows())])
  if (options.xlsx !== undefined) files.push([options.xlsx, await sheetFile('cases', rows())])
  return files
}

async function runCases(
  study: Study,
  cases: Cases,
  results: readonly Result[],
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const rows = solveCases(study, cases, results, (done) =>
    io.progress?.(done / cases.length, `${done} of ${cases.length} cases`),
  )
  io.progress?.(1)
  const { plant } = study
  const heads = (cases[0] ?? []).map(({ parameter: { path, unit } }) =>
    unit === '' ? path : `${path}, ${unit}`,
  )
  const settings = cases.map((moves) =>
    moves.map(({ parameter, value }) => inUnit(value, parameter, plant)),
  )
  const table = caseTable(heads, rows, results, settings)
  io.out(options.json === true ? casesJson(study, rows, results) : caseText(table, rows))
  const files = await tables(options, () => table)
  const written = writeAll(files, io)
  if (written !== exit.done) return written
  return rows.some(({ outcome }) => outcome === 'converged') ? exit.done : exit.no
}

function casesJson({ plant }: Study, rows: readonly CaseRow[], results: readonly Result[]): string {
  const document = {
    schema: 'didymium/cases@1',
    plant: plant.hash,
    results: results.map(({ text, unit }) => ({ result: text, unit })),
    cases: rows.map(({ moves, values, outcome, detail }) => ({
      moves: moves.map(({ parameter, value }) => ({
        path: parameter.path,
        value: inUnit(value, parameter, plant),
        unit: parameter.unit,
      })),
      outcome,
      ...(detail === '' ? { values } : { detail }),
    })),
  }
  return JSON.stringify(document, null, 2)
}

async function tornadoOf(found: Sensitivity, title: string): Promise<string> {
  // Loaded when used: charts would cost every command its start-up time.
  const { drawTornado } = await import('../../draw/study-charts.ts')
  const tornados = found.results.map(({ result, unit, base }, k) => {
    const bars = found.parameters.map(({ parameter, slopes }) => ({
      name: parameter,
      low: slopes[k]?.low ?? null,
      high: slopes[k]?.high ?? null,
    }))
    const reach = ({ low, high }: (typeof bars)[number]) =>
      Math.max(Math.abs((low ?? base) - base), Math.abs((high ?? base) - base))
    return {
      title: result,
      unit,
      base,
      bars: bars.sort((a, b) => reach(b) - reach(a)).slice(0, 25),
    }
  })
  return drawTornado(title, tornados)
}

async function runSlopes(study: Study, by: number, options: Options, io: Io): Promise<ExitCode> {
  const { parameter: paths, result: texts } = options
  const read = readSensitivity(study, { parameters: paths, results: texts, by })
  if (!read.ok) return refused(read.refusals, io)
  const { parameters, results } = read
  const count = parameters.length
  const found = sensitivity(study, parameters, results, by, (done) =>
    io.progress?.(done / count, `${done} of ${count} parameters`),
  )
  io.progress?.(1)
  io.out(options.json === true ? JSON.stringify(found, null, 2) : sensitivityText(found))
  const files = await tables(options, () => sensitivityTable(found))
  if (options.plot !== undefined) {
    const title = `${study.plant.title}: each parameter alone, by its uncertainty or ${options.by}`
    files.push([options.plot, await tornadoOf(found, title)])
  }
  return writeAll(files, io)
}

export const sensitivityCommand: Command = {
  name: 'sensitivity',
  about: 'Derivatives of results to parameters, tornado charts, and tables of cases.',
  example:
    'didymium sensitivity plants/belfast-demonstration.yaml --parameter "sx2.*low" --result "recovery Nd"',
  json: 'didymium/sensitivity@1: slopes with errors; with --vary or --cases didymium/cases@1: a row a case',
  reads: ['cases'],
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option('--parameter <path>', 'a parameter; * for any letters; may be repeated', several, [])
      .option(
        '--result <result>',
        'a result, as specifications write it; may be repeated',
        several,
        [],
      )
      .option('--by <share>', 'how far a parameter without an uncertainty is moved', '5 %')
      .option(
        '--vary <path=values>',
        'cases: "180, 200 L/h" or "180..230 L/h in 6"; a grid if repeated',
        several,
        [],
      )
      .option('--cases <file>', 'cases: a CSV whose heads are paths, one row a run')
      .option('--csv <file>', 'write the table as CSV')
      .option('--xlsx <file>', 'write the table as an Excel workbook')
      .option('--plot <file>', 'write tornado charts as SVG')
      .option('--json', 'print the document')
      .option('--list', 'print the names of parameters and results')
  },
  action: async ([file = ''], given, io) => {
    const options = given as unknown as Options
    const opened = openStudy(file, options, io)
    if (!opened.ok) return opened.code
    const { study } = opened
    const refusals: Refusal[] = []
    const percent = /^(\d+\.?\d*)\s*%$/.exec(options.by.trim())?.[1]
    if (percent === undefined || Number(percent) <= 0 || Number(percent) > 90) {
      refusals.push(wrong(`--by ${options.by}`, 'a percentage above 0, at most 90 %'))
    }
    const isCases = options.vary.length > 0 || options.cases !== undefined
    if (isCases && (options.plot !== undefined || options.parameter.length > 0)) {
      refusals.push(
        wrong('--vary and --cases make a table', 'no --parameter and no --plot with them'),
      )
    }
    if (refusals.length > 0) return refused(refusals, io)
    if (!isCases) return runSlopes(study, Number(percent) / 100, options, io)
    const named = resultsNamed(options.result, study, refusals)
    const results = options.result.length > 0 ? named : usualResults(study.plant, study.base)
    const grid = gridOf(options.vary, study, refusals)
    const listed = options.cases === undefined ? [[]] : casesIn(options.cases, study, refusals)
    if (refusals.length > 0) return refused(refusals, io)
    const cases = listed.flatMap((row) => grid.map((moves) => [...row, ...moves]))
    return runCases(study, cases, results, options, io)
  },
}
