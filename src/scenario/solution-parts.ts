import type { Databank } from '../databank/index.ts'
import { massFlow, type FlowsheetSolution, type Stream } from '../flowsheet/index.ts'
import { isReagent } from './check-connections.ts'
import { isAssumedD, setsInUse, valuesOf } from './check-chemistry.ts'
import { sha256 } from './hash.ts'
import { kept } from '../numerics/index.ts'
import { drawnFrom, measureValue, satisfies, toleranceOf, type Measured } from './measure-value.ts'
import type { PlantDocument, PlantSpecification } from './plant.ts'
import type { Solution } from './solution.ts'
import { valueAt } from './vary.ts'

/** kg/s and t/y; per year over the operating hours. */
export function rateOf(kilograms: number, plant: PlantDocument): { 'kg/s': number; 't/y': number } {
  return { 'kg/s': kilograms, 't/y': (kilograms * 3600 * plant.operatingHours) / 1000 }
}

/** Every reagent with its rate, its use per kg of all products and its composition. */
export function reagentResults(
  measured: Measured,
  products: Solution['products'],
): Solution['reagents'] {
  const { plant, state } = measured
  const made = products.reduce((sum, p) => sum + (p.elements.length > 0 ? p.rate['kg/s'] : 0), 0)
  return plant.units.filter(isReagent).map(({ name }) => {
    const drawn = drawnFrom(name, measured)
    const unit = state.results[name]?.outlets['out']
    return {
      name,
      rate: rateOf(drawn, plant),
      perProduct: made > 0 ? drawn / made : null,
      composition:
        unit === undefined ? {} : kept(compositions, unit, () => massFractions(unit, measured)),
    }
  })
}

const compositions = new WeakMap<Stream, Record<string, number>>()

function massFractions(stream: Stream, { state }: Measured): Record<string, number> {
  const { species: table } = state.properties
  const total = massFlow(table, stream)
  const fractions: Record<string, number> = {}
  const { flow } = stream
  for (let row = 0; row < flow.length; row++) {
    const moles = flow[row] as number
    if (moles === 0 || !(total > 0)) continue
    const id = table.species[row]?.id ?? ''
    fractions[id] = (fractions[id] ?? 0) + (moles * (table.molarMass[row] as number)) / total
  }
  return fractions
}

/** How every specification ended, in the words of the plant file. */
export function specificationResults(
  solved: FlowsheetSolution,
  plant: PlantDocument,
): Solution['specifications'] {
  return plant.specifications.map(({ name, vary, until }) => {
    const result = solved.specifications.find((s) => s.name === name)
    const sign = until.comparison === '<=' ? -1 : 1
    const measured = result === undefined ? Number.NaN : sign * result.measured
    return {
      name,
      vary: vary.text,
      value: result?.value ?? startValue(plant, vary),
      measure: until.text,
      target: until.target,
      reached: Number.isFinite(measured) ? measured : null,
      met: result?.met ?? false,
    }
  })
}

/** What the plant file gives for a parameter that is varied. */
function startValue(plant: PlantDocument, { unit, path }: PlantSpecification['vary']): number {
  const value = valueAt(plant.units.find((u) => u.name === unit)?.params, path)
  if (typeof value !== 'number') throw new Error(`${unit} ${path.join('.')} is no number`)
  return value
}

/** The plant's limits held against its state. */
export function limitResults(measured: Measured): Solution['limits'] {
  return measured.plant.limits.map(({ name, require }) => {
    const value = measureValue(require.measure, measured)
    const known = Number.isFinite(value)
    return {
      name,
      measure: require.text,
      reached: known ? value : null,
      met: known && satisfies(require, value, toleranceOf(require)),
    }
  })
}

/** The extractant sets and the other plants that this one uses, each with its content's hash. */
export function dataSetsOf(plant: PlantDocument, bank: Databank): Solution['dataSets'] {
  const used = setsInUse(plant, bank)
  const plants = plant.deliveries.map(({ unit, path, plant: { title, hash } }) => {
    return { id: path, title, origin: path, hash, sources: [], units: [unit] }
  })
  const sets = [...new Set(used.map(({ id }) => id))].flatMap((id) => {
    const units = used.filter((use) => use.id === id)
    const set = units[0]?.set
    if (set === undefined) return []
    const own = plant.extractants.find(({ name }) => name === id)
    return [
      {
        id,
        title: set.title,
        origin: own?.path ?? 'built-in',
        get hash() {
          return own?.hash ?? recordHash(set)
        },
        sources: [...set.sources],
        units: units.map(({ unit }) => unit),
      },
    ]
  })
  return [...sets, ...plants]
}

const hashes = new WeakMap<object, string>()

/** SHA-256 of a record as JSON with sorted keys; remembered, since records never change. */
function recordHash(record: object): string {
  const known = hashes.get(record)
  if (known !== undefined) return known
  const hash = sha256(canonicalJson(record))
  hashes.set(record, hash)
  return hash
}

/** JSON with the keys of every object in order and no white space: equal values, equal text. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
}

/** Everything that the plant file marks as an assumption, and every distribution that it states. */
export function assumptionsOf(plant: PlantDocument): Solution['assumptions'] {
  const said = plant.annotations.flatMap(({ key, at, text }) => {
    if (key === 'assumption') return [{ at, text }]
    return /^assumption\b/i.test(text) ? [{ at, text: text.replace(/^assumption:?\s*/i, '') }] : []
  })
  const stated = plant.units.flatMap((unit) =>
    valuesOf(unit, isAssumedD).map(({ path, value }) => ({
      at: path,
      text: `distribution stated: ${canonicalJson(value)}`,
    })),
  )
  return [...said, ...stated]
}
