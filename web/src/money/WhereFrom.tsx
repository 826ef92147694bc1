import { useHeld } from './held.tsx'

/** The source of a figure, or that it was assumed and why. */
export function WhereFrom({
  source,
  assumption,
}: {
  readonly source?: string | undefined
  readonly assumption?: string | undefined
}) {
  const { publications } = useHeld().now
  if (source !== undefined) {
    return (
      <span className="area-quiet" title={publications[source]?.title}>
        {source}
      </span>
    )
  }
  if (assumption === undefined) return null
  return (
    <span className="area-quiet">
      <span className="verdict-word-unknown">assumption</span> {assumption}
    </span>
  )
}
