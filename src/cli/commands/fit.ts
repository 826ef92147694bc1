import { basename } from 'node:path'
import type { MeasuredRow } from '../../chemistry/index.ts'
import { nearest } from '../../quantities/index.ts'
import { csvText, fitTable, fitText } from '../../report/index.ts'
import {
  bank,
  extractantSetText,
  type Fit,
  fitConstants,
  type FitOptions,
  fittableModels,
  readFitOptions,
} from '../../scenario/index.ts'
import { extractantSet, isSetFile } from '../extractant-set.ts'
import { exit, type ExitCode, type FileList, type Io, readTextFile, writeAll } from '../io.ts'
import { readShakeoutCsv } from '../shakeout-csv.ts'
import type { Command } from './command.ts'

/** Rows of a table, or of the points of a data set; findings go to the terminal. */
function rowsOf(name: string, extractant: string, io: Io): readonly MeasuredRow[] | undefined {
  if (bank.extractants.has(name) || isSetFile(name)) {
    const named = extractantSet(name)
    if (!named.ok) {
      io.err(named.message)
      return undefined
    }
    return named.set.points.map((point, k) => {
      const each = Object.entries(point.D)
      const D = each.map(([element, value]) => ({ of: 'D' as const, element, value }))
      return { ...point, measured: point.measured ?? D, place: `${name}:${k + 1}` }
    })
  }
  const read = readTextFile(name)
  if (!read.ok) {
    const near = nearest(name, [...bank.extractants.keys()])
    io.err(near === undefined ? read.message : `${read.message}; a set is called ${near}`)
    return undefined
  }
  const table = readShakeoutCsv(read.text, name, bank, extractant)
  if (table.ok) return table.rows
  io.err(table.text)
  return undefined
}

function knownExtractant(id: string): string | undefined {
  const known = bank.species.filter((s) => s.extractant === 'acidic').map((s) => s.id)
  if (known.includes(id)) return undefined
  const near = nearest(id, known)
  const hint = near === undefined ? '' : `did you mean "${near}"? `
  return `--extractant ${id}: ${hint}known: ${known.join(', ')}`
}

async function filesOf(fit: Fit, options: FitOptions, title: string) {
  const files: FileList[number][] = []
  if (options.out !== undefined && fit.outcome === 'converged') {
    files.push([options.out, extractantSetText(fit.set, options.out)])
  }
  if (options.csv !== undefined) files.push([options.csv, csvText(fitTable(fit))])
  if (options.plot !== undefined) {
    // Loaded when used: charts would cost every command its start-up time.
    const { drawFit } = await import('../../draw/fit-plot.ts')
    files.push([options.plot.replace(/(\.svg)?$/i, '.svg'), drawFit(title, fit.picture)])
  }
  return files
}

/** Everything read, or undefined after the findings. */
function ask(names: readonly string[], options: FitOptions, io: Io) {
  const read = readFitOptions(options, names)
  const wrong = [
    ...(read.ok ? [] : read.problems),
    ...[knownExtractant(options.extractant)].filter((text) => text !== undefined),
  ]
  const named = options.base === undefined ? undefined : extractantSet(options.base)
  if (named !== undefined && !named.ok) wrong.push(`--base: ${named.message}`)
  for (const problem of wrong) io.err(problem)
  const tables = names.map((name) => rowsOf(name, options.extractant, io))
  const rows = tables.flatMap((table) => table ?? [])
  if (!read.ok || wrong.length > 0 || tables.includes(undefined)) return undefined
  const labels = names.map((name) => basename(name)).join(', ')
  const title = options.title ?? `${options.extractant} fitted to ${labels}`
  const id = basename(options.out ?? 'fit').replace(/\.[^.]*$/, '')
  const known = named?.ok === true ? { base: named.set } : {}
  return {
    rows,
    title,
    source: `fit of ${labels}`,
    request: { ...read.request, ...known, id, title },
  }
}

async function action(names: readonly string[], options: FitOptions, io: Io): Promise<ExitCode> {
  const asked = ask(names, options, io)
  if (asked === undefined) return exit.input
  const { rows, request, source, title } = asked
  const answer = fitConstants(rows, request, source, (done, text) => io.progress?.(done, text))
  io.progress?.(1)
  if (!answer.ok) {
    for (const { message, expected } of answer.problems) {
      io.err(expected === '' ? message : `${message} (${expected})`)
    }
    return exit.input
  }
  const { fit } = answer
  const files = await filesOf(fit, options, title)
  const { picture: _, ...document } = fit
  io.out(
    options.json === true
      ? JSON.stringify({ schema: 'didymium/fit@1', ...document }, null, 2)
      : fitText(fit),
  )
  const written = writeAll(files, io)
  if (written !== exit.done) return written
  if (options.out !== undefined && fit.outcome !== 'converged') {
    io.err(`${options.out} was not written, because the fit is not done`)
  }
  return fit.outcome === 'converged' ? exit.done : exit.no
}

const freed = [
  ...new Set(
    fittableModels.flatMap(({ shared, perElement }) =>
      [...perElement, ...shared].filter(({ always }) => always !== true).map(({ name }) => name),
    ),
  ),
].join(', ')

export const fit: Command = {
  name: 'fit',
  about: 'Fit the constants of a distribution model to shake-out tests, with their errors.',
  example: 'didymium fit tests.csv --extractant PC88A --out my-pc88a.yaml --plot fit.svg',
  json:
    '{ schema: didymium/fit@1, outcome, set, numbers, covariance, correlation, degreesOfFreedom, ' +
    'scatter, errors, measures, sources, leftOut, unconstrained, alone, repeats, skipped, warnings }',
  reads: ['base'],
  declare: (parser) => {
    parser
      .argument('<points...>', 'CSV tables of tests, or sets (id or file) whose points are taken')
      .requiredOption('--extractant <species>', 'PC88A, D2EHPA, ...')
      .option('--model <kind>', fittableModels.map(({ kind }) => kind).join(', '), 'mass-action')
      .option('--elements <list>', 'fit these; all that were measured if left out')
      .option('--base <set>', 'set (id or file) whose constants hold for what is not fitted')
      .option('--free <list>', `fit these too: ${freed}`)
      .option('--fix <list>', 'hold at a value: power=2.38, Pr.a=-3.2')
      .option('--bounds <list>', 'search within: power=1..5, Nd.a=-6..0')
      .option('--separation <list>', 'hold a separation factor within: Nd/Pr=1.3..1.6')
      .option('--protons <list>', 'released by an element that has not three: Zn=2')
      .option('--error <list>', 'of what states none: D=10%, aqueous=5%, organic=5%, pH=0.05')
      .option('--scatter <of>', 'estimated in common, by source or by element', 'common')
      .option('--least-d <D>', 'leave out measured D below; 0.02 if not said')
      .option('--leave-out <list>', 'lines to leave out: 7,9-12 or tests.csv:7, or outliers')
      .option('--diluent <text>', 'written into the set', 'not stated')
      .option('--medium <text>', 'written into the set', 'not stated')
      .option('--temperature <value>', 'of the tests, such as "25 degC"')
      .option('--title <text>', 'of the set')
      .option('--out <file>', 'write the data set (YAML, or JSON), for plants to name')
      .option('--csv <file>', 'write every measurement with its prediction')
      .option('--plot <file>', 'draw measured and predicted D and the isotherms as SVG')
      .option('--json', 'print the fit as JSON')
  },
  action: ([points], given, io) => {
    const names: readonly string[] = Array.isArray(points) ? points : [points ?? '']
    return action(names, given as unknown as FitOptions, io)
  },
}
