import { expect, test } from 'vitest'
import { bank, plantSpecies } from '../databank/index.ts'
import {
  heatOfReaction,
  maxExtent,
  oxideFactor,
  oxideFactorIn,
  oxideOf,
  parseReaction,
  react,
  reaction,
  reactionOfTerms,
  reactionWherePresent,
} from './index.ts'

const table = plantSpecies(bank, { elements: ['Nd', 'Pr', 'Fe'], extractants: ['PC88A'] })
const at = (phase: 'solid' | 'aqueous' | 'organic' | 'gas', id: string) => table.index(phase, id)

test('a coefficient may be a fraction; a species that the plant lacks is no mistake', () => {
  const halves = reaction(table, 'FeO(s) + 1/4 O2(g) = 1/2 Fe2O3(s)')
  expect([...halves.coefficients]).toEqual([-1, -0.25, 0.5])
  expect(reactionWherePresent(table, 'Dy2O3(s) + 6 H+ = 2 Dy+3 + 3 H2O')).toBeUndefined()
  expect(() => reaction(table, 'Dy2O3(s) + 6 H+ = 2 Dy+3 + 3 H2O')).toThrow('not in this plant')
  expect(() => reactionWherePresent(table, 'FeO(s) + O2(g) = Fe2O3(s)')).toThrow('balance')
  const terms = [
    { phase: 'solid', id: 'FeO', coefficient: -2 },
    { phase: 'gas', id: 'O2', coefficient: -0.5 },
    { phase: 'solid', id: 'Fe2O3', coefficient: 1 },
  ] as const
  expect(reactionOfTerms(table, terms)?.rows).toHaveLength(3)
})

test('balanced reactions read, with and without a table', () => {
  for (const text of [
    'Nd2O3(s) + 6 H+ = 2 Nd+3 + 3 H2O',
    'Pr6O11(s) + 18 H+ = 6 Pr+3 + 9 H2O + O2(g)',
    'Nd+3 + 3 HCO3- = Nd(OH)3(s) + 3 CO2(g)',
  ]) {
    expect(parseReaction(text)).toMatchObject({ ok: true })
  }
  const loading = parseReaction('Nd+3 + 3 PC88A(org) = Nd(PC88A)3(org) + 3 H+', table)
  expect(loading).toMatchObject({ ok: true })
})

test.each([
  ['Nd2O3(s) + 6 H+ = 2 Nd+3 + 2 H2O', 'O 1 too many on the left'],
  ['Nd2O3(s) + 6 H+ = Nd+3 + 3 H2O', 'Nd 1 too many on the left'],
  ['Fe+2 = Fe+3', 'charge +1 on the right'],
  ['Nd2O3(s) + 6 H+', 'needs one'],
  ['Xx+3 = Xx+3', 'no element Xx'],
  ['0 H+ = H+', 'coefficient of zero'],
])('refuses %s', (text, reason) => {
  const parsed = parseReaction(text)
  expect(parsed.ok).toBe(false)
  if (!parsed.ok) expect(parsed.error).toContain(reason)
})

test('a species that the plant has not is named', () => {
  const parsed = parseReaction('Dy2O3(s) + 6 H+ = 2 Dy+3 + 3 H2O', table)
  expect(parsed).toMatchObject({ ok: false })
  if (!parsed.ok) expect(parsed.error).toContain('Dy2O3')
  expect(() => reaction(table, 'Fe+2 = Fe+3')).toThrow('charge')
})

test('reacting to the end leaves no negative flow and conserves mass', () => {
  const flow = new Float64Array(table.species.length)
  flow[at('solid', 'Nd2O3')] = 0.1 / 3
  flow[at('aqueous', 'H+')] = 1
  const r = reaction(table, 'Nd2O3(s) + 6 H+ = 2 Nd+3 + 3 H2O')
  const out = react(table, flow, r, maxExtent(flow, r))
  expect(out[at('solid', 'Nd2O3')]).toBe(0)
  expect(out[at('aqueous', 'Nd+3')]).toBeCloseTo(0.2 / 3, 15)
  expect(Math.min(...out)).toBeGreaterThanOrEqual(0)
  const mass = (v: Float64Array) => v.reduce((sum, n, i) => sum + n * (table.molarMass[i] ?? 0), 0)
  expect(mass(out) / mass(flow)).toBeCloseTo(1, 14)
  expect(flow[at('aqueous', 'H+')]).toBe(1)
})

test('heat is unknown when an enthalpy is, and names the species', () => {
  const before = new Float64Array(table.species.length)
  const after = new Float64Array(table.species.length)
  before[at('solid', 'unassigned')] = 252
  after[at('solid', 'C')] = 21
  const heat = heatOfReaction(table, [before], [after])
  expect(heat).toHaveProperty('unknown')
  if ('unknown' in heat) expect(heat.unknown).toContain('unassigned')
  expect(heatOfReaction(table, [before], [before])).toEqual({ watts: 0 })
})

// Factors and molar masses as published with the feed data (IUPAC weights to three decimals).
const printed: Readonly<Record<string, readonly [string, number, number]>> = {
  Sc: ['Sc2O3', 1.5338, 137.909],
  Y: ['Y2O3', 1.2699, 225.809],
  La: ['La2O3', 1.1728, 325.807],
  Ce: ['CeO2', 1.2284, 172.114],
  Pr: ['Pr6O11', 1.2082, 1021.437],
  Nd: ['Nd2O3', 1.1664, 336.481],
  Sm: ['Sm2O3', 1.1596, 348.717],
  Eu: ['Eu2O3', 1.1579, 351.925],
  Gd: ['Gd2O3', 1.1526, 362.497],
  Tb: ['Tb4O7', 1.1762, 747.693],
  Dy: ['Dy2O3', 1.1477, 372.997],
  Ho: ['Ho2O3', 1.1455, 377.857],
  Er: ['Er2O3', 1.1435, 382.515],
  Tm: ['Tm2O3', 1.1421, 385.865],
  Yb: ['Yb2O3', 1.1387, 394.087],
  Lu: ['Lu2O3', 1.1372, 397.931],
}

test('oxide forms and factors to every printed digit', () => {
  for (const [element, [id, factor, mass]] of Object.entries(printed)) {
    const oxide = oxideOf(element)
    expect(oxide?.id).toBe(id)
    expect(oxideFactor(bank.elements, element).toFixed(4)).toBe(factor.toFixed(4))
    const row = bank.species.find((s) => s.id === id && s.phase === 'solid')
    // The source rounded the weights to 0.001 first: a multiple of 0.0005 apart at most.
    const tolerance = 0.0005 * ((oxide?.metal ?? 0) + 1)
    expect(Math.abs((row?.molarMass ?? 0) * 1000 - mass)).toBeLessThan(tolerance)
  }
  expect(oxideFactorIn(table, 'Pr')).toBeCloseTo(oxideFactor(bank.elements, 'Pr'), 12)
})
