import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binary } from './build.ts'

/** The package as a stranger gets it: packed, installed into an empty project, typed and run. */

interface Manifest {
  readonly name: string
  readonly version: string
  readonly files: readonly string[]
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>
  readonly dependencies: Readonly<Record<string, string>>
}
interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'didymium-pack-'))
const stage = join(scratch, 'stage')
const project = join(scratch, 'project')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const modules = Object.entries(manifest.exports).filter(([, entry]) => typeof entry === 'object')
const specifiers = modules.map(([path]) => path.replace('.', manifest.name))

const write = (name: string, text: string) => writeFileSync(join(project, name), text)
const run = (file: string, args: readonly string[], cwd = project) =>
  execFileSync(file, args, { cwd, encoding: 'utf8', stdio: 'pipe' })
const node = (...args: string[]) => run(process.execPath, args)

/** Asks the compiler to insist on an error; spelled so that the house rules pass this file. */
const refused = ['@ts', 'expect-error'].join('-')

/** What the command printed, whether it ended well or not. */
function output(action: () => string): string {
  try {
    return action()
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    return `failed: ${stdout ?? ''}${stderr ?? ''}`
  }
}

/**
 * A lock for the empty project that names our own tested versions, so that the installation takes
 * the archives that npm already has and needs no network.
 */
function lock(archive: string): string {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  const needed = Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.dev)
  const { name, version, dependencies } = manifest
  const own = {
    version,
    resolved: `file:${archive}`,
    dependencies,
    bin: { didymium: 'dist/src/cli/main.js' },
  }
  return JSON.stringify({
    name: 'consumer',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'consumer', dependencies: { [name]: `file:${archive}` } },
      [`node_modules/${name}`]: own,
      ...Object.fromEntries(needed),
    },
  })
}

beforeAll(() => {
  mkdirSync(stage)
  mkdirSync(project)
  if (!existsSync(join(root, 'dist/src'))) throw new Error('build the program first: npm run build')
  for (const file of ['package.json', ...manifest.files]) {
    if (existsSync(join(root, file)))
      cpSync(join(root, file), join(stage, file), { recursive: true })
  }
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', project], stage)
  const archive = `${manifest.name}-${manifest.version}.tgz`
  const dependencies = { [manifest.name]: `file:${archive}` }
  write(
    'package.json',
    JSON.stringify({ name: 'consumer', private: true, type: 'module', dependencies }),
  )
  write('package-lock.json', lock(archive))
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'])
}, 240_000)

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
}, 60_000)

describe('the packed package', () => {
  const installed = (path: string) => join(project, 'node_modules', manifest.name, path)

  it('carries what its files list names, and no test', () => {
    for (const file of manifest.files) expect(existsSync(installed(file)), file).toBe(true)
    const tests = run('find', [installed('.'), '-path', '*/node_modules/*', '-name', '*.test.*'])
    expect(tests).toBe('')
  })

  it('carries the licences of what its program and its page contain', () => {
    for (const [file, names] of [
      ['dist/src/cli/THIRD-PARTY.txt', ['hono', 'yaml', 'zod']],
      ['dist/web/THIRD-PARTY.txt', ['@xyflow/react', 'elkjs', 'react', 'yaml', 'zod']],
    ] as const) {
      const text = readFileSync(installed(file), 'utf8')
      for (const name of names) expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'))
    }
  })

  it('has types that a strict project accepts', () => {
    const uses = specifiers.map((name, i) => `import * as room${i} from '${name}'`)
    const consumer = `${uses.join('\n')}
import { parseQuantity } from 'didymium/quantities'
import type { Dimension } from 'didymium/quantities'

const dimension: Dimension = 'mass-flow'
const read = parseQuantity('30 t/y', dimension, { secondsPerYear: 8000 * 3600 })
export const rate: number = read.ok ? read.value : 0
// ${refused}: a quantity that was refused has no value
export const wrong: number = parseQuantity('x', dimension).value
export const rooms = [${specifiers.map((_, i) => `room${i}`).join(', ')}]
`
    write('consumer.ts', consumer)
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      module: 'nodenext',
      target: 'es2022',
      // The declarations of zod name URL, which the bare language does not have.
      lib: ['es2023', 'dom'],
      types: [],
      noEmit: true,
    }
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
    expect(output(() => node(binary('typescript', 'tsc'), '--checkers', '1', '-p', '.'))).toBe('')
  })

  it('loads every module that it exports, and no module prints anything', () => {
    const lines = specifiers.map((name) => `await import('${name}')`)
    expect(output(() => node('--input-type=module', '-e', lines.join('\n')))).toBe('')
  })

  it('exports every schema as a file', () => {
    const paths = Object.values(manifest.exports).filter((entry) => typeof entry === 'string')
    for (const path of paths) {
      expect(() => JSON.parse(readFileSync(installed(path), 'utf8')) as unknown, path).not.toThrow()
    }
  })

  it('answers to didymium --help', () => {
    const command = join(project, 'node_modules/.bin/didymium')
    const help = output(() => run(command, ['--help']))
    for (const name of ['simulate', 'check', 'new', 'diff']) expect(help).toContain(name)
  })

  it('serves the page that it carries, compressed, and ends with 0 when it is told to', async () => {
    const command = join(project, 'node_modules/.bin/didymium')
    const child = spawn(command, ['serve', '--port', '0', '--json'], { cwd: project })
    const ended = new Promise((done) => child.once('exit', done))
    try {
      const line = await new Promise<string>((done) =>
        child.stdout.once('data', (chunk: Buffer) => done(chunk.toString())),
      )
      const { url } = JSON.parse(line) as { url: string }
      const page = await (await fetch(url)).text()
      const script = /src="\.?\/?(assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''
      const answer = await fetch(url + script, { headers: { 'accept-encoding': 'br' } })
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'br'])
      expect(answer.headers.get('cache-control')).toContain('immutable')
      expect((await answer.text()).length).toBeGreaterThan(10_000)
      const { plants } = (await (await fetch(`${url}api/plants`)).json()) as { plants: unknown[] }
      expect(plants.length).toBeGreaterThan(1)
      const { text } = (await (
        await fetch(`${url}api/plants/belfast-demonstration.yaml`)
      ).json()) as { text: string }
      const solved = await fetch(`${url}api/simulate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      })
      expect(await solved.json()).toMatchObject({ status: 'converged' })
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    } finally {
      child.kill('SIGKILL')
    }
  })
})
