import {
  inUnit,
  measureForms,
  type Parameter,
  parametersOf,
  type Refusal,
  resultsOf,
  shown,
  type Study,
  studyOf,
} from '../scenario/index.ts'
import { textTable } from '../report/index.ts'
import { type ExitCode, exit, type Io } from './io.ts'
import { loadPlant } from './plant-file.ts'

/**
 * A plant read and solved as it is written, or the exit code after saying why not, or after
 * printing the names of its parameters and results where only these are asked for (`--list`).
 */
export function openStudy(
  file: string,
  options: { readonly list?: boolean },
  io: Io,
):
  | {
      readonly ok: true
      readonly study: Study
      readonly text: string
      readonly sets: Readonly<Record<string, string>>
    }
  | { ok: false; code: ExitCode } {
  const loaded = loadPlant(file)
  if (!loaded.ok) {
    io.err(loaded.text)
    return { ok: false, code: exit.input }
  }
  io.progress?.(0, 'solving the plant as written')
  const study = studyOf(loaded.plant)
  io.progress?.(1)
  const { status, outcome } = study.solution
  if (status !== 'converged') {
    io.err(`${file} as written has no solution: ${outcome?.detail ?? ''}. ${outcome?.advice ?? ''}`)
    return { ok: false, code: exit.no }
  }
  if (options.list !== true) return { ok: true, study, text: loaded.text, sets: loaded.sets }
  io.out(listText(study))
  return { ok: false, code: exit.done }
}

/** Says what means nothing, each with the nearest that does. */
export function refused(refusals: readonly Refusal[], io: Io): ExitCode {
  for (const { message, expected } of refusals) {
    io.err(expected === '' ? message : `${message} (${expected})`)
  }
  return exit.input
}

/** The names of all parameters and results of a plant, as the commands read them. */
function listText(study: Study): string {
  const { plant, bank, base } = study
  return [
    'parameters: value, its uncertainty where one is stated, what it is',
    textTable(parametersOf(plant, bank), [
      { head: 'path', cell: ({ path }) => path },
      { head: 'value', cell: (p) => shown(p.value, p, plant), align: 'right' },
      { head: '±', cell: (p) => deviationText(p, plant), align: 'right' },
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

function deviationText(parameter: Parameter, plant: Study['plant']): string {
  const { value, deviation } = parameter
  if (deviation === undefined) return ''
  const spread = inUnit(value + deviation, parameter, plant) - inUnit(value, parameter, plant)
  return String(Number(spread.toPrecision(3)))
}

/** Gathers an option that may be given several times. */
export const several = (value: string, before: readonly string[]) => [...before, value]
