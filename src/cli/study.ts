import {
  inUnit,
  measureForms,
  parametersOf,
  resultsOf,
  shown,
  type Refusal,
  type Study,
} from '../scenario/index.ts'
import { textTable } from '../report/index.ts'
import { type ExitCode, exit, type Io } from './io.ts'

/** Names that a command was given and that mean nothing, each with the nearest that do. */
export function refused(refusals: readonly Refusal[], io: Io): ExitCode {
  for (const { message, expected } of refusals) {
    io.err(expected === '' ? message : `${message} (${expected})`)
  }
  return exit.input
}

/** The plant as written has no solution: there is nothing to move it from. */
export function noSolution({ solution }: Study, file: string, io: Io): ExitCode {
  const { outcome } = solution
  io.err(`${file} as written has no solution: ${outcome?.detail ?? ''}. ${outcome?.advice ?? ''}`)
  return exit.no
}

/** The names of all parameters and results of a plant, as the commands read them. */
export function listText(study: Study): string {
  const { plant, bank, base } = study
  return [
    'parameters: number, its uncertainty where one is stated, what it is',
    textTable(parametersOf(plant, bank), [
      { head: 'path', cell: ({ path }) => path },
      { head: 'value', cell: (p) => shown(p.value, p, plant), align: 'right' },
      {
        head: '±',
        cell: (p) => (p.deviation === undefined ? '' : deviationText(p.deviation, p, plant)),
        align: 'right',
      },
      {
        head: 'about',
        cell: ({ about }) => (about.length > 60 ? `${about.slice(0, 57)}...` : about),
      },
    ]),
    '',
    'results',
    ...resultsOf(plant, base).map(({ text, unit }) => `  ${text}${unit === '' ? '' : `, ${unit}`}`),
    '',
    'results of streams and stages are written in these forms',
    ...measureForms.map((form) => `  ${form}`),
  ].join('\n')
}

function deviationText(
  deviation: number,
  parameter: Parameters<typeof shown>[1],
  plant: Study['plant'],
): string {
  const [high, low] = [parameter.value + deviation, parameter.value].map((v) =>
    inUnit(v, parameter, plant),
  )
  return String(Number(((high ?? 0) - (low ?? 0)).toPrecision(3)))
}
