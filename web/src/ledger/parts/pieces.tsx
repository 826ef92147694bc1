import { useId, type ReactNode } from 'react'

/** A field of a bar of questions: its name above it. */
export function Asked({
  label,
  children,
}: {
  readonly label: string
  readonly children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className="ledger-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}

/** Pairs of a name and what it is; pairs with nothing to say are left out. */
export function Pairs({
  pairs,
}: {
  readonly pairs: readonly (readonly [name: string, value: ReactNode])[]
}) {
  const said = pairs.filter(([, value]) => value !== undefined && value !== '' && value !== null)
  return (
    <dl className="area-pairs">
      {said.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A word with its colour and its mark, so that neither has to be seen alone. */
export function Word({
  kind,
  children,
}: {
  readonly kind: 'good' | 'bad' | 'warn' | 'plain'
  readonly children: ReactNode
}) {
  const marks = { good: '✓', bad: '✗', warn: '!', plain: '' } as const
  return (
    <span className="ledger-word" data-kind={kind}>
      {marks[kind] === '' ? null : <span aria-hidden="true">{marks[kind]} </span>}
      {children}
    </span>
  )
}
