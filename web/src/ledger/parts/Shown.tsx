import type { ReactNode } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import type { Asked } from '../asked.ts'
import type { Trouble } from '../client.ts'

interface Props<T> {
  readonly asked: Asked<T>
  /** What is being waited for: `the lots`. */
  readonly what: string
  readonly children: (value: T) => ReactNode
}

/** An answer of the server, or what stands in its place: waiting, refused, no server, stale. */
export function Shown<T>({ asked, what, children }: Props<T>) {
  const { value, trouble, isWaiting, isStale } = asked
  if (value === undefined) {
    if (trouble !== undefined) return <Said trouble={trouble} />
    return (
      <p role="status" aria-busy={isWaiting}>
        {isWaiting ? `Asking for ${what} …` : ''}
      </p>
    )
  }
  return (
    <>
      {trouble === undefined ? null : <Said trouble={trouble} isKept />}
      <div className="ledger-shown" data-stale={isStale} aria-busy={isWaiting}>
        {children(value)}
      </div>
    </>
  )
}

/** Why something is not shown, or was not done, and what helps. */
export function Said({
  trouble: { why, code, status, message, expected },
  isKept = false,
}: {
  readonly trouble: Trouble
  /** What is below was true before. */
  readonly isKept?: boolean
}) {
  return (
    <div className="ledger-said" role="alert" data-why={why}>
      <Icon name="warning" />
      <p>
        <strong>{sentence(message)}</strong> {sentence(helpOf(why, code, expected))}
        {isKept ? ' What is below was true when it was last asked for.' : ''}
        <Code code={status === '' ? code : status} />
      </p>
    </div>
  )
}

/** The word by which programs know the reason. */
const Code = ({ code }: { readonly code: string }) =>
  code === '' ? null : <span className="ledger-code">{code}</span>

function helpOf(why: Trouble['why'], code: string, expected: string): string {
  if (expected !== '') return expected
  if (code === 'sign-in-needed') return 'Sign in to see it.'
  return why === 'forbidden' ? 'Somebody with another role can do this.' : ''
}

/** Begins with a capital and ends with a stop. */
export function sentence(text: string): string {
  if (text === '') return ''
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?…]$/.test(first) ? first : `${first}.`
}
