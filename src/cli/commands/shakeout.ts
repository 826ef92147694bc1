import { bank, predictShakeouts } from '../../scenario/index.ts'
import { figure, textTable } from '../../report/index.ts'
import { extractantSet } from '../extractant-set.ts'
import { exit, readTextFile } from '../io.ts'
import { readShakeoutCsv } from '../shakeout-csv.ts'
import type { Command } from './command.ts'

export const shakeout: Command = {
  name: 'shakeout',
  about: 'Predict shake-out tests with an extractant set and compare with what was measured.',
  example: 'didymium shakeout tests.csv --extractant PC88A-T21-NdPr',
  json: '{ schema: didymium/shakeout@1, extractant, rows: [{ D, pH, loading, outcome }], rms, warnings }',
  reads: ['extractant'],
  declare: (parser) => {
    parser
      .argument(
        '<tests>',
        'CSV: source, extractant mol/L, H feed mol/L, O:A, <El> feed mol/L ..., <El> D ...',
      )
      .requiredOption(
        '--extractant <id>',
        'extractant set, by id (the list: didymium data) or by its file',
      )
      .option('--json', 'print D, pH and loading of each row and the rms of log10 D')
  },
  action: ([file = ''], options, io) => {
    const read = readTextFile(file)
    if (!read.ok) {
      io.err(read.message)
      return exit.input
    }
    const id = String(options['extractant'])
    const named = extractantSet(id)
    if (!named.ok) {
      io.err(named.message)
      return exit.input
    }
    const table = readShakeoutCsv(read.text, file, bank, named.set.extractant)
    if (!table.ok) {
      io.err(table.text)
      return exit.input
    }
    const extractants = new Map([...bank.extractants, [id, named.set]])
    const answer = predictShakeouts(id, table.rows, { ...bank, extractants })
    if (!answer.ok) {
      io.err(`${file}: ${answer.message}`)
      return exit.input
    }
    if (options['json'] === true) {
      const { set, rms, warnings } = answer
      const rows = answer.rows.map(({ D, pH, loading, outcome }) => ({ D, pH, loading, outcome }))
      const schema = 'didymium/shakeout@1'
      io.out(JSON.stringify({ schema, extractant: set.id, rows, rms, warnings }, null, 2))
      return exit.done
    }
    const elements = Object.keys(table.rows[0]?.feed ?? {})
    const pairs = answer.rows.map((row, index) => ({ row, given: table.rows[index], index }))
    io.out(
      textTable(pairs, [
        { head: 'row', cell: ({ index }) => `${index + 1}`, align: 'right' },
        { head: 'source', cell: ({ given }) => given?.source ?? '' },
        { head: 'pH', cell: ({ row }) => row.pH.toFixed(3), align: 'right' },
        { head: 'loading %', cell: ({ row }) => (100 * row.loading).toFixed(2), align: 'right' },
        ...elements.flatMap((el) => [
          {
            head: `D ${el}`,
            cell: ({ row }: (typeof pairs)[number]) => figure(row.D[el] ?? Number.NaN),
            align: 'right' as const,
          },
          {
            head: 'measured',
            cell: ({ given }: (typeof pairs)[number]) => {
              const measured = given?.D?.[el]
              return measured === undefined ? '' : figure(measured)
            },
            align: 'right' as const,
          },
        ]),
      ]),
    )
    const rms = Object.entries(answer.rms).map(([el, value]) => `${el} ${value.toFixed(3)}`)
    io.out(`\nrms of log10 D, measured D above 0.02: ${rms.length === 0 ? 'none' : rms.join(', ')}`)
    for (const { rank, row, text } of answer.warnings) io.out(`  ${rank}  row ${row}: ${text}`)
    return exit.done
  },
}
