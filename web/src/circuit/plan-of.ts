import type { PlantDocument, PlantUnit } from '../../../src/scenario/plant.ts'
import type { CircuitPlan, PlanFeed, PlanPlace, PlanReagent, PlanSection } from './plan.ts'

/** The parameters of a circuit, read as what the registry declares them to be. */
interface Written {
  readonly sections: readonly {
    readonly name: string
    readonly type: string
    readonly stages: number
    readonly efficiency: number
    readonly reagent?: string
    readonly aqueousTo?: 'previous' | 'out'
  }[]
  readonly feeds?: Readonly<Record<string, { readonly section: string; readonly stage?: number }>>
  readonly draws?: readonly {
    readonly name: string
    readonly phase: 'aqueous' | 'organic'
    readonly section: string
    readonly stage: number
  }[]
  readonly reflux?: { readonly from?: string; readonly to?: string }
  readonly hold?: {
    readonly vary: string
    readonly measure: string
    readonly elements?: readonly string[]
    readonly outlet?: string
  }
}

/** Where the aqueous of a section goes when the plant does not say: as the circuit has it. */
function aqueousTo(sections: Written['sections'], k: number): PlanSection['aqueousTo'] {
  const [section, before] = [sections[k], sections[k - 1]]
  if (section === undefined || before === undefined) return 'out'
  if (section.aqueousTo !== undefined) return section.aqueousTo
  const joins = (type: string) => type === 'scrub' || type === 'extraction'
  return joins(section.type) && joins(before.type) ? 'previous' : 'out'
}

function sectionsOf(written: Written): readonly PlanSection[] {
  // Saponification is stoichiometric: it has no stages in a solution.
  const staged = written.sections.filter(({ type }) => type !== 'saponification')
  let from = 1
  return staged.map((section, k) => {
    const { name, type, stages, efficiency } = section
    const place = { from, to: from + stages - 1, index: written.sections.indexOf(section) }
    from += stages
    return { name, type, ...place, aqueousTo: aqueousTo(staged, k), efficiency }
  })
}

function feedsOf(written: Written, sections: readonly PlanSection[]): readonly PlanFeed[] {
  let last = sections[0]
  for (const section of sections) {
    if (section.type !== 'extraction') break
    last = section
  }
  const wanted = written.feeds ?? { feed: { section: last?.name ?? '' } }
  return Object.entries(wanted).flatMap(([name, { section: named, stage }]) => {
    const section = sections.find((s) => s.name === named)
    if (section === undefined) return []
    const own = stage ?? section.to - section.from + 1
    const at = section.from + own - 1
    return [{ name, phase: 'aqueous' as const, stage: at, section: named, own }]
  })
}

/** Ports of the liquors that leave, as the circuit names them. */
function outletsOf(sections: readonly PlanSection[]): readonly PlanPlace[] {
  return sections.flatMap((section, k): PlanPlace[] => {
    if (section.aqueousTo !== 'out') return []
    const first = sections.find((s) => s.type === section.type)
    const isPlain = section.type !== 'extraction' && first === section
    const name =
      k === 0 ? 'raffinate' : isPlain ? `${section.type}-liquor` : `${section.name}-liquor`
    return [{ name, phase: 'aqueous', stage: section.from }]
  })
}

function placesOf(written: Written, sections: readonly PlanSection[]): readonly PlanPlace[] {
  return (written.draws ?? []).flatMap(({ name, phase, section: named, stage }) => {
    const section = sections.find((s) => s.name === named)
    return section === undefined ? [] : [{ name, phase, stage: section.from + stage - 1 }]
  })
}

/** Reagent units that reach the inlets of the sections by one line. */
function reagentsOf(plant: PlantDocument, unit: PlantUnit, written: Written): PlanReagent[] {
  return written.sections.flatMap(({ name, type, reagent }) => {
    const port = reagent ?? type
    const line = plant.streams.find(({ to }) => to.unit === unit.name && to.port === port)
    return line === undefined ? [] : [{ section: name, unit: line.from.unit }]
  })
}

/** What the plant says of a circuit; undefined where it has none of that name. */
export function planOf(plant: PlantDocument, name: string): CircuitPlan | undefined {
  const unit = plant.units.find((u) => u.name === name)
  if (unit === undefined || !Array.isArray(unit.params['sections'])) return undefined
  const written = unit.params as unknown as Written
  const sections = sectionsOf(written)
  const { hold, reflux } = written
  const strip = sections.find(({ type }) => type === 'strip')
  const from = sections.find((s) => s.name === reflux?.from) ?? strip
  const scrub = sections.findLast(({ type }) => type === 'scrub')
  const to = sections.find((s) => s.name === reflux?.to) ?? scrub
  return {
    name,
    plant: plant.hash,
    sections,
    feeds: feedsOf(written, sections),
    draws: placesOf(written, sections),
    outlets: outletsOf(sections),
    ...(reflux === undefined || from === undefined || to === undefined
      ? {}
      : { reflux: { from: from.from, to: to.to } }),
    ...(hold === undefined ? {} : { hold: { elements: [], outlet: '', ...hold } }),
    reagents: reagentsOf(plant, unit, written),
  }
}
