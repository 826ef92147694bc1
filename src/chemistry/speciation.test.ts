import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bank, plantEquilibria, plantSpecies } from '../databank/index.ts'
import { compileEquilibria, parseFormula, speciate } from './index.ts'

const table = plantSpecies(bank, { elements: [...bank.elements.keys()], extractants: [] })
const eq = compileEquilibria(plantEquilibria(bank, table))

test('pure water, strong acid and base', () => {
  expect(speciate(eq, {}).pH).toBeCloseTo(7, 10)
  expect(speciate(eq, { 'H+': 0.1, 'Cl-': 0.1 }).pH).toBeCloseTo(1, 10)
  expect(speciate(eq, { 'OH-': 0.1, 'Na+': 0.1 }).pH).toBeCloseTo(13, 10)
})

test('weak acids from the textbook quadratic', () => {
  const ammonium = speciate(eq, { 'NH4+': 0.1, 'Cl-': 0.1 })
  expect(ammonium.pH).toBeCloseTo((9.252 + 1) / 2, 2)
  const oxalic = speciate(eq, { 'H+': 0.2, 'C2O4-2': 0.1 })
  const ka = 10 ** -1.4
  const h = (-ka + Math.sqrt(ka * ka + 0.4 * ka)) / 2
  expect(oxalic.pH).toBeCloseTo(-Math.log10(h), 2)
  const sulfuric = speciate(eq, { 'H+': 0.02, 'SO4-2': 0.01 })
  const k = 10 ** -1.98
  const free = (0.01 - k + Math.sqrt((k - 0.01) ** 2 + 4 * 0.02 * k)) / 2
  expect(10 ** -sulfuric.pH).toBeCloseTo(free, 8)
})

/** Onset of hydroxides, ideal: solid, ion, log K, charge, pH at 0.1 M and at 1e-5 M. */
const onsets: readonly (readonly [string, string, number, number])[] = [
  ['FeOOH', 'Fe+3', 0.5, 1.8],
  ['Fe(OH)3', 'Fe+3', 2.2, 3.6],
  ['Al(OH)3', 'Al+3', 2.9, 4.3],
  ['Al(OH)3(am)', 'Al+3', 3.9, 5.3],
  ['Cu(OH)2', 'Cu+2', 4.8, 6.8],
  ['Ho(OH)3', 'Ho+3', 5.5, 6.8],
  ['Gd(OH)3', 'Gd+3', 5.5, 6.9],
  ['Tb(OH)3', 'Tb+3', 5.6, 6.9],
  ['Dy(OH)3', 'Dy+3', 5.6, 7.0],
  ['Sm(OH)3', 'Sm+3', 5.8, 7.2],
  ['Nd(OH)3', 'Nd+3', 6.4, 7.7],
  ['Pr(OH)3', 'Pr+3', 6.9, 8.2],
  ['Co(OH)2', 'Co+2', 6.7, 8.7],
  ['Ni(OH)2', 'Ni+2', 6.9, 8.9],
  ['Fe(OH)2', 'Fe+2', 7.5, 9.5],
]
const bare = compileEquilibria({
  ...plantEquilibria(bank, table),
  forms: bank.forms.filter((form) => form.id === 'OH-'),
})

test.each(onsets)('%s begins to fall at the published pH', (solid, ion, strong, dilute) => {
  for (const [total, pH] of [
    [0.1, strong],
    [1e-5, dilute],
  ] as const) {
    const log = (x: number) => speciate(bare, { [ion]: total }, { pH: x, solids: [solid] })
    // The table is printed to 0.1.
    expect(log(pH - 0.06).solids[solid]).toBe(0)
    expect(log(pH + 0.06).solids[solid]).toBeGreaterThan(0)
  }
})

const components = [
  'Na+',
  'NH3',
  'Ca+2',
  'Cl-',
  'SO4-2',
  'C2O4-2',
  'B(OH)3',
  'Nd+3',
  'Dy+3',
  'Fe+2',
  'Fe+3',
  'Al+3',
  'Co+2',
  'Cu+2',
]
const solids = ['Nd(OH)3', 'Dy(OH)3', 'Fe(OH)3', 'Fe(OH)2', 'Al(OH)3(am)', 'Co(OH)2', 'Cu(OH)2']
const more = [...solids, 'CaSO4·2H2O', 'CaC2O4·H2O', 'Ca(OH)2', 'FeOOH', 'NaCl']
const total = fc.oneof(
  fc.constant(0),
  fc.double({ min: -12, max: 0.7, noNaN: true }).map((x) => 10 ** x),
)
const liquor = fc.record({
  totals: fc.tuple(...components.map(() => total)),
  acid: total,
  base: total,
  activity: fc.constantFrom('ideal' as const, 'davies' as const, 'sit' as const),
})
const chargeOf = (id: string) => {
  const parsed = parseFormula(id)
  return parsed.ok ? parsed.charge : 0
}
const totalsOf = (v: { totals: readonly number[]; acid: number; base: number }) => ({
  ...Object.fromEntries(components.map((id, i) => [id, v.totals[i] ?? 0])),
  'H+': v.acid,
  'OH-': v.base,
})

