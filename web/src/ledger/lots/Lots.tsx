import { useDeferredValue } from 'react'
import { href, navigate, useRoute, withQuery } from '../../app/router.ts'
import { Taken, type Column } from '../../money/Taken.tsx'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { usePlaces } from '../forms/offered.ts'
import { counted, dayText, massText, shortUri } from '../parts/figures.ts'
import { lotKinds } from '../../../../src/ledger/lot.ts'
import { LotLink } from '../parts/links.tsx'
import { Asked, Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { LotPage as Page, LotRow } from '../said.ts'
import { LotPage } from './LotPage.tsx'

/** Lots on one page of the list. */
const perPage = 50

/** All lots, found by what is known of them; or the one that the address names. */
export function Lots() {
  const { query } = useRoute()
  const lot = query.get('lot')
  return lot === null ? <LotList query={query} /> : <LotPage key={lot} lot={lot} />
}

function LotList({ query }: { readonly query: URLSearchParams }) {
  const of = (name: string) => query.get(name) ?? undefined
  const offset = Number(of('offset') ?? 0)
  const path = address('api/ledger/lots', {
    text: of('text'),
    kind: of('kind'),
    product: of('product'),
    place: of('place'),
    stock: of('stock'),
    offset,
    limit: perPage,
  })
  const asked = useAsked<Page>(useDeferredValue(path))
  return (
    <>
      <Filter query={query} />
      <Shown asked={asked} what="the lots">
        {({ lots, total }) => (
          <>
            <Taken
              label="Lots"
              file="lots"
              columns={columns}
              rows={lots}
              keyOf={({ uri }) => uri}
              empty={emptyOf(query)}
            />
            <Pager offset={offset} shown={lots.length} total={total} />
          </>
        )}
      </Shown>
    </>
  )
}

const isAsked = (query: URLSearchParams) =>
  ['text', 'kind', 'product', 'place', 'stock'].some((name) => query.has(name))

const emptyOf = (query: URLSearchParams) =>
  isAsked(query)
    ? 'No lot is like that. Ask for less.'
    : 'There is no lot yet: receive one at the receiving desk.'

const columns: readonly Column<LotRow>[] = [
  {
    id: 'code',
    head: 'lot',
    value: ({ code }) => code,
    show: ({ uri, code }) => <LotLink uri={uri} code={shortUri(code)} />,
  },
  { id: 'kind', head: 'kind', words: 'short', value: ({ master }) => master?.kind ?? 'unknown' },
  { id: 'product', head: 'product', words: 'short', value: ({ master }) => master?.product ?? '' },
  {
    id: 'about',
    head: 'what it is',
    words: 'short',
    value: ({ master }) => master?.description ?? '',
    show: ({ master }) => <span className="ledger-clip">{master?.description ?? ''}</span>,
  },
  { id: 'kg', head: 'there is', value: ({ mg }) => mg / 1e6, show: ({ mg }) => massText(mg) },
  {
    id: 'place',
    head: 'where',
    words: 'short',
    value: ({ places }) => Object.keys(places).map(shortUri).join(', '),
  },
  {
    id: 'first',
    head: 'since',
    value: ({ firstTime }) => dayText(firstTime),
  },
  {
    id: 'state',
    head: 'state',
    words: 'short',
    value: (row) => stateOf(row).join(', '),
    show: (row) =>
      row.findings > 0 ? (
        <Word kind="warn">
          {[...stateOf(row).slice(0, -1), counted(row.findings, 'finding')].join(', ')}
        </Word>
      ) : (
        stateOf(row).join(', ')
      ),
  },
]

function stateOf({ mg, isAssayed, isShipped, findings, master }: LotRow): readonly string[] {
  return [
    ...(master === null ? ['introduced by nobody'] : []),
    ...(isShipped ? ['shipped'] : []),
    ...(isAssayed || mg === 0 || master?.kind === 'sample' ? [] : ['not assayed']),
    ...(findings > 0 ? [counted(findings, 'finding')] : []),
  ]
}

function Filter({ query }: { readonly query: URLSearchParams }) {
  const places = usePlaces() ?? []
  const put = (name: string, value: string) =>
    navigate(withQuery({ [name]: value === '' ? null : value, offset: null }), true)
  const text = (name: string, label: string, size: number) => (
    <Asked label={label}>
      {(id) => (
        <input
          id={id}
          type="search"
          size={size}
          spellCheck={false}
          value={query.get(name) ?? ''}
          onChange={(event) => put(name, event.target.value)}
        />
      )}
    </Asked>
  )
  const choice = (name: string, label: string, options: readonly (readonly [string, string])[]) => (
    <Asked label={label}>
      {(id) => (
        <select
          id={id}
          value={query.get(name) ?? ''}
          onChange={(event) => put(name, event.target.value)}
        >
          {options.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Asked>
  )
  return (
    <search className="ledger-bar">
      {text('text', 'Code, URI or words', 22)}
      {choice('kind', 'Kind', [['', 'any kind'], ...lotKinds.map((kind) => [kind, kind] as const)])}
      {text('product', 'Product', 10)}
      {choice('place', 'Place', [
        ['', 'any place'],
        ...places.map((place) => [place, place] as const),
      ])}
      {choice('stock', 'Stock', [
        ['', 'there or not'],
        ['1', 'in stock'],
        ['0', 'used up or gone'],
      ])}
      {isAsked(query) ? <a href={href('ledger', 'lots')}>All lots</a> : null}
    </search>
  )
}

function Pager({
  offset,
  shown,
  total,
}: {
  readonly offset: number
  readonly shown: number
  readonly total: number
}) {
  if (total <= perPage && offset === 0) return <p className="area-quiet">{counted(total, 'lot')}</p>
  const to = (next: number) => withQuery({ offset: next === 0 ? null : String(next) })
  return (
    <nav aria-label="More lots" className="ledger-pager">
      {offset > 0 ? <a href={to(Math.max(0, offset - perPage))}>Newer</a> : null}
      <span role="status">
        {offset + 1} to {offset + shown} of {counted(total, 'lot')}
      </span>
      {offset + shown < total ? <a href={to(offset + perPage)}>Older</a> : null}
    </nav>
  )
}
