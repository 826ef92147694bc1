import { catchUp } from '../../ledger/index.ts'
import type { Command } from '../commands/command.ts'
import { fonts } from '../fonts.ts'
import { exit, type FileList, writeAll } from '../io.ts'
import { declareLedger, type LedgerOptions, withLedger } from './open.ts'
import { lotUri } from './trace.ts'

interface Options extends LedgerOptions {
  readonly svg?: string
  readonly pdf?: string
}

export const printLabel: Command = {
  name: 'print-label',
  about: 'Write the label of a lot, with a QR code of its URI; `label` notes that it was put on.',
  example: 'didymium ledger print-label P-2026-0001 --pdf label.pdf',
  declare: (parser) => {
    parser
      .argument('<lot>', 'code or URI of the lot')
      .option('--svg <file>', 'write it as SVG')
      .option('--pdf <file>', 'write it as PDF of 100 by 60 mm')
    declareLedger(parser, false)
  },
  action: ([ref = ''], given, io) => {
    const options = given as Options
    if (options.svg === undefined && options.pdf === undefined) {
      io.err('name what to write: --svg label.svg, --pdf label.pdf')
      return exit.input
    }
    return withLedger(options, io, async (opened) => {
      const { ledger, site } = opened
      await catchUp(ledger)
      const uri = (await lotUri(opened, ref)) ?? ''
      const state = (await ledger.store.lots([uri])).get(uri)
      if (state?.master === undefined) {
        io.err(`unknown-lot: no event speaks of a lot ${ref}`)
        return exit.no
      }
      const { labelPdf, labelSvg } = await import('../../report/ledger/paper.ts')
      const label = { ...state.master, mg: state.mg, time: state.first.time }
      const files: FileList[number][] = []
      if (options.svg !== undefined) files.push([options.svg, labelSvg(label, site)])
      if (options.pdf !== undefined) {
        const date = new Date(state.first.time)
        files.push([options.pdf, await labelPdf(label, site, { fonts: fonts(), date })])
      }
      return writeAll(files, io)
    })
  },
}
