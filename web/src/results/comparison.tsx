import { createContext, useContext, type ReactNode } from 'react'
import type { Solution } from '../../../src/scenario/index.ts'
import { formatNumber, formatPercent, formatPpm, formatWithUnit } from '../ui/format.ts'
import { ChangeMark } from '../ui/ChangeMark.tsx'
import { signed } from './signed.ts'

/** The solution that is shown, and those that it is held against. */
export interface Comparison {
  readonly now: Solution
  readonly saved: Solution | null
  readonly baseline: { readonly name: string; readonly solution: Solution } | null
}

const Held = createContext<Comparison | null>(null)

/** Holds every figure inside it against the saved state and the pinned baseline. */
export function Compared({
  comparison,
  children,
}: {
  readonly comparison: Comparison
  readonly children: ReactNode
}) {
  return <Held value={comparison}>{children}</Held>
}

export function useComparison(): Comparison {
  const comparison = useContext(Held)
  if (comparison === null) throw new Error('a figure stands outside a comparison')
  return comparison
}

/** How a number is shown; ppm without its unit, which stands in the head of its table. */
type Shown = 'percent' | 'ppm' | { readonly unit: string; readonly factor?: number }

function shownAs(value: number, as: Shown, digits: number): string {
  if (as === 'percent') return purityText(value, digits)
  if (as === 'ppm') return formatPpm(value, digits).replace('\u202fppm', '')
  return formatWithUnit(value * (as.factor ?? 1), as.unit, digits)
}

/** A fraction as per cent; close to all, enough digits to tell it from all. */
function purityText(value: number, digits: number): string {
  if (value > nearlyAll && value < 1) return '> 99.9999\u202f%'
  const more = value > 0.9999 && value < 1 ? 2 : value > 0.999 && value < 1 ? 1 : 0
  return formatPercent(value, digits + more)
}

/** From here on only what is exactly all is 100 %. */
const nearlyAll = 0.9999995

const factorOf = (as: Shown) => (as === 'percent' ? 100 : as === 'ppm' ? 1e6 : (as.factor ?? 1))

/** One figure with what it changed by since the saved state and against the baseline. */
export function Figure({
  pick,
  as,
  digits = 4,
  absent = '–',
}: {
  readonly pick: (solution: Solution) => number | null | undefined
  readonly as: Shown
  readonly digits?: number
  /** Shown where the solution has no such figure. */
  readonly absent?: string
}) {
  const { now, saved, baseline } = useComparison()
  const value = pick(now)
  if (value === undefined || value === null) return <>{absent}</>
  const text = shownAs(value, as, digits)
  const scale = factorOf(as)
  const change = (before: Solution, since: string, pinned = false) => {
    const was = pick(before)
    if (was === null || was === undefined || shownAs(was, as, digits) === text) return null
    const by = (value - was) * scale
    const heard = `${by > 0 ? 'up' : 'down'} ${formatNumber(Math.abs(by), 3)} ${since}`
    return <ChangeMark seen={signed(by)} heard={heard} pinned={pinned} />
  }
  return (
    <span className="figure-value" title={`${value * scale}`}>
      <span>{text}</span>
      {saved !== null && saved !== now && change(saved, 'since saved')}
      {baseline !== null && change(baseline.solution, `against ${baseline.name}`, true)}
    </span>
  )
}
