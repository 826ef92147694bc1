import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

/** What a file of the built page weighs on the wire. */
export interface Weighed {
  readonly name: string
  readonly bytes: number
  /** Compressed with brotli at its best. */
  readonly brotli: number
}

/** The first view: the page, its styles, the flowsheet, and the worker that solves the plant. */
export interface FirstView {
  readonly files: readonly Weighed[]
  /** kB, compressed. */
  readonly total: number
}

/** Parts that are asked for by the first view though they load by themselves. */
const firstParts = [/^Flowsheet-[\w-]+\.(?:js|css)$/]

/** Weighs what a browser loads before the plant is on the page, in a folder that was built. */
export function firstView(folder: string): FirstView {
  const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8')
  const assets = readdirSync(`${folder}/assets`)
  const page = read('index.html')
  const begin = [
    ...[...page.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map(([, name]) => name ?? ''),
    ...assets.filter((name) => firstParts.some((part) => part.test(name))),
    ...assets.filter((name) => /^worker-[\w-]+\.js$/.test(name)),
  ]
  const found = new Set<string>()
  const open = [...begin]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    if (!name.endsWith('.js')) continue
    const code = read(`assets/${name}`)
    // Only what is imported at once: import("...") is for later.
    for (const [, next] of code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) {
      if (next !== undefined) open.push(next)
    }
  }
  const files = ['index.html', ...[...found].map((name) => `assets/${name}`)].map((name) =>
    weighed(name, read(name)),
  )
  files.sort((a, b) => b.brotli - a.brotli)
  return { files, total: files.reduce((sum, { brotli }) => sum + brotli, 0) / 1000 }
}

function weighed(name: string, text: string): Weighed {
  const bytes = Buffer.from(text)
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  return { name, bytes: bytes.length, brotli: brotliCompressSync(bytes, { params }).length }
}

/** Most that the first view may weigh, kB. */
export const budget = 400

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../dist/web', import.meta.url))
  const { files, total } = firstView(folder)
  const lines = files.map(({ name, bytes, brotli }) => {
    return `${(brotli / 1000).toFixed(1).padStart(8)} kB  (${(bytes / 1000).toFixed(0)} kB)  ${name}`
  })
  process.stdout.write(`${lines.join('\n')}\n${total.toFixed(1).padStart(8)} kB of ${budget} kB\n`)
  if (total > budget) process.exitCode = 1
}
