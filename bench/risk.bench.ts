import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openRisk, solveRisk } from '../src/scenario/index.ts'
import { plantOf } from '../test/plants/kit.ts'
import { type Benchmark, meanDraw } from './harness.ts'

const file = fileURLToPath(new URL('../plants/belfast-commercial.yaml', import.meta.url))

function draws(): (draw: number) => void {
  const plant = plantOf(readFileSync(file, 'utf8'), { file })
  const opened = openRisk([{ name: 'commercial', plant, set: [] }], {
    design: 'lhs',
    draws: 10_000,
    seed: 1,
    inputs: [],
    results: [],
    requirements: [],
    unstatedConstants: 0.05,
    unstatedAssays: 0.01,
    tail: 0.05,
  })
  if (!opened.ok) throw new Error('the request is refused')
  const [prepared] = opened.cases
  if (prepared === undefined) throw new Error('no plant')
  return (draw) => void solveRisk(prepared, draw)
}

/**
 * 10,000 draws on two cores in three minutes are 36 ms a draw and core, through the whole chain:
 * every constant, assay, cost, price path, delay and grant moved, the plant solved again, appraised
 * and its footprint counted.
 */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'Belfast commercial plant, a draw from constants to net present value, mean',
    unit: 'ms',
    most: 36,
    measure: () => meanDraw(draws()),
  },
]
