import { describe, expect, test } from 'vitest'
import { readPlant, simulate } from './index.ts'

const mine = `
schema: didymium/plant@1
title: mine
operatingHours: 4000 h/y
units:
  ore:
    type: feed
    rate: 100 t/y
    assay: { Nd: 20 %, La: 20 % }
    form: carbonate
    nuclides:
      Ac-227: { activity: 2 Bq/g, follows: La }
      Th-232: { activity: 1 Bq/g }
  out: { type: product, elements: [Nd, La] }
streams:
  cake: ore.out -> out.in
`
const refinery = `
schema: didymium/plant@1
title: refinery
operatingHours: 8000 h/y
units:
  mrec: { type: delivery, plant: mine.yaml, stream: cake, share: 50 % }
  out: { type: product, elements: [Nd] }
streams:
  feed: mrec.out -> out.in
limits:
  - { name: actinium, require: "stream feed Ac-227 activity <= 1 Bq/g" }
`

const files = new Map([
  ['mine.yaml', mine],
  ['sick.yaml', mine.replace('100 t/y', '100 t')],
  ['mirror.yaml', refinery.replace('mine.yaml', 'mirror.yaml').replace('cake', 'feed')],
])
const read = (text: string) => readPlant(text, { readSet: (path) => files.get(path) })
const findings = (text: string) => {
  const reading = read(text)
  return reading.ok ? [] : reading.findings.map((f) => `${f.line}: ${f.message}`)
}

describe('a stream of another plant as a feed', () => {
  const reading = read(refinery)
  if (!reading.ok) throw new Error(findings(refinery).join('\n'))
  const solution = simulate(reading.plant)

  test('brings per year what the other plant makes, half of it, with its radioactivity', () => {
    expect(solution.status).toBe('converged')
    const stream = solution.streams['feed']
    if (stream === undefined) throw new Error('no stream')
    const { mass, elements, tracers } = stream
    expect(mass * 8000 * 3600).toBeCloseTo(50e3, 6)
    expect((elements['Nd'] ?? 0) / mass).toBeCloseTo(0.2, 10)
    expect((tracers?.['Ac-227'] ?? 0) / mass).toBeCloseTo(2000, 6)
    expect((tracers?.['Th-232'] ?? 0) / mass).toBeCloseTo(1000, 6)
  })

  test('an activity limit is held against what arrives, in Bq/g', () => {
    expect(solution.limits[0]?.reached).toBeCloseTo(2, 9)
    expect(solution.limits[0]?.met).toBe(false)
  })

  test('the other plant is named with its hash', () => {
    const used = solution.dataSets.find((set) => set.id === 'mine.yaml')
    expect(used?.hash).toMatch(/^[0-9a-f]{64}$/)
  })
})

test('what cannot be delivered is a finding', () => {
  expect(findings(refinery.replace('mine.yaml', 'none.yaml'))[0]).toContain('cannot be read')
  expect(findings(refinery.replace('mine.yaml', '../mine.yaml'))[0]).toContain('cannot be read')
  expect(findings(refinery.replace('cake', 'bread'))[0]).toContain('no stream "bread"')
  expect(findings(refinery.replace('mine.yaml', 'sick.yaml'))[0]).toContain('sick.yaml:8:')
  const mirror = refinery.replace('mine.yaml', 'mirror.yaml').replace('cake', 'feed')
  expect(findings(mirror)[0]).toContain('deep')
  const written = refinery.replace('share: 50 %', 'contents: { H2O: 1 }')
  expect(findings(written)[0]).toContain('found by solving')
  expect(findings(mine.replace('follows: La', 'follows: Lx'))[0]).toContain('no element')
})
