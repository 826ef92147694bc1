import { expect, test } from 'vitest'
import { bank, plantSpecies } from '../databank/index.ts'
import { heatOfReaction, maxExtent, react, reaction, sensibleHeat } from './index.ts'

const table = plantSpecies(bank, { elements: ['Nd', 'Fe'], extractants: [] })

/** kJ per mol of reaction. */
function heatOf(text: string): number {
  const r = reaction(table, text)
  const start = new Float64Array(table.species.length)
  for (const [i, row] of r.rows.entries()) start[row] = Math.max(0, -(r.coefficients[i] ?? 0))
  const heat = heatOfReaction(table, [start], [react(table, start, r, maxExtent(start, r))])
  if ('unknown' in heat) throw new Error(heat.unknown)
  return heat.watts / 1000
}

test('heats that everyone knows', () => {
  expect(heatOf('H+ + OH- = H2O')).toBeCloseTo(-55.8, 0)
  expect(heatOf('H2O = H2O(g)')).toBeCloseTo(44, 0)
  expect(heatOf('2 H2(g) + O2(g) = 2 H2O(g)')).toBeCloseTo(-483.7, 0)
  expect(heatOf('NaCl(s) = Na+ + Cl-')).toBeCloseTo(3.7, 1)
  expect(heatOf('CaO(s) + H2O = Ca(OH)2(s)')).toBeCloseTo(-64.5, 0)
})

test('oxidation of the magnet metals is strongly exothermic', () => {
  expect(heatOf('4 Fe(s) + 3 O2(g) = 2 Fe2O3(s)')).toBeCloseTo(-1654.5, 0)
  expect(heatOf('4 Nd(s) + 3 O2(g) = 2 Nd2O3(s)')).toBeCloseTo(-3615.8, 0)
  expect(heatOf('Nd2O3(s) + 6 H+ = 2 Nd+3 + 3 H2O')).toBeCloseTo(-442.9, 0)
})

test('sensible heat names what has no heat capacity', () => {
  const flow = new Float64Array(table.species.length)
  flow[table.index('aqueous', 'H2O')] = 1
  flow[table.index('solid', 'oil')] = 1
  const heat = sensibleHeat(table, flow, 298.15, 308.15)
  expect(heat.watts).toBeCloseTo(754.8, 6)
  expect(heat.missing).toEqual(['oil (solid)'])
})
