/**
 * Builds the package: compiles `src/` and writes the JSON Schemas of the documents beside it.
 * `npm run build` builds into `dist/`; another folder may be named.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
}

/** The script behind a command of an installed package, to be run with this same Node. */
export function binary(packageName: string, command: string): string {
  const home = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest
  const script = bin[command]
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`)
  return join(home, script)
}

export async function build(target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true })
  const compiler = binary('typescript', 'tsc')
  const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', target]
  execFileSync(process.execPath, [compiler, ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const entry = pathToFileURL(join(target, 'src/scenario/index.js')).href
  const scenario = (await import(entry)) as Record<string, () => unknown>
  mkdirSync(join(target, 'schema'))
  for (const kind of ['plant', 'solution']) {
    const schema = scenario[`${kind}JsonSchema`]
    if (schema === undefined) throw new Error(`the engine has no schema of a ${kind}`)
    writeFileSync(join(target, `schema/${kind}.json`), `${JSON.stringify(schema(), null, 2)}\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build(resolve(root, process.argv[2] ?? 'dist'))
}
