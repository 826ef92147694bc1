/** All that the store does, on one database. */
import type { DeskStore, LedgerStore } from '../ledger/index.ts'
import { backup } from './backup.ts'
import { reading } from './database.ts'
import type { Database } from './database.ts'
import { makeDerived } from './derived.ts'
import { makeDesk } from './desk.ts'
import { makeFlows } from './flows.ts'
import { makeIndexing } from './indexing.ts'
import { makeLog } from './log.ts'
import { nameMemory } from './names.ts'
import { makeProjecting } from './project.ts'
import { select } from './select.ts'

/** The store on a database that has the newest schema. */
export function storeOn(db: Database): LedgerStore & DeskStore {
  const names = nameMemory()
  const { settled, ...log } = makeLog(db, names)
  const { index, indexed } = makeIndexing(db, names)
  return {
    kind: db.kind,
    ...log,
    index,
    naming: async (things, upTo) => {
      await indexed(upTo)
      return log.naming(things, upTo)
    },
    distinct: async (field, after, limit) => {
      await indexed()
      return log.distinct(field, after, limit)
    },
    select: async (selection) => {
      await indexed(selection.upTo)
      return reading(db, (read) => select(db, read, names, selection))
    },
    ...makeProjecting(db, names),
    ...makeDerived(db, names),
    ...makeFlows(db, names),
    ...makeDesk(db),
    backup: (file) => backup(db, file),
    close: async () => {
      await settled()
      await db.close()
    },
  }
}
