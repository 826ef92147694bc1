import { useState } from 'react'
import { href, navigate, useRoute } from '../app/router.ts'
import { useChoices } from '../results/studies/choices.ts'
import { SourceOf } from './SourceOf.tsx'

/** Any parameter, constant or result by its name: what it rests on. The name is in the address. */
export function Ask() {
  const { query } = useRoute()
  const path = query.get('path') ?? ''
  const choices = useChoices()
  const [words, setWords] = useState(path)
  const known = [
    ...(choices?.results.map(({ text }) => text) ?? []),
    ...(choices?.parameters.map(({ path }) => path) ?? []),
  ]
  const isKnown = known.includes(path)
  return (
    <>
      <label className="sources-search">
        <span>A parameter, a constant or a result by its name</span>
        <input
          type="search"
          list="sources-known"
          value={words}
          placeholder="leach.acidRatio"
          onChange={(event) => {
            const asked = event.target.value
            setWords(asked)
            if (known.includes(asked)) navigate(href('sources', 'ask', { path: asked }), true)
          }}
        />
      </label>
      <datalist id="sources-known">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {choices !== undefined && path !== '' && !isKnown && (
        <p>The plant in hand has nothing called {path}.</p>
      )}
      {isKnown && (
        <section aria-label={path}>
          <h2 className="sources-asked">{path}</h2>
          <SourceOf path={path} />
        </section>
      )}
    </>
  )
}
