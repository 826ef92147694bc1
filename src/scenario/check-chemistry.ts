import type { ExtractantSet } from '../chemistry/distribution/model.ts'
import { parseFormula } from '../chemistry/index.ts'
import type { BankSpecies, Databank } from '../databank/index.ts'
import type { Field, Fields } from '../flowsheet/fields.ts'
import type { Findings, Position } from './findings.ts'
import { kept } from '../numerics/index.ts'
import type { Delivery, PlantDocument, PlantUnit } from './plant.ts'
import { suggest } from './suggest.ts'
import { parsePath } from './vary.ts'
import { clip } from './yaml-tree.ts'
import type { MapNode, TreeNode } from './yaml-tree.ts'

/** A parameter of one type with its value and its dotted path, as they occur in a unit. */
interface Found {
  readonly path: string
  readonly value: unknown
}

type Wanted = (field: Field, key: string) => boolean

/** Keys of a declaration under which a wanted field can be: declarations never change. */
const keysOf = new WeakMap<Wanted, WeakMap<Fields, readonly string[]>>()

function keysWith(fields: Fields, wanted: Wanted): readonly string[] {
  const known = keysOf.get(wanted) ?? new WeakMap<Fields, readonly string[]>()
  keysOf.set(wanted, known)
  const ready = known.get(fields)
  if (ready !== undefined) return ready
  const holds = (field: Field, key: string): boolean => {
    if (wanted(field, key)) return true
    if (field.type === 'group') return keysWith(field.fields, wanted).length > 0
    return field.type === 'list' || field.type === 'map' ? holds(field.of, key) : false
  }
  const keys = Object.entries(fields).flatMap(([key, field]) => (holds(field, key) ? [key] : []))
  known.set(fields, keys)
  return keys
}

/** What was found in a unit: a number that is edited leaves all other units as they are. */
const foundIn = new WeakMap<PlantUnit, WeakMap<Wanted, readonly Found[]>>()

/**
 * All values of a unit whose field answers to `wanted`, groups and lists opened. `wanted` should be
 * the same function every time: what it finds is remembered.
 */
export const valuesOf = (unit: PlantUnit, wanted: Wanted): readonly Found[] =>
  kept(
    kept(foundIn, unit, () => new WeakMap()),
    wanted,
    () => foundBy(wanted, unit),
  )

