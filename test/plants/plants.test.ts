import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { simulate } from '../../src/scenario/index.ts'
import { here, leftOver, plantOf, plants, solve } from './kit.ts'

const solutions = new Map(
  readdirSync(plants)
    .filter((file) => file.startsWith('belfast'))
    .map((file) => [file, solve(join(plants, file))]),
)

describe.each([...solutions])('%s', (_file, solution) => {
  test('converges, every unit and the whole plant closed to 1e-9', () => {
    expect(solution.outcome).toBeNull()
    expect(solution.balance.worst).toBeLessThan(1e-9)
    expect(solution.balance.charge).toBeLessThan(1e-9)
    for (const gap of Object.values(solution.balance.units)) expect(gap).toBeLessThan(1e-9)
  })

  test('every product with a specification meets it', () => {
    const specified = solution.products.filter((p) => p.specification !== 'none')
    expect(specified.length).toBeGreaterThanOrEqual(4)
    expect(specified.filter((p) => p.specification !== 'met')).toEqual([])
    for (const product of specified) {
      const least = product.elements.includes('Pr') ? 0.998 : 0.995
      expect(product.purity.reoOfTreo).toBeGreaterThanOrEqual(least)
    }
  })

  test('feeds and reagents less products and discharges, counted from the streams, is nothing', () => {
    for (const symbol of ['Nd', 'Dy', 'Tb', 'Fe', 'Cl', 'Na', 'B']) {
      expect(leftOver(solution, symbol)).toBeLessThan(1e-9)
    }
  })
})

test('the demonstration plant sells more than 10 t/y of separated oxides', () => {
  const products = solutions.get('belfast-demonstration.yaml')?.products ?? []
  const sold = products.filter((p) => p.specification === 'met')
  expect(sold.reduce((sum, p) => sum + p.rate['t/y'], 0)).toBeGreaterThan(10)
  const didymium = products.find((p) => p.name === 'didymium-oxide')
  expect(didymium?.purity.reoOfTreo).toBeGreaterThan(0.998)
})

test('the commercial plant sells more than 400 t/y of separated oxides', () => {
  const products = solutions.get('belfast-commercial.yaml')?.products ?? []
  const sold = products.filter((p) => p.specification === 'met')
  expect(sold.reduce((sum, p) => sum + p.rate['t/y'], 0)).toBeGreaterThan(400)
})

test('a leach without iron solves', () => {
  const solution = solve(join(here, 'no-iron.yaml'))
  expect(solution.outcome).toBeNull()
  expect(solution.streams['S6']?.elements['Sm']).toBeGreaterThan(0)
})

test('a plant that does not close to 1e-9 is refused, not sold as converged', () => {
  for (const share of ['99.9999 %', '99.99999 %', '99.9999998 %']) {
    const file = join(here, 'hardly-bleeding.yaml')
    const text = readFileSync(file, 'utf8').replace('99.99999 %', share)
    const { status, outcome, balance } = simulate(plantOf(text, { file }))
    if (status === 'converged') expect(balance.worst).toBeLessThan(1e-9)
    else expect(outcome?.name).toBe('max-iterations')
  }
})
