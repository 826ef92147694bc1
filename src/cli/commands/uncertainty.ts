import {
  drawnInputs,
  inUnit,
  planUncertainty,
  summarise,
  type Draw,
  type Study,
  type UncertaintyPlan,
  type UncertaintyRequest,
  type UncertaintySummary,
  valuesOf,
} from '../../scenario/index.ts'
import { type Cell, csvText, sheetFile, uncertaintyText } from '../../report/index.ts'
import { type ExitCode, exit, type FileList, type Io, packageVersion, writeAll } from '../io.ts'
import { declareRun, declareSample, type DrawingOptions, makeDraws, sampleOf } from '../drawing.ts'
import { openStudy, refused, several } from '../study.ts'
import type { Command } from './command.ts'

interface Options extends DrawingOptions {
  readonly result: readonly string[]
  readonly require: readonly string[]
  readonly input: readonly string[]
  readonly csv?: string
  readonly xlsx?: string
  readonly plot?: string
  readonly json?: boolean
  readonly list?: boolean
}

/** The request in numbers, or what is wrong with an option. */
function requestOf(options: Options): UncertaintyRequest | string {
  const sample = sampleOf(options)
  if (typeof sample === 'string') return sample
  const { input, result, require } = options
  return { ...sample, inputs: input, results: result, requirements: require }
}

/** One row a draw: its number, the inputs, the results, how it ended. */
function drawTable(
  { plant }: Study,
  plan: UncertaintyPlan,
  inputs: Float64Array,
  draws: readonly Draw[],
): readonly (readonly Cell[])[] {
  const n = plan.inputs.length
  const named = (name: string, unit: string) => (unit === '' ? name : `${name}, ${unit}`)
  const heads = [
    'draw',
    'outcome',
    ...plan.inputs.map(({ parameter: { path, unit } }) => named(path, unit)),
    ...plan.results.map(({ text, unit }) => named(text, unit)),
  ]
  const rows = [...draws]
    .sort((a, b) => a.draw - b.draw)
    .map((draw): Cell[] => [
      draw.draw,
      'values' in draw ? 'converged' : draw.outcome,
      ...plan.inputs.map(({ parameter }, k) =>
        inUnit(inputs[draw.draw * n + k] as number, parameter, plant),
      ),
      ...plan.results.map(({ factor }, k) => {
        const value = 'values' in draw ? (draw.values[k] ?? null) : null
        return value === null ? null : value * factor
      }),
    ])
  return [heads, ...rows]
}

async function writeFiles(
  options: Options,
  study: Study,
  plan: UncertaintyPlan,
  inputs: Float64Array,
  draws: readonly Draw[],
  summary: UncertaintySummary,
  io: Io,
): Promise<ExitCode> {
  const files: FileList[number][] = []
  const rows = () => drawTable(study, plan, inputs, draws)
  if (options.csv !== undefined) files.push([options.csv, csvText(rows())])
  if (options.xlsx !== undefined) files.push([options.xlsx, await sheetFile('draws', rows())])
  if (options.plot !== undefined) {
    // Loaded when used: charts would cost every command its start-up time.
    const { drawHistograms } = await import('../../draw/study-charts.ts')
    const histograms = plan.results.flatMap((result, k) => {
      const spread = summary.results[k]
      if (spread === undefined || !(spread.deviation > 0)) return []
      const marks = (['p10', 'p50', 'p90'] as const).map((at) => ({
        name: at.toUpperCase(),
        at: spread[at],
      }))
      const values = valuesOf(result, k, draws, plan.draws)
      return [{ title: result.text, unit: result.unit, values, marks }]
    })
    const title = `${study.plant.title}: ${summary.solved} of ${summary.draws} draws`
    files.push([options.plot, drawHistograms(title, histograms)])
  }
  return writeAll(files, io)
}

type Opened = Extract<ReturnType<typeof openStudy>, { readonly ok: true }>

async function run(
  file: string,
  { study, text, sets }: Opened,
  plan: UncertaintyPlan,
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const { plant } = study
  const job = { id: plant.hash, plant: text, file, sets, request: plan.request }
  const hashes = Object.fromEntries(study.solution.dataSets.map(({ id, hash }) => [id, hash]))
  const bound = { plant: plant.hash, sets: hashes, version: packageVersion() }
  // Loaded when used: threads would cost every command its start-up time.
  const { runUncertainty } = await import('../../jobs/index.ts')
  const start: Parameters<typeof makeDraws<Draw>>[2] = (how) =>
    runUncertainty(job, plan, { ...how, bound })
  const draws = await makeDraws(options, { asked: plan.draws }, start, io)
  if (typeof draws === 'number') return draws
  const inputs = drawnInputs(study, plan)
  const summary = summarise(study, plan, inputs, draws)
  io.out(options.json === true ? JSON.stringify(summary, null, 2) : uncertaintyText(summary))
  const written = await writeFiles(options, study, plan, inputs, draws, summary, io)
  if (written !== exit.done) return written
  return summary.solved > 0 ? exit.done : exit.no
}

export const uncertainty: Command = {
  name: 'uncertainty',
  about:
    'Draw constants and assays from their errors: P10, P50 and P90 of results, what drives them.',
  example:
    'didymium uncertainty plants/belfast-demonstration.yaml --draws 200 --unstated-constants 0.05',
  json: 'the summary, didymium/uncertainty@1: inputs, failures, results with p10, p50, p90 and influences',
  declare: (parser) => {
    parser.argument('<plant>', 'plant file (YAML)')
    declareSample(parser)
    parser
      .option(
        '--result <result>',
        'a result to follow, as specifications write it; may be repeated',
        several,
        [],
      )
      .option('--require <condition>', 'count the draws that meet it; may be repeated', several, [])
      .option(
        '--input <path=± value>',
        'an uncertainty of your own; * in a path; may be repeated',
        several,
        [],
      )
    declareRun(parser)
    parser
      .option('--csv <file>', 'write a table of the draws as CSV')
      .option('--xlsx <file>', 'write a table of the draws as an Excel workbook')
      .option('--plot <file>', 'write histograms as SVG')
      .option('--json', 'print the summary as JSON')
      .option('--list', 'print the names of parameters and results')
  },
  action: async ([file = ''], given, io) => {
    const options = given as unknown as Options
    const opened = openStudy(file, options, io)
    if (!opened.ok) return opened.code
    const { study } = opened
    const request = requestOf(options)
    if (typeof request === 'string') {
      io.err(request)
      return exit.input
    }
    const planned = planUncertainty(study, request)
    if (!planned.ok) return refused(planned.refusals, io)
    return run(file, opened, planned.plan, options, io)
  },
}
