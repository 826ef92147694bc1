import type { CheckContext, Port, UnitFault } from '../../flowsheet/unit-op.ts'
import { aqueousTarget } from './model.ts'
import type { SectionParams } from './model.ts'
import type { CircuitParams, MeasureParams } from './params.ts'

/** Parameters as far as they could be read. */
type Known = Partial<CircuitParams>
type Path = UnitFault['path']

const listed = (names: readonly string[]) => `one of ${names.join(', ')}`

/**
 * What is wrong with a circuit as written, before it is solved. `outletPorts` tells the outlets of
 * a circuit whose sections and draws are sound.
 */
export function checkCircuit(
  params: Known,
  context: CheckContext,
  outletPorts: (params: CircuitParams) => readonly Port[],
): UnitFault[] {
  const { sections } = params
  const faults = [...setFaults(params, context), ...lossFaults(params, context)]
  if (sections === undefined) return faults
  const { refused } = context
  const staged = sections.filter((s) => s.type !== 'saponification')
  const known = !refused.has('draws')
  const ports = known ? outletPorts(params as CircuitParams).map((p) => p.name) : undefined
  faults.push(...nameFaults(sections), ...placeFaults(params, staged))
  if (!refused.has('feeds') && !refused.has('reflux')) faults.push(...dryFaults(params, sections))
  const { hold, limits = [] } = params
  if (hold !== undefined) {
    faults.push(...measureFaults(hold, ['hold'], staged, ports, context))
    faults.push(...shareFaults(hold.measure, { target: hold.target }, ['hold']))
  }
  limits.forEach((limit, i) => {
    const { measure, atLeast, atMost } = limit
    faults.push(...measureFaults(limit, ['limits', i], staged, ports, context))
    faults.push(...shareFaults(measure, { atLeast, atMost }, ['limits', i]))
  })
  return faults
}

/** A set whose model a circuit refuses. That a set exists the plant reader checks for all units. */
function setFaults({ extractant }: Known, { extractants }: CheckContext): UnitFault[] {
  const model = extractant === undefined ? undefined : extractants.get(extractant)?.model
  const path = ['extractant']
  const expected = 'a mass-action set of an acidic extractant'
  if (model === 'solvating') {
    const message = `a circuit exchanges protons; the set ${extractant} solvates neutral salts`
    return [{ path, message, expected }]
  }
  if (model !== 'separation-factor') return []
  const message = `the set ${extractant} has constant separation factors, which give no loading`
  return [{ path, message, expected }]
}

function nameFaults(sections: readonly SectionParams[]): UnitFault[] {
  return sections.flatMap(({ name }, i) => {
    if (sections.findIndex((s) => s.name === name) === i) return []
    const message = `two sections are called "${name}"`
    return [{ path: ['sections', i, 'name'], message, expected: 'a name of its own' }]
  })
}

/** A section that does not exist, or a stage beyond its last. */
function placeFault(
  sections: readonly SectionParams[],
  path: Path,
  name: string | undefined,
  stage?: number,
): UnitFault[] {
  if (name === undefined) return []
  const section = sections.find((s) => s.name === name)
  if (section === undefined) {
    const message = `no section with stages is called "${name}"`
    return [{ path: [...path, 'section'], message, expected: listed(sections.map((s) => s.name)) }]
  }
  if (stage === undefined || stage <= section.stages) return []
  const message = `the section ${name} has no stage ${stage}`
  return [{ path: [...path, 'stage'], message, expected: `1 to ${section.stages}` }]
}

function placeFaults(params: Known, sections: readonly SectionParams[]): UnitFault[] {
  const faults = Object.entries(params.feeds ?? {}).flatMap(([port, { section, stage }]) =>
    placeFault(sections, ['feeds', port], section, stage),
  )
  params.draws?.forEach(({ section, stage }, i) => {
    faults.push(...placeFault(sections, ['draws', i], section, stage))
  })
  const { reflux } = params
  if (reflux === undefined) return faults
  for (const [end, type] of [
    ['from', 'strip'],
    ['to', 'scrub'],
  ] as const) {
    const name = reflux[end]
    const [fault] = placeFault(sections, ['reflux'], name)
    if (fault !== undefined) faults.push({ ...fault, path: ['reflux', end] })
    const isMissing = name === undefined && !sections.some((s) => s.type === type)
    if (!isMissing || reflux.fraction === 0) continue
    const message = `the reflux needs a ${type} section and the circuit has none`
    faults.push({ path: ['reflux'], message, expected: `${end}: the section meant` })
  }
  return faults
}

