import { userInfo } from 'node:os'
import type { Command as Parser } from 'commander'
import {
  type DeskStore,
  type Ledger,
  type LedgerStore,
  type Progress,
  type Site,
  siteOf,
  uriOf,
} from '../../ledger/index.ts'
import { sha256 } from '../../store/hash.ts'
import { mayHold, type StorePlace } from '../../store/place.ts'
import { placeOf, placeText, usualFolder } from './place.ts'
import { type ExitCode, exit, type Io } from '../io.ts'

/** What every command of the ledger may be told. */
export interface LedgerOptions {
  readonly data?: string
  readonly json?: boolean
}

export interface Opened {
  readonly ledger: Ledger
  readonly store: LedgerStore & DeskStore
  readonly site: Site
  /** Whoever is at the terminal: what is captured is signed with it. */
  readonly by: string
  /** The URI of a place that is named by its code or URI. */
  readonly placeUri: (ref: string) => string
}

/** Declares `--data` and, unless there is no document to print, `--json`. */
export function declareLedger(parser: Parser, json = true): Parser {
  parser.option(
    '--data <folder>',
    `folder of the ledger; left out: DATABASE_URL (PostgreSQL), DIDYMIUM_DATA or ./${usualFolder}`,
  )
  return json ? parser.option('--json', 'print as JSON') : parser
}

/** The name of whoever is at the terminal. */
function terminalUser(): string {
  try {
    return userInfo().username
  } catch {
    // A user without a name in the system's list: a container started with a number.
    return 'terminal'
  }
}

/** A ledger over a store that is open. */
export async function ledgerOver(store: LedgerStore, now = Date.now): Promise<Ledger> {
  const { bank } = await import('../../databank/index.ts')
  return { store, sha256, now, elements: bank.elements }
}

/**
 * Opens the store at a place, lets something be done with it and closes it, whatever happens. What
 * the database refuses, and a place that cannot be opened, is said and ends with 2.
 */
export async function withStore(
  place: StorePlace,
  io: Io,
  work: (store: LedgerStore & DeskStore) => Promise<ExitCode>,
): Promise<ExitCode> {
  // Loaded when used: a database would cost every command its start-up time.
  const { openStore, StoreError } = await import('../../store/index.ts')
  try {
    const store = await openStore(place)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    io.progress?.(1)
    io.err(`${placeText(place)}: ${error.message}`)
    return exit.input
  }
}

const howToBegin = 'didymium ledger init makes one, didymium demo one with a history'

/** Opens the ledger that the options name, lets something be done with it and closes it. */
export async function withLedger(
  options: LedgerOptions,
  io: Io,
  work: (opened: Opened) => Promise<ExitCode>,
): Promise<ExitCode> {
  const place = placeOf(options)
  const none = () => {
    io.err(`${placeText(place)}: there is no ledger; ${howToBegin}`)
    return exit.input
  }
  if (!mayHold(place)) return none()
  return withStore(place, io, async (store) => {
    if ((await store.setting('site')) === undefined) return none()
    const site = await siteOf(store)
    return work({
      ledger: await ledgerOver(store),
      store,
      site,
      by: terminalUser(),
      placeUri: (ref) => uriOf(site, 'place', ref),
    })
  })
}

/** The bar of the terminal for work that tells how far it is. */
export function bar(io: Io, words: string): Progress {
  let last = -1
  return (done, total) => {
    if (io.progress === undefined) return
    const share = total > 0 ? done / total : 1
    const step = Math.floor(share * 100)
    if (step === last) return
    last = step
    io.progress(share, `${words}: ${done} of ${total}`)
  }
}

/** Prints a record as JSON, or as text. */
export function print(io: Io, options: LedgerOptions, record: object, text: () => string): void {
  io.out(options.json === true ? JSON.stringify(record, null, 2) : text())
}
