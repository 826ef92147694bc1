import { createContext, useContext, type ReactNode } from 'react'
import { ChangeMark } from '../ui/ChangeMark.tsx'
import { formatNumber } from '../ui/format.ts'
import { signed } from '../results/signed.ts'
import type { MoneyView } from '../engine/tasks/appraise.ts'
import type { Reading } from './key-figures.ts'
import { amountText, scaleOf } from './amount.ts'

/** The money that is shown, and what it is held against. */
export interface Held {
  readonly now: MoneyView
  readonly saved: MoneyView | null
  readonly baseline: { readonly name: string; readonly view: MoneyView } | null
}

const Context = createContext<Held | null>(null)

export function HeldAgainst({
  held,
  children,
}: {
  readonly held: Held
  readonly children: ReactNode
}) {
  return <Context value={held}>{children}</Context>
}

export function useHeld(): Held {
  const held = useContext(Context)
  if (held === null) throw new Error('a figure of money stands outside its page')
  return held
}

/** A figure as it is read, with its unit. */
export function figureText(value: number, reading: Reading, currency: string, digits = 4): string {
  if (reading.as === 'money') return amountText(value, currency, reading.per, digits)
  if (reading.as === 'share') return `${formatNumber(100 * value, digits)}\u202f%`
  return `${formatNumber(value, digits)}${reading.unit === '' ? '' : `\u202f${reading.unit}`}`
}

/** A change in the unit in which the figure itself is shown. */
function changeOf(now: number, was: number, reading: Reading, currency: string): number {
  if (reading.as === 'share') return 100 * (now - was)
  return reading.as === 'money' ? (now - was) * scaleOf([now], currency).factor : now - was
}

/** One figure of the appraisal with what it changed by since saved and against the baseline. */
export function Figure({
  pick,
  reading,
  digits = 4,
  absent = 'unknown',
}: {
  readonly pick: (view: MoneyView) => number | null | undefined
  readonly reading: Reading
  readonly digits?: number
  /** Said where there is no such figure. */
  readonly absent?: ReactNode
}) {
  const { now, saved, baseline } = useHeld()
  const { currency } = now.appraisal.basis
  const value = pick(now)
  if (value === undefined || value === null || Number.isNaN(value)) return <>{absent}</>
  const text = figureText(value, reading, currency, digits)
  const change = (before: MoneyView, since: string, pinned = false) => {
    // Amounts of another currency or price level are not subtracted.
    if (!isSameMoney(before, now)) return null
    const was = pick(before)
    if (was === undefined || was === null || figureText(was, reading, currency, digits) === text)
      return null
    const by = changeOf(value, was, reading, currency)
    const heard = `${by > 0 ? 'up' : 'down'} ${formatNumber(Math.abs(by), 3)} ${since}`
    return <ChangeMark seen={signed(by)} heard={heard} pinned={pinned} />
  }
  return (
    <span className="figure-value" title={`${value}`}>
      <span>{text}</span>
      {saved !== null && saved !== now && change(saved, 'since saved')}
      {baseline !== null && change(baseline.view, `against ${baseline.name}`, true)}
    </span>
  )
}

function isSameMoney({ appraisal: a }: MoneyView, { appraisal: b }: MoneyView): boolean {
  return a.basis.currency === b.basis.currency && a.basis.year === b.basis.year
}
