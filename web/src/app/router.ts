import { useSyncExternalStore } from 'react'

export type Page =
  | 'plant'
  | 'circuits'
  | 'circuit'
  | 'results'
  | 'money'
  | 'ledger'
  | 'sources'
  | 'workbench'
  | 'keys'

/** Where the person is. Kept in the fragment, so that it works from any static folder. */
export interface Route {
  readonly page: Page
  /** What the page is about: the circuit of `#/circuit/sx1`; empty elsewhere. */
  readonly name: string
  /** What is selected and so on: `unit=leach&file=belfast-demonstration`. */
  readonly query: URLSearchParams
}

const pages: readonly string[] = [
  'plant',
  'circuits',
  'circuit',
  'results',
  'money',
  'ledger',
  'sources',
  'workbench',
  'keys',
]

const isPage = (text: string): text is Page => pages.includes(text)

/** `#/circuit/sx1?unit=sx1` as a route; whatever is unknown leads to the plant. */
export function readRoute(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#/, '').split('?', 2)
  const [, page = '', name = ''] = path.split('/')
  return {
    page: isPage(page) ? page : 'plant',
    name: decoded(name),
    query: new URLSearchParams(query),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** The fragment of a route as it is, without what the present page has in its query. */
function fragment(page: Page, name: string, query: Readonly<Record<string, string>>): string {
  const own = new URLSearchParams(query).toString()
  const path = name === '' ? `#/${page}` : `#/${page}/${encodeURIComponent(name)}`
  return own === '' ? path : `${path}?${own}`
}

/** Keys of the query that stay when the person goes to another page. */
const carried = ['file', 'share'] as const

/** A link to a page of the same plant: `href('circuit', 'sx1')`, `href('plant', '', { unit })`. */
export function href(page: Page, name = '', query: Readonly<Record<string, string>> = {}): string {
  const present = currentRoute().query
  const kept = carried.flatMap((key) => {
    const value = present.get(key)
    return value === null ? [] : [[key, value] as const]
  })
  return fragment(page, name, { ...Object.fromEntries(kept), ...query })
}

/** The present page with some of its query changed; null takes a key away. */
export function withQuery(changes: Readonly<Record<string, string | null>>): string {
  const { page, name, query } = currentRoute()
  const own: Record<string, string> = Object.fromEntries(query)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete own[key]
    else own[key] = value
  }
  return fragment(page, name, own)
}

/** Goes to a page; `replace` leaves no step in the browser's history. */
export function navigate(to: string, replace = false): void {
  if (to === window.location.hash) return
  if (replace) {
    window.history.replaceState(null, '', to)
    for (const listener of listeners) listener()
  } else window.location.hash = to
}

const listeners = new Set<() => void>()
let known: { fragment: string; route: Route } | undefined

/** The present route; the same record as long as the fragment stays. */
export function currentRoute(): Route {
  const fragment = window.location.hash
  if (known?.fragment !== fragment) known = { fragment, route: readRoute(fragment) }
  return known.route
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('hashchange', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('hashchange', listener)
  }
}

/** The present route; the component is drawn again when it changes. */
export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute)
