import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plantJsonSchema } from '../../../src/scenario/index.ts'
import type { PlantView } from '../engine/protocol.ts'
import { offersAt } from './complete.ts'
import { contextAt } from './context.ts'
import { writtenAtLine } from './outline.ts'

const schema = plantJsonSchema()
const plant = {
  units: [
    { name: 'leach', kind: 'leach', line: 4, inlets: [{ name: 'in' }], outlets: [{ name: 'out' }] },
    { name: 'sx1', kind: 'sx-circuit', line: 6, inlets: [{ name: 'feed' }], outlets: [] },
  ],
  streams: [{ name: 'slurry', line: 14 }],
} as unknown as PlantView

/** Offers at the mark `|` of a text. */
const at = (marked: string) => {
  const offset = marked.indexOf('|')
  const context = contextAt(marked.replace('|', ''), offset)
  return { context, offers: offersAt(context, schema, plant).map(({ text }) => text) }
}

describe('completion', () => {
  it('knows the parameters of a kind, in a block and in braces', () => {
    const block = at('units:\n  leach:\n    type: leach\n    temp|')
    expect(block.context).toMatchObject({
      path: ['units', 'leach'],
      word: 'temp',
      siblings: ['type'],
    })
    expect(block.offers).toContain('temperature')
    expect(block.offers).not.toContain('type')
    const braces = at('units:\n  leach: { type: leach, tem|')
    expect(braces.context).toMatchObject({ path: ['units', 'leach'], word: 'tem', key: undefined })
    expect(braces.offers).toContain('temperature')
  })

  it('knows sections of a circuit, in braces behind a dash', () => {
    const { context, offers } = at(
      'units:\n  sx1:\n    type: sx-circuit\n    sections:\n      - { name: a, type: strip, st|',
    )
    expect(context.path).toEqual(['units', 'sx1', 'sections', 0])
    expect(offers).toContain('stages')
  })

  it('knows choices, kinds of units and ports', () => {
    expect(at('units:\n  new:\n    type: lea|').offers).toContain('leach')
    expect(at('streams:\n  a: le|').offers).toEqual(['leach.out'])
    expect(at('streams:\n  a: leach.out -> s|').offers).toEqual(['leach.in', 'sx1.feed'])
    expect(at('ti|').offers).toContain('title')
  })

  it('never fails, wherever the cursor stands', () => {
    const text = readFileSync(
      new URL('../../../plants/belfast-demonstration.yaml', import.meta.url),
      'utf8',
    )
    for (let offset = 0; offset < text.length; offset += 37) {
      offersAt(contextAt(text, offset), schema, plant)
    }
  })
})

it('finds what is written at a line', () => {
  const text =
    'schema: x\ntitle: y\nunits:\n  leach: {}\n  # note\n  sx1:\n    a: 1\nstreams:\n  # b\n'
  expect(writtenAtLine(plant, text, 4)).toEqual({ kind: 'unit', name: 'leach' })
  expect(writtenAtLine(plant, text, 7)).toEqual({ kind: 'unit', name: 'sx1' })
  expect(writtenAtLine(plant, text, 9)).toBeUndefined()
  expect(writtenAtLine(plant, text, 2)).toBeUndefined()
})
