import { useState, type FormEvent } from 'react'
import { recorded, useAsked } from '../asked.ts'
import { send, type Trouble } from '../client.ts'
import { useInfo } from '../info.ts'
import { dayText } from '../parts/figures.ts'
import { Asked } from '../parts/pieces.tsx'
import { Said, Shown } from '../parts/Shown.tsx'
import type { ApiTokenList, MadeApiToken } from '../said.ts'
import { roles, type Role } from './roles.ts'

/** What programs come in with: made, said once, revoked. */
export function Tokens() {
  const asked = useAsked<ApiTokenList>('api/tokens')
  const { me } = useInfo()
  const revoke = async (id: string) => {
    await send('DELETE', `api/tokens/${encodeURIComponent(id)}`)
    recorded()
  }
  return (
    <>
      <Shown asked={asked} what="the tokens">
        {({ tokens }) =>
          tokens.length === 0 ? (
            <p>There is none.</p>
          ) : (
            <div className="area-scroll" tabIndex={0} role="region" aria-label="Tokens">
              <table className="table">
                <thead>
                  <tr>
                    {['for', 'of', 'role', 'made', 'until', ''].map((head) => (
                      <th key={head} scope="col" className="table-text">
                        {head === '' ? <span className="visually-hidden">revoke</span> : head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {tokens.map(({ id, label, account, role, createdAt, expiresAt }) => (
                    <tr key={id}>
                      <th scope="row">{label}</th>
                      <td className="table-text">{account}</td>
                      <td className="table-text">{role}</td>
                      <td className="table-text">{dayText(createdAt)}</td>
                      <td className="table-text">{dayText(expiresAt)}</td>
                      <td>
                        <button type="button" className="button" onClick={() => void revoke(id)}>
                          Revoke<span className="visually-hidden"> {label}</span>
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
      {me.via === 'local' ? (
        <p>While the ledger is open on this machine, programs on it need no token.</p>
      ) : (
        <NewToken />
      )}
    </>
  )
}

function NewToken() {
  const { me } = useInfo()
  const [label, setLabel] = useState('')
  const [role, setRole] = useState<Role>(me.role)
  const [days, setDays] = useState(90)
  const [made, setMade] = useState<MadeApiToken>()
  const [trouble, setTrouble] = useState<Trouble>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await send<MadeApiToken>('POST', 'api/tokens', { label, role, days })
    setTrouble(answer.ok ? undefined : answer)
    if (!answer.ok) return
    setMade(answer.value)
    setLabel('')
    recorded()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="ledger-bar">
        <Asked label="What it is for">
          {(id) => (
            <input
              id={id}
              required
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </Asked>
        <Asked label="Role">
          {(id) => (
            <select id={id} value={role} onChange={(event) => setRole(event.target.value as Role)}>
              {(me.role === 'administrator' ? roles : ['viewer' as const, me.role]).map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Asked>
        <Asked label="Days">
          {(id) => (
            <input
              id={id}
              type="number"
              min={1}
              max={730}
              value={days}
              onChange={(event) => setDays(event.target.valueAsNumber)}
            />
          )}
        </Asked>
        <button type="submit" className="button">
          Make a token
        </button>
      </div>
      {trouble === undefined ? null : <Said trouble={trouble} />}
      {made === undefined ? null : (
        <p className="ledger-secret" role="status">
          The secret of “{made.label}”, said this once: <code>{made.secret}</code>
        </p>
      )}
    </form>
  )
}
