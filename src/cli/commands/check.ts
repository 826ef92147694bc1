import { economicsFindings, formatFinding } from '../../scenario/index.ts'
import { exit } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import type { Command } from './command.ts'

export const check: Command = {
  name: 'check',
  about: 'Read a plant file and print all that is wrong with it, with line and column.',
  example: 'didymium check plants/belfast-demonstration.yaml',
  json: '{ schema: didymium/check@1, file, findings: [{ file, line, column, code, message, expected }] }',
  declare: (parser) => {
    parser.argument('<plant>', 'plant file (YAML)').option('--json', 'print the findings as JSON')
  },
  action: ([file = ''], options, io) => {
    const loaded = loadPlant(file)
    // What the section on economics names is in data that a plant is read without.
    const named = loaded.ok && loaded.plant.economics.given ? economicsFindings(loaded.plant) : []
    const findings = loaded.ok ? named : loaded.findings
    const code = findings.length === 0 ? exit.done : exit.input
    if (options['json'] === true) {
      io.out(JSON.stringify({ schema: 'didymium/check@1', file, findings }, null, 2))
      return code
    }
    if (loaded.ok && code === exit.done) {
      const { units, streams } = loaded.plant
      io.out(`${file}: nothing wrong (${units.length} units, ${streams.length} streams)`)
    } else io.err(loaded.ok ? findings.map(formatFinding).join('\n') : loaded.text)
    return code
  },
}
