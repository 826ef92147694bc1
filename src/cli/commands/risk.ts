import { basename } from 'node:path'
import {
  measureNames,
  openRisk,
  parametersOf,
  type PreparedRisk,
  type RiskCase,
  type RiskCaseGiven,
  type RiskDraw,
  type RiskRequest,
  riskSamples,
  type RiskSummary,
  shown,
  summariseRisk,
  type Swing,
} from '../../scenario/index.ts'
import {
  type Cell,
  csvText,
  oddsChart,
  riskText,
  sheetsFile,
  spreadTable,
  swingChart,
  textTable,
} from '../../report/index.ts'
import type { RiskCaseTexts } from '../../jobs/index.ts'
import { type ExitCode, exit, type FileList, type Io, packageVersion, writeAll } from '../io.ts'
import {
  declareRun,
  declareSample,
  type DrawingOptions,
  makeDraws,
  sampleOf,
  shareOf,
} from '../drawing.ts'
import { loadPlant } from '../plant-file.ts'
import { refused, several } from '../study.ts'
import type { Command } from './command.ts'

interface Options extends DrawingOptions {
  readonly input: readonly string[]
  readonly set: readonly string[]
  readonly result: readonly string[]
  readonly require: readonly string[]
  readonly tail: string
  readonly of: string
  readonly csv?: string
  readonly xlsx?: string
  readonly plot?: string
  readonly tornado?: string
  readonly json?: boolean
  readonly list?: boolean
}

/** The request in numbers, or what is wrong with an option. */
function requestOf(options: Options): RiskRequest | string {
  const sample = sampleOf(options)
  if (typeof sample === 'string') return sample
  const tail = shareOf(options.tail)
  if (Number.isNaN(tail)) return `--tail ${options.tail}: a percentage, 5 %`
  const { input, result, require } = options
  return { ...sample, inputs: input, results: result, requirements: require, tail }
}

/** The plants of the run as texts for the workers and as documents for this thread. */
interface Loaded {
  readonly texts: readonly RiskCaseTexts[]
  readonly given: readonly RiskCaseGiven[]
}

/** Reads the plants; `--set` makes a scenario of the second, or of the one that there is. */
function load(files: readonly string[], set: readonly string[], io: Io): Loaded | undefined {
  const scenarios = [
    ...files.map((file, k) => ({ file, set: k === 1 ? set : [] })),
    ...(files.length === 1 && set.length > 0 ? files.map((file) => ({ file, set })) : []),
  ]
  const loaded = scenarios.map(({ file, set: own }) => ({ file, own, read: loadPlant(file) }))
  const texts: RiskCaseTexts[] = []
  const given: RiskCaseGiven[] = []
  for (const { file, own, read } of loaded) {
    if (!read.ok) {
      io.err(read.text)
      return undefined
    }
    const plain = basename(file).replace(/\.ya?ml$/, '')
    const name = texts.some((text) => text.name === plain) ? `${plain} (${own.join(', ')})` : plain
    texts.push({ name, set: own, plant: read.text, file, sets: read.sets })
    given.push({ name, set: own, plant: read.plant })
  }
  return { texts, given }
}

/** One row a draw: its number, the inputs, and by case how it ended and its measures. */
function drawTable(
  cases: readonly PreparedRisk[],
  draws: readonly RiskDraw[],
): readonly (readonly Cell[])[] {
  const heads = cases.flatMap(({ subject, plan }) => {
    const named = (text: string) => (cases.length > 1 ? `${subject.name}: ${text}` : text)
    const units = plan.measures.map(({ name, unit }) => (unit === '' ? name : `${name}, ${unit}`))
    return ['outcome', ...plan.inputs.map(({ name }) => name), ...units].map(named)
  })
  const rows = draws
    .toSorted((a, b) => a.draw - b.draw)
    .map(({ draw, cases: ends }): Cell[] => [
      draw,
      ...cases.flatMap((one, k) => caseCells(one, draw, ends[k])),
    ])
  return [['draw', ...heads], ...rows]
}

function caseCells({ plan, values }: PreparedRisk, draw: number, end?: RiskCase): Cell[] {
  const n = plan.inputs.length
  const solved = end !== undefined && 'values' in end ? end.values : undefined
  return [
    end !== undefined && 'outcome' in end ? end.outcome : 'converged',
    ...plan.inputs.map((_, k) => values[draw * n + k] as number),
    ...plan.measures.map(({ factor }, k): Cell => {
      const value = solved?.[k] ?? null
      return typeof value === 'number' ? value * factor : value
    }),
  ]
}

/** The names of what can be made uncertain and of what is followed. */
function listText([first]: readonly PreparedRisk[]): string {
  if (first === undefined) return ''
  const { study, appraisal } = first.subject
  const { plant, bank } = study
  return [
    'numbers of the plant: value, what it is',
    textTable(parametersOf(plant, bank), [
      { head: 'path', cell: ({ path }) => path },
      { head: 'value', cell: (p) => shown(p.value, p, plant), align: 'right' },
      { head: 'about', cell: ({ about }) => about.slice(0, 70) },
    ]),
    '',
    'uncertain already',
    ...first.plan.inputs.map(({ name, text }) => `  ${name}: ${text}`),
    '',
    'measures, beside the results of didymium uncertainty --list',
    ...measureNames(appraisal).map((name) => `  ${name}`),
  ].join('\n')
}

