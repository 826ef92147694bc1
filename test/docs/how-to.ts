import { readdirSync, rmSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { programFolder, runPages } from './run-page.ts'

/** Files `how-to-1.test.ts` and on, over which the pages are dealt, so that workers share them. */
const parts = 5

/**
 * The how-to pages of one part. They are written for the folder of a clone: `plants/...` and
 * `docs/how-to/<file>` (a table that lies beside the page) are there; what a page writes stays in a
 * temporary folder, apart for each page.
 */
export function runHowTo(part: number): void {
  const home = programFolder()
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  it('is one of as many parts as there are files', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => /^how-to-\d/.test(name))
    expect(files).toEqual(Array.from({ length: parts }, (_, k) => `how-to-${k + 1}.test.ts`))
  })
  runPages('docs/how-to', home, {
    atLeast: 1,
    copied: ['plants'],
    isWanted: (index) => index % parts === part - 1,
  })
}