/** Scrub, strip and wash sections whose last stage no aqueous enters. */
function dryFaults({ feeds, reflux }: Known, all: readonly SectionParams[]): UnitFault[] {
  const staged = all.filter((s) => s.type !== 'saponification')
  const fed = (section: SectionParams) =>
    Object.values(feeds ?? {}).some(
      (f) => f.section === section.name && (f.stage ?? section.stages) === section.stages,
    )
  const returned =
    reflux === undefined || reflux.fraction === 0
      ? undefined
      : (reflux.to ?? staged.findLast((s) => s.type === 'scrub')?.name)
  return staged.flatMap((section, i) => {
    if (section.type === 'extraction' || (section.flow ?? 0) > 0) return []
    if (fed(section) || section.name === returned) return []
    if (i + 1 < staged.length && aqueousTarget(staged, i + 1) === 'previous') return []
    // Entrained aqueous comes along with the organic: little, but the stages are not dry.
    if ((staged.at(i - 1)?.aqueousInOrganic ?? 0) > 0) return []
    // The default feed enters an extraction section, or the first where there is none.
    if (feeds === undefined && i === 0) return []
    const path = ['sections', all.indexOf(section), 'flow']
    const message = `no aqueous enters the ${section.type} section ${section.name}`
    return [{ path, message, expected: 'flow: 2 L/h (what is drawn into its last stage)' }]
  })
}

function measureFaults(
  of: MeasureParams,
  path: Path,
  sections: readonly SectionParams[],
  ports: readonly string[] | undefined,
  { elements: known }: CheckContext,
): UnitFault[] {
  const { measure, elements = [], outlet, section, stage } = of
  const faults = placeFault(sections, path, section, stage)
  const add = (key: string, message: string, expected: string, i?: number) =>
    faults.push({ path: [...path, key, ...(i === undefined ? [] : [i])], message, expected })
  elements.forEach((element, i) => {
    if (!known.has(element)) add('elements', `"${element}" is no element`, 'a symbol: Nd', i)
  })
  if (measure === 'pH') {
    const names = sections.map((s) => s.name)
    if (section === undefined) add('section', 'pH needs a section', listed(names))
    return faults
  }
  if (elements.length === 0) add('elements', `${measure} needs elements`, 'elements: [Nd]')
  if (outlet === undefined || ports?.includes(outlet) === false) {
    const message =
      outlet === undefined
        ? `${measure} needs an outlet`
        : `"${outlet}" is no outlet of the circuit`
    add('outlet', message, ports === undefined ? 'an outlet port' : listed(ports))
  }
  return faults
}

/** Purities and recoveries that are no fractions. */
function shareFaults(
  measure: MeasureParams['measure'],
  values: Readonly<Record<string, number | undefined>>,
  path: Path,
): UnitFault[] {
  if (measure !== 'purity' && measure !== 'recovery') return []
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === undefined || (value >= 0 && value <= 1)) return []
    const message = `a ${measure} of ${value} is no fraction`
    return [{ path: [...path, key], message, expected: '0 to 1, or 0 % to 100 %' }]
  })
}

/** Organic that leaves the circuit while no fresh organic is connected. */
function lossFaults(params: Known, { inlets }: CheckContext): UnitFault[] {
  if (inlets.has('makeup')) return []
  const { bleed = 0, solubility = 0, sections = [], draws = [] } = params
  const faults: UnitFault[] = []
  const lost = (path: Path, how: string) => {
    const message = `organic is lost ${how} and no makeup is connected`
    faults.push({ path, message, expected: 'a stream reagent.out -> unit.makeup' })
  }
  if (bleed > 0) lost(['bleed'], 'by the bleed')
  if (solubility > 0) lost(['solubility'], 'dissolved in the aqueous')
  const staged = sections.filter((s) => s.type !== 'saponification')
  staged.forEach((section, i) => {
    const isDrawn = draws.some(
      (d) => d.section === section.name && d.phase === 'aqueous' && d.fraction > 0,
    )
    const leaves = isDrawn || aqueousTarget(staged, i) === 'out'
    const path = ['sections', sections.indexOf(section), 'organicInAqueous']
    if (leaves && section.organicInAqueous > 0) lost(path, `by entrainment from ${section.name}`)
  })
  draws.forEach((draw, i) => {
    const taken = draw.phase === 'organic' && draw.fraction > 0
    if (taken) lost(['draws', i], `by the draw ${draw.name}`)
  })
  return faults
}
