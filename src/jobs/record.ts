import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

/**
 * A file of results that survives a killed process: one JSON a line, only ever appended to, each
 * append on the disk before it counts. Its first line binds it to what it is a result of.
 */
export interface ResultFile {
  /** What the file held already, in order, without its first line. */
  readonly lines: readonly unknown[]
  append(lines: readonly object[]): void
  close(): void
}

const asText = (lines: readonly object[]) =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/**
 * Opens a result file to go on with it, or makes it. A line that was cut short by a kill is taken
 * off: it never counted. Refuses a file of another `header`, and says in what it differs.
 */
export function openResults(
  path: string,
  header: Readonly<Record<string, unknown>>,
):
  | { readonly ok: true; readonly file: ResultFile }
  | { readonly ok: false; readonly message: string } {
  let descriptor: number
  try {
    descriptor = openSync(path, 'a+')
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    return { ok: false, message: `${path}: cannot be written (${why})` }
  }
  const refuse = (message: string) => {
    closeSync(descriptor)
    return { ok: false, message } as const
  }
  const bytes = readFileSync(path)
  const whole = bytes.lastIndexOf(10) + 1
  const rows = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
  const parsed = rows.map(parse)
  const broken = parsed.findIndex((line) => line === undefined)
  if (broken >= 0) return refuse(`${path}:${broken + 1}: is not JSON; name another file`)
  const [first, ...lines] = parsed
  if (first === undefined) {
    if (whole < bytes.length && !isBeginning(bytes, header)) {
      return refuse(`${path}: is not a result file; name another file`)
    }
    ftruncateSync(descriptor, 0)
    writeSync(descriptor, asText([header]))
    fsyncSync(descriptor)
  } else {
    const differs = difference(first, header)
    if (differs !== undefined) {
      return refuse(`${path}: was made with another ${differs}; name another file`)
    }
    if (whole < bytes.length) ftruncateSync(descriptor, whole)
  }
  const file: ResultFile = {
    lines,
    append: (added) => {
      if (added.length === 0) return
      writeSync(descriptor, asText(added))
      fsyncSync(descriptor)
    },
    close: () => closeSync(descriptor),
  }
  return { ok: true, file }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}

/** True for a first line of ours that was cut short; anything else is somebody's file. */
function isBeginning(bytes: Buffer, header: object): boolean {
  return asText([header]).startsWith(bytes.toString('utf8'))
}

/** The first key in which two headers differ. */
function difference(found: unknown, header: Readonly<Record<string, unknown>>): string | undefined {
  const other = typeof found === 'object' && found !== null ? found : {}
  const keys = new Set([...Object.keys(header), ...Object.keys(other)])
  const values = new Map(Object.entries(other))
  for (const key of keys) {
    if (JSON.stringify(values.get(key)) !== JSON.stringify(header[key])) return key
  }
  return undefined
}