async function filesOf(
  options: Options,
  cases: readonly PreparedRisk[],
  draws: readonly RiskDraw[],
  summary: RiskSummary,
): Promise<FileList> {
  const files: FileList[number][] = []
  if (options.csv !== undefined) files.push([options.csv, csvText(drawTable(cases, draws))])
  if (options.xlsx !== undefined) {
    const sheets = [
      ['odds', spreadTable(summary)],
      ['draws', drawTable(cases, draws)],
    ] as const
    files.push([options.xlsx, await sheetsFile(sheets)])
  }
  if (options.plot === undefined && options.tornado === undefined) return files
  // Loaded when used: charts would cost every command its start-up time.
  const { drawOdds, drawSwings } = await import('../../draw/index.ts')
  const odds = oddsChart(riskSamples(cases, draws, options.of), summary, options.of)
  const swings = swingChart(summary, options.of)
  if (options.plot !== undefined && odds !== undefined) files.push([options.plot, drawOdds(odds)])
  if (options.tornado !== undefined && swings !== undefined) {
    files.push([options.tornado, drawSwings(swings)])
  }
  return files
}

/** Draws for which a further thread is worth what it takes to read and solve the plants first. */
const drawsOfThread = 40

interface Drawn {
  readonly draws: readonly RiskDraw[]
  readonly swings: readonly (readonly Swing[])[]
}

/** Makes the draws on worker threads; an exit code after saying why they are not all there. */
async function drawAll(
  { texts }: Loaded,
  cases: readonly PreparedRisk[],
  request: RiskRequest,
  options: Options,
  io: Io,
): Promise<Drawn | ExitCode> {
  const asked = cases[0]?.plan.draws ?? 0
  const mostThreads = Math.ceil(asked / drawsOfThread)
  // Loaded when used: threads would cost every command its start-up time.
  const { runRisk } = await import('../../jobs/index.ts')
  const plants = cases.map(({ subject: { study } }) => ({
    hash: study.plant.hash,
    sets: Object.fromEntries(study.solution.dataSets.map(({ id, hash }) => [id, hash])),
  }))
  const job = { id: 'risk', cases: texts, request }
  const bound = { plants, version: packageVersion() }
  let swings: Drawn['swings'] = []
  const start: Parameters<typeof makeDraws<RiskDraw>>[2] = async (how) => {
    const made = await runRisk(job, cases, { ...how, bound })
    swings = made.swings
    return made
  }
  const draws = await makeDraws(options, { asked, mostThreads }, start, io)
  return typeof draws === 'number' ? draws : { draws, swings }
}

async function run(files: readonly string[], options: Options, io: Io): Promise<ExitCode> {
  const request = requestOf(options)
  if (typeof request === 'string') {
    io.err(request)
    return exit.input
  }
  const loaded = load(files, options.set, io)
  if (loaded === undefined) return exit.input
  io.progress?.(0, 'solving and appraising as written')
  const opened = openRisk(loaded.given, request)
  io.progress?.(1)
  if (!opened.ok) {
    if (opened.why === 'question') return refused(opened.refusals, io)
    io.err(`${opened.name} as written has no solution: ${opened.detail}. ${opened.advice}`)
    return exit.no
  }
  const { cases } = opened
  if (options.list === true) {
    io.out(listText(cases))
    return exit.done
  }
  const measures = cases[0]?.plan.measures.map(({ name }) => name) ?? []
  if (!measures.includes(options.of)) {
    io.err(`--of ${options.of}: ${measures.join(', ')}`)
    return exit.input
  }
  const drawn = await drawAll(loaded, cases, request, options, io)
  if (typeof drawn === 'number') return drawn
  const { draws, swings } = drawn
  const summary = summariseRisk(cases, draws, swings)
  io.out(options.json === true ? JSON.stringify(summary, null, 2) : riskText(summary, options.of))
  const written = writeAll(await filesOf(options, cases, draws, summary), io)
  if (written !== exit.done) return written
  return summary.cases.every(({ solved }) => solved > 0) ? exit.done : exit.no
}

export const risk: Command = {
  name: 'risk',
  about:
    'The odds of a plant, or of two on the same draws: constants, assays, cost, prices, schedule, grants.',
  example: 'didymium risk plants/belfast-commercial.yaml --draws 200 --unstated-constants 0.05',
  json: 'the summary, didymium/risk@1: inputs; by plant spreads, odds, influences, tornado; differences',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML) with a section "economics"')
      .argument('[plant2]', 'a second plant, on the same draws')
    declareSample(parser)
    parser
      .option(
        '--input <path=spread>',
        'an uncertainty: ± 5 %, x 0.8..1.3 (P10..P90), 8..10..15 % (triangular), fixed; may be repeated',
        several,
        [],
      )
      .option(
        '--set <path=value>',
        'a scenario on the same draws: the second plant, or this one, with a number set; may be repeated',
        several,
        [],
      )
      .option('--result <measure>', 'a measure to follow besides; may be repeated', several, [])
      .option(
        '--require <condition>',
        'count the draws that meet it: irr >= 15 %; may be repeated',
        several,
        [],
      )
      .option('--tail <share>', 'the worst draws whose mean is told', '5 %')
    declareRun(parser)
    parser
      .option('--of <measure>', 'what the charts and the moves of one input alone are of', 'npv')
      .option('--plot <file>', 'write a histogram of the odds as SVG')
      .option('--tornado <file>', 'write what each input alone does as SVG')
      .option('--csv <file>', 'write a table of the draws as CSV')
      .option('--xlsx <file>', 'write odds and draws as an Excel workbook')
      .option('--json', 'print the summary as JSON')
      .option('--list', 'print the names of numbers, uncertain inputs and measures')
  },
  action: ([file = '', second], given, io) =>
    run(
      [file, second].filter((name) => name !== undefined),
      given as unknown as Options,
      io,
    ),
}
