import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { readPlant, simulate } from '../../src/scenario/index.ts'
import { command } from '../program.ts'

/** What the README tells a newcomer to type, typed: all but the two commands that set it up. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const home = mkdtempSync(join(tmpdir(), 'didymium-readme-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
for (const folder of ['plants', 'examples', 'docs/how-to']) {
  cpSync(join(root, folder), join(home, folder), { recursive: true })
}
const program = join(home, 'didymium')
writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${command}" "$@"\n`)
chmodSync(program, 0o755)

const lines = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .flatMap(([, block = '']) => block.replaceAll('\\\n', '').trim().split('\n'))
  .filter((line) => !line.startsWith('npm '))

describe('README', () => {
  it('has a tour', () => {
    expect(lines.length).toBeGreaterThan(7)
    expect(readme).toContain('npm ci && npm start')
    expect(readme).toContain('npm ci && npm test')
  })

  it.each(lines)(
    '%s',
    (line) => {
      const { status, stdout } = spawnSync('sh', ['-e', '-c', `exec 2>&1\n${line}`], {
        cwd: home,
        env: { ...process.env, PATH: `${home}:${process.env['PATH'] ?? ''}` },
        encoding: 'utf8',
        maxBuffer: 1e8,
      })
      expect(status, stdout).toBe(0)
    },
    120_000,
  )

  it('has a program that says what it says', () => {
    expect(readme).toContain("import { readPlant, simulate } from 'didymium'")
    const file = join(root, 'plants/belfast-demonstration.yaml')
    const reading = readPlant(readFileSync(file, 'utf8'), { file })
    if (!reading.ok) throw new Error('refused')
    expect(simulate(reading.plant).products.map((p) => p.name)).toContain('didymium-oxide')
  })
})
