import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type PlantDocument,
  type SimulationState,
  simulateWarm,
  withValue,
} from '../src/scenario/index.ts'
import { plantOf } from '../test/plants/kit.ts'
import type { Benchmark } from './harness.ts'

const file = fileURLToPath(new URL('../plants/belfast-demonstration.yaml', import.meta.url))
const text = readFileSync(file, 'utf8')

const read = (changed: string) => plantOf(changed, { file })

function solved(plant: PlantDocument, warm?: SimulationState): SimulationState {
  const { solution, state } = simulateWarm(plant, warm === undefined ? {} : { warm })
  if (solution.status !== 'converged') throw new Error(solution.outcome?.detail ?? 'no solution')
  if (!(solution.balance.worst < 1e-9)) throw new Error(`open by ${solution.balance.worst}`)
  return state
}

/** One scalar changed, as a person at a slider would. */
const edits: readonly (readonly [path: string, value: string])[] = [
  ['units.magnets.rate', '29.5 t/y'],
  ['units.leach.acidRatio', '1.3'],
  ['units.sx2.organicFlow', '215 L/h'],
  ['units.iron-removal.pH', '4.5'],
  ['units.nd-oxalate.excess', '1.6'],
]

function edited(): readonly PlantDocument[] {
  return edits.map(([path, value]) => {
    const changed = withValue(text, path, value)
    if (changed === undefined) throw new Error(`the plant has no ${path}`)
    return read(changed)
  })
}

/** MB of heap that 10,000 re-solves of a plant keep, after 200 to settle. */
function heapKept(): number {
  const collect = globalThis.gc
  if (collect === undefined) throw new Error('run with --expose-gc')
  const plants = edited()
  let state = solved(read(text))
  const turn = (count: number) => {
    for (let i = 0; i < count; i++)
      state = solved(plants[i % plants.length] as PlantDocument, state)
    collect()
    return process.memoryUsage().heapUsed / 1e6
  }
  const before = turn(200)
  return turn(10_000) - before
}

/** The Belfast demonstration plant: every keystroke, a first view, a whole process, and memory. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'Belfast demonstration plant cold',
    milliseconds: 150,
    prepare: () => {
      const plant = read(text)
      return () => void solved(plant)
    },
  },
  {
    name: 'Belfast demonstration plant warm',
    milliseconds: 20,
    prepare: () => {
      const first = solved(read(text))
      const plants = edited()
      let turn = 0
      return () => void solved(plants[turn++ % plants.length] as PlantDocument, first)
    },
  },
  {
    name: 'didymium simulate, built, whole process',
    milliseconds: 1000,
    runs: 5,
    prepare: () => {
      const main = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url))
      return () => {
        const ended = spawnSync(process.execPath, [main, 'simulate', file], { encoding: 'utf8' })
        if (ended.status !== 0)
          throw new Error(`simulate ended with ${ended.status}: ${ended.stderr}`)
      }
    },
  },
  { name: 'heap kept by 10,000 re-solves', unit: 'MB', most: 5, measure: heapKept },
]
