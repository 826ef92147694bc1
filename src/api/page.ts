import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Context, Handler } from 'hono'
import { refuse, refused } from './errors.ts'

/** What browsers are told of a file by its ending. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.yaml': 'application/yaml; charset=utf-8',
}

/** Files that were compressed when the page was built, the smaller first. */
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/** A path of plain names: no dot first, so neither a way up nor anything hidden. */
const plainPath = /^(?:\/[\w@-][\w.@-]*)+$/

/** Names of assets hold a hash of their content, so that they never change. */
const hashed = /^\/assets\/[^/]*-[\w-]{8,}\.\w+$/

interface Stored {
  readonly content: Uint8Array<ArrayBuffer>
  readonly etag: string
  readonly modified: number
}

/** When a file was changed; undefined where there is none. */
function changedAt(file: string): number | undefined {
  try {
    const found = statSync(file)
    return found.isFile() ? found.mtimeMs : undefined
  } catch {
    return undefined
  }
}

/** A file, read again only when it was changed; undefined where there is none. */
function reader(folder: string) {
  const known = new Map<string, Stored>()
  return (path: string): Stored | undefined => {
    const file = join(folder, path)
    const modified = changedAt(file)
    if (modified === undefined) return undefined
    const before = known.get(path)
    if (before?.modified === modified) return before
    const content = new Uint8Array(readFileSync(file))
    const hash = createHash('sha256').update(content).digest('base64url').slice(0, 22)
    const stored = { content, etag: `"${hash}"`, modified }
    known.set(path, stored)
    return stored
  }
}

/** Whether a header such as `gzip, br;q=0.5` takes an encoding. */
function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...more] = part.split(';').map((word) => word.trim().toLowerCase())
    return (name === encoding || name === '*') && !more.some((word) => /^q=0(?:\.0*)?$/.test(word))
  })
}

/** True for the address of a page of the application, which finds its way by itself. */
const isPage = (c: Context) => extname(c.req.path) === '' && !c.req.path.startsWith('/assets/')

/** Gives out the built page: its files as they are compressed, and itself at other addresses. */
export function givePage(folder: string): Handler {
  const read = reader(folder)
  return (c) => {
    const { path } = c.req
    const own = plainPath.test(path) && read(path) !== undefined ? path : undefined
    const file = own ?? (isPage(c) ? '/index.html' : undefined)
    const plain = file === undefined ? undefined : read(file)
    if (file === undefined || plain === undefined) {
      return file === '/index.html'
        ? refuse(c, refused('not-built', 'the page is not built', 'npm run build'))
        : refuse(c, refused('not-found', 'there is no such file'))
    }
    const header = c.req.header('accept-encoding') ?? ''
    const encoding = encodings.find(
      ([name, ending]) => accepts(header, name) && (read(file + ending)?.modified ?? 0) > 0,
    )
    const chosen = (encoding === undefined ? undefined : read(file + encoding[1])) ?? plain
    c.header('Vary', 'Accept-Encoding')
    c.header('ETag', chosen.etag)
    c.header(
      'Cache-Control',
      hashed.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
    const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim())
    if (known.includes(chosen.etag)) return c.body(null, 304)
    c.header('Content-Type', types[extname(file)] ?? 'application/octet-stream')
    if (encoding !== undefined) c.header('Content-Encoding', encoding[0])
    c.header('Content-Length', String(chosen.content.length))
    return c.body(chosen.content)
  }
}
