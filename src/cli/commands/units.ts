import { type UnitKind, unitKinds } from '../../scenario/index.ts'
import { nearest } from '../../quantities/index.ts'
import { textTable, wrapped } from '../../report/index.ts'
import { exit } from '../io.ts'
import type { Command } from './command.ts'

const width = 100

function portLines(side: string, list: UnitKind['inlets']): string[] {
  return list.map((port) => {
    const marks = [
      port.phase,
      port.drawn === true ? 'drawn' : '',
      port.optional === true ? 'optional' : '',
      port.byParameter === true ? 'where a parameter asks for it' : '',
    ].filter((mark) => mark !== '')
    return `  ${side} ${port.name} (${marks.join(', ')}): ${port.about}`
  })
}

function parameterLines(params: UnitKind['params']): string[] {
  return params.flatMap(({ name, value, default: given, range, about }) => {
    const state = given === 'required' || given === 'optional' ? given : `default ${given}`
    const head = `  ${name}: ${[value, state, range].filter((text) => text !== '').join('; ')}`
    return [wrapped(head, width, '    '), wrapped(`      ${about}`, width, '      ')]
  })
}

function describe(kind: UnitKind): string {
  return [
    `${kind.kind}: ${kind.title} (${kind.group})`,
    wrapped(kind.about, width),
    '',
    'PORTS',
    ...portLines('inlet ', kind.inlets),
    ...portLines('outlet', kind.outlets),
    '',
    'PARAMETERS',
    ...(kind.params.length === 0 ? ['  none'] : parameterLines(kind.params)),
  ].join('\n')
}

function list(kinds: readonly UnitKind[]): string {
  return textTable(kinds, [
    { head: 'kind', cell: (k) => k.kind },
    { head: 'group', cell: (k) => k.group },
    { head: 'title', cell: (k) => k.title },
  ])
}

export const units: Command = {
  name: 'units',
  about: 'The unit operations, their ports and parameters.',
  example: 'didymium units leach',
  json: '{ schema: didymium/units@1, units: [{ kind, title, group, about, symbol, inlets, outlets, params }] }',
  declare: (parser) => {
    parser
      .argument('[kind]', 'one unit operation in full; left out: the list')
      .option('--json', 'print as JSON')
  },
  action: ([kind], options, io) => {
    const kinds = unitKinds()
    const chosen = kind === undefined ? kinds : kinds.filter((k) => k.kind === kind)
    if (chosen.length === 0) {
      const known = kinds.map((k) => k.kind)
      const near = kind === undefined ? undefined : nearest(kind, known)
      const advice = near === undefined ? `one of: ${known.join(', ')}` : `did you mean "${near}"?`
      io.err(`no unit operation "${kind}"; ${advice}`)
      return exit.input
    }
    if (options['json'] === true) {
      io.out(JSON.stringify({ schema: 'didymium/units@1', units: chosen }, null, 2))
    } else io.out(kind === undefined ? list(chosen) : chosen.map(describe).join('\n'))
    return exit.done
  },
}
