import { bank } from '../../databank/index.ts'
import { textTable } from '../../report/index.ts'
import { exit, type Io } from '../io.ts'
import type { Command } from './command.ts'

function validityText(validity: { readonly [key: string]: unknown }): string {
  return Object.entries(validity)
    .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(' to ') : String(value)}`)
    .join('; ')
}

function list(io: Io): void {
  const sets = [...bank.extractants.values()]
  io.out(
    textTable(sets, [
      { head: 'id', cell: (set) => set.id },
      { head: 'model', cell: (set) => set.model },
      { head: 'elements', cell: (set) => Object.keys(set.parameters).join(' ') },
      { head: 'points', cell: (set) => `${set.points.length}`, align: 'right' },
      { head: 'title', cell: (set) => set.title },
    ]),
  )
  io.out(
    `\n${sets.length} extractant sets, ${bank.species.length} species, ${bank.forms.length} aqueous ` +
      `forms, ${bank.solids.length} solids, ${bank.constants.size} constants, ${bank.feeds.length} ` +
      `feeds, ${bank.products.length} product grades, ${bank.sources.size} sources.\n` +
      'One of them in full: didymium data PC88A-T21',
  )
}

function one(id: string, io: Io): boolean {
  const set = bank.extractants.get(id)
  if (set !== undefined) {
    io.out(`${set.id}: ${set.title}`)
    io.out(`medium: ${set.medium}; diluent: ${set.diluent}; model: ${set.model}`)
    io.out(`validity: ${validityText({ ...set.validity })}`)
    io.out(`worth: ${set.worth}`)
    for (const note of set.notes) io.out(`note: ${note}`)
    const rows = Object.entries(set.parameters).flatMap(([element, parameters]) =>
      Object.entries(parameters).map(([name, number]) => ({ element, name, number })),
    )
    io.out(
      textTable(rows, [
        { head: 'element', cell: (row) => row.element },
        { head: 'parameter', cell: (row) => row.name },
        { head: 'value', cell: (row) => `${row.number.value}`, align: 'right' },
        { head: '±', cell: (row) => `${row.number.uncertainty ?? ''}`, align: 'right' },
        { head: 'method', cell: (row) => row.number.method },
        { head: 'quality', cell: (row) => set.quality[row.element] ?? '' },
        { head: 'source', cell: (row) => row.number.source },
      ]),
    )
    for (const source of set.sources) io.out(`${source}: ${bank.sources.get(source)?.title ?? ''}`)
    return true
  }
  const constant = bank.constants.get(id)
  if (constant !== undefined) {
    const { value, unit = '', uncertainty, method, source, locator = '', note = '' } = constant
    io.out(`${id} = ${value} ${unit}${uncertainty === undefined ? '' : ` ± ${uncertainty}`}`)
    io.out(`${method}; ${source} ${locator}: ${bank.sources.get(source)?.title ?? ''}`)
    if (note !== '') io.out(note)
    return true
  }
  const source = bank.sources.get(id)
  if (source === undefined) return false
  io.out(JSON.stringify({ id, ...source }, null, 2))
  return true
}

export const data: Command = {
  name: 'data',
  about: 'Data sets with their validity and sources; any constant can be asked where it is from.',
  example: 'didymium data PC88A-T21-NdPr',
  declare: (parser) => {
    parser
      .argument('[id]', 'an extractant set, a constant or a source; left out: the list')
      .option('--json', 'print as JSON; the list has the ids')
  },
  action: ([id], options, io) => {
    if (options['json'] === true) {
      const sets = [...bank.extractants.values()].filter((set) => id === undefined || set.id === id)
      if (sets.length === 0) {
        io.err(`no extractant set "${id}"; the list: didymium data`)
        return exit.input
      }
      const constants = Object.fromEntries(bank.constants)
      const sources = Object.fromEntries(bank.sources)
      const answer =
        id === undefined
          ? { schema: 'didymium/data@1', ids: sets.map((set) => set.id), sets, constants, sources }
          : sets[0]
      io.out(JSON.stringify(answer, null, 2))
      return exit.done
    }
    if (id === undefined) {
      list(io)
      return exit.done
    }
    if (one(id, io)) return exit.done
    io.err(`nothing called "${id}" in the databank; the list: didymium data`)
    return exit.input
  },
}
