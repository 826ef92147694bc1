import { useState, type FormEvent } from 'react'
import { Block } from '../../ui/Area.tsx'
import { send, type Trouble } from '../client.ts'
import { useInfo } from '../info.ts'
import { Asked } from '../parts/pieces.tsx'
import { Said } from '../parts/Shown.tsx'

/** One's own password, changed with the old one. Nothing where nobody has signed in. */
export function Password() {
  const { me } = useInfo()
  const [draft, setDraft] = useState({ oldPassword: '', password: '' })
  const [trouble, setTrouble] = useState<Trouble>()
  const [isDone, setDone] = useState(false)
  if (me.via !== 'sign-in') return null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const path = `api/accounts/${encodeURIComponent(me.account)}`
    const answer = await send('PATCH', path, draft)
    setTrouble(answer.ok ? undefined : answer)
    setDone(answer.ok)
    if (answer.ok) setDraft({ oldPassword: '', password: '' })
  }
  const field = (name: 'oldPassword' | 'password', label: string, complete: string) => (
    <Asked label={label}>
      {(id) => (
        <input
          id={id}
          type="password"
          autoComplete={complete}
          required
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
        />
      )}
    </Asked>
  )
  return (
    <Block title="Your password">
      <form onSubmit={(event) => void submit(event)}>
        <div className="ledger-bar">
          {field('oldPassword', 'The old one', 'current-password')}
          {field('password', 'The new one', 'new-password')}
          <button type="submit" className="button">
            Change it
          </button>
        </div>
        {trouble === undefined ? null : <Said trouble={trouble} />}
        <p role="status">{isDone ? 'Changed. Your other sign-ins have ended.' : ''}</p>
      </form>
    </Block>
  )
}
