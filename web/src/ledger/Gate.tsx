import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { recorded, useAsked, type Asked } from './asked.ts'
import { send, type Trouble } from './client.ts'
import { InfoContext } from './info.ts'
import { Said, Shown } from './parts/Shown.tsx'
import type { LedgerInfo, SignInState } from './said.ts'

interface Props {
  readonly asked: Asked<LedgerInfo>
  readonly children: ReactNode
}

/** The page behind it, where there is a ledger and the person may see it. */
export function Gate({ asked, children }: Props) {
  const { value, trouble } = asked
  if (value === undefined && trouble?.code === 'no-ledger') return <NoLedger />
  // Whoever was signed out meanwhile sees nothing of what was shown before.
  if (trouble?.why === 'closed') return <SignIn />
  return (
    <Shown asked={asked} what="the ledger">
      {(info) => <InfoContext value={info}>{children}</InfoContext>}
    </Shown>
  )
}

function NoLedger() {
  return (
    <div className="ledger-none">
      <p>
        There is no ledger here yet. A made-up one of two years is made by{' '}
        <code>didymium demo</code>; an empty one for your own business by{' '}
        <code>didymium ledger init</code>. Run it where this server runs, then look again.
      </p>
      <button type="button" className="button" onClick={recorded}>
        Look again
      </button>
    </div>
  )
}

/** Name and password of an account; what comes back is kept by the browser, not by the page. */
function SignIn() {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [trouble, setTrouble] = useState<Trouble>()
  const { value } = useAsked<SignInState>('api/session')
  const id = useId()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await send('POST', 'api/session', { name, password })
    setPassword('')
    if (answer.ok) recorded()
    else setTrouble(answer)
  }
  return (
    <form className="ledger-sign-in" onSubmit={(event) => void submit(event)}>
      <h2>Sign in to the ledger</h2>
      {value?.hasAccounts === false ? (
        <p>
          There is no account yet. The first administrator is made where the server runs:{' '}
          <code>didymium ledger account add</code>.
        </p>
      ) : null}
      <div className="ledger-field">
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          required
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="ledger-field">
        <label htmlFor={`${id}-password`}>Password</label>
        <input
          id={`${id}-password`}
          type="password"
          autoComplete="current-password"
          value={password}
          required
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <button type="submit" className="button ledger-main">
        Sign in
      </button>
      {trouble === undefined ? null : <Said trouble={trouble} />}
    </form>
  )
}

/** Who I am here, and the way out. */
export function Whose({ info: { site, me } }: { readonly info: LedgerInfo }) {
  const leave = async () => {
    await send('DELETE', 'api/session')
    recorded()
  }
  return (
    <p className="area-legend ledger-whose">
      {site.name} ·{' '}
      {me.via === 'local' ? (
        'open on this machine: you may do everything'
      ) : (
        <>
          {me.fullName}, {me.role}{' '}
          <button type="button" className="ledger-link" onClick={() => void leave()}>
            Sign out
          </button>
        </>
      )}
    </p>
  )
}
