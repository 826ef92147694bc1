import { Publication } from '../sources/Publication.tsx'
import { useHeld } from './held.tsx'
import '../sources/sources.css'

const ranks = { 1: 'decides the figure', 2: 'may decide it', 3: 'for information' } as const

/** Warnings of the appraisal, the worst first. */
export function Warnings() {
  const { warnings } = useHeld().now.appraisal
  if (warnings.length === 0) return <p>The appraisal carries no warning.</p>
  const sorted = [...warnings].sort((a, b) => a.rank - b.rank)
  return (
    <More
      items={sorted.map(({ rank, at, text }) => ({
        head: at,
        text: `${text} (${ranks[rank]})`,
      }))}
    />
  )
}

/** What no figure contains because nobody states it. */
export function Gaps() {
  const { gaps } = useHeld().now.appraisal
  if (gaps.length === 0) return <p>Nothing that was looked for is missing.</p>
  return (
    <More items={gaps.map(({ part, what, why }) => ({ head: `${part}: ${what}`, text: why }))} />
  )
}

/** What had to be taken without a source, with the reason. */
export function Assumptions() {
  const { assumptions } = useHeld().now.appraisal
  if (assumptions.length === 0) return <p>Nothing was assumed.</p>
  return <More items={assumptions.map(({ at, text }) => ({ head: at, text }))} />
}

/** Numbers of the data that stand for those that the plant file does not state. */
export function Defaults() {
  const { defaults } = useHeld().now.appraisal
  if (defaults.length === 0) return <p>The plant file states everything itself.</p>
  return (
    <More
      items={defaults.map(({ path, value, source }) => ({
        head: path,
        text: `${value}, source ${source}`,
      }))}
    />
  )
}

/** The publications whose ids stand beside the figures. */
export function Sources() {
  const view = useHeld().now
  const ids = Object.keys(view.publications)
  if (ids.length === 0) return <p>No figure names a source.</p>
  return (
    <dl className="sources-facts">
      {ids.map((id) => (
        <div key={id}>
          <dt>{id}</dt>
          <dd>
            <Publication id={id} report={view} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Shown before the rest is unfolded. */
const first = 8

/** A list whose end is unfolded by those who want it. */
export function More({
  items,
}: {
  readonly items: readonly { readonly head: string; readonly text: string }[]
}) {
  const line = ({ head, text }: (typeof items)[number], k: number) => (
    <li key={`${head} ${k}`}>
      <strong>{head}</strong> {text}
    </li>
  )
  return (
    <>
      <ul className="money-list">{items.slice(0, first).map(line)}</ul>
      {items.length > first && (
        <details>
          <summary>{items.length - first} more</summary>
          <ul className="money-list">{items.slice(first).map(line)}</ul>
        </details>
      )}
    </>
  )
}