test('mass, charge and saturation close over wide random liquors', () => {
  fc.assert(
    fc.property(liquor, (v) => {
      const totals: Record<string, number> = totalsOf(v)
      const out = speciate(eq, totals, { solids: more, activity: v.activity })
      expect(out.outcome).toBe('converged')
      expect(out.gap).toBeLessThan(1e-10)
      const all = [out.pH, out.ionicStrength, ...Object.values(out.species)]
      expect(all.every(Number.isFinite)).toBe(true)
      expect(
        Math.min(...Object.values(out.species), ...Object.values(out.solids)),
      ).toBeGreaterThanOrEqual(0)
      let charge = 0
      let size = 1e-7
      for (const [at, id] of eq.forms.entries()) {
        const part = (out.species[id] ?? 0) * (eq.charge[at] ?? 0)
        charge += part
        size += Math.abs(part)
      }
      for (const [id, amount] of Object.entries(totals)) charge -= amount * chargeOf(id)
      for (const [id, amount] of Object.entries(out.solids)) {
        const record = bank.solids.find((s) => s.id === id)
        for (const [c, n] of Object.entries(record?.components ?? {})) {
          charge += amount * n * chargeOf(c)
          size += Math.abs(amount * n)
        }
      }
      expect(Math.abs(charge) / size).toBeLessThan(1e-10)
      for (const [id, amount] of Object.entries(out.solids)) {
        const index = out.saturation[id] ?? Number.NaN
        if (amount > 0) expect(Math.abs(index)).toBeLessThan(1e-8)
        else expect(index).toBeLessThan(1e-8)
      }
    }),
    { numRuns: 400 },
  )
})

test('more base raises the pH, and the base that a held pH needs brings a free one there', () => {
  fc.assert(
    fc.property(liquor, fc.double({ min: 0.5, max: 12, noNaN: true }), (v, pH) => {
      const totals: Record<string, number> = totalsOf(v)
      const before = speciate(eq, totals, { solids: more })
      const after = speciate(
        eq,
        { ...totals, 'Na+': (totals['Na+'] ?? 0) + 0.01, 'OH-': v.base + 0.01 },
        { solids: more },
      )
      expect(after.pH).toBeGreaterThan(before.pH - 1e-9)
      const held = speciate(eq, totals, { pH, solids })
      expect(held.outcome).toBe('converged')
      const dosed =
        held.base > 0
          ? { ...totals, 'OH-': v.base + held.base }
          : { ...totals, 'H+': v.acid - held.base }
      const free = speciate(eq, dosed, { solids })
      // An unbuffered liquor near pH 7 holds 1e-7 mol/L of acid: balances closed to 1e-11 of a
      // molar total leave its pH open by 1e-4.
      expect(Math.abs(free.pH - pH)).toBeLessThan(1e-3)
    }),
    { numRuns: 150 },
  )
})

/** Totals over every magnitude that a flowsheet can carry, down to what subtraction leaves. */
const anything = fc.record({
  totals: fc.tuple(
    ...components.map(() =>
      fc.oneof(
        fc.constant(0),
        fc.double({ min: -300, max: 1, noNaN: true }).map((x) => 10 ** x),
        fc.double({ min: -25, max: 1, noNaN: true }).map((x) => 10 ** x),
        fc.double({ min: -4, max: 1, noNaN: true }).map((x) => 10 ** x),
      ),
    ),
  ),
  acid: total,
  base: total,
  activity: fc.constantFrom('ideal' as const, 'davies' as const),
  held: fc.option(fc.double({ min: -0.5, max: 13.5, noNaN: true }), { nil: undefined }),
})

test('any totals from 1e-300 to 10 mol/L converge, and every balance closes', () => {
  fc.assert(
    fc.property(anything, (v) => {
      const totals: Record<string, number> = totalsOf(v)
      const { activity, held } = v
      const options = { solids: more, activity, ...(held === undefined ? {} : { pH: held }) }
      const out = speciate(eq, totals, options)
      expect(out.outcome).toBe('converged')
      for (const [i, id] of eq.masters.entries()) {
        if (id === 'H+') continue
        let sum = 0
        for (const [j, form] of eq.forms.entries()) {
          sum += (eq.nu[j * eq.masters.length + i] as number) * (out.species[form] ?? 0)
        }
        for (const [k, solid] of eq.solids.entries()) {
          sum += (eq.solidNu[k * eq.masters.length + i] as number) * (out.solids[solid] ?? 0)
        }
        // Below 1e-290 a part of a total is a denormal number.
        expect(Math.abs(sum - (totals[id] ?? 0))).toBeLessThanOrEqual(
          1e-10 * (totals[id] ?? 0) + 1e-290,
        )
      }
      for (const [id, index] of Object.entries(out.saturation)) {
        if ((out.solids[id] ?? 0) > 0) expect(Math.abs(index)).toBeLessThan(1e-8)
        else expect(index).toBeLessThan(1e-8)
      }
    }),
    { numRuns: 600 },
  )
})

