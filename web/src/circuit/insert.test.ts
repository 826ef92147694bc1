import { describe, expect, it } from 'vitest'
import { inserted } from './insert.ts'

const plant = `units:
  sx1:                        # a remark
    type: sx-circuit          # another
    organicFlow: 20 L/h
    sections:
      - { name: extraction, type: extraction, stages: 8 }
      - name: scrub
        stages: 4
streams: {}
`

describe('a number that is not in the text yet', () => {
  it('gets a line of its own below an entry of its map; the rest stays', () => {
    const text = inserted(plant, ['units', 'sx1', 'saponification'], '22 %')
    expect(text).toBe(plant.replace('# another\n', '# another\n    saponification: 22 %\n'))
  })

  it('takes along the maps that are missing above it', () => {
    const text = inserted(plant, ['units', 'sx1', 'reflux', 'fraction'], '0.2')
    expect(text).toContain('\n    reflux: { fraction: 0.2 }\n')
  })

  it('goes into a map in braces, and into the item of a list', () => {
    const flow = inserted(plant, ['units', 'sx1', 'sections', 0, 'flow'], '6 L/h')
    expect(flow).toContain('- { flow: 6 L/h, name: extraction')
    const block = inserted(plant, ['units', 'sx1', 'sections', 1, 'flow'], '6 L/h')
    expect(block).toContain('- name: scrub\n        flow: 6 L/h\n        stages: 4')
  })

  it('is refused where something is written already, or nothing could be', () => {
    expect(inserted(plant, ['units', 'sx1', 'organicFlow'], '1 L/h')).toBeUndefined()
    expect(inserted(plant, ['units', 'sx1', 'type', 'deep'], '1')).toBeUndefined()
    expect(inserted('units: [', ['units', 'a'], '1')).toBeUndefined()
  })
})
