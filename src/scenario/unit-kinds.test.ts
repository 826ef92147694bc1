import { describe, expect, it } from 'vitest'
import { unitOps } from '../unitops/index.ts'
import { unitKinds } from './unit-kinds.ts'

describe('the registry for people', () => {
  const kinds = unitKinds()
  const of = (kind: string) => kinds.find((k) => k.kind === kind)

  it('holds every registered kind once', () => {
    expect(kinds.map((k) => k.kind).sort()).toEqual(unitOps.map((op) => op.kind).sort())
  })

  it('names the ports of units whose ports follow from parameters', () => {
    expect(of('splitter')?.outlets).toMatchObject([
      { name: 'remainder' },
      { name: 'NAME', byParameter: true },
    ])
    const outlets = of('sx-circuit')?.outlets.map((port) => port.name)
    expect(outlets).toEqual(expect.arrayContaining(['raffinate', 'strip-liquor', 'organic-bleed']))
    expect(of('sx-circuit')?.inlets.map((port) => port.name)).toEqual(
      expect.arrayContaining(['feed', 'scrub', 'strip', 'base', 'makeup', 'NAME']),
    )
    for (const kind of kinds) {
      const ports = kind.inlets.length + kind.outlets.length
      expect(ports, kind.kind).toBeGreaterThan(0)
    }
  })

  it('writes values, defaults and bounds in display units', () => {
    const rows = new Map(of('sx-circuit')?.params.map((row) => [row.name, row]))
    expect(rows.get('concentration')).toMatchObject({
      value: 'mol/L',
      default: 'required',
      range: '0.001 mol/L to 4 mol/L',
    })
    expect(rows.get('mixerResidence')).toMatchObject({ default: '5 min' })
    expect(rows.get('sections.type')?.value).toContain('extraction | scrub')
    expect(rows.get('bleed')?.default).toBe('0')
  })
})
