import { existsSync } from 'node:fs'
import { catchUp, rebuild, verify, type VerifyReport } from '../../ledger/index.ts'
import type { Command } from '../commands/command.ts'
import { exit } from '../io.ts'
import { bar, declareLedger, type LedgerOptions, print, withLedger } from './open.ts'
import { mayHold } from '../../store/place.ts'
import { placeOf, placeText } from './place.ts'

interface VerifyOptions extends LedgerOptions {
  readonly head?: string
  readonly derived?: boolean
}

/** A head as verify prints it: the number of records, a colon, the hash. */
function headOf(text: string): { readonly seq: number; readonly hash: string } | undefined {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim()) ?? []
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash }
}

function verifyText({ isSound, records, head, fault, derived }: VerifyReport): string {
  const lines = [
    isSound
      ? `${records} records, every hash as it should be`
      : `record ${fault?.seq}: ${fault?.kind}: ${fault?.message}`,
    `head ${head.seq}:${head.hash}`,
  ]
  if (derived !== undefined) {
    const { isSame, lots, differing } = derived
    lines.push(
      isSame
        ? `${lots} lots, each as the log says`
        : `lots that differ from the log (didymium ledger rebuild): ${differing.join(', ')}`,
    )
  }
  return lines.join('\n')
}

export const verifyCommand: Command = {
  name: 'verify',
  about:
    'Compute every hash of the log anew; ends with 1 at the first record that was changed or is missing.',
  example: 'didymium ledger verify --derived',
  json: '{ schema: didymium/ledger-verify@1, isSound, records, head, fault, derived }',
  declare: (parser) => {
    parser
      .option(
        '--head <seq:hash>',
        'a head that was printed before: finds a log that was cut or written anew',
      )
      .option('--derived', 'also fold every lot anew and compare')
    declareLedger(parser)
  },
  action: (_, given, io) => {
    const options = given as VerifyOptions
    const head = options.head === undefined ? undefined : headOf(options.head)
    if (options.head !== undefined && head === undefined) {
      io.err(`--head ${options.head}: number:hash, as didymium ledger verify prints it`)
      return exit.input
    }
    return withLedger(options, io, async ({ ledger }) => {
      if (options.derived === true) await catchUp(ledger)
      const report = await verify(
        ledger,
        {
          ...(head === undefined ? {} : { head }),
          ...(options.derived === true ? { checkDerived: true } : {}),
        },
        bar(io, 'records'),
      )
      io.progress?.(1)
      const record = { schema: 'didymium/ledger-verify@1', ...report }
      print(io, options, record, () => verifyText(report))
      return report.isSound && report.derived?.isSame !== false ? exit.done : exit.no
    })
  },
}

export const rebuildCommand: Command = {
  name: 'rebuild',
  about: 'Empty the derived tables and fill them from the log; the log itself is not touched.',
  example: 'didymium ledger rebuild',
  json: '{ schema: didymium/ledger-rebuild@1, records }',
  declare: (parser) => void declareLedger(parser),
  action: (_, given, io) => {
    const options = given as LedgerOptions
    return withLedger(options, io, async ({ ledger }) => {
      await rebuild(ledger, bar(io, 'records'))
      io.progress?.(1)
      const { seq } = await ledger.store.head()
      const record = { schema: 'didymium/ledger-rebuild@1', records: seq }
      print(io, options, record, () => `derived anew from ${seq} records`)
      return exit.done
    })
  },
}

export const backup: Command = {
  name: 'backup',
  about: 'A complete copy in one file, also while others write. Accounts and settings are in it.',
  example: 'didymium ledger backup ledger-2026-03-01.backup',
  json: '{ schema: didymium/ledger-backup@1, file, head }',
  declare: (parser) => {
    parser.argument('<file>', 'a new file')
    declareLedger(parser)
  },
  action: ([file = ''], given, io) => {
    const options = given as LedgerOptions
    if (existsSync(file)) {
      io.err(`${file}: exists already; name a new file`)
      return exit.input
    }
    return withLedger(options, io, async ({ ledger }) => {
      await ledger.store.backup(file)
      const head = await ledger.store.head()
      const record = { schema: 'didymium/ledger-backup@1', file, head }
      print(io, options, record, () => `wrote ${file}, up to record ${head.seq} at least`)
      return exit.done
    })
  },
}

export const restoreCommand: Command = {
  name: 'restore',
  about: 'Make a ledger of a backup, where there is none yet; its hashes are checked.',
  example: 'didymium ledger restore ledger-2026-03-01.backup --data restored',
  json: '{ schema: didymium/ledger-restore@1, at, head }',
  declare: (parser) => {
    parser.argument('<file>', 'what didymium ledger backup wrote')
    declareLedger(parser)
  },
  action: async ([file = ''], given, io) => {
    const options = given as LedgerOptions
    const place = placeOf(options)
    if (!existsSync(file)) {
      io.err(`${file}: no such file`)
      return exit.input
    }
    if ('folder' in place && mayHold(place)) {
      io.err(`${placeText(place)}: there is a ledger already; name another folder`)
      return exit.no
    }
    const { restore, StoreError } = await import('../../store/index.ts')
    try {
      await restore(file, place)
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      io.err(`${file}: ${error.message}`)
      return exit.input
    }
    return withLedger(options, io, async ({ ledger }) => {
      const report = await verify(ledger, {}, bar(io, 'records'))
      io.progress?.(1)
      const record = { schema: 'didymium/ledger-restore@1', at: placeText(place), ...report }
      print(io, options, record, () => `restored to ${placeText(place)}\n${verifyText(report)}`)
      return report.isSound ? exit.done : exit.no
    })
  },
}
