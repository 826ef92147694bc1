import { formatChange } from '../../ui/format.ts'

interface Props {
  readonly now: number
  readonly before: number | undefined
  readonly since: string
}

/** What became of a number: `up 0.31 since saved`; nothing where it stayed. */
export function Change({ now, before, since }: Props) {
  const text = formatChange(before, now)
  if (text === undefined) return null
  return <span className="parts-change">{`${text} since ${since}`}</span>
}
