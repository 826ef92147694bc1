import type { EquipmentInput, EquipmentItem, HoldUp, StageResult } from '../../flowsheet/unit-op.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { materials } from '../parts/equipment.ts'
import type { SectionParams } from './model.ts'
import type { circuitFields, CircuitParams } from './params.ts'

type Input = EquipmentInput<typeof circuitFields>

/** Power of a pump-mixer, W per m3 of mixer (assumption). */
const mixing = 1000
/** Organic kept in the return tank of a circuit, s of its flow (assumption). */
const surge = 1800

/** One mixer-settler of a section; the stages of a section are built alike, for its widest flow. */
interface Built {
  readonly section: SectionParams
  readonly stages: readonly StageResult[]
  /** m3; the settler's is of each phase. */
  readonly mixer: number
  readonly settler: number
  /** m2 */
  readonly area: number
}

function builtFor(params: CircuitParams, all: readonly StageResult[]): readonly Built[] {
  return params.sections
    .filter((section) => section.type !== 'saponification')
    .map((section) => {
      const stages = all.filter((s) => s.section === section.name)
      let widest = 0
      for (const s of stages) widest = Math.max(widest, s.aqueousFlow + s.organicFlow)
      const area = widest / params.settlerFlux
      return {
        section,
        stages,
        mixer: section.mixerVolume ?? widest * params.mixerResidence,
        settler: section.settlerVolume ?? area * params.settlerDepth,
        area,
      }
    })
}

const widestOrganic = (stages: readonly StageResult[]) =>
  stages.reduce((most, s) => Math.max(most, s.organicFlow), 0)

const litres = (volume: number) => (volume * 1000).toPrecision(3)

function mixerSettler(built: Built, count: number, name: string): EquipmentItem {
  const { mixer, settler, area } = built
  return {
    type: 'mixer-settler',
    count,
    size: { name: 'settler area', value: area, unit: 'm2' },
    further: [
      { name: 'volume', value: mixer + 2 * settler, unit: 'm3' },
      { name: 'mixer volume', value: mixer, unit: 'm3' },
      { name: 'settler volume', value: 2 * settler, unit: 'm3' },
    ],
    power: count * mixer * mixing,
    material: materials.polypropylene,
    basis:
      `${name}: both phases over the settler flux; ` +
      `mixer ${litres(mixer)} L by residence time, ${mixing} W/m3 (assumption)`,
  }
}

/**
 * The batteries of a circuit, a contact for saponification as large as those of the first section
 * (assumption), and the tank and pumps by which the organic returns.
 */
export function circuitEquipment({ params, result }: Input): readonly EquipmentItem[] {
  const stages = result.circuit?.stages ?? []
  const built = builtFor(params, stages)
  const items = built.map((b) => mixerSettler(b, b.section.stages, b.section.name))
  const [first] = built
  if (first === undefined) return items
  const organic = widestOrganic(stages)
  const contacts = params.sections
    .filter((s) => s.type === 'saponification')
    .reduce((sum, s) => sum + s.stages, 0)
  const saponifying = params.saponification > 0 ? Math.max(1, contacts) : 0
  return [
    ...items,
    ...(saponifying > 0
      ? [mixerSettler(first, saponifying, `saponification, as ${first.section.name} (assumption)`)]
      : []),
    {
      type: 'storage tank',
      count: 1,
      size: { name: 'volume', value: (organic * surge) / 0.8, unit: 'm3' },
      material: materials.polypropylene,
      basis: 'organic return: half an hour of organic at 0.8 fill (assumptions)',
    },
    {
      type: 'centrifugal pump',
      count: 2,
      standby: 1,
      size: { name: 'flow', value: organic, unit: 'm3/s' },
      power: (organic * returnHead) / returnEfficiency,
      material: 'PVDF or PP lined',
      basis: 'organic return: 1 bar at 60 % (assumptions); one running, one standby',
    },
  ]
}

/** Pressure by which the organic returns, Pa, and efficiency of its pump (assumptions). */
const returnHead = 1e5
const returnEfficiency = 0.6

/** kg of fresh organic by species in 1 m3; nothing where a density is missing. */
function freshOrganic(table: SpeciesTable, extractant: string, molarity: number) {
  const row = table.find('organic', extractant)
  const diluent = table.find('organic', 'diluent')
  const own = table.species[row]?.density?.value
  const thin = table.species[diluent]?.density?.value
  if (own === undefined || thin === undefined) return {}
  const mass = molarity * (table.molarMass[row] as number)
  return { [extractant]: mass, diluent: Math.max(0, 1 - mass / own) * thin }
}

/** Rare earths and solvent in the mixers and settlers, and solvent in the return tank. */
export function circuitHoldUp({ params, properties, result }: Input): HoldUp {
  const table = properties.species
  const all = result.circuit?.stages ?? []
  const built = builtFor(params, all)
  const elements: Record<string, number> = {}
  let organic = widestOrganic(all) * surge
  let aqueous = 0
  for (const { stages, mixer, settler } of built) {
    for (const stage of stages) {
      const share = stage.mixerPhaseRatio / (1 + stage.mixerPhaseRatio)
      const held = { organic: settler + mixer * share, aqueous: settler + mixer * (1 - share) }
      organic += held.organic
      aqueous += held.aqueous
      for (const el of properties.rareEarths) {
        // mol/L x m3 = kmol
        const amount =
          (stage.organic[el] ?? 0) * held.organic + (stage.aqueous[el] ?? 0) * held.aqueous
        if (!(amount > 0)) continue
        const molar = table.molarMass[table.index('aqueous', `${el}+3`)] as number
        elements[el] = (elements[el] ?? 0) + 1000 * amount * molar
      }
    }
  }
  const [first] = built
  if (params.saponification > 0 && first !== undefined) {
    organic += first.settler + first.mixer / 2
    aqueous += first.settler + first.mixer / 2
  }
  const id = properties.extractants.get(params.extractant)?.extractant ?? ''
  const fresh = freshOrganic(table, id, params.concentration)
  return {
    elements,
    solvent: Object.fromEntries(Object.entries(fresh).map(([k, kg]) => [k, kg * organic])),
    organic,
    aqueous,
    basis: `mixers by residence time, settlers ${params.settlerDepth} m deep in each phase, return tank`,
  }
}
