/** The URIs that a site gives, and the codes that people say instead. */
import type { Site } from './command.ts'

const kinds = ['lot', 'place', 'party', 'campaign', 'package', 'order', 'document'] as const
/** What a URI of the site names; it stands in the URI. */
export type NamedKind = (typeof kinds)[number]

/** True for a URI, false for a code. */
export const isUri = (reference: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference)

/** The URI that a code means at this site; a URI means itself. */
export function uriOf(site: Site, kind: NamedKind, reference: string): string {
  return isUri(reference) ? reference : `${site.authority}/${kind}/${reference}`
}

/** What people call a thing: the code in a URI of the site, else the end of the URI's path. */
export function codeOf(uri: string): string {
  if (!isUri(uri)) return uri
  const path = uri.replace(/[?#].*$/, '').replace(/\/+$/, '')
  const end = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1)
  return end === '' ? uri : end
}
