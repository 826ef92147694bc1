import { describe, expect, test } from 'vitest'
import type { ExtractantSet } from '../../src/chemistry/index.ts'
import { solveCircuit } from '../../src/unitops/sx/solve.ts'
import { closureGap } from '../sx/closure.ts'
import { builtIn, readCase, scaled } from './case.ts'
import { onceThrough } from './once-through.ts'

interface Row {
  readonly extractant: string
  readonly vol_pct: number
  readonly n: number
  readonly A_O: number
  readonly pH_feed: number
  readonly published: {
    readonly purity_Nd_mol: number
    readonly recovery_Nd: number
    readonly pH_raffinate: number
  }
  readonly aq_profile_Nd_M?: readonly number[]
}
const { rows, given } = readCase('etr-ndsm') as {
  rows: readonly Row[]
  given: { feed_M: Readonly<Record<string, number>> }
}

const prefix: Readonly<Record<string, string>> = {
  D2EHPA: 'D2EHPA-ETR',
  P507: 'PC88A-ETR-P507',
  'Cyanex 572': 'CYANEX572-ETR',
}

function setOf(row: Row): ExtractantSet {
  const id = `${prefix[row.extractant]}-${row.vol_pct}pct`
  return builtIn(id)
}

/** Deviations of purity and recovery (relative), pH (absolute) and the profile (relative). */
function deviation(row: Row, set: ExtractantSet) {
  const problem = onceThrough({
    set,
    elements: ['Nd', 'Sm'],
    stages: row.n,
    aqueousFlow: row.A_O,
    organicFlow: 1,
    feedStage: row.n - 1,
    scrubFlow: 0,
    feed: given.feed_M,
    organicFeed: {},
    hydrogen: 10 ** -row.pH_feed,
    sulfate: 0,
    extractant: 1,
  })
  const solution = solveCircuit(problem)
  expect(solution.converged).toBe(true)
  expect(closureGap(problem, solution)).toBeLessThan(1e-12)
  const [nd, sm] = [solution.aqueous[0] as number, solution.aqueous[row.n] as number]
  const { purity_Nd_mol, recovery_Nd, pH_raffinate } = row.published
  const profile = (row.aq_profile_Nd_M ?? []).map(
    (c, j) => (solution.aqueous[row.n - 1 - j] as number) / c - 1,
  )
  return {
    purity: nd / (nd + sm) / purity_Nd_mol - 1,
    recovery: nd / (given.feed_M.Nd as number) / recovery_Nd - 1,
    pH: -(solution.lnHydrogen[0] as number) / Math.LN10 - pH_raffinate,
    profile: Math.max(0, ...profile.map((v) => Math.abs(v))),
  }
}

describe('ETR-NDSM', () => {
  test.each(rows)('$extractant $vol_pct % with $n stages to 1e-5', (row) => {
    const found = deviation(row, setOf(row))
    console.log(
      `ETR-NDSM ${row.extractant} ${row.vol_pct} % n ${row.n}: purity ` +
        `${found.purity.toExponential(1)}, recovery ${found.recovery.toExponential(1)}, ` +
        `pH ${found.pH.toExponential(1)}, profile ${found.profile.toExponential(1)}`,
    )
    for (const value of Object.values(found)) expect(Math.abs(value)).toBeLessThan(1e-5)
  })
  test('fails when a constant is moved by 1 %', () => {
    for (const row of rows)
      for (const element of ['Nd', 'Sm'])
        for (const name of ['m', 'b']) {
          const found = deviation(row, scaled(setOf(row), name, 1.01, element))
          const moved = Math.max(...Object.values(found).map((v) => Math.abs(v)))
          expect(moved, `${row.extractant} ${row.vol_pct} ${element} ${name}`).toBeGreaterThan(1e-5)
        }
  })
})
