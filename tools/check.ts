/**
 * The test command: format, lint, types, dead code, then every test. All of them run even when one
 * fails; the last line counts what passed and what failed (a check counts as one).
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binary } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'didymium-check-'))
const report = join(scratch, 'report.json')

const checks: readonly (readonly [title: string, packageName: string, ...args: string[]])[] = [
  ['format', '@biomejs/biome', 'biome', 'format'],
  ['lint', 'oxlint', 'oxlint', '--deny-warnings'],
  ['types', 'typescript', 'tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['types of the page', 'typescript', 'tsc', '--noEmit', '-p', 'web/tsconfig.json'],
  ['dead code', 'knip', 'knip', '--no-progress'],
]

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/** Runs a command of an installed package; true when it ends well. */
function run(packageName: string, command: string, args: readonly string[]): boolean {
  const script = binary(packageName, command)
  const ended = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' })
  return ended.status === 0
}

/** Passed, failed and skipped tests; a run that gives no account of itself is one failure. */
function tests(args: readonly string[]): { passed: number; failed: number; skipped: number } {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const well = run('vitest', 'vitest', ['run', ...reporters, ...args])
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Report
    const passed = counts.numPassedTests
    // A file that cannot be loaded or prepared fails without failing a test; so may the whole run.
    const broken = counts.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
    )
    const failed = counts.numFailedTests + broken.length
    return { passed, failed: !well && failed === 0 ? 1 : failed, skipped: counts.numPendingTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

let passed = 0
const failures: string[] = []
for (const [title, packageName, command = '', ...args] of checks) {
  process.stdout.write(`\n--- ${title}\n`)
  if (run(packageName, command, args)) passed++
  else failures.push(title)
}
process.stdout.write('\n--- build\n')
if (run('tsx', 'tsx', ['tools/build.ts'])) passed++
else failures.push('build')
process.stdout.write('\n--- tests\n')
const counted = tests(process.argv.slice(2))
rmSync(scratch, { recursive: true, force: true })
if (counted.failed > 0) failures.push(`${counted.failed} tests`)
if (counted.skipped > 0) process.stdout.write(`${counted.skipped} tests were skipped\n`)
if (failures.length > 0) process.stdout.write(`failed: ${failures.join(', ')}\n`)
const failed = failures.length + Math.max(0, counted.failed - 1)
process.stdout.write(`${passed + counted.passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