test('the convex method gives the same, and a warm start changes nothing', () => {
  fc.assert(
    fc.property(liquor, fc.double({ min: 0.9, max: 1.1, noNaN: true }), (v, factor) => {
      const totals: Record<string, number> = totalsOf(v)
      const options = { solids: more, activity: v.activity }
      const out = speciate(eq, totals, options)
      const near = Object.fromEntries(Object.entries(totals).map(([id, n]) => [id, factor * n]))
      const { state } = speciate(eq, near, options)
      const others = [
        speciate(eq, totals, { ...options, method: 'convex' }),
        speciate(eq, totals, { ...options, start: state }),
      ]
      for (const other of others) {
        expect(other.outcome).toBe('converged')
        for (const kind of ['species', 'solids'] as const) {
          for (const [id, n] of Object.entries(out[kind])) {
            expect(Math.abs((other[kind][id] ?? 0) - n)).toBeLessThan(1e-9)
          }
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('traces carried through solvent extraction do not disturb an oxalate liquor', () => {
  const main = { 'H+': 1.84, 'Cl-': 1.507, 'C2O4-2': 0.503, 'Pr+3': 1e-4, 'Nd+3': 0.2233 }
  const traces = { 'Na+': 3.95e-85, 'B(OH)3': 9.1e-86, 'La+3': 9.7e-31, 'Ce+3': 8e-22 }
  const oxalates = eq.solids.filter((id) => id.includes('2(C2O4)3'))
  const pure = speciate(eq, main, { solids: oxalates })
  const out = speciate(eq, { ...main, ...traces }, { solids: oxalates })
  expect(out.outcome).toBe('converged')
  expect(out.iterations).toBeLessThan(60)
  expect(out.solids['Nd2(C2O4)3·10H2O']).toBe(pure.solids['Nd2(C2O4)3·10H2O'])
  expect(out.species['Na+']).toBe(3.95e-85)
  const lanthanum = eq.forms.filter((id) => id.includes('La'))
  const sum = lanthanum.reduce((all, id) => all + (out.species[id] ?? 0), 0)
  expect(Math.abs(sum / 9.7e-31 - 1)).toBeLessThan(1e-12)
})

test('a trace above the solubility of its hydroxide falls', () => {
  const tight = compileEquilibria({
    components: ['H2O', 'H+', 'Na+', 'Nd+3'],
    forms: bank.forms.filter((form) => form.id === 'OH-'),
    solids: bank.solids
      .filter((solid) => solid.id === 'Nd(OH)3')
      .map((solid) => ({ ...solid, logK: { ...solid.logK, value: 10 } })),
  })
  const out = speciate(tight, { 'Nd+3': 1e-21 }, { pH: 12, solids: 'all' })
  expect(out.species['Nd+3']).toBeCloseTo(1e-26, 32)
  expect((out.solids['Nd(OH)3'] ?? 0) / 1e-21).toBeCloseTo(1 - 1e-5, 9)
  expect(out.saturation['Nd(OH)3']).toBeCloseTo(0, 9)
})

test('Davies is held at its limit and says so', () => {
  const strong = speciate(eq, { 'H+': 3, 'Cl-': 3 }, { activity: 'davies' })
  expect(strong.warnings[0]?.code).toBe('activity-out-of-validity')
  const root = Math.sqrt(0.5)
  expect(Math.log10(strong.gammas['H+'] ?? 0)).toBeCloseTo(-0.509 * (root / (1 + root) - 0.15), 10)
  const weak = speciate(eq, { 'H+': 0.1, 'Cl-': 0.1 }, { activity: 'davies' })
  expect(weak.warnings).toEqual([])
  expect(weak.pH).toBeGreaterThan(1.05)
})

test('SIT uses the interaction coefficients on record', () => {
  const out = speciate(eq, { 'H+': 1, 'Cl-': 1 }, { activity: 'sit' })
  const expected = -0.509 / 2.5 + 0.12 * 1
  expect(Math.log10(out.gammas['H+'] ?? 0)).toBeCloseTo(expected, 9)
})

test('unknown components and negative totals are refused', () => {
  expect(() => speciate(eq, { 'Xx+2': 1 })).toThrow('Xx+2')
  expect(() => speciate(eq, { 'Na+': -1 })).toThrow('Na+')
  expect(() => speciate(eq, {}, { solids: ['Unobtainium'] })).toThrow('Unobtainium')
})
