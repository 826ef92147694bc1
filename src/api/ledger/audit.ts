import type { Context } from 'hono'
import type { LedgerEnv } from './env.ts'

/** What was done, to what, and how it ended. */
interface Done {
  readonly action: string
  readonly subject: string
  readonly outcome: string
  readonly detail?: string
}

const short = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most)}…` : text

/** Keeps who did what. */
export async function audit(c: Context<LedgerEnv>, done: Done): Promise<void> {
  const { ledger, actor } = c.var
  await ledger.store.audit({
    time: ledger.now(),
    account: actor.account,
    role: actor.role,
    action: done.action,
    subject: short(done.subject, 500),
    outcome: done.outcome,
    detail: short(done.detail ?? '', 1000),
  })
}
