import { lazy, Suspense, useState } from 'react'

export const SourceOf = lazy(async () => ({
  default: (await import('../sources/SourceOf.tsx')).SourceOf,
}))

/** What a result rests on, asked for by a button. */
export function Because({ path }: { readonly path: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="inspector-because">
      <button
        type="button"
        className="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        Where these figures come from
      </button>
      {isOpen ? (
        <Suspense fallback={<p>Loading …</p>}>
          <SourceOf path={path} />
        </Suspense>
      ) : null}
    </div>
  )
}
