import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { command } from '../program.ts'
import { folder, say, smallPlant } from './kit.ts'

const files = folder()
afterAll(() => files.remove())
const root = fileURLToPath(new URL('../../', import.meta.url))
const plant = files.write('plant.yaml', smallPlant)
const other = files.write('other.yaml', smallPlant.replace('A small', 'Another'))

/** The program, serving; what it prints, and how it ends. */
function started(...words: readonly string[]) {
  const child = spawn(process.execPath, [command, 'serve', ...words])
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<number | null>((done) => {
    child.once('exit', (code) => done(code))
  })
  const url = async () => {
    for (let k = 0; k < 600 && !out.includes('\n') && child.exitCode === null; k++) {
      await new Promise((done) => setTimeout(done, 50))
    }
    const found = /http:\/\/[^\s"]+/.exec(out)?.[0]
    if (found === undefined) throw new Error(`no address: ${out} ${err}`)
    return found
  }
  return { child, ended, url, said: () => ({ out, err }) }
}

const titles = async (url: string) => {
  const answer = await fetch(new URL('api/plants', url))
  const { plants } = (await answer.json()) as { plants: readonly { title: string }[] }
  return plants.map(({ title }) => title)
}

describe('didymium serve', () => {
  it('gives out the plants that are named, and ends with 0 when it is told to', async () => {
    const { child, ended, url, said } = started(other, plant, '--port', '0', '--json')
    try {
      const address = await url()
      expect(JSON.parse(said().out)).toEqual({ url: address })
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
      expect(await titles(address)).toEqual(['Another plant', 'A small plant'])
      const page = await fetch(address)
      const isBuilt = existsSync(join(root, 'dist/web/index.html'))
      expect(page.status).toBe(isBuilt ? 200 : 503)
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
      await expect(fetch(address)).rejects.toThrow()
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('shows the examples where no plant is named, the demonstration first', async () => {
    const { child, ended, url } = started('--port', '0', '--no-open')
    try {
      const address = await url()
      expect((await titles(address))[0]).toBe('Belfast demonstration plant')
      child.kill('SIGINT')
      expect(await ended).toBe(0)
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('goes on to the next port where none was asked for', async () => {
    const taken = createServer()
    const busy = await new Promise<boolean>((done) => {
      taken.once('error', () => done(true))
      taken.listen(4040, '127.0.0.1', () => done(false))
    })
    const { child, ended, url } = started(plant)
    try {
      expect(Number(new URL(await url()).port)).toBeGreaterThan(4040)
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    } finally {
      child.kill('SIGKILL')
      if (!busy) taken.close()
    }
  })

  it('says what is wrong, and does not begin', async () => {
    const taken = createServer()
    const port = await new Promise<number>((done) => {
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address()
        done(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [['none.yaml'], 'none.yaml: no such file'],
      [[plant, plant], 'two plants are called plant.yaml; rename one'],
      [['--folder', plant], 'no such folder'],
      [['--port', '70000'], '--port 70000: a whole number'],
      [['--port', 'x'], '--port x: a whole number'],
      [[plant, '--port', String(port)], `127.0.0.1:${port} is taken`],
      [[plant, '--host', '0.0.0.0'], 'a token of at least 32 characters is needed'],
      [[plant, '--host', '0.0.0.0', '--token', 'short'], 'the token has 5 characters'],
      [
        [plant, '--host', '203.0.113.7', '--token', 'x'.repeat(32)],
        'is no address of this machine',
      ],
    ]
    for (const [words, message] of wrong) {
      const { code, out, err } = await say('serve', ...words)
      expect([code, out], words.join(' ')).toEqual([2, ''])
      expect(err).toContain(message)
    }
    taken.close()
  })
})
