import { bank } from '../../databank/index.ts'
import type { DeskStore, Ledger, LedgerStore } from '../../ledger/index.ts'
import { sha256 } from '../../store/hash.ts'

/** A ledger with what is kept beside its log. */
export interface OpenLedger extends Ledger {
  readonly store: LedgerStore & DeskStore
}

/** The way to the ledger of a server: opened when somebody first asks. */
export interface LedgerDoor {
  /** Undefined where there is none. */
  readonly open: () => Promise<OpenLedger | undefined>
  readonly close: () => Promise<void>
}

/** A ledger over a store, with Node's own SHA-256. */
const ledgerOver = (store: LedgerStore & DeskStore, now: () => number = Date.now): OpenLedger => ({
  store,
  sha256,
  now,
  elements: bank.elements,
})

/**
 * Opens a store once; a failure is told to who asked, and tried again by the next. The store is
 * undefined where there is no ledger yet, which is looked at each time.
 */
export function doorTo(
  find: () => Promise<(LedgerStore & DeskStore) | undefined>,
  now: () => number = Date.now,
): LedgerDoor {
  let opening: Promise<OpenLedger | undefined> | undefined
  const open = async () => {
    opening ??= find().then((store) => (store === undefined ? undefined : ledgerOver(store, now)))
    const mine = opening
    try {
      const found = await mine
      if (found === undefined && opening === mine) opening = undefined
      return found
    } catch (error) {
      if (opening === mine) opening = undefined
      throw error
    }
  }
  return {
    open,
    close: async () => {
      const found = await opening?.catch(() => undefined)
      opening = undefined
      await found?.store.close()
    },
  }
}
