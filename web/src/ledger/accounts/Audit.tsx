import { useState } from 'react'
import { Taken, type Column } from '../../money/Taken.tsx'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { timeText } from '../parts/figures.ts'
import { Asked, Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { AuditPage } from '../said.ts'

type Entry = AuditPage['entries'][number]

const columns: readonly Column<Entry>[] = [
  { id: 'time', head: 'when', value: ({ time }) => timeText(time) },
  { id: 'account', head: 'who', words: 'short', value: ({ account }) => account },
  { id: 'role', head: 'as', words: 'short', value: ({ role }) => role },
  { id: 'action', head: 'did', words: 'short', value: ({ action }) => action },
  {
    id: 'subject',
    head: 'to',
    words: 'short',
    value: ({ subject }) => subject,
    show: ({ subject }) => <span className="ledger-clip">{subject}</span>,
  },
  {
    id: 'outcome',
    head: 'outcome',
    words: 'short',
    value: ({ outcome }) => outcome,
    show: ({ outcome }) => <Word kind={outcome === 'accepted' ? 'good' : 'warn'}>{outcome}</Word>,
  },
  {
    id: 'detail',
    head: 'detail',
    words: 'short',
    value: ({ detail }) => detail,
    show: ({ detail }) => <span className="ledger-clip">{detail}</span>,
  },
]

/** Who did what and how it ended, the newest first. */
export function Audit() {
  const [account, setAccount] = useState('')
  const [before, setBefore] = useState<number>()
  const asked = useAsked<AuditPage>(address('api/audit', { account, before, limit: 50 }))
  return (
    <>
      <div className="ledger-bar">
        <Asked label="Of one account">
          {(id) => (
            <input
              id={id}
              type="search"
              spellCheck={false}
              value={account}
              onChange={(event) => {
                setAccount(event.target.value)
                setBefore(undefined)
              }}
            />
          )}
        </Asked>
        {before === undefined ? null : (
          <button type="button" className="button" onClick={() => setBefore(undefined)}>
            The newest
          </button>
        )}
      </div>
      <Shown asked={asked} what="the audit">
        {({ entries, before: older }) => (
          <>
            <Taken
              label="Who did what"
              file="audit"
              columns={columns}
              rows={entries}
              keyOf={({ time, action }, index) => `${time} ${action} ${index}`}
              empty="Nothing has been done."
            />
            {older === null ? null : (
              <button type="button" className="button" onClick={() => setBefore(older)}>
                Older
              </button>
            )}
          </>
        )}
      </Shown>
    </>
  )
}
