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
    if (options['json'] === true) {
      io.out(
        JSON.stringify(
          { schema: 'didymium/check@1', file, findings: loaded.ok ? [] : loaded.findings },
          null,
          2,
        ),
      )
      return loaded.ok ? exit.done : exit.input
    }
    if (!loaded.ok) {
      io.err(loaded.text)
      return exit.input
    }
    const { units, streams } = loaded.plant
    io.out(`${file}: nothing wrong (${units.length} units, ${streams.length} streams)`)
    return exit.done
  },
}
