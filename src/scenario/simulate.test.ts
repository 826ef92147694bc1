import { expect, test } from 'vitest'
import { plantOf } from '../../test/plants/kit.ts'
import {
  diffPlants,
  newPlant,
  plantJsonSchema,
  readSolution,
  simulate,
  simulateWarm,
  solutionJsonSchema,
  unitOps,
  withValue,
} from './index.ts'

const small = `schema: didymium/plant@1
title: Two powders shared out
operatingHours: 6000 h/y
units:
  powder:
    type: feed
    rate: 1 t/y
    assay: { Nd2O3: 70 %, Pr6O11: 29 % }
    recycledShare: 80 %
    assumption: [an example, and another]
  fresh:
    type: feed
    rate: 0.5 t/y
    assay: { Nd2O3: 90 %, Fe2O3: 1 % }
    note: "assumption: from nowhere"
  join: { type: mixer }
  split:
    type: splitter
    outlets: { sold: 90 % }
  oxide:
    type: product
    elements: [Nd, Pr]
    specification: { reoOfTreo: 99.5 % }
  store: { type: discharge, medium: residue }
streams:
  S1: powder.out -> join.in
  S2: fresh.out -> join.in
  S3: join.out -> split.in
  S4: split.sold -> oxide.in
  S5: split.remainder -> store.in
limits:
  - { name: iron, require: stream S4 Fe fraction <= 0.1 % }
`

test('the template has nothing wrong and solves', () => {
  const solution = simulate(plantOf(newPlant()))
  expect(solution.outcome).toBeNull()
  expect(solution.balance.worst).toBeLessThan(1e-9)
  expect(solution.products.map((p) => p.specification)).not.toContain('not met')
  expect(solution.limits.every((l) => l.met)).toBe(true)
})

test('the solution says what the plant is and what comes out', () => {
  const solution = simulate(plantOf(small))
  expect(solution.status).toBe('converged')
  expect(solution.streams['S4']).toMatchObject({ from: 'split.sold', to: 'oxide.in' })
  // 1.5 t/y at 90 %, over the operating hours.
  expect(solution.streams['S4']?.mass).toBeCloseTo((0.9 * 1500) / (6000 * 3600), 12)
  expect(solution.products[0]?.rate['t/y']).toBeCloseTo(1.35, 10)
  expect(solution.recovery['Nd']).toBeCloseTo(0.9, 10)
  expect(solution.recovery['Fe']).toBeUndefined()
  expect(solution.assumptions.map((a) => a.text)).toEqual([
    'an example',
    'and another',
    'from nowhere',
  ])
  const nd = { old: 0.7 * 0.8, all: 0.7 + 0.5 * 0.9 }
  const { tracers, elements } = solution.streams['S4'] ?? {}
  expect((tracers?.['recycled Nd'] ?? 0) / (elements?.['Nd'] ?? 1)).toBeCloseTo(nd.old / nd.all, 10)
  expect(solution.limits).toMatchObject([{ name: 'iron', met: false }])
  expect(solution.warnings[0]).toMatchObject({ rank: 1, code: 'limit' })
})

test('the solution is a document: it survives JSON and its schema describes it', () => {
  const solution = simulate(plantOf(small))
  const text = JSON.stringify(solution)
  const read = readSolution(JSON.parse(text))
  if (!read.ok) throw new Error(read.problems.join('\n'))
  expect(read.solution).toEqual(JSON.parse(text))
  const { properties, required } = solutionJsonSchema() as {
    properties: Record<string, unknown>
    required: string[]
  }
  expect(Object.keys(solution).sort()).toEqual(Object.keys(properties).sort())
  expect(required.sort()).toEqual(Object.keys(solution).sort())
  const broken = readSolution({ ...solution, status: 'fine' })
  expect(broken).toMatchObject({ ok: false })
})

test('a specification is met by what it varies, and held against a bound it cannot pass', () => {
  const specified = (target: string) => `${small}
specifications:
  - name: rate
    vary: split.outlets.sold
    between: [10 %, 95 %]
    until: product oxide rate = ${target}
`
  const met = simulate(plantOf(specified('1.2 t/y')))
  expect(met.specifications).toMatchObject([{ met: true, vary: 'split.outlets.sold' }])
  expect(met.specifications[0]?.value).toBeCloseTo(0.8, 5)
  expect(met.products[0]?.rate['t/y']).toBeCloseTo(1.2, 5)
  const missed = simulate(plantOf(specified('9 t/y')))
  expect(missed.status).toBe('failed')
  expect(missed.outcome).toMatchObject({ name: 'infeasible', unit: 'rate' })
})

test('warm gives the answer of cold', () => {
  const before = simulateWarm(plantOf(small))
  const changed = plantOf(small.replace('1 t/y', '1.1 t/y'))
  const warm = simulateWarm(changed, { warm: before.state }).solution
  expect(warm.streams).toEqual(simulate(changed).streams)
  const other = plantOf(small.replace('Fe2O3: 1 %', 'Co: 1 %'))
  expect(simulateWarm(other, { warm: before.state }).solution).toEqual(simulate(other))
})

test('diff names what is said and what comes out differently', () => {
  const a = plantOf(small)
  expect(diffPlants(a, plantOf(`${small}\n# a comment\n`))).toEqual({ document: [], results: [] })
  const { document, results } = diffPlants(a, plantOf(small.replace('sold: 90 %', 'sold: 80 %')))
  expect(document).toEqual([{ at: 'units.split.outlets.sold', a: 0.9, b: 0.8 }])
  expect(results.map((r) => r.at)).toContain('products.oxide.t/y')
  expect(results.map((r) => r.at)).not.toContain('products.oxide.purity.reoOfTreo')
})

test('one value of the text is replaced, comments stay', () => {
  const text = small.replace('rate: 1 t/y', 'rate: 1 t/y   # mine')
  const changed = withValue(text, 'units.powder.rate', '2 t/y')
  expect(changed).toBe(text.replace('rate: 1 t/y', 'rate: 2 t/y'))
  expect(withValue(text, 'units.powder.note', 'x')).toBeUndefined()
  expect(withValue(text, 'units.powder.rate', 'a: b')).toContain('rate: "a: b"   # mine')
  expect(withValue('a: [', 'a', 'x')).toBeUndefined()
})

test('the JSON Schema knows every kind of unit with every parameter', () => {
  const { $defs } = plantJsonSchema() as { $defs: Record<string, { properties?: object }> }
  for (const op of unitOps) {
    const known = Object.keys($defs[`unit-${op.kind}`]?.properties ?? {})
    expect(known).toEqual(expect.arrayContaining(['type', 'note', ...Object.keys(op.params)]))
  }
})
