import { catchUp, type Certificate, certificateOf, type Specification } from '../../ledger/index.ts'
import { limitText, resultText, textTable } from '../../report/index.ts'
import type { Command } from '../commands/command.ts'
import { fonts } from '../fonts.ts'
import { exit, writeAll } from '../io.ts'
import { several } from '../study.ts'
import { declareLedger, type LedgerOptions, print, withLedger } from './open.ts'
import { knownSpecifications } from './specifications.ts'
import { lotUri } from './trace.ts'
import { kg, when } from './words.ts'

interface Options extends LedgerOptions {
  readonly spec: readonly string[]
  readonly pdf?: string
}

function certificateText(certificate: Certificate): string {
  const { code, product, netMg, issued, conformity, readings, release } = certificate
  const head = [
    ...(certificate.isSynthetic ? ['SYNTHETIC: a made-up history; certifies nothing'] : []),
    `Certificate of analysis, lot ${code}${product === undefined ? '' : `, ${product}`}`,
    `${kg(netMg)} kg; made up ${when(issued)}; quality: ${release}`,
  ].join('\n')
  const parts = conformity.map(({ specification, lines, verdict }) =>
    [
      `${specification.name}: ${verdict}`,
      textTable(lines, [
        { head: 'measure', cell: ({ measure }) => measure },
        { head: '', cell: ({ limit }) => limit.analyte ?? '' },
        { head: 'limit', cell: ({ limit }) => limitText(limit), align: 'right' },
        { head: 'found', cell: resultText, align: 'right' },
        { head: 'verdict', cell: ({ verdict: one }) => one },
        { head: 'laboratory', cell: ({ laboratory }) => laboratory ?? '' },
      ]),
    ].join('\n'),
  )
  const results =
    readings.length === 0
      ? 'nothing of it was analysed'
      : textTable(readings, [
          { head: 'analyte', cell: ({ analyte, oxide }) => oxide ?? analyte },
          {
            head: 'result',
            align: 'right',
            cell: ({ loq, ...result }) =>
              resultText(loq === undefined ? result : { ...result, below: loq }),
          },
          { head: '', cell: ({ status }) => status },
          { head: 'method', cell: ({ method }) => method ?? '' },
          { head: 'laboratory', cell: ({ laboratory }) => laboratory ?? '' },
        ])
  return [head, ...parts, results].join('\n\n')
}

/** 1 where the lot is not what a specification asks for, or nobody can say. */
const codeOf = ({ conformity }: Certificate) =>
  conformity.every(({ verdict }) => verdict === 'pass') ? exit.done : exit.no

export const certificate: Command = {
  name: 'certificate',
  about:
    'What the laboratory says of a lot, against one or more specifications. Ends with 1 where it ' +
    'does not meet them, or nobody can say.',
  example: 'didymium ledger certificate P-2026-0001 --spec Nd2O3-9A --pdf certificate.pdf',
  json: '{ schema: didymium/ledger-certificate@1, lot, code, netMg, readings, computed, conformity, release }',
  declare: (parser) => {
    parser
      .argument('<lot>', 'code or URI of the lot')
      .option('--spec <id>', 'a specification by its id; may be repeated', several, [])
      .option('--pdf <file>', 'write it as PDF')
    declareLedger(parser)
  },
  action: async ([ref = ''], given, io) => {
    const options = given as unknown as Options
    const known = knownSpecifications()
    const wanted = options.spec.map((id) => known.find((one) => one.id === id))
    const missing = options.spec[wanted.indexOf(undefined)]
    if (missing !== undefined) {
      io.err(`--spec ${missing}: one of ${known.map(({ id }) => id).join(', ')}`)
      return exit.input
    }
    return withLedger(options, io, async (opened) => {
      const { ledger } = opened
      await catchUp(ledger)
      const uri = await lotUri(opened, ref)
      if (uri === undefined) {
        io.err(`unknown-lot: no event speaks of a lot ${ref}`)
        return exit.no
      }
      const specifications = wanted.flatMap((one): Specification[] =>
        one === undefined ? [] : [one],
      )
      const found = await certificateOf(ledger, uri, specifications)
      const record = { schema: 'didymium/ledger-certificate@1', ...found }
      print(io, options, record, () => certificateText(found))
      if (options.pdf !== undefined) {
        const { certificatePdf } = await import('../../report/ledger/paper.ts')
        const date = new Date(found.issued)
        const pdf = await certificatePdf(found, { fonts: fonts(), date })
        const written = writeAll([[options.pdf, pdf]], io)
        if (written !== exit.done) return written
      }
      return codeOf(found)
    })
  },
}
