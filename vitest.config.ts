import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,test,tools,web}/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    pool: 'threads',
    maxWorkers: 2,
    // Modules hold no state that a test could leave behind: they are loaded once a worker.
    isolate: false,
    setupFiles: ['test/setup.ts'],
    testTimeout: 120_000,
  },
})
