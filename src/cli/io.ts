import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What a command may touch of the outside; tests hand in their own. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Shows what long work is at, as share done and words; without words it is taken away. */
  readonly progress?: (done: number, text?: string) => void
  /** Columns that help may use; 80 if nobody knows. */
  readonly columns?: number
}

/** Exit codes of every command: done, the answer is no, the input is wrong. */
export const exit = { done: 0, no: 1, input: 2 } as const
export type ExitCode = (typeof exit)[keyof typeof exit]

const fileLimit = 5 * 1024 * 1024

/** What is wrong with a file before its content is looked at, or its text. */
export function readTextFile(
  path: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string } {
  try {
    const { size } = statSync(path)
    if (size > fileLimit) {
      return { ok: false, message: `${path}: ${size} bytes; a file may have at most ${fileLimit}` }
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return { ok: true, text }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'no such file',
      ENOTDIR: 'no such file',
      EISDIR: 'is a folder; name a file',
      EACCES: 'may not be read',
      ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
    }
    return { ok: false, message: `${path}: ${reasons[code] ?? `cannot be read (${code})`}` }
  }
}

/** Writes a file; `fresh` refuses one that exists. What went wrong, or undefined when written. */
export function writeFile(
  path: string,
  content: string | Uint8Array,
  fresh = false,
): string | undefined {
  try {
    writeFileSync(path, content, { flag: fresh ? 'wx' : 'w' })
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reasons: Readonly<Record<string, string>> = {
      EEXIST: 'exists already; name a new file',
      ENOENT: 'its folder does not exist',
      ENOTDIR: 'its folder does not exist',
      EISDIR: 'is a folder; name a file',
      EACCES: 'may not be written',
      EROFS: 'may not be written',
      ENOSPC: 'the disk is full',
    }
    return `${path}: ${reasons[code] ?? `cannot be written (${code})`}`
  }
}

/** Files to write, each with its content. */
export type FileList = readonly (readonly [path: string, content: string | Uint8Array])[]

/** Writes files one after the other and says so; stops at the first that cannot be written. */
export function writeAll(files: FileList, io: Io): ExitCode {
  for (const [target, content] of files) {
    const problem = writeFile(target, content)
    if (problem !== undefined) {
      io.err(problem)
      return exit.input
    }
    io.err(`wrote ${target}`)
  }
  return exit.done
}

/** Reader of the data sets that a plant names by a path relative to itself. */
export function setReader(plantFile: string): (path: string) => string | undefined {
  return (path) => {
    const read = readTextFile(resolve(dirname(plantFile), path))
    return read.ok ? read.text : undefined
  }
}

/** The folder of the package, wherever the program was built to. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < 6 && !existsSync(join(folder, 'package.json')); up++) {
    folder = dirname(folder)
  }
  return folder
}

/** The version in the package's own package.json. */
export function packageVersion(): string {
  const read = readTextFile(join(packageFolder(), 'package.json'))
  const found: unknown = read.ok ? JSON.parse(read.text) : undefined
  if (typeof found === 'object' && found !== null && 'version' in found) {
    return String(found.version)
  }
  return 'unknown'
}
