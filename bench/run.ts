/**
 * `npm run bench`: measures every `bench/*.bench.ts` and prints the figure beside its target.
 * `--check` ends with 1 when a target is missed; other words keep only benchmarks that contain one.
 */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { formatNumber } from '../src/quantities/index.ts'
import { arithmeticRate, measure } from './harness.ts'
import type { Benchmark, Measured } from './harness.ts'

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const check = process.argv.includes('--check')
const here = new URL('.', import.meta.url)
const ending = '.bench.ts'

async function load(): Promise<Benchmark[]> {
  const files = readdirSync(fileURLToPath(here)).filter((name) => name.endsWith(ending))
  const modules = await Promise.all(
    files.map(
      async (name) =>
        (await import(`./${name.slice(0, -ending.length)}.bench.ts`)) as {
          benchmarks: Benchmark[]
        },
    ),
  )
  return modules.flatMap((module) => module.benchmarks)
}

function row(measured: Measured): string {
  const value = `${formatNumber(measured.value, 3)} ${measured.unit}`
  const most = `<= ${formatNumber(measured.most, 3)} ${measured.unit}`
  const ratio = measured.overArithmetic
  const over = ratio === undefined ? '' : `${formatNumber(ratio, 3)} x arithmetic`
  const verdict = measured.met ? 'pass' : 'FAIL'
  return [measured.name.padEnd(56), value.padStart(14), most.padStart(16), verdict, over].join('  ')
}

const benchmarks = (await load()).filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
)
const rate = arithmeticRate()
process.stdout.write(`dense 14 x 14 kernel: ${formatNumber(rate / 1e6, 3)} Gflop/s\n`)
let missed = 0
for (const benchmark of benchmarks) {
  const measured = await measure(benchmark, rate)
  if (!measured.met) missed++
  process.stdout.write(`${row(measured)}\n`)
}
process.stdout.write(`${benchmarks.length - missed} passed, ${missed} failed\n`)
if (check && (missed > 0 || benchmarks.length === 0)) process.exitCode = 1
