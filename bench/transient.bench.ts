import { inTime, unitOf } from '../test/sx/in-time.ts'
import { neodymium, twelve } from '../test/sx/hundred-stages.ts'
import type { ThreeSections } from '../test/sx/hundred-stages.ts'
import type { Benchmark } from './harness.ts'

/** 30 days of operation from empty; the steady state that it tends to is solved with it. */
const month = (name: string, milliseconds: number, circuit: ThreeSections): Benchmark => ({
  name,
  milliseconds,
  runs: 3,
  prepare: () => {
    const unit = unitOf(circuit)
    return () => {
      const { gap, times } = inTime([[0, unit]], 30, { frames: 61 })
      if (!(gap.worst < 1e-9)) throw new Error(`${gap.of} is open by ${gap.worst}`)
      if (times.at(-1) !== 30 * 86400) throw new Error('the end was not reached')
    }
  },
})

/** Solvent-extraction circuits in time: settlers of three tanks, tolerance 0.3 %. */
export const benchmarks: readonly Benchmark[] = [
  month('transient 100 stages, 12 elements, 30 d', 5000, twelve),
  month('transient 100 stages Nd | Pr, 30 d', 10000, neodymium),
]
