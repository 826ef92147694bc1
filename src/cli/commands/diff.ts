import { diffPlants } from '../../scenario/index.ts'
import { figure, textTable } from '../../report/index.ts'
import { exit } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import type { Command } from './command.ts'

export const diff: Command = {
  name: 'diff',
  about: 'What differs in two plants and in their results.',
  example: 'didymium diff plants/belfast-demonstration.yaml my-plant.yaml',
  json: '{ schema: didymium/diff@1, document: [{ at, a, b }], results: [{ at, a, b }] }',
  declare: (parser) => {
    parser
      .argument('<a>', 'plant file (YAML)')
      .argument('<b>', 'plant file to compare with')
      .option('--json', 'print the differences as JSON')
  },
  action: ([fileA = '', fileB = ''], options, io) => {
    const [a, b] = [loadPlant(fileA), loadPlant(fileB)]
    if (!a.ok || !b.ok) {
      if (!a.ok) io.err(a.text)
      if (!b.ok) io.err(b.text)
      return exit.input
    }
    const found = diffPlants(a.plant, b.plant)
    if (options['json'] === true) {
      io.out(JSON.stringify({ schema: 'didymium/diff@1', ...found }, null, 2))
      return exit.done
    }
    const text = (value: unknown) =>
      typeof value === 'number'
        ? figure(value, 6)
        : typeof value === 'string'
          ? value
          : (JSON.stringify(value) ?? '-')
    const table = (rows: readonly { at: string; a?: unknown; b?: unknown }[]) =>
      textTable(rows, [
        { head: 'where', cell: (row) => row.at },
        { head: fileA, cell: (row) => text(row.a) },
        { head: fileB, cell: (row) => text(row.b) },
      ])
    io.out(found.document.length === 0 ? 'the plants say the same' : table(found.document))
    io.out('')
    io.out(found.results.length === 0 ? 'the results are the same' : table(found.results))
    return exit.done
  },
}
