import { describe, expect, test } from 'vitest'
import { lanthanumFromNeodymium as text } from '../../../test/design/split.ts'
import { readPlant } from '../engine.ts'
import { simulate } from '../simulate.ts'
import { designPlant } from './design.ts'
import { readDesign } from './read-design.ts'
import { designReport } from './report.ts'

/** The document with one place said differently. */
function changed(replace: string, by: string): string {
  const other = text.replace(replace, by)
  if (other === text) throw new Error(`the design does not say ${replace}`)
  return other
}

function designed(document: string) {
  const reading = readDesign(document, { file: 'd.yaml' })
  if (!reading.ok) throw new Error(reading.findings[0]?.message)
  return designPlant(reading.design)
}

/** What is refused, at reading or when the split is looked at. */
function refusal(document: string) {
  const reading = readDesign(document, { file: 'd.yaml' })
  const answer = reading.ok ? designPlant(reading.design) : reading
  if (answer.ok || !('findings' in answer)) throw new Error('not refused')
  return answer.findings[0]
}

describe('a designed circuit', () => {
  const answer = designed(text)
  if (!answer.ok) throw new Error('no design')
  const report = designReport(answer)
  const [circuit] = report.circuits

  test('reaches its products, and the plant simulated gives what was printed', () => {
    const reading = readPlant(report.plant)
    if (!reading.ok) throw new Error(reading.findings[0]?.message)
    const solution = simulate(reading.plant)
    expect(solution.status).toBe('converged')
    expect(solution.balance.worst).toBeLessThan(1e-9)
    for (const product of report.products) {
      const solved = solution.products.find((p) => p.name === product.name)
      expect(solved?.purity.reoOfTreo).toBeCloseTo(product.purity, 9)
      expect(solved?.specification).toBe('met')
      expect(product.met).toBe(true)
    }
  })

  test('keeps its margin and says what it survives', () => {
    const [lanthanum] = report.products
    expect(lanthanum?.purity).toBeCloseTo(0.993, 4)
    const alone = circuit?.survival.alone['organicFlow']
    expect(alone?.[0]).toBeLessThan(0)
    expect(alone?.[1]).toBeGreaterThan(0)
    const beta = circuit?.survival.beta
    expect(beta?.trimmed).toBeLessThan(beta?.designed ?? 0)
    expect(circuit?.hold?.outlet).toBe('raffinate')
  })

  test('is the cheapest of its curve, with less reflux where there are more stages', () => {
    const curve = circuit?.curve ?? []
    expect(curve.length).toBeGreaterThan(1)
    for (const point of curve)
      expect(point.cost.total).toBeGreaterThanOrEqual((circuit?.cost.total ?? 0) * (1 - 1e-9))
    const reflux = curve.map((p) => p.W)
    expect(reflux).toEqual([...reflux].sort((a, b) => b - a))
  })

  test('is confirmed by the stages of cascade theory', () => {
    const { confirmed, design } = circuit?.theory ?? {}
    expect((confirmed?.extraction ?? 0) + (confirmed?.scrub ?? 0)).toBeGreaterThan(
      design?.minimumStages ?? Number.POSITIVE_INFINITY,
    )
    expect(confirmed?.purityA).toBeGreaterThan(0.996)
  })
})

describe('what cannot be is refused with what to change', () => {
  test.each([
    ['extractant: PC88A-T21-NdPr', 'extractant: PC88A-T21', 'no extractant set', undefined],
    ['purity: 99 %', 'purity: 40 %', 'nothing to separate', 'a higher purity'],
    ['purity: 99 % ', '', 'nothing says how much', 'a purity for lanthanum'],
    ['purity: 99 %', 'purity: 100 %', 'infinitely many', 'less than 100 %'],
    ['[La]', '[Nd]', 'is asked for in', 'each element in one product'],
    ['[La]', '[Dy]', 'Dy is not in the feed', ''],
    ['LaCl3: 0.1 mol/L', 'LaCl3: 0.1', '"LaCl3"', 'mol/L'],
    ['HCl: 0.02', 'CeCl3: 0.01 mol/L, HCl: 0.02', 'which no product claims', 'a lower purity'],
    ['HCl: 0.02', 'ScCl3: 0.01 mol/L, HCl: 0.02', 'no constants for Sc', 'assumedD'],
  ])('%s as %s', (replace, by, message, expected) => {
    const isSame = replace === 'extractant: PC88A-T21-NdPr'
    const found = refusal(changed(replace, isSame ? 'extractant: PC88A-T2' : by))
    expect(found?.message).toContain(message)
    if (expected !== undefined) expect(found?.expected).toContain(expected)
    expect(found?.line).toBeGreaterThan(0)
  })

  test('inseparable elements', () => {
    const same = `${text}assumedD: { La: 1, Nd: 1 }\n`
    expect(refusal(same)?.message).toContain('no cascade parts')
  })
})
