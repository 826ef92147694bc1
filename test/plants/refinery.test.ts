import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPlant } from '../../src/scenario/index.ts'
import { leftOver, plants, solve } from './kit.ts'

const file = join(plants, 'refinery.yaml')

describe('refinery.yaml, fed by makuutu.yaml', () => {
  const started = process.cpuUsage()
  const solution = solve(file)
  const seconds = process.cpuUsage(started).user / 1e6
  const { streams, units, circuits, products } = solution
  const kindOf = (port: string) => units[port.slice(0, port.lastIndexOf('.'))]?.kind ?? ''

  test('nine circuits of several hundred stages converge, every unit closed to 1e-9', () => {
    const stages = Object.values(circuits).reduce((sum, c) => sum + c.stages.length, 0)
    console.log(
      `${stages} stages in ${Object.keys(circuits).length} circuits, cold: ${seconds} s of processor`,
    )
    expect(solution.outcome).toBeNull()
    expect(stages).toBeGreaterThan(400)
    expect(solution.balance.worst).toBeLessThan(1e-9)
    expect(solution.balance.charge).toBeLessThan(1e-9)
    for (const symbol of ['La', 'Ce', 'Nd', 'Eu', 'Lu', 'Y', 'Ca', 'S', 'Cl', 'Na', 'C']) {
      expect(leftOver(solution, symbol), symbol).toBeLessThan(1e-9)
    }
  })

  test('every product meets its specification', () => {
    const specified = products.filter((p) => p.specification !== 'none')
    const sold = specified.map((p) => p.elements.join(''))
    const wanted = ['La', 'Ce', 'NdPr', 'Sm', 'Eu', 'Gd', 'Tb', 'Dy', 'HoErTmYbLu', 'Y']
    expect(sold.toSorted()).toEqual(wanted.toSorted())
    expect(specified.filter((p) => p.specification !== 'met')).toEqual([])
  })

  test('4,000 t/y of oxides in the feed, as published', () => {
    const figure = 'rare earth oxide at full recovery'
    const perSecond = ['makuutu', 'carbonate'].map((u) => units[u]?.figures[figure]?.value ?? 0)
    const fed = perSecond.reduce((a, b) => a + b, 0) * 3.6 * solution.operatingHours
    const made = products.reduce((sum, p) => sum + p.rate['t/y'] * p.purity.treoInProduct, 0)
    console.log(`${fed.toFixed(1)} t/y fed, published 4000, ${(fed / 40 - 100).toFixed(2)} %`)
    console.log(`${made.toFixed(1)} t/y in products, ${((100 * made) / fed).toFixed(2)} %`)
    expect(Math.abs(fed / 4000 - 1)).toBeLessThan(0.005)
    expect(made / fed).toBeGreaterThan(0.98)
  })

  test('activities are conserved, actinium goes with lanthanum, and every limit is met', () => {
    for (const nuclide of ['Th-232', 'U-238', 'Ra-226', 'Ra-228', 'Pb-210', 'Ac-227']) {
      let [entering, leaving] = [0, 0]
      for (const { from, to, tracers } of Object.values(streams)) {
        const amount = tracers?.[nuclide] ?? 0
        if (['feed', 'delivery'].includes(kindOf(from))) entering += amount
        if (['product', 'discharge'].includes(kindOf(to))) leaving += amount
      }
      expect(Math.abs(leaving / entering - 1), nuclide).toBeLessThan(1e-9)
      if (nuclide !== 'Ac-227') continue
      const withLanthanum = streams['la-cake']?.tracers?.[nuclide] ?? 0
      expect(withLanthanum / entering).toBeGreaterThan(0.98)
    }
    expect(solution.limits.length).toBeGreaterThan(5)
    expect(solution.limits.filter((limit) => !limit.met)).toEqual([])
  })
})

test('an element without a constant is refused, and the sets that have it are named', () => {
  const text = readFileSync(file, 'utf8')
  const readSet = (path: string) => readFileSync(join(plants, path), 'utf8')
  const said = (edited: string) => {
    const reading = readPlant(edited, { file, readSet })
    return reading.ok ? [] : reading.findings.map((f) => `${f.message}: ${f.expected}`)
  }
  const lutetium = said(text.replaceAll(', Lu: 0 }', ' }'))
  expect(lutetium[0]).toMatch(/^Lu reaches sx3.*PC88A-T21-NdPr.*D2EHPA-P57M76-Nd/)
  const scandium = said(text.replace('      La: ', '      Sc: 0.01 %\n      La: '))
  expect(scandium[0]).toMatch(/^Sc reaches sx1.*D2EHPA-PROMMIS/)
})
