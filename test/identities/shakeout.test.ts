import { expect, test } from 'vitest'
import type { Distribution, Shakeout, ShakeoutRow } from '../../src/chemistry/index.ts'
import { compileDistribution, shakeout } from '../../src/chemistry/index.ts'
import { bank } from '../../src/databank/index.ts'
import { random as seeded } from '../../src/numerics/index.ts'

const water = 1e-14

/** Largest relative gap of metals, protons, extractant and mass action, from the answer alone. */
function gaps(row: ShakeoutRow, distribution: Distribution, result: Shakeout) {
  const { elements, protons, bound, monomersPerFree } = distribution
  const relative = (into: number, out: number, least = 1e-300) =>
    Math.abs(into - out) / Math.max(Math.abs(into), Math.abs(out), least)
  let [metals, action, sites, released, brought] = [0, 0, 0, 0, 0]
  const aqueous = Float64Array.from(elements, (element) => result.aqueous[element] as number)
  const lnD = new Float64Array(elements.length)
  const hydrogen = 10 ** -result.pH
  const scratch = [new Float64Array(elements.length), new Float64Array(elements.length)] as const
  if (result.free > 0) {
    distribution.evaluate(hydrogen, result.free, aqueous, lnD, ...scratch)
  }
  for (const [k, element] of elements.entries()) {
    const x = result.aqueous[element] as number
    const y = result.organic[element] as number
    const total = (row.feed[element] ?? 0) + row.phaseRatio * (row.organicFeed?.[element] ?? 0)
    metals = Math.max(metals, relative(total, x + row.phaseRatio * y))
    if (total > 0) action = Math.max(action, Math.abs(Math.log(y / x) - (lnD[k] as number)))
    sites += (bound[k] as number) * y
    released += row.phaseRatio * (protons[k] as number) * y
    brought += row.phaseRatio * (protons[k] as number) * (row.organicFeed?.[element] ?? 0)
  }
  const sulfate = distribution.bisulfatePKa === undefined ? 0 : (row.sulfate ?? 0)
  const Ka = 10 ** -(distribution.bisulfatePKa ?? 0)
  const acidOut = hydrogen + (sulfate * hydrogen) / (Ka + hydrogen)
  const base = (row.saponified ?? 0) * row.extractant * row.phaseRatio
  return {
    metals,
    action,
    extractant: relative(row.extractant, monomersPerFree * result.free + sites),
    protons: relative(
      (row.hydrogenFeed ?? 0) + released,
      acidOut - water / hydrogen + base + brought,
      hydrogen + water / hydrogen,
    ),
  }
}

test.each([...bank.extractants.keys()])('%s: balances close and every row has an answer', (id) => {
  const set = bank.extractants.get(id)
  if (set === undefined) throw new Error(id)
  const elements = Object.keys(set.parameters)
  const distribution = compileDistribution(set, elements)
  const chance = seeded(2024)
  const random = () => chance.uniform()
  const outcomes: Record<string, number> = {}
  const worst = { metals: 0, action: 0, extractant: 0, protons: 0 }
  for (let draw = 0; draw < 150; draw++) {
    const between = (low: number, high: number) => low + (high - low) * random()
    const logBetween = (low: number, high: number) =>
      Math.exp(between(Math.log(low), Math.log(high)))
    const some = () =>
      Object.fromEntries(
        elements.filter(() => random() < 0.6).map((e) => [e, logBetween(1e-7, 0.2)] as const),
      )
    const row: ShakeoutRow = {
      extractant: between(0.02, 1.5),
      hydrogenFeed: random() < 0.1 ? 0 : logBetween(1e-5, 5),
      phaseRatio: logBetween(0.05, 50),
      feed: some(),
      saponified: random() < 0.4 ? between(0, 0.5) : 0,
      sulfate: between(0, 0.5),
      organicMetal: logBetween(1e-4, 0.2),
    }
    const result = shakeout(row, distribution)
    outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1
    for (const value of [...Object.values(result.aqueous), ...Object.values(result.organic)]) {
      expect(value).toBeGreaterThanOrEqual(0)
    }
    expect(Number.isFinite(result.pH)).toBe(true)
    const gap = gaps(row, distribution, result)
    const closes = result.outcome !== 'organic-metal-unreachable'
    if (closes) worst.metals = Math.max(worst.metals, gap.metals)
    if (distribution.closure === 'loading') {
      const sum = Object.values(result.organic).reduce((a, y) => a + y, 0)
      if (closes) expect(sum / (row.organicMetal ?? 0)).toBeCloseTo(1, 12)
      continue
    }
    if (result.outcome === 'extractant-saturated') continue
    worst.protons = Math.max(worst.protons, gap.protons)
    worst.extractant = Math.max(worst.extractant, gap.extractant)
    worst.action = Math.max(worst.action, gap.action)
  }
  console.log(id, outcomes, worst)
  expect(worst.metals).toBeLessThan(1e-12)
  expect(worst.protons).toBeLessThan(1e-12)
  expect(worst.extractant).toBeLessThan(1e-12)
  expect(worst.action).toBeLessThan(1e-10)
  expect(outcomes['not-settled'] ?? 0).toBe(0)
})
