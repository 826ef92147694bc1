import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drawnInputs, planUncertainty, solveDraw, studyOf } from '../src/scenario/index.ts'
import { plantOf } from '../test/plants/kit.ts'
import { type Benchmark, meanDraw } from './harness.ts'

const file = fileURLToPath(new URL('../plants/belfast-demonstration.yaml', import.meta.url))

function draws(): (draw: number) => void {
  const study = studyOf(plantOf(readFileSync(file, 'utf8'), { file }))
  const planned = planUncertainty(study, {
    design: 'lhs',
    draws: 10_000,
    seed: 1,
    results: [],
    requirements: [],
    inputs: [],
    unstatedConstants: 0.05,
    unstatedAssays: 0,
  })
  if (!planned.ok) throw new Error(planned.refusals[0]?.message ?? 'the request is refused')
  const values = drawnInputs(study, planned.plan)
  return (draw) => void solveDraw(study, planned.plan, values, draw)
}

/**
 * 10,000 draws on two cores in four minutes are 48 ms a draw and core. Every constant of every
 * element of the plant moves: by its stated error, or by 0.05 where its set states none.
 */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'Belfast demonstration plant, a draw of all constants, mean',
    unit: 'ms',
    most: 48,
    measure: () => meanDraw(draws()),
  },
]
