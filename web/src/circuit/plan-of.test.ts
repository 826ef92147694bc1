import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlant } from '../../../src/scenario/engine.ts'
import { inserted } from './insert.ts'
import { planOf } from './plan-of.ts'

const file = new URL('../../../plants/belfast-demonstration.yaml', import.meta.url)
const belfast = readFileSync(file, 'utf8')

function plan(text: string) {
  const reading = readPlant(text, { file: 'belfast.yaml' })
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  return planOf(reading.plant, 'sx4')
}

describe('what a plant says of its circuit', () => {
  it('has the sections, and where liquors enter and leave', () => {
    const found = plan(belfast)
    expect(
      found?.sections.map(({ name, from, to, aqueousTo }) => [name, from, to, aqueousTo]),
    ).toEqual([
      ['extraction', 1, 14, 'out'],
      ['scrub', 15, 28, 'previous'],
      ['strip', 29, 34, 'out'],
    ])
    expect(found?.feeds).toEqual([
      { name: 'feed', phase: 'aqueous', stage: 14, section: 'extraction', own: 14 },
    ])
    expect(found?.outlets.map(({ name, stage }) => [name, stage])).toEqual([
      ['raffinate', 1],
      ['strip-liquor', 29],
    ])
    expect(found?.hold?.vary).toBe('organicFlow')
    expect(found?.reagents).toEqual([
      { section: 'scrub', unit: 'scrub-acid-2' },
      { section: 'strip', unit: 'strip-acid-6' },
    ])
  })

  it('follows a feed that is moved', () => {
    const path = ['units', 'sx4', 'feeds', 'feed']
    const text = inserted(belfast, path, '{ section: extraction, stage: 9 }') ?? ''
    expect(plan(text)?.feeds[0]).toMatchObject({ stage: 9, own: 9 })
  })

  it('is of circuits only', () => {
    const reading = readPlant(belfast, { file: 'belfast.yaml' })
    expect(reading.ok && planOf(reading.plant, 'leach')).toBeUndefined()
    expect(reading.ok && planOf(reading.plant, 'sx9')).toBeUndefined()
  })
})
