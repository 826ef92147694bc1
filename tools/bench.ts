/**
 * `npm run bench`: builds the program and the benchmarks, and measures them as they are shipped: a
 * loader of TypeScript names every function that is made, which costs a tenth of a solve.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as esbuild from 'esbuild'
import { build } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = join(root, 'dist/bench/run.js')

/** Plants, cases and the built command are found from where each file was written. */
const asWritten: esbuild.Plugin = {
  name: 'as-written',
  setup({ onLoad }) {
    onLoad({ filter: /(?:bench|src|test)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      ),
      loader: 'ts',
    }))
  },
}

await build(join(root, 'dist'))
await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['bench/run.ts'],
  outfile: program,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  plugins: [asWritten],
  logLevel: 'warning',
})
const ended = spawnSync(process.execPath, ['--expose-gc', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = ended.status ?? 1
