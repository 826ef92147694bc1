import { useState, type FormEvent } from 'react'
import { recorded, useAsked } from '../asked.ts'
import { send, type Trouble } from '../client.ts'
import { useInfo } from '../info.ts'
import { dayText } from '../parts/figures.ts'
import { Asked, Word } from '../parts/pieces.tsx'
import { Said, Shown } from '../parts/Shown.tsx'
import type { AccountInfo, AccountList } from '../said.ts'
import { aboutRoles, roles, type Role } from './roles.ts'

/** All accounts: role and state can be changed where they are read. */
export function AccountTable() {
  const asked = useAsked<AccountList>('api/accounts')
  const [trouble, setTrouble] = useState<Trouble>()
  const change = async (name: string, body: object) => {
    const answer = await send('PATCH', `api/accounts/${encodeURIComponent(name)}`, body)
    setTrouble(answer.ok ? undefined : answer)
    recorded()
  }
  return (
    <Shown asked={asked} what="the accounts">
      {({ accounts }) =>
        accounts.length === 0 ? (
          <p>
            There is none yet, and whoever is at this machine may do everything. The first account,
            of an administrator, closes the ledger to all others.
          </p>
        ) : (
          <>
            {trouble === undefined ? null : <Said trouble={trouble} />}
            <div className="area-scroll" tabIndex={0} role="region" aria-label="Accounts">
              <table className="table ledger-accounts">
                <thead>
                  <tr>
                    {['name', 'full name', 'role', 'since', 'state', ''].map((head) => (
                      <th key={head} scope="col" className="table-text">
                        {head === '' ? <span className="visually-hidden">change</span> : head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {accounts.map((account) => (
                    <Line key={account.name} account={account} change={change} />
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )
      }
    </Shown>
  )
}

function Line({
  account: { name, fullName, role, createdAt, isActive },
  change,
}: {
  readonly account: AccountInfo
  readonly change: (name: string, body: object) => Promise<void>
}) {
  const { me } = useInfo()
  const [isSure, setSure] = useState(false)
  return (
    <tr>
      <th scope="row">
        {name}
        {me.account === name ? ' (you)' : ''}
      </th>
      <td className="table-text">{fullName}</td>
      <td className="table-text">
        <select
          aria-label={`Role of ${name}`}
          value={role}
          onChange={(event) => void change(name, { role: event.target.value })}
        >
          {roles.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </td>
      <td className="table-text">{dayText(createdAt)}</td>
      <td className="table-text">
        <Word kind={isActive ? 'good' : 'warn'}>{isActive ? 'active' : 'closed'}</Word>
      </td>
      <td className="table-text">
        {isActive && !isSure ? (
          <button type="button" className="button" onClick={() => setSure(true)}>
            Close<span className="visually-hidden"> {name}</span> …
          </button>
        ) : (
          <button
            type="button"
            className="button"
            onClick={() => {
              setSure(false)
              void change(name, { isActive: !isActive })
            }}
          >
            {isActive ? `Really close ${name}` : `Open ${name} again`}
          </button>
        )}
      </td>
    </tr>
  )
}

const blank = { name: '', fullName: '', password: '', role: 'operator' as Role }

/** A form for one more account; the first one is an administrator's. */
export function NewAccount() {
  const { isOpen } = useInfo()
  const [draft, setDraft] = useState({ ...blank, role: isOpen ? 'administrator' : blank.role })
  const [trouble, setTrouble] = useState<Trouble>()
  const [made, setMade] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await send<AccountInfo>('POST', 'api/accounts', draft)
    setMade(answer.ok ? answer.value.name : '')
    setTrouble(answer.ok ? undefined : answer)
    if (!answer.ok) return
    setDraft(blank)
    recorded()
  }
  const text = (name: 'name' | 'fullName' | 'password', label: string) => (
    <Asked label={label}>
      {(id) => (
        <input
          id={id}
          type={name === 'password' ? 'password' : 'text'}
          autoComplete={name === 'password' ? 'new-password' : 'off'}
          required
          spellCheck={false}
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        />
      )}
    </Asked>
  )
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="ledger-bar">
        {text('name', 'Name (a-z, 0-9, . - _ @)')}
        {text('fullName', 'Full name')}
        {text('password', 'First password')}
        <Asked label="Role">
          {(id) => (
            <select
              id={id}
              value={draft.role}
              onChange={(event) => setDraft({ ...draft, role: event.target.value as Role })}
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {role}: {aboutRoles[role]}
                </option>
              ))}
            </select>
          )}
        </Asked>
        <button type="submit" className="button ledger-main">
          Add
        </button>
      </div>
      {trouble === undefined ? null : <Said trouble={trouble} />}
      <p role="status">{made === '' ? '' : `${made} can sign in now.`}</p>
    </form>
  )
}
