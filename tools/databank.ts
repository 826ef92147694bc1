/**
 * Writes `src/databank/data.generated.ts` from `data/` so that pure code carries the data without
 * reading files. `npm run databank` writes it; with `--check` it only compares and exits 1.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

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

/** The text of the generated module as `data/` stands now. */
export function generatedModule(): string {
  const data = join(root, 'data')
  const entries = jsonFiles(data).map((path) => {
    const name = relative(data, path).replaceAll('\\', '/')
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return `  ${JSON.stringify(name)}: ${JSON.stringify(content)},`
  })
  return [
    '// Written by tools/databank.ts from data/; do not edit.',
    'export const files: Readonly<Record<string, unknown>> = {',
    ...entries,
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
