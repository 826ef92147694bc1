import { type UnitKind, unitKinds } from '../../scenario/index.ts'
import { textTable } from '../../report/index.ts'
import { exit } from '../io.ts'
import type { Command } from './command.ts'

function describe(kind: UnitKind): string {
  const ports = (name: string, list: UnitKind['inlets']) =>
    list.map((port) => {
      const marks = [port.phase, port.drawn ? 'drawn' : '', port.optional ? 'optional' : '']
      return `  ${name} ${port.name} (${marks.filter((m) => m !== '').join(', ')}): ${port.about}`
    })
  return [
    `${kind.kind}: ${kind.title} (${kind.group})`,
    kind.about,
    ...ports('inlet ', kind.inlets),
    ...ports('outlet', kind.outlets),
    '',
    textTable(kind.params, [
      { head: 'parameter', cell: (p) => p.name },
      { head: 'value', cell: (p) => p.value },
      { head: 'default', cell: (p) => p.default },
      { head: 'range', cell: (p) => p.range },
      { head: 'about', cell: (p) => p.about },
    ]),
  ].join('\n')
}

export const units: Command = {
  name: 'units',
  about: 'The unit operations, their ports and parameters.',
  example: 'didymium units leach',
  declare: (parser) => {
    parser
      .argument('[kind]', 'one unit operation in full; left out: the list')
      .option('--json', 'print as JSON')
  },
  action: ([kind], options, io) => {
    const kinds = unitKinds()
    const chosen = kind === undefined ? kinds : kinds.filter((k) => k.kind === kind)
    if (chosen.length === 0) {
      io.err(`no unit operation "${kind}"; one of: ${kinds.map((k) => k.kind).join(', ')}`)
      return exit.input
    }
    if (options['json'] === true) io.out(JSON.stringify(chosen, null, 2))
    else if (kind !== undefined) io.out(chosen.map(describe).join('\n'))
    else {
      io.out(
        textTable(chosen, [
          { head: 'kind', cell: (k) => k.kind },
          { head: 'group', cell: (k) => k.group },
          { head: 'title', cell: (k) => k.title },
        ]),
      )
    }
    return exit.done
  },
}
