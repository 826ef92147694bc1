import type { MeasuredRow } from '../src/chemistry/index.ts'
import { bank, fitConstants, type FitRequest } from '../src/scenario/index.ts'
import type { Benchmark } from './harness.ts'

/** The published tests with PC88A in chloride: Li 1987 (140 of 7 elements) and Lyon 2016 (38). */
const rows = ['PC88A-LI87-cube', 'PC88A-T21-NdPr'].flatMap((id): MeasuredRow[] => {
  const points = bank.extractants.get(id)?.points ?? []
  return points.map((point, k) => {
    const each = Object.entries(point.D)
    const measured = each.map(([element, value]) => ({ of: 'D' as const, element, value }))
    return { ...point, measured, place: `${id}:${k + 1}` }
  })
})

const request: FitRequest = {
  id: 'bench',
  title: 'bench',
  model: 'mass-action',
  extractant: 'PC88A',
  diluent: '',
  medium: '',
}

function fit(tests: readonly MeasuredRow[], more: Partial<FitRequest>): () => void {
  return () => {
    const answer = fitConstants(tests, { ...request, ...more }, 'bench')
    if (!answer.ok || answer.fit.outcome !== 'converged') throw new Error('no fit')
  }
}

const lyon = rows.slice(140)

export const benchmarks: readonly Benchmark[] = [
  {
    name: 'fit, 38 tests, 2 constants',
    milliseconds: 50,
    prepare: () => fit(lyon, {}),
  },
  {
    name: 'fit, 38 tests, 2 constants, 2 slopes and the power',
    milliseconds: 80,
    prepare: () => fit(lyon, { free: ['slope', 'power'], fix: { effective: 0.473 } }),
  },
  {
    name: 'fit, 178 tests of 2 sources, 7 constants, Nd/Pr held, each source left out',
    milliseconds: 800,
    prepare: () =>
      fit(rows, {
        scatter: 'source',
        separations: [{ over: 'Nd', under: 'Pr', low: 1.3, high: 1.6 }],
      }),
  },
]
