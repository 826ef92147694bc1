/**
 * `npm run bench`: measures every `bench/*.bench.ts` and prints the figure beside its target. Each
 * file has a process of its own: what one leaves behind (a heap, what the compiler learnt) is no
 * part of another's figures. `--check` ends with 1 when a target is missed; other words keep only
 * benchmarks that contain one.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { formatNumber } from '../src/quantities/index.ts'
import { arithmeticRate, measure } from './harness.ts'
import type { Benchmark, Measured } from './harness.ts'

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const check = process.argv.includes('--check')
const only = process.argv.find((word) => word.startsWith('--file='))?.slice('--file='.length)
const here = new URL('.', import.meta.url)
const ending = '.bench.ts'

/** The benchmarks of a file that the words keep. */
async function load(file: string): Promise<readonly Benchmark[]> {
  const { benchmarks } = (await import(`./${file}.bench.ts`)) as {
    benchmarks: readonly Benchmark[]
  }
  return benchmarks.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
  )
}

function row(measured: Measured): string {
  const value = `${formatNumber(measured.value, 3)} ${measured.unit}`
  const most = `<= ${formatNumber(measured.most, 3)} ${measured.unit}`
  const ratio = measured.overArithmetic
  const over = ratio === undefined ? '' : `${formatNumber(ratio, 3)} x arithmetic`
  const verdict = measured.met ? 'pass' : 'FAIL'
  return [measured.name.padEnd(56), value.padStart(14), most.padStart(16), verdict, over].join('  ')
}

interface Count {
  readonly passed: number
  readonly missed: number
}

/** Measures the benchmarks of one file and prints a row each. */
async function measureFile(file: string): Promise<Count> {
  const benchmarks = await load(file)
  if (benchmarks.length === 0) return { passed: 0, missed: 0 }
  const rate = arithmeticRate()
  process.stdout.write(`${file}; dense 14 x 14 kernel: ${formatNumber(rate / 1e6, 3)} Gflop/s\n`)
  let missed = 0
  for (const benchmark of benchmarks) {
    const measured = await measure(benchmark, rate)
    if (!measured.met) missed++
    process.stdout.write(`${row(measured)}\n`)
  }
  return { passed: benchmarks.length - missed, missed }
}

/** The same in a process of its own. */
async function apart(file: string): Promise<Count> {
  const child = fork(process.argv[1] ?? '', [...words, `--file=${file}`])
  let count: Count | undefined
  child.on('message', (message) => {
    count = message as Count
  })
  await once(child, 'close')
  if (count === undefined) throw new Error(`${file}${ending} ended without a count`)
  return count
}

if (only === undefined) {
  const files = readdirSync(fileURLToPath(here)).filter((name) => name.endsWith(ending))
  let [passed, missed] = [0, 0]
  for (const name of files) {
    const count = await apart(name.slice(0, -ending.length))
    passed += count.passed
    missed += count.missed
  }
  process.stdout.write(`${passed} passed, ${missed} failed\n`)
  if (check && (missed > 0 || passed === 0)) process.exitCode = 1
} else {
  const count = await measureFile(only)
  process.send?.(count)
  process.disconnect?.()
}
