import { expect, test } from 'vitest'
import { designPlant } from './design.ts'
import { readDesign } from './read-design.ts'
import { designReport } from './report.ts'

/** Three products far apart, so that every circuit is short and found at once. */
const text = `schema: didymium/design@1
title: Three far apart
operatingHours: 6000 h/y
extractant: PC88A-T21-NdPr
molarity: 1 mol/L
feed:
  flow: 20 L/h
  concentration: { LaCl3: 0.08 mol/L, SmCl3: 0.05 mol/L, DyCl3: 0.08 mol/L, HCl: 0.02 mol/L }
products:
  lanthanum: { elements: [La], purity: 99.5 %, recovery: 99 % }
  samarium: { elements: [Sm], purity: 97 % }
  dysprosium: { elements: [Dy], purity: 99.5 %, recovery: 99 % }
weights: { stage: 1, organic: 20, acid: 0.1, base: 0.1 }
curve: 0
margin: 40 %
`

test('a train: every product met, the cheaper order first, one cascade with a draw beside it', () => {
  const reading = readDesign(text)
  if (!reading.ok) throw new Error(reading.findings[0]?.message)
  const answer = designPlant(reading.design)
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  const report = designReport(answer)
  expect(report.products.map((p) => p.met)).toEqual([true, true, true])
  expect(report.circuits.map((c) => c.name)).toEqual(['sx1', 'sx2'])
  const costs = report.orders.map((o) => o.cost)
  expect(costs).toHaveLength(2)
  expect(costs).toEqual([...costs].sort((a, b) => a - b))
  for (const drawn of report.draws ?? []) {
    expect(drawn.purityA).toBeGreaterThan(0.995)
    expect(drawn.drawStage).toBeLessThanOrEqual(drawn.extraction)
  }
  expect(answer.solution.balance.worst).toBeLessThan(1e-9)
})
