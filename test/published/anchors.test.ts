import { expect, test } from 'vitest'
import type { ExtractantSet } from '../../src/chemistry/index.ts'
import { compileDistribution } from '../../src/chemistry/index.ts'
import { builtIn, readCase, scaled } from './case.ts'

type ByElement = Readonly<Record<string, number>>

interface Case {
  /** pH at which a trace has D = 1, printed to four decimals. */
  readonly halfExtraction: readonly { set: string; free: number; pH: ByElement }[]
  readonly distributions: readonly {
    readonly set: string
    readonly pH: number
    readonly free?: number
    readonly dosage?: number
    /** Relative: the digits that the source prints. */
    readonly tolerance: number
    readonly D: ByElement
  }[]
  readonly prommis: { readonly molarMass: number; readonly density: number }
}

const published = readCase('anchors') as Case

function logD(set: ExtractantSet, element: string, pH: number, free: number): number {
  const [lnD, dH, dF] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)]
  const distribution = compileDistribution(set, [element])
  distribution.evaluate(10 ** -pH, free, new Float64Array(1), lnD, dH, dF)
  return (lnD[0] as number) / Math.LN10
}

/** How far a set is from its anchors, over the digits that they have: above 1 is a difference. */
function distance(set: ExtractantSet, element: string): number {
  let worst = 0
  for (const anchor of published.halfExtraction) {
    const pH = anchor.pH[element]
    if (anchor.set !== set.id || pH === undefined) continue
    worst = Math.max(worst, Math.abs(logD(set, element, pH, anchor.free)) / 3 / 6e-5)
  }
  for (const anchor of published.distributions) {
    const D = anchor.D[element]
    if (anchor.set !== set.id || D === undefined) continue
    const { density, molarMass } = published.prommis
    const free = anchor.free ?? ((anchor.dosage ?? 0) / 100) * (density / molarMass)
    const off = 10 ** logD(set, element, anchor.pH, free) / D - 1
    worst = Math.max(worst, Math.abs(off) / anchor.tolerance)
  }
  return worst
}

const anchored = new Map<string, string[]>()
for (const { set, pH } of published.halfExtraction) anchored.set(set, Object.keys(pH))
for (const { set, D } of published.distributions) anchored.set(set, Object.keys(D))

test.each([...anchored])('%s passes through its anchors', (id, elements) => {
  const set = builtIn(id)
  for (const element of elements) expect(distance(set, element), element).toBeLessThan(1)
})

test.each([...anchored])('%s: one per cent on a parameter is noticed', (id, elements) => {
  const set = builtIn(id)
  for (const element of elements) {
    for (const [name, { value }] of Object.entries(set.parameters[element] ?? {})) {
      // A level next to zero hardly moves by one per cent of itself.
      if (Math.abs(value) < 0.03) continue
      expect(
        distance(scaled(set, name, 1.01, element), element),
        `${element} ${name}`,
      ).toBeGreaterThan(1)
    }
  }
})
