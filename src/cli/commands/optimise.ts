import {
  type Freedom,
  matching,
  optimise,
  parametersOf,
  readRange,
  readRequirement,
  readResult,
  type Refusal,
  type Requirement,
  type Study,
  type Term,
  unmeasured,
} from '../../scenario/index.ts'
import { figure, optimumText } from '../../report/index.ts'
import { exit } from '../io.ts'
import { openStudy, parametersNamed, refused, several } from '../study.ts'
import type { Command } from './command.ts'

interface Options {
  readonly vary: readonly string[]
  readonly minimise?: string
  readonly maximise?: string
  readonly require: readonly string[]
  readonly evaluations: string
  readonly json?: boolean
  readonly list?: boolean
}

const wrong = (message: string, expected = ''): Refusal => ({ ok: false, message, expected })

const mostFreedoms = 30

function freedomsOf(
  texts: readonly string[],
  study: Study,
  refusals: Refusal[],
): readonly Freedom[] {
  const freedoms = texts.flatMap((text) => {
    const [path = '', range = ''] = text.split(/=(.*)/s)
    return parametersNamed([path], study, refusals).flatMap((parameter): Freedom[] => {
      const read = readRange(range, parameter, study.plant)
      if (read.ok) return [{ parameter, low: read.low, high: read.high }]
      refusals.push(read)
      return []
    })
  })
  const twice = freedoms.find((f, k) => freedoms.findIndex((g) => g.parameter === f.parameter) < k)
  if (twice !== undefined) refusals.push(wrong(`${twice.parameter.path} is varied twice`))
  if (texts.length === 0) refusals.push(wrong('nothing may be varied', '--vary PATH=LOW..HIGH'))
  if (freedoms.length > mostFreedoms) {
    refusals.push(wrong(`${freedoms.length} parameters are varied`, `at most ${mostFreedoms}`))
  }
  return freedoms
}

/** `reagent caustic rate + 0.5 * reagent acid rate`: results and parameters with weights. */
function termsOf(text: string, study: Study, refusals: Refusal[]): readonly Term[] {
  const known = parametersOf(study.plant, study.bank)
  return text.split(/\s\+\s/).flatMap((part): Term[] => {
    const [, factor, name = ''] =
      /^\s*(?:(-?[\d.]+(?:e-?\d+)?)\s*\*\s*)?(.*?)\s*$/s.exec(part) ?? []
    const weight = factor === undefined ? 1 : Number(factor)
    if (!Number.isFinite(weight)) refusals.push(wrong(`"${factor}" is not a number`))
    const parameter = known.find(({ path }) => path === name)
    if (parameter !== undefined) return [{ weight, of: parameter }]
    const read = readResult(name, study.plant, study.base)
    if (read.ok) {
      refusals.push(...unmeasured(study, [read.result]))
      return [{ weight, of: read.result }]
    }
    // What holds a point is meant as a path: its refusal is the one that helps.
    const path = /^[^\s]+\.[^\s]+$/.test(name) ? matching(name, known, study.plant) : read
    refusals.push(path.ok ? read : path)
    return []
  })
}

function requirementsOf(
  texts: readonly string[],
  study: Study,
  refusals: Refusal[],
): readonly Requirement[] {
  const requirements = texts.flatMap((text) => {
    const read = readRequirement(text, study.plant, study.base)
    if (!read.ok) refusals.push(read)
    return read.ok ? [read.requirement] : []
  })
  refusals.push(
    ...unmeasured(
      study,
      requirements.map(({ result }) => result),
    ),
  )
  return requirements
}

export const optimiseCommand: Command = {
  name: 'optimise',
  about: 'Move parameters within bounds to the best objective that keeps requirements; what binds.',
  example:
    'didymium optimise plants/belfast-demonstration.yaml --vary "sx2.sections[2].flow=4..7 L/h" ' +
    '--minimise "reagent strip-acid-3 rate" --require "product neodymium-oxide reoOfTreo >= 99.5 %"',
  json: 'didymium/optimise@1: outcome, objective, parameters and requirements with what binds and its price',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option(
        '--vary <path=range>',
        'a parameter and its bounds, "180..230 L/h"; may be repeated',
        several,
        [],
      )
      .option('--minimise <objective>', 'a result or parameter, or a sum: "A + 0.5 * B"')
      .option('--maximise <objective>', 'the same, to be large')
      .option(
        '--require <condition>',
        'what must hold, "recovery Nd >= 95 %"; may be repeated',
        several,
        [],
      )
      .option('--evaluations <n>', 'solutions of the plant that it may take', '1000')
      .option('--json', 'print the document')
      .option('--list', 'print the names of parameters and results')
  },
  action: ([file = ''], given, io) => {
    const options = given as unknown as Options
    const opened = openStudy(file, options, io)
    if (!opened.ok) return opened.code
    const { study } = opened
    const refusals: Refusal[] = []
    const { minimise, maximise } = options
    const objective = minimise ?? maximise
    if (objective === undefined || (minimise !== undefined && maximise !== undefined)) {
      refusals.push(wrong('one objective is needed', '--minimise or --maximise'))
    }
    const most = Number(options.evaluations)
    if (!(Number.isInteger(most) && most >= 10 && most <= 1_000_000)) {
      refusals.push(
        wrong(`--evaluations ${options.evaluations}`, 'a whole number from 10 to 1000000'),
      )
    }
    const freedoms = freedomsOf(options.vary, study, refusals)
    const terms = objective === undefined ? [] : termsOf(objective, study, refusals)
    const requirements = requirementsOf(options.require, study, refusals)
    if (refusals.length > 0) return refused(refusals, io)
    const sense = minimise === undefined ? 'maximise' : 'minimise'
    const report = optimise(study, { freedoms, terms, sense, requirements, most }, (done, value) =>
      io.progress?.(done / most, `${done} solutions, now ${figure(Math.abs(value), 6)}`),
    )
    io.progress?.(1)
    io.out(options.json === true ? JSON.stringify(report, null, 2) : optimumText(report))
    return report.outcome === 'optimal' ? exit.done : exit.no
  },
}
