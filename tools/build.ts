/**
 * Builds the package: compiles `src/`, bundles the command, writes the JSON Schemas of the
 * documents and builds the page that `didymium serve` gives out. `npm run build` builds into
 * `dist/`; another folder may be named. `--verbose` prints what takes how long, and what vite says.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import * as esbuild from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Manifest {
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly bin: string | Readonly<Record<string, string>>
}

/** The script behind a command of an installed package, to be run with this same Node. */
export function binary(packageName: string, command: string): string {
  const home = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest
  const script = typeof bin === 'string' ? bin : bin[command]
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`)
  return join(home, script)
}

/**
 * Large, not under a permissive licence, or with workers of their own; loaded from the installed
 * package when used.
 */
const apart = [
  '@photostructure/sqlite',
  'elkjs',
  'pdfkit',
  'pg',
  'piscina',
  'svg-to-pdfkit',
  'write-excel-file',
]

/** The fifty languages in which zod can speak; what we say is English. */
const oneLanguage: esbuild.Plugin = {
  name: 'one-language',
  setup: ({ onLoad }) => {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

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
        "import { createRequire as requireBeside } from 'node:module'",
        'const require = requireBeside(import.meta.url)',
      ].join('\n'),
    },
    plugins: [oneLanguage],
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  })
  writeFileSync(
    join(folder, 'THIRD-PARTY.txt'),
    licences('command', packagesOf(Object.keys(metafile.inputs))),
  )
}

/** The text of a package's licence; of the few that carry none, its name and where it is kept. */
function licenceIn(home: string): string {
  const file = readdirSync(home).find((name) => /^licen[cs]e/i.test(name))
  if (file !== undefined) return readFileSync(join(home, file), 'utf8').trim()
  const { license, repository } = JSON.parse(
    readFileSync(join(home, 'package.json'), 'utf8'),
  ) as Manifest & { readonly repository?: { readonly url?: string } }
  if (license === undefined) throw new Error(`${home} says nothing of its licence`)
  return `${license}; its text is kept with the source: ${repository?.url ?? 'unknown'}`
}

/** The packages that files come from. */
const packagesOf = (files: readonly string[]) =>
  files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])

/** The licences of packages, as they ask to be passed on. */
function licences(what: string, names: readonly string[]): string {
  const texts = [...new Set(names)].sort().map((name) => {
    const home = join(root, 'node_modules', name)
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest
    const licence = licenceIn(home)
    return `${name} ${version}\n\n${licence}\n`
  })
  const head = `The ${what} contains these packages, each under its own licence.\n`
  return [head, ...texts].join(`\n${'-'.repeat(80)}\n`)
}

/** Rooms that the page has no part of. */
const besidePage = /^(?:api|cli|jobs|store)\//

/** Every package that the sources of the page name, and those that these need in turn. */
function pagePackages(): readonly string[] {
  const sources = ['web/src', 'src'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$/.test(name))
      .filter((name) => folder !== 'src' || !besidePage.test(name))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  const named = /(?:from|import|import\()\s*'((?:@[\w-]+\/)?[a-z][\w.-]*)[^']*'/g
  const found = new Set<string>()
  const add = (name: string) => {
    const manifest = join(root, 'node_modules', name, 'package.json')
    if (found.has(name) || name.startsWith('@types/') || !existsSync(manifest)) return
    found.add(name)
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    for (const one of Object.keys(dependencies)) add(one)
  }
  for (const source of sources) for (const [, name = ''] of source.matchAll(named)) add(name)
  return [...found]
}

/** Endings of files that become smaller, and the size from which it is worth it. */
const squeezed = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest'])
const leastSqueezed = 1024

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]

/** Puts the compressed forms of the page's files beside them, as the server gives them out. */
async function compress(folder: string): Promise<void> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const work = names
    .filter((name) => squeezed.has(extname(name)))
    .map(async (name) => {
      const file = join(folder, name)
      const content = readFileSync(file)
      if (content.length < leastSqueezed) return
      const params = {
        // The highest quality, 11, takes twice as long for two per cent.
        [constants.BROTLI_PARAM_QUALITY]: 10,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      }
      writeFileSync(`${file}.br`, await brotli(content, { params }))
      writeFileSync(`${file}.gz`, await zip(content, { level: 9 }))
    })
  await Promise.all(work)
}

/** Builds the page; what vite says is printed when it fails, or when somebody wants to know. */
function buildPage(target: string, isVerbose: boolean): void {
  const words = ['build', join(root, 'web'), '--outDir', target, '--emptyOutDir']
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [binary('vite', 'vite'), ...words],
    {
      cwd: join(root, 'web'),
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  if (status !== 0 || isVerbose) process.stderr.write(`${stdout}${stderr}`)
  if (status !== 0) throw new Error('the page could not be built')
  writeFileSync(join(target, 'THIRD-PARTY.txt'), licences('page', pagePackages()))
}

function writeSchemas(target: string, scenario: Readonly<Record<string, () => unknown>>): void {
  mkdirSync(target)
  for (const kind of ['plant', 'solution']) {
    const schema = scenario[`${kind}JsonSchema`]
    if (schema === undefined) throw new Error(`the engine has no schema of a ${kind}`)
    writeFileSync(join(target, `${kind}.json`), `${JSON.stringify(schema(), null, 2)}\n`)
  }
}

function compile(target: string): void {
  const compiler = binary('typescript', 'tsc')
  const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', target]
  execFileSync(process.execPath, [compiler, ...options], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

/** What takes how long, on the screen of who wants to know. */
function clock(isVerbose: boolean) {
  const begun = performance.now()
  return (what: string) => {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    if (isVerbose) process.stderr.write(`${seconds.padStart(6)} s  ${what}\n`)
  }
}

/** Builds the program, without the page. */
async function buildProgram(target: string, done: ReturnType<typeof clock>): Promise<void> {
  for (const part of ['src', 'schema']) rmSync(join(target, part), { recursive: true, force: true })
  compile(target)
  done('compiled')
  await bundle(join(target, 'src/cli'))
  done('command bundled')
  const entry = pathToFileURL(join(target, 'src/scenario/index.js')).href
  writeSchemas(join(target, 'schema'), (await import(entry)) as Record<string, () => unknown>)
  done('schemas written')
}

/** Builds all that the package carries. */
export async function build(target: string, isVerbose = false): Promise<void> {
  const done = clock(isVerbose)
  rmSync(target, { recursive: true, force: true })
  await buildProgram(target, done)
  buildPage(join(target, 'web'), isVerbose)
  done('page built')
  await compress(join(target, 'web'))
  done('page compressed')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2)
  const [folder = 'dist'] = words.filter((word) => word !== '--verbose')
  await build(resolve(root, folder), words.includes('--verbose'))
}
