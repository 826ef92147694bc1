/**
 * Writes `src/databank/data.generated.ts` from `data/` so that pure code carries the data without
 * reading files. The records are checked here, and no more when a program starts.
 * `npm run databank` writes it; with `--check` it only compares and exits 1.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadDatabank } from '../src/databank/check.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'src/databank/data.generated.ts')

function jsonFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) return jsonFiles(path)
      return entry.name.endsWith('.json') ? [path] : []
    })
    .sort()
}

/** The text of the generated module as `data/` stands now; throws when a record is wrong. */
export function generatedModule(): string {
  const data = join(root, 'data')
  const files = jsonFiles(data).map((path) => {
    const name = relative(data, path).replaceAll('\\', '/')
    return [name, JSON.parse(readFileSync(path, 'utf8')) as unknown] as const
  })
  loadDatabank(Object.fromEntries(files))
  return [
    '// Written by tools/databank.ts from data/; do not edit.',
    'export const files: Readonly<Record<string, unknown>> = {',
    ...files.map(([name, content]) => `  ${JSON.stringify(name)}: ${JSON.stringify(content)},`),
    '}',
    '',
  ].join('\n')
}

/** The generated module as it is on disk, or an empty string. */
export function writtenModule(): string {
  try {
    return readFileSync(target, 'utf8')
  } catch {
    return ''
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check'))
    process.exitCode = writtenModule() === generatedModule() ? 0 : 1
  else writeFileSync(target, generatedModule())
}
