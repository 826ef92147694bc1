import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { command } from '../program.ts'

/**
 * Runs pages of the documentation: each `sh` block in a shell, all blocks of a page in one folder,
 * and compares a `text` block that follows with what was printed. A line `...` stands for any
 * lines; numbers may be off by 2 %, because models and constants are improved without rewriting
 * the pages.
 */
const root = fileURLToPath(new URL('../../', import.meta.url))

/** A folder with the program `didymium` in it, for the path of a shell. */
export function programFolder(): string {
  const home = mkdtempSync(join(tmpdir(), 'didymium-docs-'))
  const program = join(home, 'didymium')
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${command}" "$@"\n`)
  chmodSync(program, 0o755)
  return home
}

interface Block {
  readonly command: string
  readonly expected: string | undefined
}

function blocksOf(page: string): Block[] {
  const fences = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
  return fences.flatMap(([, kind, content = ''], i) => {
    if (kind !== 'sh') return []
    const [, next, text] = fences[i + 1] ?? []
    return [{ command: content, expected: next === 'text' ? text : undefined }]
  })
}

const number = /^[+-]?\d[\d\u2009]*(?:\.\d+)?(?:e[+-]?\d+)?$/

function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  if (!number.test(a) || !number.test(b)) return false
  const [x, y] = [a, b].map((text) => Number(text.replaceAll('\u2009', '')))
  return Math.abs((x ?? 0) - (y ?? 1)) <= 0.02 * Math.max(Math.abs(x ?? 0), Math.abs(y ?? 0))
}

function sameLine(a: string, b: string): boolean {
  // Rules under heads are as long as what stands above them.
  const words = (line: string) =>
    line
      .trim()
      .split(/\s+/)
      .map((w) => w.replace(/^─+$/, '─'))
  const [left, right] = [words(a), words(b)]
  return left.length === right.length && left.every((word, i) => sameWord(word, right[i] ?? ''))
}

/** The first expected line that is not printed where it should be; undefined if all are. */
export function missing(expected: string, printed: string): string | undefined {
  const lines = printed.trimEnd().split('\n')
  let at = 0
  let free = false
  for (const line of expected.trimEnd().split('\n')) {
    if (line === '...') {
      free = true
      continue
    }
    const found = lines.findIndex((other, i) => i >= at && sameLine(line, other))
    if (found < 0 || (!free && found !== at)) return line
    at = found + 1
    free = false
  }
  return free || at === lines.length ? undefined : `(nothing more, but: ${lines[at]})`
}

interface Pages {
  /** Fewest commands of a page. */
  readonly atLeast: number
  /** Folders of the project that a page finds. */
  readonly copied: readonly string[]
  /** By the place of a page in the order of names; all of them if left out. */
  readonly isWanted?: (index: number) => boolean
}

/**
 * Registers the tests of the pages of a folder under `docs/`. A page runs in a folder of its own
 * with copies of `copied` and of the files that lie beside the pages.
 */
export function runPages(
  at: string,
  home: string,
  { atLeast, copied, isWanted = () => true }: Pages,
): void {
  const names = readdirSync(join(root, at)).sort()
  const beside = names.filter((name) => !name.endsWith('.md'))
  const pages = names.filter((name) => name.endsWith('.md')).filter((_, k) => isWanted(k))
  describe.each(pages)(`${at}/%s`, (name) => {
    const blocks = blocksOf(readFileSync(join(root, at, name), 'utf8'))
    const folder = mkdtempSync(join(home, 'run-'))
    const sources = [...copied, ...beside.map((file) => join(at, file))]
    for (const source of sources) {
      cpSync(join(root, source), join(folder, source), { recursive: true })
    }

    it('has something to run', () => {
      expect(blocks.length).toBeGreaterThanOrEqual(atLeast)
    })

    it.each(blocks.map((block) => [block.command.trim(), block] as const))(
      '%s',
      (command, block) => {
        const { status, stdout: printed } = spawnSync('sh', ['-e', '-c', `exec 2>&1\n${command}`], {
          cwd: folder,
          env: { ...process.env, PATH: `${home}:${process.env['PATH'] ?? ''}` },
          encoding: 'utf8',
          maxBuffer: 1e8,
        })
        expect(status, printed).toBe(0)
        if (block.expected === undefined) return
        expect(missing(block.expected, printed), printed).toBeUndefined()
      },
      120_000,
    )
  })
}
