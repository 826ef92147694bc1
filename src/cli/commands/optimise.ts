import { optimise, readOptimise } from '../../scenario/index.ts'
import { figure, optimumText } from '../../report/index.ts'
import { exit } from '../io.ts'
import { openStudy, refused, several } from '../study.ts'
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
    const { vary, minimise, maximise, require, evaluations } = options
    const most = Number(evaluations)
    const read = readOptimise(study, { vary, minimise, maximise, require, evaluations: most })
    if (!read.ok) return refused(read.refusals, io)
    const report = optimise(study, read.request, (done, value) =>
      io.progress?.(done / most, `${done} solutions, now ${figure(Math.abs(value), 6)}`),
    )
    io.progress?.(1)
    io.out(options.json === true ? JSON.stringify(report, null, 2) : optimumText(report))
    return report.outcome === 'optimal' ? exit.done : exit.no
  },
}
