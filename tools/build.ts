/**
 * Builds the package: compiles `src/`, bundles the command and writes the JSON Schemas of the
 * documents beside it. `npm run build` builds into `dist/`; another folder may be named.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Manifest {
  readonly version: string
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

/**
 * Large, not under a permissive licence, or with workers of their own; loaded from the installed
 * package when used.
 */
const apart = ['echarts', 'elkjs', 'piscina', 'write-excel-file']

/**
 * Puts the command and the packages that it starts with into one file, which loads in a third of
 * the time of three hundred. Nothing is renamed or squeezed, so that a stack trace can be read.
 */
async function bundle(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    // Worker threads load the second, from beside the first.
    entryPoints: { main: 'src/cli/main.ts', task: 'src/jobs/task.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: apart,
    // The build of yaml for browsers is of modules, so that what is not used is left out.
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    // Packages of the older module format ask for Node's own modules by a function.
    banner: {
      js: [
        "import { createRequire } from 'node:module'",
        'const require = createRequire(import.meta.url)',
      ].join('\n'),
    },
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), licences(Object.keys(metafile.inputs)))
}

/** The licences of the packages that files come from, as they ask to be passed on. */
function licences(files: readonly string[]): string {
  const names = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])
  const texts = [...new Set(names)].sort().map((name) => {
    const home = join(root, 'node_modules', name)
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest
    const licence = readFileSync(join(home, 'LICENSE'), 'utf8').trim()
    return `${name} ${version}\n\n${licence}\n`
  })
  return ['The command contains these packages, each under its own licence.\n', ...texts].join(
    `\n${'-'.repeat(80)}\n`,
  )
}

export async function build(target: string): Promise<void> {
  rmSync(target, { recursive: true, force: true })
  const compiler = binary('typescript', 'tsc')
  const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', target]
  execFileSync(process.execPath, [compiler, ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  await bundle(join(target, 'src/cli'))
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
