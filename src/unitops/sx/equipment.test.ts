import { expect, it } from 'vitest'
import { inputOf, magnetPlant } from '../../../test/unitops/rig.ts'
import type { EquipmentInput, StageResult } from '../../flowsheet/unit-op.ts'
import { sxCircuit } from '../sx-circuit.ts'

/** One stage: 3 L/s of organic with 0.2 mol/L Nd and 1 L/s of aqueous with 0.1 mol/L. */
const stage = (section: string, index: number): StageResult => ({
  index,
  section,
  aqueous: { Nd: 0.1, Na: 1 },
  organic: { Nd: 0.2, Na: 0.1 },
  D: { Nd: 2 },
  pH: 1,
  freeExtractant: 0.5,
  loading: 0.3,
  aqueousFlow: 1e-3,
  organicFlow: 3e-3,
  mixerPhaseRatio: 3,
})

function asked(params: Readonly<Record<string, unknown>>): EquipmentInput<never> {
  const input = inputOf(
    sxCircuit,
    {},
    {
      extractant: 'PC88A-T21-NdPr',
      concentration: 1000,
      mixerResidence: 300,
      settlerFlux: 2e-3,
      settlerDepth: 0.25,
      ...params,
    },
  )
  const stages = ['extraction', 'extraction', 'strip'].map((s, i) => stage(s, i + 1))
  const circuit = { stages, elements: ['Nd'], extractant: 'PC88A', iterations: 1 }
  return {
    ...input,
    result: { ok: true, outlets: {}, circuit },
  } as unknown as EquipmentInput<never>
}

const sections = [
  { name: 'extraction', type: 'extraction', stages: 2 },
  { name: 'strip', type: 'strip', stages: 1 },
]

it('states mixer and settler of each stage, from residence time and flux', () => {
  const items = sxCircuit.equipment(asked({ sections }))
  const [first] = items
  // 4 L/s: 1.2 m3 in 300 s, 2 m2 at 2 mm/s, two layers of 0.25 m.
  expect(first).toMatchObject({ type: 'mixer-settler', count: 2 })
  expect(first?.size.value).toBeCloseTo(2, 9)
  const sizes = Object.fromEntries((first?.further ?? []).map((s) => [s.name, s.value]))
  expect(sizes['mixer volume']).toBeCloseTo(1.2, 9)
  expect(sizes['settler volume']).toBeCloseTo(1, 9)
  expect(sizes['volume']).toBeCloseTo(2.2, 9)
  expect(first?.power).toBeCloseTo(2400, 6)
  const [, , tank, pump] = items
  expect(tank?.size.value).toBeCloseTo((3e-3 * 1800) / 0.8, 9)
  expect(pump).toMatchObject({ type: 'centrifugal pump', count: 2, standby: 1 })
})

it('goes by the volumes that a section states, and adds a contact for saponification', () => {
  const stated = sections.map((s) => ({ ...s, mixerVolume: 0.5, settlerVolume: 0.3 }))
  const items = sxCircuit.equipment(asked({ sections: stated, saponification: 0.3 }))
  const volume = items[0]?.further?.find((s) => s.name === 'volume')?.value
  expect(volume).toBeCloseTo(1.1, 9)
  const mixers = items.filter((i) => i.type === 'mixer-settler')
  expect(mixers.map((i) => i.count)).toEqual([2, 1, 1])
  expect(mixers[2]?.further).toEqual(mixers[0]?.further)
})

it('holds rare earths and solvent as the stages do, and nothing of the others', () => {
  const held = sxCircuit.holdUp?.(asked({ sections }))
  // Mixer 0.9 organic and 0.3 aqueous, settler half a cubic metre of each, in three stages.
  const [organic, aqueous] = [3 * 1.4, 3 * 0.8]
  const molar = 0.144242
  expect(held?.aqueous).toBeCloseTo(aqueous, 9)
  expect(held?.organic).toBeCloseTo(organic + 3e-3 * 1800, 9)
  expect(held?.elements).toEqual({ Nd: expect.closeTo((200 * organic + 100 * aqueous) * molar, 2) })
  const { species } = magnetPlant
  const extractant = species.molarMass[species.index('organic', 'PC88A')] as number
  expect(held?.solvent['PC88A']).toBeCloseTo(1000 * extractant * (held?.organic ?? 0), 6)
  expect(held?.solvent['diluent']).toBeGreaterThan(0)
})
