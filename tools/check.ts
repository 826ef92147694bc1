/**
 * The test command: format, lint, types, dead code and the build, then every test. All of them run
 * even when one fails; the last line counts what passed and what failed (a check counts as one).
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binary } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'didymium-check-'))
const report = join(scratch, 'report.json')

type Check = readonly [title: string, packageName: string, command: string, ...args: string[]]

/** One after the other, beside the build. One thread of the compiler does less twice than four. */
const checks: readonly Check[] = [
  ['format', '@biomejs/biome', 'biome', 'format'],
  ['lint', 'oxlint', 'oxlint', '--deny-warnings'],
  ['types', 'typescript', 'tsc', '--noEmit', '--checkers', '1', '-p', 'tsconfig.json'],
  ['types of the page', 'typescript', 'tsc', '--noEmit', '--checkers', '1', '-p', 'web'],
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

/** Runs a command of an installed package and prints what it said; true when it ends well. */
function run([title, packageName, command, ...args]: Check): Promise<boolean> {
  const said: Buffer[] = []
  const child = spawn(process.execPath, [binary(packageName, command), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => void said.push(piece))
  }
  return new Promise((done) => {
    child.once('close', (code) => {
      process.stdout.write(`\n--- ${title}\n${Buffer.concat(said).toString()}`)
      done(code === 0)
    })
  })
}

/** Passed, failed and skipped tests; a run that gives no account of itself is one failure. */
function tests(args: readonly string[]): { passed: number; failed: number; skipped: number } {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const words = [binary('vitest', 'vitest'), 'run', ...reporters, ...args]
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit' })
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8')) as Report
    const passed = counts.numPassedTests
    // A file that cannot be loaded or prepared fails without failing a test; so may the whole run.
    const broken = counts.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
    )
    const failed = counts.numFailedTests + broken.length
    return {
      passed,
      failed: status !== 0 && failed === 0 ? 1 : failed,
      skipped: counts.numPendingTests,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** Titles of those that failed. */
async function failing(list: readonly Check[]): Promise<readonly string[]> {
  const failed: string[] = []
  for (const check of list) if (!(await run(check))) failed.push(check[0])
  return failed
}

const build: Check = ['build', 'tsx', 'tsx', 'tools/build.ts']
const failures = (await Promise.all([failing([build]), failing(checks)])).flat()
const passed = checks.length + 1 - failures.length
process.stdout.write('\n--- tests\n')
const counted = tests(process.argv.slice(2))
rmSync(scratch, { recursive: true, force: true })
if (counted.failed > 0) failures.push(`${counted.failed} tests`)
if (counted.skipped > 0) process.stdout.write(`${counted.skipped} tests were skipped\n`)
if (failures.length > 0) process.stdout.write(`failed: ${failures.join(', ')}\n`)
const failed = failures.length + Math.max(0, counted.failed - 1)
process.stdout.write(`${passed + counted.passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
