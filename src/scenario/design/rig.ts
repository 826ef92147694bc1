import { oxideOf } from '../../chemistry/index.ts'
import type { ExtractantSet } from '../../chemistry/index.ts'
import type { Databank } from '../../databank/index.ts'
import type { Properties, UnitResult } from '../../flowsheet/unit-op.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import { readPlant } from '../engine.ts'
import { plantChemistry } from '../build.ts'
import type { PlantDocument, PlantUnit } from '../plant.ts'
import type { CircuitShape } from './fragment.ts'

/** What is decided about a circuit; SI (m3/s, mol/m3). */
export interface Setting {
  readonly extraction: number
  readonly scrub: number
  readonly strip: number
  readonly organicFlow: number
  readonly saponification: number
  readonly scrubFlow: number
  readonly scrubAcid: number
  readonly stripFlow: number
  readonly stripAcid: number
}

/** A circuit on the bench: its feed, its reagents and the unit operation, without a flowsheet. */
export interface Rig {
  readonly properties: Properties
  readonly shape: CircuitShape
  readonly feed: Stream
  /** Extractant, mol/m3. */
  readonly molarity: number
  /** Largest loading, and largest loading of the stripped organic, of the stoichiometric limit. */
  readonly caps: { readonly loading: number; readonly stripped: number }
  /** kg of oxide per mole of a rare earth, as it is sold. */
  oxide(element: string): number
  /** mol/s of each rare earth in the feed. */
  readonly fed: Readonly<Record<string, number>>
  run(setting: Setting, extra?: Readonly<Record<string, unknown>>, memory?: unknown): UnitResult
  window(
    setting: Setting,
    extra: Readonly<Record<string, unknown>>,
    result: Extract<UnitResult, { ok: true }>,
  ): Readonly<Record<string, readonly [number, number]>> | undefined
  /** The same rig with another data set for its extractant. */
  withSet(set: ExtractantSet): Rig
}

/** mol/s of an element in all phases of a stream. */
export function molesOf(properties: Properties, stream: Stream, element: string): number {
  const { species } = properties.species
  let sum = 0
  for (let i = 0; i < stream.flow.length; i++) {
    const atoms = species[i]?.composition[element]
    if (atoms !== undefined) sum += atoms * (stream.flow[i] as number)
  }
  return sum
}

function massOfOxide({ species }: Properties, element: string): number {
  const form = oxideOf(element)
  const row = form === undefined ? -1 : species.find('solid', form.id)
  return form === undefined || row < 0 ? 1 : (species.molarMass[row] as number) / form.metal
}

export type RigResult =
  | { readonly ok: true; readonly rig: Rig; readonly plant: PlantDocument }
  | { readonly ok: false; readonly message: string; readonly expected: string }

const ask = (unit: PlantUnit, params: object, properties: Properties) =>
  unit.op.steady({ name: unit.name, inlets: {}, params: { ...unit.params, ...params }, properties })

/**
 * The units of a plant text that a circuit needs, each calculated alone: the flowsheet around them
 * is a straight line, so nothing else is needed while a design is searched.
 */
export function rigOf(
  text: string,
  shape: CircuitShape,
  sets: Readonly<Record<string, string>>,
  bank: Databank,
): RigResult {
  const reading = readPlant(text, { bank, readSet: (path) => sets[path] })
  if (!reading.ok) {
    const [first] = reading.findings
    return { ok: false, message: first?.message ?? '', expected: first?.expected ?? '' }
  }
  const { plant } = reading
  const { properties } = plantChemistry(plant, bank)
  const unit = (name: string) => plant.units.find((u) => u.name === name)
  const liquor = unit('liquor')
  const made = liquor === undefined ? undefined : ask(liquor, {}, properties)
  if (made === undefined || !made.ok) {
    const { detail, advice } = made ?? { detail: 'there is no liquor', advice: '' }
    return { ok: false, message: detail, expected: advice }
  }
  const feed = made.outlets['out'] as Stream
  return { ok: true, plant, rig: benchOf(plant, shape, feed, properties) }
}

/** A circuit of a plant on the bench, fed by a stream. */
export function benchOf(
  plant: PlantDocument,
  shape: CircuitShape,
  feed: Stream,
  properties: Properties,
): Rig {
  const unit = (name: string) => plant.units.find((u) => u.name === name)
  const circuit = unit(shape.name) as PlantUnit
  const caustic = unit('caustic')
  const base = caustic === undefined ? undefined : ask(caustic, {}, properties)
  const made = new Map<string, Stream>()
  const acidAt = (molarity: number): Stream => {
    const known = made.get(String(molarity))
    if (known !== undefined) return known
    const reagent = unit(`scrub-acid${shape.suffix}`) as PlantUnit
    const result = ask(reagent, { concentration: { [shape.acid]: molarity } }, properties)
    if (!result.ok) throw new Error(result.detail)
    const stream = result.outlets['out'] as Stream
    made.set(String(molarity), stream)
    return stream
  }
  const paramsOf = (setting: Setting, extra: Readonly<Record<string, unknown>>) => {
    const { organicFlow, saponification, extraction, scrub, strip } = setting
    const sections = circuit.params['sections'] as readonly Readonly<Record<string, unknown>>[]
    const stages = [extraction, scrub, strip]
    const flows = [undefined, setting.scrubFlow, setting.stripFlow]
    const laid = sections.map((s, i) => ({ ...s, stages: stages[i], flow: flows[i] }))
    return { ...circuit.params, organicFlow, saponification, sections: laid, ...extra }
  }
  const inletsOf = (setting: Setting) => ({
    feed,
    scrub: acidAt(setting.scrubAcid),
    strip: acidAt(setting.stripAcid),
    ...(base?.ok === true ? { base: base.outlets['out'] as Stream } : {}),
  })
  const rigWith = (now: Properties): Rig => ({
    properties: now,
    shape,
    feed,
    molarity: circuit.params['concentration'] as number,
    caps: {
      loading: circuit.params['loadingCap'] as number,
      stripped: circuit.params['strippedLimit'] as number,
    },
    oxide: (element) => massOfOxide(now, element),
    fed: Object.fromEntries(now.rareEarths.map((e) => [e, molesOf(now, feed, e)])),
    run: (setting, extra = {}, memory) =>
      circuit.op.steady({
        name: circuit.name,
        inlets: inletsOf(setting),
        params: paramsOf(setting, { hold: undefined, limits: undefined, ...extra }),
        properties: now,
        ...(memory === undefined ? {} : { memory }),
      }),
    window: (setting, extra, result) =>
      circuit.op.window?.({
        name: circuit.name,
        inlets: inletsOf(setting),
        params: paramsOf(setting, extra),
        properties: now,
        result,
      }),
    withSet: (set) =>
      rigWith({ ...now, extractants: new Map([...now.extractants, [set.id, set]]) }),
  })
  return rigWith(properties)
}
