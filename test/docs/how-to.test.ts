import { rmSync } from 'node:fs'
import { afterAll } from 'vitest'
import { programFolder, runPages } from './run-page.ts'

/**
 * The how-to pages. They are written for the folder of a clone: `plants/...` and
 * `docs/how-to/<file>` (a table that lies beside the page) are there; what a page writes stays in a
 * temporary folder, apart for each page.
 */
const home = programFolder()
afterAll(() => rmSync(home, { recursive: true, force: true }))

runPages('docs/how-to', home, { atLeast: 1, copied: ['plants'] })
