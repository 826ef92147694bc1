import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { entry } from '../../src/jobs/entry.ts'
import { entry as built } from '../worker.ts'

/** The names of what a thread finds in a module. */
function exportsOf(module: string): Promise<readonly string[]> {
  const source = `import('${module}').then((all) => {
    require('node:worker_threads').parentPort.postMessage(Object.keys(all))
  })`
  const worker = new Worker(source, { eval: true })
  return new Promise((found, failed) => {
    worker.once('error', failed)
    worker.once('message', (names: readonly string[]) => {
      found(names)
      void worker.terminate()
    })
  })
}

it('a thread can do from the sources what it can do from what was built', async () => {
  const names = await exportsOf(entry())
  expect(names).toContain('runDraws')
  expect([...names].sort()).toEqual([...(await exportsOf(built()))].sort())
})
