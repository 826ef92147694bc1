import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlant } from '../../../src/scenario/engine.ts'
import { withPlant, withSet } from './plant-text.ts'

const belfast = readFileSync(
  new URL('../../../plants/belfast-demonstration.yaml', import.meta.url),
  'utf8',
)

const other = `schema: didymium/plant@1
title: "Split"
operatingHours: 6000 h/y
units:
  liquor:
    type: liquor
    flow: 20 L/h
    concentration: { "LaCl3": 0.1 mol/L, "NdCl3": 0.1 mol/L, "HCl": 0.02 mol/L }
  acid: { type: reagent, concentration: { HCl: 1 mol/L } }
  caustic: { type: reagent, species: { NaOH: 30 % } }
  brine: { type: discharge }
  sx1:  # a circuit
    type: sx-circuit
    extractant: PC88A-T21-NdPr
    concentration: 1 mol/L
    organicFlow: 20 L/h
    saponification: 0.2
    sections:
      - { name: extraction, type: extraction, stages: 5 }
      - { name: scrub, type: scrub, stages: 4, flow: 2 L/h }
      - { name: strip, type: strip, stages: 4, flow: 2 L/h }
  out: { type: discharge }
streams:
  feed: liquor.out -> sx1.feed
  sx1-scrub: acid.out -> sx1.scrub
  sx1-strip: acid.out -> sx1.strip
  sx1-base: caustic.out -> sx1.base
  sx1-brine: sx1.saponification-liquor -> brine.in
  low: sx1.raffinate -> out.in
  high: sx1.strip-liquor -> out.in
`

describe('a plant inside a plant', () => {
  it('gets names of its own, and everything that was there stays', () => {
    const text = withPlant(belfast, other) ?? ''
    expect(text).toContain('\n  sx1-2:\n    type: sx-circuit\n')
    expect(text).toContain('feed: liquor.out -> sx1-2.feed')
    expect(text).toContain('acid-2.out -> sx1-2.strip')
    // Nothing of the old text is lost: it can be found again in its order.
    let at = 0
    for (const line of belfast.trimEnd().split('\n')) {
      const found = text.indexOf(line, at)
      expect(found, line).toBeGreaterThanOrEqual(at)
      at = found + line.length
    }
    const reading = readPlant(text, { file: 'both.yaml' })
    expect(reading.ok ? [] : reading.findings).toEqual([])
  })
})

describe('a data set of one’s own', () => {
  it('is named beside the plant and used by the circuits chosen', () => {
    const text = withSet(belfast, 'ours', './ours.yaml', ['sx2', 'sx4']) ?? ''
    expect(text).toContain('\nextractants: { ours: ./ours.yaml }\n')
    expect(text.match(/extractant: ours/g)).toHaveLength(2)
    const again = withSet(text, 'later', './later.yaml', ['sx1']) ?? ''
    expect(again).toContain('extractants: { later: ./later.yaml, ours: ./ours.yaml }')
    const third = withSet(again, 'ours', './third.yaml', []) ?? ''
    expect(third).toContain('ours: ./third.yaml')
  })

  it('cannot be used by a unit that has no extractant', () => {
    expect(withSet(belfast, 'ours', './ours.yaml', ['leach'])).toBeUndefined()
  })
})
