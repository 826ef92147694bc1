import { describe, expect, test } from 'vitest'
import { solveCircuit } from '../../src/unitops/sx/solve.ts'
import { closureGap } from './closure.ts'
import { threeSections } from './hundred-stages.ts'
import type { ThreeSections } from './hundred-stages.ts'

/**
 * Four circuits of a Belfast-type plant (5 kg/h of magnets), calculated for the design with another
 * program on the same constants. Stages, organic flow, saponification, acids and net O:A are those
 * of the design; it does not state the liquors, so the feeds here follow from its product rates and
 * the deviations are printed, not held to digits. L/h and mol/L.
 */
interface Design extends ThreeSections {
  readonly oToA: readonly [number, number, number]
}

function design(c: Omit<Design, 'feedFlow' | 'scrubFlow' | 'stripFlow'>): ThreeSections {
  const [extraction, scrub, strip] = c.oToA.map((ratio) => c.organicFlow / ratio) as [
    number,
    number,
    number,
  ]
  return { ...c, feedFlow: extraction - scrub, scrubFlow: scrub, stripFlow: strip }
}

const oxide: Readonly<Record<string, number>> = {
  Nd: 168.24,
  Pr: 170.24,
  La: 162.91,
  Ce: 172.11,
  Sm: 174.36,
  Gd: 181.25,
  Tb: 186.92,
  Dy: 186.5,
  Ho: 188.93,
}

const heavies = design({
  feed: {
    La: 0.0005,
    Ce: 0.001,
    Pr: 0.0655,
    Nd: 0.3084,
    Sm: 0.0004,
    Gd: 0.0006,
    Tb: 0.0034,
    Dy: 0.0262,
    Ho: 0.00007,
  },
  feedH: 0.05,
  stages: [8, 8, 6],
  oToA: [0.57, 3.7, 9.4],
  organicFlow: 16.8,
  saponification: 0.24,
  scrubH: 1,
  stripH: 5,
})
const neodymium = design({
  feed: { La: 0.0005, Ce: 0.001, Pr: 0.0697, Nd: 0.3282, Sm: 0.0001 },
  feedH: 0.05,
  stages: [10, 26, 5],
  oToA: [2.6, 3.7, 32],
  organicFlow: 205,
  saponification: 0.3,
  scrubH: 1,
  stripH: 4,
})
const terbium = design({
  feed: { Nd: 0.0005, Sm: 0.002, Gd: 0.006, Tb: 0.0336, Dy: 0.2587, Ho: 0.0007 },
  feedH: 0.05,
  stages: [12, 10, 6],
  oToA: [4.6, 18, 12],
  organicFlow: 15.6,
  saponification: 0.24,
  scrubH: 2,
  stripH: 6,
})
const dysprosium = design({
  feed: { Gd: 0.00003, Tb: 0.0352, Dy: 0.2717, Ho: 0.0007 },
  feedH: 0.05,
  stages: [14, 14, 6],
  oToA: [4, 12, 13],
  organicFlow: 14.46,
  saponification: 0.24,
  scrubH: 2,
  stripH: 6,
})

function products(c: ThreeSections) {
  const problem = threeSections(c)
  const solution = solveCircuit(problem)
  expect(solution.converged).toBe(true)
  expect(closureGap(problem, solution)).toBeLessThan(1e-12)
  const elements = Object.keys(c.feed)
  const n = problem.network.stages
  const strip = c.stages[0] + c.stages[1]
  const at = (stage: number, e: string) =>
    solution.aqueous[elements.indexOf(e) * n + stage] as number
  const purity = (stage: number, wanted: readonly string[]) => {
    const mass = (of: readonly string[]) =>
      of.reduce((sum, e) => sum + at(stage, e) * (oxide[e] as number), 0)
    return mass(wanted) / mass(elements)
  }
  const recovery = (e: string) =>
    (at(strip, e) * c.stripFlow) / ((c.feed[e] as number) * c.feedFlow)
  let loading = 0
  for (let i = 0; i < n; i++) {
    let y = 0
    for (let k = 0; k < elements.length; k++)
      y += (solution.organicRate[k * n + i] as number) / c.organicFlow
    loading = Math.max(loading, 6 * y)
  }
  return {
    raffinate: (of: string[]) => purity(0, of),
    liquor: (of: string[]) => purity(strip, of),
    recovery,
    loading,
  }
}

const percent = (v: number, digits = 3) => `${(100 * v).toFixed(digits)} %`

describe('the four circuits of the Belfast design', () => {
  test('Gd-Ho from NdPr: Tb, Dy and Ho in the raffinate below 0.006 %', () => {
    const p = products(heavies)
    const left = p.raffinate(['Tb', 'Dy', 'Ho'])
    console.log(
      `heavies: ${percent(left, 4)} in the raffinate (design < 0.006 %), largest loading ${percent(p.loading, 0)}`,
    )
    expect(left).toBeLessThan(0.00006)
    expect(p.recovery('Dy')).toBeGreaterThan(0.999)
  })
  test('Nd from Nd, Pr: 99.92 % at 35 % yield', () => {
    const p = products(neodymium)
    console.log(
      `Nd | Pr: Nd2O3 ${percent(p.liquor(['Nd']))} (design 99.92 %) ` +
        `at ${percent(p.recovery('Nd'), 1)} (35 %), largest loading ${percent(p.loading, 0)}`,
    )
    expect(Math.abs(p.liquor(['Nd']) - 0.9992)).toBeLessThan(0.004)
    expect(Math.abs(p.recovery('Nd') - 0.35)).toBeLessThan(0.05)
  })
  test('Tb-Ho from Gd, Sm: Tb recovery 99.4 %', () => {
    const p = products(terbium)
    console.log(
      `Tb | Gd: Tb recovery ${percent(p.recovery('Tb'), 2)} (design ` +
        `99.4 %), Gd ${percent(p.recovery('Gd'), 2)}, largest loading ` +
        percent(p.loading, 0),
    )
    expect(p.recovery('Tb')).toBeGreaterThan(0.95)
    expect(p.recovery('Gd')).toBeLessThan(0.2)
  })
  test('Dy from Tb: Tb4O7 99.83 %, Dy2O3 99.74 %', () => {
    const p = products(dysprosium)
    console.log(
      `Dy | Tb: Tb4O7 ${percent(p.raffinate(['Tb']))} (99.83 %), Dy2O3 ` +
        `${percent(p.liquor(['Dy']))} (99.74 %), Tb to Dy ${percent(p.recovery('Tb'), 2)}, ` +
        `largest loading ${percent(p.loading, 0)}`,
    )
    expect(p.liquor(['Dy'])).toBeGreaterThan(0.98)
    expect(p.raffinate(['Tb'])).toBeGreaterThan(0.9)
  })
})
