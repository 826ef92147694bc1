import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlantView } from '../engine/protocol.ts'
import { elkGraph, portKey, simpleLayout } from './layout.ts'
import { columnsOf, recyclesOf, sheetOf, structureKey, unitOf } from './sheet.ts'
import { step } from './walk.ts'

type Role = PlantView['units'][number]['role']

const unit = (name: string, role: Role, more: object = {}) => ({
  name,
  kind: role,
  title: name,
  about: '',
  group: '',
  symbol: 'box',
  line: 1,
  inlets: [],
  outlets: [],
  role,
  ...more,
})
const stream = (name: string, from: string, to: string) => {
  return { name, from, to, line: 1, recycle: false }
}

const plant: PlantView = {
  title: 'small',
  notes: '',
  operatingHours: 6000,
  hash: 'h',
  units: [
    unit('water', 'reagent'),
    unit('acid', 'reagent'),
    unit('ore', 'feed'),
    unit('leach', 'unit'),
    unit('sx', 'unit', {
      sections: [
        { name: 'extraction', stages: 8 },
        { name: 'strip', stages: 4 },
      ],
    }),
    unit('oxide', 'product'),
    unit('residue', 'end'),
  ],
  streams: [
    stream('in', 'ore.out', 'leach.in'),
    stream('leach-water', 'water.out', 'leach.water'),
    stream('pls', 'leach.out', 'sx.feed'),
    stream('cake', 'leach.cake', 'residue.in'),
    stream('strip-acid', 'acid.out', 'sx.strip'),
    stream('base', 'water.out', 'sx.extraction'),
    stream('product', 'sx.strip-liquor', 'oxide.in'),
    stream('back', 'sx.raffinate', 'leach.acid'),
  ],
  parameters: [],
}

describe('structure key', () => {
  it('stays when a number changes, also the number of stages', () => {
    const edited: PlantView = {
      ...plant,
      hash: 'other',
      title: 'renamed',
      units: plant.units.map((each) =>
        each.sections === undefined
          ? each
          : { ...each, line: 9, sections: each.sections.map((s) => ({ ...s, stages: 30 })) },
      ),
    }
    expect(structureKey(edited)).toBe(structureKey(plant))
  })

  it('changes with a unit, a line, a port, a section or a symbol', () => {
    const key = structureKey(plant)
    const [first, ...others] = plant.streams
    const changed: readonly PlantView[] = [
      { ...plant, units: [...plant.units, unit('spare', 'unit')] },
      { ...plant, streams: others },
      { ...plant, streams: [{ ...first, ...stream('in', 'ore.out', 'leach.other') }, ...others] },
      { ...plant, units: plant.units.map((each) => ({ ...each, symbol: 'tank' })) },
      {
        ...plant,
        units: plant.units.map((each) =>
          each.sections === undefined ? each : { ...each, sections: each.sections.slice(1) },
        ),
      },
    ]
    for (const other of changed) expect(structureKey(other)).not.toBe(key)
  })
})

describe('what is drawn', () => {
  const sheet = sheetOf(plant)

  it('shows reagents as arrows over the compartment that takes them', () => {
    expect(sheet.units.map(({ name }) => name)).not.toContain('water')
    const sx = sheet.units.find(({ name }) => name === 'sx')
    expect(sx?.stubs.map((stub) => stub.stream)).toEqual(['base', 'strip-acid'])
    expect([sx?.inlets, sx?.outlets]).toEqual([3, 2])
  })

  it('marks the line that goes back, and numbers lines as the plant file does', () => {
    expect(sheet.lines.filter((line) => line.recycle).map(({ name }) => name)).toEqual(['back'])
    expect(sheet.lines.map(({ mark }) => mark)).toEqual(['in', 'pls', 'cake', '7', 'back'])
  })

  it('puts every unit and every end of a line on the sheet at once', () => {
    const { units, ports } = simpleLayout(sheet)
    expect(Object.keys(units).sort()).toEqual(sheet.units.map(({ name }) => name).sort())
    for (const { from, fromPort, to, toPort } of sheet.lines) {
      expect(ports).toHaveProperty([portKey(from, fromPort, 'out')])
      expect(ports).toHaveProperty([portKey(to, toPort, 'in')])
    }
  })

  it('asks the layout for feeds at the left and products at the right', () => {
    const sides = elkGraph(sheet).children?.map(({ id, layoutOptions }) => [
      id,
      layoutOptions?.['elk.layered.layering.layerConstraint'],
    ])
    expect(sides).toContainEqual(['ore', 'FIRST'])
    expect(sides).toContainEqual(['oxide', 'LAST'])
    expect(sides).toContainEqual(['leach', undefined])
  })
})

const anyPlant = fc
  .array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 40 })
  .map((pairs) => ({
    units: Array.from({ length: 12 }, (_, i) => ({
      name: `u${i}`,
      role: i < 2 ? ('feed' as const) : ('unit' as const),
    })),
    lines: pairs.map(([a, b], i) => ({ name: `s${i}`, from: `u${a}.out`, to: `u${b}.in` })),
  }))

describe('topological columns', () => {
  it('lead every line that is no recycle to a later column, whatever the plant', () => {
    fc.assert(
      fc.property(anyPlant, ({ units, lines }) => {
        const back = recyclesOf(units, lines)
        const { order, column } = columnsOf(units, lines, back)
        expect(order).toHaveLength(units.length)
        for (const { name, from, to } of lines) {
          if (back.has(name)) continue
          expect(column.get(unitOf(from))).toBeLessThan(column.get(unitOf(to)) ?? 0)
        }
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})

describe('arrow keys', () => {
  const sheet = sheetOf(plant)
  const at = (kind: 'unit' | 'stream', name: string) => ({ kind, name })

  it('walk along a stream from unit to unit and back', () => {
    const out = step(sheet, at('unit', 'ore'), 'ArrowRight', undefined)
    expect(out?.spot).toEqual(at('stream', 'in'))
    const next = step(sheet, at('stream', 'in'), 'ArrowRight', out?.pivot)
    expect(next?.spot).toEqual(at('unit', 'leach'))
    expect(step(sheet, at('stream', 'in'), 'ArrowLeft', undefined)?.spot).toEqual(at('unit', 'ore'))
  })

  it('go through all lines of a unit, reagents among its inlets', () => {
    const first = step(sheet, at('unit', 'leach'), 'ArrowLeft', undefined)
    const seen: string[] = []
    let now = first
    for (let i = 0; i < 3 && now !== undefined; i++) {
      seen.push(now.spot.name)
      now = step(sheet, now.spot, 'ArrowDown', now.pivot)
    }
    expect(seen).toEqual(['in', 'back', 'leach-water'])
    expect(now?.spot).toEqual(first?.spot)
  })

  it('stop at the edges of the plant', () => {
    expect(step(sheet, at('unit', 'oxide'), 'ArrowRight', undefined)).toBeUndefined()
    expect(step(sheet, at('stream', 'leach-water'), 'ArrowLeft', undefined)).toBeUndefined()
    expect(step(sheet, at('unit', 'ore'), 'ArrowUp', undefined)).toBeUndefined()
  })
})