function foundBy(wanted: Wanted, unit: PlantUnit): readonly Found[] {
  const found: Found[] = []
  if (keysWith(unit.op.params, wanted).length === 0) return found
  const visit = (field: Field, key: string, value: unknown, path: string): void => {
    if (value === undefined) return
    if (wanted(field, key)) found.push({ path, value })
    if (field.type === 'group') visitAll(field.fields, value, path)
    if (field.type === 'list' && Array.isArray(value)) {
      for (const [i, item] of value.entries()) visit(field.of, key, item, `${path}[${i}]`)
    }
    if (field.type === 'map') {
      for (const [name, item] of entriesOf(value)) visit(field.of, key, item, `${path}.${name}`)
    }
  }
  const visitAll = (fields: Fields, values: unknown, path: string): void => {
    const own = new Map(entriesOf(values))
    for (const key of keysWith(fields, wanted)) {
      const field = fields[key]
      if (field !== undefined) visit(field, key, own.get(key), `${path}.${key}`)
    }
  }
  visitAll(unit.op.params, unit.params, unit.name)
  return found
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** Keys of an assay: what the unit brings into the plant, by element, oxide or species. */
const isAssay = (field: Field) => field.type === 'assay'
/** A text parameter of this name refers to an extractant set, whatever the unit. */
const isSetName = (field: Field, key: string) => field.type === 'text' && key === 'extractant'
/** A map of this name states distributions that the set does not carry. */
export const isAssumedD = (field: Field, key: string) => field.type === 'map' && key === 'assumedD'

/** Amounts by reagent: the maps of a unit at the border of the plant. */
const isReagentMap = (field: Field) =>
  field.type === 'map' && (field.of.type === 'number' || field.of.type === 'quantity')

const isBrought = (field: Field) => isAssay(field) || isReagentMap(field)

/** Elements of a name by bank and name: banks never change. */
const remembered = new WeakMap<Databank, Map<string, readonly string[] | undefined>>()

/** Elements in something written as an element, an oxide or a species; `undefined` if unknown. */
function elementsOf(written: string, bank: Databank): readonly string[] | undefined {
  const known = remembered.get(bank) ?? new Map<string, readonly string[] | undefined>()
  remembered.set(bank, known)
  if (!known.has(written) && known.size < mostRemembered) known.set(written, find(written, bank))
  return known.has(written) ? known.get(written) : find(written, bank)
}

const mostRemembered = 2000

function find(written: string, bank: Databank): readonly string[] | undefined {
  if (bank.elements.has(written)) return [written]
  const species = bank.species.find((s) => s.id === written)
  if (species !== undefined) return Object.keys(species.composition)
  const formula = parseFormula(written)
  if (!formula.ok) return undefined
  const elements = Object.keys(formula.composition)
  return elements.every((e) => bank.elements.has(e)) ? elements : undefined
}

/** Elements that one unit brings in by its assays and reagents; unknown names are left out. */
function broughtBy(unit: PlantUnit, bank: Databank): readonly string[] {
  const isBorder = unit.op.group === 'boundary' && unit.op.kind !== 'product'
  return valuesOf(unit, isBorder ? isBrought : isAssay).flatMap(({ value }) =>
    entriesOf(value).flatMap(([key]) => elementsOf(key, bank) ?? []),
  )
}

/** Elements that the plant's feeds and reagents bring in. */
export function plantElements(plant: PlantDocument, bank: Databank): readonly string[] {
  const own = plant.units.flatMap((unit) => broughtBy(unit, bank))
  return [...new Set([...own, ...plant.deliveries.flatMap((d) => [...deliveredBy(d, bank)])])]
}

/** Species ids of all extractants of the plant: of its sets and of its reagents. */
export function extractantSpecies(plant: PlantDocument, bank: Databank): readonly string[] {
  const own = new Map(plant.extractants.map(({ name, set }) => [name, set]))
  const species = plant.units.flatMap((unit) =>
    valuesOf(unit, isSetName).map(({ value }) => {
      const id = String(value)
      return (own.get(id) ?? bank.extractants.get(id))?.extractant ?? id
    }),
  )
  return [...new Set(species)]
}

/** Extractant sets by unit that names one: built-in or the plant's own. */
export function setsInUse(
  plant: PlantDocument,
  bank: Databank,
): readonly { readonly unit: string; readonly id: string; readonly set: ExtractantSet }[] {
  const own = new Map(plant.extractants.map(({ name, set }) => [name, set]))
  return plant.units.flatMap((unit) =>
    valuesOf(unit, isSetName).flatMap(({ value }) => {
      const id = String(value)
      const set = own.get(id) ?? bank.extractants.get(id)
      return set === undefined ? [] : [{ unit: unit.name, id, set }]
    }),
  )
}

/**
 * Finds what the chemistry cannot carry: assays of unknown substances, extractant sets that do not
 * exist, and elements that reach a circuit whose set says nothing of them.
 */
export function checkChemistry(
  plant: PlantDocument,
  tree: MapNode,
  bank: Databank,
  findings: Findings,
): void {
  for (const unit of plant.units) {
    for (const { path, value } of valuesOf(unit, isAssay)) {
      for (const [key] of entriesOf(value)) checkSubstance(key, path, tree, bank, findings)
    }
    for (const { path, value } of valuesOf(unit, isAssumedD)) {
      for (const [key] of entriesOf(value)) checkSubstance(key, path, tree, bank, findings)
    }
    for (const { path, value } of valuesOf(unit, isSetName)) {
      checkSet(unit, path, String(value), plant, tree, bank, findings)
    }
  }
}

function checkSubstance(
  key: string,
  path: string,
  tree: MapNode,
  bank: Databank,
  findings: Findings,
): void {
  if (elementsOf(key, bank) !== undefined) return
  const at = placeOf(tree, `${path}.${key}`, [key])
  const known = [...bank.elements.keys(), ...bank.species.map((s) => s.id)]
  const near = suggest(key, known).replace(/ ?known: .*/s, '')
  const expected = `${near} an element, an oxide or a species of the databank`.trim()
  findings.add(at, 'unknown-substance', `"${clip(key)}" is not known`, expected)
}

function checkSet(
  unit: PlantUnit,
  path: string,
  id: string,
  plant: PlantDocument,
  tree: MapNode,
  bank: Databank,
  findings: Findings,
): void {
  const own = plant.extractants.find(({ name }) => name === id)
  const set = own?.set ?? bank.extractants.get(id)
  const at = placeOf(tree, path)
  const species = bank.species.filter((s) => s.extractant !== undefined).map((s) => s.id)
  if (unit.op.group !== 'solvent extraction' && species.includes(id)) return
  if (set === undefined) {
    const own = plant.extractants.map(({ name }) => name)
    const known = [...own, ...bank.extractants.keys(), ...species]
    findings.add(at, 'unknown-set', `no extractant set "${clip(id)}"`, suggest(id, known))
    return
  }
  if (!species.includes(set.extractant)) {
    const message = `the set "${clip(id)}" is of ${clip(set.extractant)}, which is not known`
    findings.add(at, 'unknown-extractant', message, suggest(set.extractant, species))
    return
  }
  const stated = new Set(
    valuesOf(unit, isAssumedD).flatMap(({ value }) =>
      entriesOf(value).flatMap(([key]) => elementsOf(key, bank) ?? []),
    ),
  )
  if (unit.op.group !== 'solvent extraction') return
  const arriving = elementsReaching(unit.name, plant, bank)
  for (const element of arriving) {
    if (Object.hasOwn(set.parameters, element) || stated.has(element)) continue
    if (!isDissolvedMetal(element, bank)) continue
    const message = `${element} reaches ${unit.name}, but the set ${id} does not carry it`
    const carrying = setsWith(element, bank)
    const other = carrying.length > 0 ? `carried by ${listed(carrying)}; else ` : ''
    const expected = `${other}assumedD: { ${element}: ... } - ${whyStated}`
    findings.add(at, 'no-distribution', message, expected)
  }
}

/** Built-in sets by which a circuit knows an element, those of most elements first. */
function setsWith(element: string, bank: Databank): readonly string[] {
  const size = (set: ExtractantSet) => Object.keys(set.parameters).length
  return [...bank.extractants.values()]
    .filter(({ model }) => model !== 'solvating' && model !== 'separation-factor')
    .filter(({ parameters }) => Object.hasOwn(parameters, element))
    .sort((a, b) => size(b) - size(a))
    .map(({ id }) => id)
    .slice(0, 3)
}

const listed = (ids: readonly string[]) =>
  ids.length < 2 ? ids.join('') : `${ids.slice(0, -1).join(', ')} or ${ids.at(-1)}`

const whyStated = 'it needs a distribution stated in the plant and marked assumption'

/** True for what dissolves and is no acid, base, salt or water: a circuit must be told of it. */
function isDissolvedMetal(element: string, bank: Databank): boolean {
  if (riding.has(element)) return false
  const holds = (s: BankSpecies) => s.phase === 'aqueous' && (s.composition[element] ?? 0) > 0
  return bank.species.some((s) => s.extractant === undefined && holds(s))
}

/** Elements of acids, bases, salts and gases, which need no distribution stated. */
const riding: ReadonlySet<string> = new Set('H C N O F S Cl P Ar Na Ua'.split(' '))

/** Elements that can be in what another plant delivers: all that reaches the end of its line. */
function deliveredBy({ plant, stream }: Delivery, bank: Databank): ReadonlySet<string> {
  const from = plant.streams.find((line) => line.name === stream)?.from.unit
  return elementsReaching(from ?? '', plant, bank)
}

/** Elements of all assays in units from which the lines lead to this unit. */
function elementsReaching(name: string, plant: PlantDocument, bank: Databank): ReadonlySet<string> {
  const upstream = new Set([name])
  const sources = new Map<string, string[]>()
  for (const { from, to } of plant.streams) {
    sources.set(to.unit, [...(sources.get(to.unit) ?? []), from.unit])
  }
  const open = [name]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const source of sources.get(next) ?? []) {
      if (upstream.has(source)) continue
      upstream.add(source)
      open.push(source)
    }
  }
  const own = plant.units.filter((u) => upstream.has(u.name)).flatMap((u) => broughtBy(u, bank))
  const delivered = plant.deliveries.filter(({ unit }) => upstream.has(unit))
  return new Set([...own, ...delivered.flatMap((d) => [...deliveredBy(d, bank)])])
}

/** Place of `unit.parameter` (then of the literal keys in `rest`) below `units:`, or nearest. */
function placeOf(tree: MapNode, path: string, rest: readonly string[] = []): Position {
  const units = tree.entries.get('units')?.value
  const [base] = rest.length > 0 ? [path.slice(0, -(rest.join('.').length + 1))] : [path]
  let node: TreeNode | undefined = units
  let at = tree.at
  for (const part of [...(parsePath(base ?? '') ?? []), ...rest]) {
    if (node?.kind === 'map' && typeof part === 'string') {
      const entry = node.entries.get(part)
      if (entry === undefined) return at
      at = entry.at
      node = entry.value
    } else if (node?.kind === 'list' && typeof part === 'number') {
      node = node.items[part]
      at = node?.at ?? at
    } else return at
  }
  return at
}
