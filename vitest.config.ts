import { join, relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSequencer, type Vitest } from 'vitest/node'

/** Files that take long, the longest first; what takes seconds need not be named. */
const longest = [
  'web/e2e/journeys',
  'test/docs/readme',
  'test/docs/how-to-2',
  'web/e2e/ledger',
  'test/docs/how-to-4',
  'test/docs/how-to-1',
  'web/e2e/accessible',
  'test/api/jobs',
  'tools/pack',
  'test/docs/how-to-5',
  'web/e2e/money',
  'test/draw/draw',
  'web/e2e/pictures',
  'test/docs/how-to-3',
  'test/sx/random-circuits.soak',
  'test/store/store',
  'test/store/care',
  'test/terminal/ledger',
  'src/scenario/risk/risk',
  'test/crash/risk',
  'test/store/crash.soak',
  'src/scenario/economics/appraise',
  'src/chemistry/speciation',
]

/** Begins with the files that take longest, so that no worker is left alone with one at the end. */
function longestFirst(vitest: Vitest): TestSequencer {
  const plain = new BaseSequencer(vitest)
  const placeOf = (file: string) => {
    const name = relative(import.meta.dirname, file).replace(/\.test\.ts$/, '')
    const place = longest.indexOf(name)
    return place < 0 ? longest.length : place
  }
  return {
    shard: (files) => plain.shard(files),
    sort: async (files) => {
      const sorted = await plain.sort(files)
      return sorted.sort((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId))
    },
  }
}

export default defineConfig({
  test: {
    include: ['{src,test,tools,web}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    pool: 'threads',
    // On two cores: tests of the page, the server and the store wait, so that two leave one idle.
    maxWorkers: 3,
    // Modules hold no state that a test could leave behind: they are loaded once a worker.
    isolate: false,
    setupFiles: ['test/setup.ts'],
    alias: [
      // Of src/jobs: worker threads load what was built, which starts at once.
      { find: /^\.\/entry\.ts$/, replacement: join(import.meta.dirname, 'test/worker.ts') },
    ],
    testTimeout: 120_000,
    sequence: {
      // A function answers to `new` as well as a class does.
      sequencer: longestFirst as unknown as new (vitest: Vitest) => TestSequencer,
    },
  },
})
