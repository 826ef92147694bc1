import { capture, catchUp, ledgerContext, setSite } from '../../ledger/index.ts'
import { demoHistory } from '../../twin/index.ts'
import { sha256 } from '../../store/hash.ts'
import { type ExitCode, exit, type Io } from '../io.ts'
import { bar, ledgerOver, type LedgerOptions, print, withStore } from './open.ts'
import { placeOf, placeText } from './place.ts'

const by = 'demonstration'
const day = 86_400_000

interface Asked {
  readonly plant: string
  readonly seed: number
  /** ms since 1970. */
  readonly to: number
  readonly days: number
}

/** Makes a ledger with a made-up history, where there is none yet. */
export function fillLedger(asked: Asked, options: LedgerOptions, io: Io): Promise<ExitCode> {
  const place = placeOf(options)
  return withStore(place, io, async (store) => {
    if ((await store.setting('site')) !== undefined || (await store.head()).seq > 0) {
      io.err(`${placeText(place)}: there is a ledger already; name another folder with --data`)
      return exit.no
    }
    io.progress?.(0, 'solving the plant')
    const { to, days, seed } = asked
    const from = to - days * day
    const history = demoHistory({ ...asked, by, sha256, progress: bar(io, 'campaigns solved') })
    await setSite(store, history.site)
    let events = 0
    for (const part of history.captured()) {
      io.progress?.(
        (part.time - from) / (to - from),
        new Date(part.time).toISOString().slice(0, 10),
      )
      // What happened is recorded at the end of its day, not now.
      const ledger = await ledgerOver(store, () => part.time)
      const done = await capture(ledger, part.events, ledgerContext, { by, behaviour: 'rollback' })
      if (!done.ok) throw new Error(`the history: ${done.errors[0]?.message}`)
      events += part.events.length
    }
    const ledger = await ledgerOver(store)
    await catchUp(ledger, bar(io, 'lots'))
    io.progress?.(1)
    const head = await store.head()
    const { total } = await store.searchLots({ offset: 0, limit: 1 })
    const { campaigns, planted } = history
    const record = {
      schema: 'didymium/demo@1',
      at: placeText(place),
      seed,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      lots: total,
      campaigns,
      events,
      head,
      planted,
    }
    print(io, options, record, () =>
      [
        `a made-up history of ${days} days at ${record.at}: ${campaigns} campaigns, ${total} lots, ${events} events`,
        `errors that its balances find: ${planted.map((one) => `${one.campaign} (${one.what} of ${one.lot})`).join(', ')}`,
        `head ${head.seq}:${head.hash}`,
      ].join('\n'),
    )
    return exit.done
  })
}
