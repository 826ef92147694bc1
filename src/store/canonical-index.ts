/** Makes the index of an older ledger anew where it is not of canonical URIs. */
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { canonicalUri } from '../ledger/index.ts'

type Tx = Transaction<Record<string, Record<string, unknown>>>

const pageSize = 1000

interface Name {
  readonly id: number
  readonly value: string
}

async function numberOf(tx: Tx, value: string): Promise<number> {
  await sql`insert into names (value) values (${value}) on conflict do nothing`.execute(tx)
  const found = await sql<Name>`select id, value from names where value = ${value}`.execute(tx)
  const name = found.rows[0]
  if (name === undefined) throw new Error('a name that was written is not there')
  return name.id
}

/** Events that were found by one spelling of a URI are found by its canonical form. */
async function respell(tx: Tx, { id, value }: Name): Promise<void> {
  const canonical = canonicalUri(value)
  if (canonical === value) return
  const to = await numberOf(tx, canonical)
  await sql`insert into event_things (thing, seq)
    select ${to}, seq from event_things where thing = ${id} on conflict do nothing`.execute(tx)
  await sql`delete from event_things where thing = ${id}`.execute(tx)
  for (const column of ['read_point', 'biz_location', 'transformation']) {
    const name = sql.ref(column)
    await sql`update events set ${name} = ${to} where ${name} = ${id}`.execute(tx)
  }
}

interface Line {
  readonly seq: number
  readonly event: string
}

/** Events are found by their business transactions too. */
async function addTransactions(tx: Tx, { seq, event }: Line): Promise<void> {
  const { bizTransactionList = [] } = JSON.parse(event) as {
    readonly bizTransactionList?: readonly { readonly bizTransaction: string }[]
  }
  for (const { bizTransaction } of bizTransactionList) {
    const thing = await numberOf(tx, canonicalUri(bizTransaction))
    await sql`insert into event_things (thing, seq) values (${thing}, ${seq})
      on conflict do nothing`.execute(tx)
  }
}

/** Goes through the names, and through the events with business transactions, page by page. */
export async function makeIndexCanonical(tx: Tx): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<Name>`select id, value from names
      where id > ${after} order by id limit ${pageSize}`.execute(tx)
    for (const name of rows) await respell(tx, name)
    if (rows.length < pageSize) break
    after = rows.at(-1)?.id ?? after
  }
  for (let after = 0; ; ) {
    const { rows } = await sql<Line>`select seq, event from log
      where seq > ${after} and event like '%"bizTransactionList"%'
      order by seq limit ${pageSize}`.execute(tx)
    for (const line of rows) await addTransactions(tx, line)
    if (rows.length < pageSize) break
    after = rows.at(-1)?.seq ?? after
  }
}
