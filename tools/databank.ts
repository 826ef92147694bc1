/**
 * Writes the modules that carry `data/` so that pure code has it without reading files:
 * `data.generated.ts` for the plant's bank, `costs.generated.ts` for prices and factors, and
 * `levels.generated.ts` for the few of these that reading a plant needs. The records are checked
 * here, and no more when a program starts.
 * `npm run databank` writes them; with `--check` it only compares and exits 1.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkFiles, isMoneyFile, loadDatabank } from '../src/databank/check.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const banner = '// Written by tools/databank.ts from data/; do not edit.'

export type GeneratedModule = 'data' | 'costs' | 'levels'
const modules: readonly GeneratedModule[] = ['data', 'costs', 'levels']

/** Cost index and exchange rates: what a basis of money is checked with. */
const levels: readonly string[] = ['factors/indices.json', 'prices/exchange.json']
const target = (name: GeneratedModule) => join(root, `src/databank/${name}.generated.ts`)

function jsonFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) return jsonFiles(path)
      return entry.name.endsWith('.json') ? [path] : []
    })
    .sort()
}

/** Text literals, because parsing JSON on first use is quicker than compiling it at every start. */
function textModule(
  name: string,
  about: string,
  files: readonly (readonly [string, unknown])[],
): string {
  const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  return [
    banner,
    'const texts: Readonly<Record<string, string>> = {',
    ...files.map(([name, content]) => `  '${name}': ${literal(JSON.stringify(content))},`),
    '}',
    `/** The files of ${about} by path, as \`data/\` holds them. */`,
    `export const ${name} = (): Readonly<Record<string, unknown>> =>`,
    '  Object.fromEntries(',
    '    Object.entries(texts).map(([path, text]) => [path, JSON.parse(text) as unknown]),',
    '  )',
    '',
  ].join('\n')
}

/** The text of a generated module as `data/` stands now; throws when a record is wrong. */
export function generatedModule(name: GeneratedModule): string {
  const data = join(root, 'data')
  const files = jsonFiles(data).map((path) => {
    const file = relative(data, path).replaceAll('\\', '/')
    return [file, JSON.parse(readFileSync(path, 'utf8')) as unknown] as const
  })
  checkFiles(Object.fromEntries(files))
  if (name === 'levels') {
    const own = files.filter(([file]) => levels.includes(file))
    return textModule('levelFiles', 'price levels', own)
  }
  if (name === 'costs') {
    const own = files.filter(([file]) => isMoneyFile(file))
    return textModule('costFiles', 'prices and factors', own)
  }
  const own = files.filter(([file]) => !isMoneyFile(file))
  loadDatabank(Object.fromEntries(own))
  return [
    banner,
    'export const files: Readonly<Record<string, unknown>> = {',
    ...own.map(([file, content]) => `  ${JSON.stringify(file)}: ${JSON.stringify(content)},`),
    '}',
    '',
  ].join('\n')
}

/** A generated module as it is on disk, or an empty string. */
export function writtenModule(name: GeneratedModule): string {
  try {
    return readFileSync(target(name), 'utf8')
  } catch {
    return ''
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of modules) {
    const text = generatedModule(name)
    if (!process.argv.includes('--check')) writeFileSync(target(name), text)
    else if (writtenModule(name) !== text) process.exitCode = 1
  }
}
