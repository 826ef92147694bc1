import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { drawnInputs, planUncertainty, solveDraw, studyOf } from '../../src/scenario/index.ts'
import { plantOf } from '../plants/kit.ts'
import { command } from '../program.ts'
import { circuitPlant, folder } from '../terminal/kit.ts'

const home = folder()
afterAll(() => home.remove())

const plant = home.write('plant.yaml', circuitPlant)
const draws = 64
const asked = ['stream S7 pH', 'stream S7 Dy rate']

/** The program as a process of its own, drawing into a result file. */
function start(out: string): ChildProcess {
  const results = asked.flatMap((result) => ['--result', result])
  const from = ['--draws', String(draws), '--seed', '3', '--threads', '1', '--out', out]
  const words = [command, 'uncertainty', plant, ...results, ...from]
  return spawn(process.execPath, words, { stdio: 'ignore' })
}

const ended = (child: ChildProcess) =>
  new Promise<string | number | null>((done) => {
    child.once('exit', (code, signal) => done(signal ?? code))
  })

const lines = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [])

function undisturbed(numbers: readonly number[]) {
  const study = studyOf(plantOf(circuitPlant, { file: plant }))
  const planned = planUncertainty(study, {
    design: 'lhs',
    draws,
    seed: 3,
    results: asked,
    requirements: [],
    inputs: [],
    unstatedConstants: 0,
    unstatedAssays: 0,
  })
  if (!planned.ok) throw new Error('the request is refused')
  const values = drawnInputs(study, planned.plan)
  return numbers.map((draw) => solveDraw(study, planned.plan, values, draw))
}

interface Line {
  readonly draw: number
  readonly values: readonly number[]
}

/** Draws on the disk, by number; fails when one is there twice. */
function drawsIn(path: string): Map<number, readonly number[]> {
  const whole = lines(path)
    .slice(1, -1)
    .map((line) => JSON.parse(line) as Line)
  const found = new Map(whole.map(({ draw, values }) => [draw, values]))
  expect(found.size).toBe(whole.length)
  return found
}

describe('didymium uncertainty, killed and run again', () => {
  it('repeats no draw and loses none', { timeout: 120_000 }, async () => {
    const killed = home.path('killed.ndjson')
    const first = start(killed)
    const end = ended(first)
    while (lines(killed).length < 10 && first.exitCode === null) {
      await new Promise((done) => setTimeout(done, 20))
    }
    first.kill('SIGKILL')
    expect(await end).toBe('SIGKILL')
    const before = readFileSync(killed, 'utf8')
    const kept = lines(killed).length - 2
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(draws)

    expect(await ended(start(killed))).toBe(0)
    // What was on the disk is untouched: the first run's draws were not made again.
    const whole = before.slice(0, before.lastIndexOf('\n') + 1)
    expect(readFileSync(killed, 'utf8').startsWith(whole)).toBe(true)
    const resumed = drawsIn(killed)
    const numbers = Array.from({ length: draws }, (_, k) => k)
    expect([...resumed.keys()].sort((a, b) => a - b)).toEqual(numbers)
    // Made again in one go, to the last digit.
    for (const draw of undisturbed([0, 7, 8, 31, 63])) {
      expect({ draw: draw.draw, values: resumed.get(draw.draw) }).toEqual(draw)
    }
  })
})
