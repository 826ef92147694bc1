import { spawn } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { command } from '../program.ts'
import { changed, folder, smallPlant } from './kit.ts'

const files = folder()
afterAll(() => files.remove())

it('--watch solves again when the file changes, and ends with 0 at Ctrl-C', async () => {
  const plant = files.write('plant.yaml', smallPlant)
  const child = spawn(process.execPath, [command, 'simulate', plant, '--watch'])
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code))
  })
  const until = async (what: string, seen: () => boolean) => {
    for (let i = 0; i < 600 && !seen(); i++) {
      if (child.exitCode !== null) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(seen(), `${what}\n${out}\n${err}`).toBe(true)
  }
  try {
    await until('watching', () => err.includes('watching plant.yaml; Ctrl-C ends'))
    expect(out).toMatch(/didymium-oxide +0\.1500 /)

    writeFileSync(plant, changed('1 t/y', '2 t/y'))
    await until('second solution', () => /didymium-oxide +0\.3000 /.test(out))

    writeFileSync(plant, changed('1 t/y', '1'))
    await until('finding', () => err.includes('1 thing to put right'))

    // As many editors save: a new file is renamed over the old one.
    renameSync(files.write('plant.tmp', changed('1 t/y', '3 t/y')), plant)
    await until('third solution', () => /didymium-oxide +0\.4500 /.test(out))

    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(out.match(/A small plant/g)).toHaveLength(3)
  } finally {
    child.kill('SIGKILL')
  }
})
