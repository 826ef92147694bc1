import {
  appraise,
  type Footprint,
  footprintFindings,
  footprintOf,
  type FootprintChoices,
  feedTreatments,
  footprintRules,
  formatFinding,
  type PlantDocument,
  simulate,
  type Solution,
} from '../../scenario/index.ts'
import {
  energyText,
  footprintChart,
  footprintProducts,
  footprintTable,
  footprintText,
  sheetsFile,
} from '../../report/index.ts'
import { type ExitCode, exit, type FileList, type Io, writeAll } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import type { Command } from './command.ts'

interface Options {
  readonly allocation?: string
  readonly grid?: string
  readonly year?: string
  readonly feed?: string
  readonly fuel?: string
  readonly heatEfficiency?: string
  readonly direct?: boolean
  readonly energy?: boolean
  readonly json?: boolean
  readonly xlsx?: string
  readonly plot?: string
}

/** One of a few names, or what is wrong with it. */
function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  names: readonly T[],
): T | undefined | { readonly wrong: string } {
  if (value === undefined) return undefined
  const found = names.find((name) => name === value)
  return found ?? { wrong: `--${option} ${value}: ${names.join(', ')}` }
}

function numberOf(option: string, text: string | undefined, low: number, high: number) {
  if (text === undefined) return undefined
  const percent = /^(.*)%$/.exec(text.trim())?.[1]
  const value = Number(percent ?? text) / (percent === undefined ? 1 : 100)
  if (Number.isFinite(value) && value >= low && value <= high) return value
  return { wrong: `--${option} ${text}: a number from ${low} to ${high}` }
}

const isWrong = (value: unknown): value is { readonly wrong: string } =>
  typeof value === 'object' && value !== null && 'wrong' in value

/** What the command line chooses, or what is wrong with it. */
function choicesOf(options: Options): FootprintChoices | readonly string[] {
  const { grid, fuel, direct } = options
  const read = {
    allocation: oneOf('allocation', options.allocation, footprintRules),
    feed: oneOf('feed', options.feed, feedTreatments),
    year: numberOf('year', options.year, 1990, 2100),
    heatEfficiency: numberOf('heat-efficiency', options.heatEfficiency, 0.05, 5),
  }
  const wrong = Object.values(read).flatMap((value) => (isWrong(value) ? [value.wrong] : []))
  if (wrong.length > 0) return wrong
  const given = { ...read, grid, fuel, upstream: direct === true ? false : undefined }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

async function filesOf(title: string, footprint: Footprint, options: Options): Promise<FileList> {
  const files: FileList[number][] = []
  if (options.xlsx !== undefined) {
    const sheets = [
      ['products', footprintProducts(footprint)],
      ['lines', footprintTable(footprint)],
    ] as const
    files.push([options.xlsx, await sheetsFile(sheets)])
  }
  if (options.plot !== undefined) {
    // Loaded when used: charts would cost every command its start-up time.
    const { drawFootprint } = await import('../../draw/index.ts')
    files.push([options.plot, drawFootprint(footprintChart(title, footprint))])
  }
  return files
}

/** Prices of the products as the appraisal has them, where emissions are shared by value. */
function withPrices(
  plant: PlantDocument,
  solution: Solution,
  choices: FootprintChoices,
): FootprintChoices {
  if ((choices.allocation ?? plant.economics.footprint.allocation) !== 'value') return choices
  const { lines } = appraise(plant, solution).sales
  const priced = lines.filter(({ amount, ratePerYear }) => amount > 0 && ratePerYear > 0)
  const prices = Object.fromEntries(
    priced.map(({ product, amount, ratePerYear }) => [product, amount / ratePerYear]),
  )
  return { ...choices, prices }
}

async function run(file: string, options: Options, io: Io): Promise<ExitCode> {
  const choices = choicesOf(options)
  if (Array.isArray(choices)) {
    for (const wrong of choices as readonly string[]) io.err(wrong)
    return exit.input
  }
  const loaded = loadPlant(file)
  if (!loaded.ok) {
    io.err(loaded.text)
    return exit.input
  }
  const { plant } = loaded
  io.progress?.(0.1, `solving ${plant.units.length} units`)
  const solution = simulate(plant)
  io.progress?.(1)
  const { status, outcome, title } = solution
  if (status !== 'converged') {
    io.err(`${file} has no solution: ${outcome?.detail ?? ''}. ${outcome?.advice ?? ''}`)
    return exit.no
  }
  const answer = footprintOf(
    plant,
    solution,
    withPrices(plant, solution, choices as FootprintChoices),
  )
  if (answer.outcome === 'refused') {
    for (const finding of footprintFindings(plant, answer.problems)) io.err(formatFinding(finding))
    return exit.input
  }
  const { footprint } = answer
  const files = await filesOf(title, footprint, options)
  io.out(
    options.json === true
      ? JSON.stringify({ plant: plant.hash, title, footprint }, null, 2)
      : footprintText(title, footprint),
  )
  if (options.energy === true && options.json !== true) io.out(`\n${energyText(footprint)}`)
  return writeAll(files, io)
}

export const footprintCommand: Command = {
  name: 'footprint',
  about:
    'Greenhouse gases per kg of each product, cradle to gate: reagents, power, heat, process, waste, transport.',
  example: 'didymium footprint plants/belfast-commercial.yaml --grid GB --allocation section',
  json: 'plant, title and footprint as the appraisal document has it: products, lines, gaps, energy by unit, published routes',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option('--allocation <rule>', `between products: ${footprintRules.join(', ')}`)
      .option('--grid <id>', 'electricity grid of the data: GB, US-SRMW, BR ...')
      .option('--year <year>', 'year of the grid factor; the newest if left out')
      .option('--feed <treatment>', `${feedTreatments.join(' or ')} (recycled feed)`)
      .option('--fuel <name>', 'what heat is raised with: natural gas, electricity')
      .option('--heat-efficiency <share>', 'heat to the process over energy bought: 85 %')
      .option('--direct', 'leave out grid losses and the supply of fuels')
      .option('--energy', 'list electricity and heat of each unit as well')
      .option('--json', 'print the footprint as JSON')
      .option('--xlsx <file>', 'write products and lines as an Excel workbook')
      .option('--plot <file>', 'write bars of the products by group as SVG')
  },
  action: ([file = ''], given, io) => run(file, given, io),
}
