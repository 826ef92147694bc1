import { type Difference, diffPlants } from '../../scenario/index.ts'
import { figure, textTable } from '../../report/index.ts'
import { exit } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import type { Command } from './command.ts'

function valueText(value: Difference['a']): string {
  if (value === undefined) return '-'
  return typeof value === 'number' ? figure(value, 6) : String(value)
}

/** By how much b is more than a; a difference that is no number has no such thing. */
function changeText({ a, b }: Difference): string {
  if (typeof a !== 'number' || typeof b !== 'number' || a === 0) return ''
  const percent = 100 * (b / a - 1)
  return `${percent < 0 ? '' : '+'}${percent.toFixed(Math.abs(percent) < 10 ? 2 : 0)} %`
}

function table(rows: readonly Difference[], fileA: string, fileB: string): string {
  return textTable(rows, [
    { head: 'where', cell: (row) => row.at },
    { head: fileA, cell: (row) => valueText(row.a), align: 'right' },
    { head: fileB, cell: (row) => valueText(row.b), align: 'right' },
    { head: 'change', cell: changeText, align: 'right' },
  ])
}

const isStream = ({ at }: Difference) => at.startsWith('streams.')

export const diff: Command = {
  name: 'diff',
  about: 'What differs in two plants and in their results.',
  example: 'didymium diff plants/belfast-demonstration.yaml my-plant.yaml',
  json: '{ schema: didymium/diff@1, document: [{ at, a, b }], results: [{ at, a, b }] }',
  declare: (parser) => {
    parser
      .argument('<a>', 'plant file (YAML)')
      .argument('<b>', 'plant file to compare with')
      .option('--streams', 'print the streams that differ, too')
      .option('--json', 'print the differences as JSON, streams and all')
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
    const { document, results } = found
    io.out(document.length === 0 ? 'the plants say the same' : table(document, fileA, fileB))
    io.out('')
    if (results.length === 0) {
      io.out('the results are the same')
      return exit.done
    }
    const shown = options['streams'] === true ? results : results.filter((row) => !isStream(row))
    if (shown.length > 0) io.out(table(shown, fileA, fileB))
    const hidden = results.length - shown.length
    if (hidden > 0) io.out(`and ${hidden} figures of streams (--streams shows them)`)
    return exit.done
  },
}
