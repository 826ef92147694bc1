import { designPlant, readDesign } from '../src/scenario/index.ts'
import { threeOutlets, xuAt, xuDesign } from '../src/unitops/index.ts'
import { simulateCascade } from '../src/unitops/sx/cascade.ts'
import { lanthanumFromNeodymium } from '../test/design/split.ts'
import type { Benchmark } from './harness.ts'

const split = {
  beta: 2,
  fraction: 0.5,
  purityA: 0.999,
  purityB: 0.9999,
  feed: 'aqueous',
} as const

/** Design: formulas, the exact cascade, three outlets, and a circuit from the file to its plant. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'design, formulas at 1,000 flows',
    milliseconds: 5,
    prepare: () => () => {
      let sum = 0
      for (let k = 0; k < 1000; k++) sum += xuAt(split, 1.6 + 0.001 * k).holdUp
      if (!(sum > 0)) throw new Error('no stages')
    },
  },
  {
    name: 'design, 24 + 21 stages stage by stage',
    milliseconds: 40,
    prepare: () => {
      const { S, outA } = xuDesign(split)
      const cascade = { beta: [2, 1], feed: [0.5, 0.5], extraction: 24, scrub: 21, S, out: outA }
      return () => {
        if (simulateCascade(cascade) === undefined) throw new Error('not solved')
      }
    },
  },
  {
    name: 'design, three outlets over a range of S',
    milliseconds: 6000,
    runs: 3,
    prepare: () => () => {
      const found = threeOutlets({
        betaAB: 3.9,
        betaBC: 3,
        feed: [0.6, 0.1, 0.3],
        purityA: 0.99,
        purityC: 0.99,
        recoveryA: 0.97,
        recoveryC: 0.97,
      })
      if (found.length === 0) throw new Error('no cascade')
    },
  },
  {
    name: 'design, La | Nd from the file to its plant',
    milliseconds: 6000,
    runs: 3,
    prepare: () => {
      const reading = readDesign(lanthanumFromNeodymium)
      if (!reading.ok) throw new Error('not read')
      return () => {
        if (!designPlant(reading.design).ok) throw new Error('no design')
      }
    },
  },
]
