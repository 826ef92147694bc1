import type { SourceReport } from '../engine/tasks/sources.ts'
import { addressOf } from './source-of.ts'

/** A publication as people cite it, its address as text and as a link. */
export function Publication({
  id,
  report,
}: {
  readonly id: string
  readonly report: Pick<SourceReport, 'publications'>
}) {
  const found = report.publications[id]
  if (found === undefined) return <>{id}</>
  const { title, authors, year, doi, url, kind, licence, note } = found
  const address = addressOf({
    ...(doi === undefined ? {} : { doi }),
    ...(url === undefined ? {} : { url }),
  })
  return (
    <span className="sources-publication">
      {authors !== undefined && `${authors}, `}
      {title}
      {year !== undefined && !title.includes(`${year}`) && ` (${year})`}
      {address !== undefined && (
        <>
          {'. '}
          <a href={address} target="_blank" rel="noreferrer">
            {doi === undefined ? address : `doi:${doi}`}
          </a>
        </>
      )}
      {[kind, licence, note].some((text) => text !== undefined) && (
        <span className="area-quiet">
          {' '}
          {[kind, licence, note].filter((text) => text !== undefined).join('; ')}
        </span>
      )}
    </span>
  )
}
