import type { UnitOp } from '../flowsheet/unit-op.ts'
import type { Databank } from '../databank/index.ts'
import { checkChemistry } from './check-chemistry.ts'
import { checkConnections } from './check-connections.ts'
import { checkUnits } from './check-units.ts'
import { readEconomics } from './economics/read-economics.ts'
import { findingsFor } from './findings.ts'
import type { Findings, Position } from './findings.ts'
import { sha256 } from './hash.ts'
import { plantLimits, plantMigrations, plantSchema } from './plant.ts'
import type { PlantDocument, PlantReading, PlantStream, PlantUnit } from './plant.ts'
import { annotate, isAnnotationKey, readFields } from './read-fields.ts'
import type { FieldContext } from './read-fields.ts'
import { readDeliveries } from './read-deliveries.ts'
import { readOwnSets } from './read-sets.ts'
import { readLimits, readSpecifications } from './read-specifications.ts'
import { suggest } from './suggest.ts'
import { clip, describe, readYaml } from './yaml-tree.ts'
import type { MapEntry, MapNode, TreeNode } from './yaml-tree.ts'

export interface ReadOptions {
  /** Name of the file, shown in findings. */
  readonly file: string
  readonly unitOps: readonly UnitOp[]
  readonly bank: Databank
  /** Text of a file by its path relative to the plant file; `undefined` if there is none. */
  readonly readSet?: (path: string) => string | undefined
  /** How many plants this one delivers to, in a chain. */
  readonly depth?: number
}

/** Keys of a plant file, in the order in which they are best written. */
const plantKeys = [
  'schema',
  'title',
  'notes',
  'operatingHours',
  'extractants',
  'units',
  'streams',
  'specifications',
  'limits',
  'economics',
] as const

/**
 * Reads a plant file: the plant, or all that is wrong with it, sorted by place. Nothing in a file
 * is executed; files that it names are asked for through `readSet` only.
 */
export function readPlantWith(text: string, options: ReadOptions): PlantReading {
  const findings = findingsFor(options.file)
  const tree = readYaml(migrated(text), findings)
  const plant = tree === undefined ? undefined : readTree(tree, text, options, findings)
  if (tree === undefined || plant === undefined || findings.count() > 0) {
    return { ok: false, findings: findings.sorted() }
  }
  return { ok: true, plant, tree }
}

function migrated(text: string): string {
  let current = text
  for (let steps = 0; steps < 100; steps++) {
    const version = /^schema:\s*["']?([^\s"'#]+)/m.exec(current.slice(0, 10_000))?.[1] ?? ''
    const lift = Object.hasOwn(plantMigrations, version) ? plantMigrations[version] : undefined
    if (lift === undefined) return current
    current = lift(current)
  }
  return current
}

function readTree(
  tree: TreeNode,
  text: string,
  options: ReadOptions,
  findings: Findings,
): PlantDocument | undefined {
  if (tree.kind !== 'map') {
    findings.add(tree.at, 'type', `the file is ${describe(tree)}`, 'schema: didymium/plant@1 ...')
    return undefined
  }
  if (!checkSchema(tree, findings)) return undefined
  const operatingHours = readHours(tree, findings)
  const context: FieldContext = {
    findings,
    secondsPerYear: 3600 * (operatingHours ?? 8766),
    annotations: [],
    uncertainties: new Map(),
    refused: new Set(),
    stages: 0,
  }
  checkKeys(tree, context)
  const extractants = readOwnSets(tree.entries.get('extractants')?.value, options, findings)
  const { units, faulty } = readUnits(tree, options, context)
  const streams = readStreams(tree, findings)
  checkConnections(units, faulty, streams, findings)
  const names = namesOf(units, streams)
  const specifications = readSpecifications(tree, units, names, context)
  const limits = readLimits(tree, names, context)
  const whole = [...units.values()].filter((unit) => unit !== undefined)
  const isWhole = units.size === whole.length + faulty.size
  const knownUnits = isWhole ? [...whole, ...faulty.values()] : undefined
  const plant: PlantDocument = {
    schema: plantSchema,
    file: options.file,
    title: readText(tree, 'title', findings) ?? '',
    notes: readText(tree, 'notes', findings) ?? '',
    operatingHours: operatingHours ?? 8766,
    units: whole,
    streams,
    specifications,
    limits,
    extractants,
    deliveries: readDeliveries(whole, operatingHours ?? 8766, options, findings, readPlantWith),
    economics: readEconomics(tree, knownUnits, context),
    annotations: context.annotations,
    uncertainties: context.uncertainties,
    get hash() {
      return sha256(text)
    },
  }
  checkChemistry(plant, tree, options.bank, findings)
  const surroundings = { streams, extractants, bank: options.bank }
  checkUnits([...whole, ...faulty.values()], surroundings, tree, findings)
  return plant
}

function checkSchema(tree: MapNode, findings: Findings): boolean {
  const entry = tree.entries.get('schema')
  const value = entry?.value
  const expected = `schema: ${plantSchema}`
  if (value === undefined) findings.add(tree.at, 'missing', '"schema" is missing', expected)
  else if (value.kind !== 'text' || value.text !== plantSchema) {
    const written = value.kind === 'text' ? value.text : ''
    const message = written.startsWith('didymium/plant@')
      ? `this program does not know the version ${clip(written)}`
      : `the schema is ${describe(value)}`
    findings.add(value.at, 'schema', message, expected)
  } else return true
  return false
}

function checkKeys(tree: MapNode, context: FieldContext): void {
  for (const { key, at, value } of tree.entries.values()) {
    if (plantKeys.some((known) => known === key)) continue
    if (isAnnotationKey(key)) annotate(key, value, 'plant', context)
    else {
      const message = `unknown key "${clip(key)}"`
      context.findings.add(at, 'unknown-key', message, suggest(key, plantKeys))
    }
  }
}

function readText(tree: MapNode, key: string, findings: Findings): string | undefined {
  const entry = tree.entries.get(key)
  if (entry === undefined || entry.value.kind === 'text') {
    const text = entry?.value.kind === 'text' ? entry.value.text.trim() : undefined
    if (key === 'title' && (text === undefined || text === '')) {
      findings.add(entry?.at ?? tree.at, 'missing', '"title" is missing', 'title: one line')
    }
    return text
  }
  findings.add(entry.value.at, 'type', `"${key}" is ${describe(entry.value)}`, 'a text')
  return undefined
}

const hoursPattern = /^(\d+(?:\.\d+)?)\s*h\/(?:y|yr|a|year)$/

function readHours(tree: MapNode, findings: Findings): number | undefined {
  const entry = tree.entries.get('operatingHours')
  const example = 'operatingHours: 6000 h/y'
  if (entry === undefined) {
    findings.add(tree.at, 'missing', '"operatingHours" is missing', example)
    return undefined
  }
  const { value } = entry
  const number = value.kind === 'text' ? hoursPattern.exec(value.text.trim())?.[1] : undefined
  if (number === undefined) {
    const message = `"operatingHours" is ${describe(value)}`
    findings.add(value.at, 'quantity', message, `units: h/y; ${example}`)
    return undefined
  }
  const hours = Number(number)
  if (hours > 0 && hours <= 8784) return hours
  const message = `"operatingHours" is out of bounds: ${number} h/y`
  findings.add(value.at, 'out-of-bounds', message, 'above 0, at most 8784 h/y')
  return undefined
}

const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/

/** True for a name that a unit, a stream or a data set may have; otherwise a finding. */
function checkName(what: string, name: string, at: Position, findings: Findings): boolean {
  if (namePattern.test(name)) return true
  const message = `"${clip(name)}" cannot be the name of a ${what}`
  findings.add(at, 'name', message, 'a letter, then letters, digits, - or _; at most 64')
  return false
}

/** Units by name; `undefined` stands for a unit of which too little could be read. */
export type ReadUnits = ReadonlyMap<string, PlantUnit | undefined>

/** A unit of a known kind whose parameters are not all to be had. */
export interface FaultyUnit extends PlantUnit {
  /** Parameters in which something was refused; they are absent from `params`. */
  readonly refused: ReadonlySet<string>
}

interface UnitsRead {
  readonly units: ReadUnits
  /** What is known of the units that are `undefined` in `units`. */
  readonly faulty: ReadonlyMap<string, FaultyUnit>
}

function readUnits(tree: MapNode, options: ReadOptions, context: FieldContext): UnitsRead {
  const { findings } = context
  const entry = tree.entries.get('units')
  const units = new Map<string, PlantUnit | undefined>()
  const faulty = new Map<string, FaultyUnit>()
  if (entry?.value.kind !== 'map' || entry.value.entries.size === 0) {
    const at = entry?.value.at ?? tree.at
    const message = entry === undefined ? '"units" is missing' : '"units" is not a map of units'
    findings.add(at, 'missing', message, 'units: { name: { type: ... } }')
    return { units, faulty }
  }
  if (entry.value.entries.size > plantLimits.units) {
    const message = `the plant has ${entry.value.entries.size} units`
    findings.add(entry.at, 'too-large', message, `at most ${plantLimits.units}`)
    return { units, faulty }
  }
  const kinds = new Map(options.unitOps.map((op) => [op.kind, op]))
  for (const item of entry.value.entries.values()) {
    checkName('unit', item.key, item.at, findings)
    const unit = readUnit(item, kinds, context)
    const isFaulty = unit !== undefined && 'refused' in unit
    if (isFaulty) faulty.set(item.key, unit)
    units.set(item.key, isFaulty ? undefined : unit)
  }
  if (context.stages > plantLimits.stages) {
    const message = `the plant has ${context.stages} equilibrium stages`
    findings.add(entry.at, 'too-large', message, `at most ${plantLimits.stages}`)
  }
  return { units, faulty }
}

function readUnit(
  item: MapEntry,
  kinds: ReadonlyMap<string, UnitOp>,
  context: FieldContext,
): PlantUnit | FaultyUnit | undefined {
  const { findings } = context
  if (item.value.kind !== 'map') {
    const message = `the unit "${clip(item.key)}" is ${describe(item.value)}`
    findings.add(item.value.at, 'type', message, '{ type: ..., parameters }')
    return undefined
  }
  const type = item.value.entries.get('type')
  if (type?.value.kind !== 'text' || type.value.text === '') {
    const message = `the unit "${clip(item.key)}" has no "type"`
    findings.add(type?.at ?? item.at, 'missing', message, 'type: a kind of unit')
    return undefined
  }
  const op = kinds.get(type.value.text)
  if (op === undefined) {
    const message = `no kind of unit is called "${clip(type.value.text)}"`
    findings.add(type.value.at, 'unit-kind', message, suggest(type.value.text, [...kinds.keys()]))
    return undefined
  }
  const before = findings.raised()
  const params = readFields(op.params, item.value, item.key, context, ['type'], item.at)
  const unit = { name: item.key, op, params, at: item.at }
  if (findings.raised() === before) return unit
  // A key that is not known may have been meant for any parameter that is not written.
  const { entries } = item.value
  const isMisspelt = [...entries.keys()].some(
    (key) => key !== 'type' && !isAnnotationKey(key) && !Object.hasOwn(op.params, key),
  )
  const isRefused = (key: string) =>
    context.refused.has(`${item.key}.${key}`) || (isMisspelt && !entries.has(key))
  const refused = new Set(Object.keys(op.params).filter(isRefused))
  const sound = Object.entries(params).filter(([key]) => !refused.has(key))
  return { ...unit, params: Object.fromEntries(sound), refused }
}

function readStreams(tree: MapNode, findings: Findings): readonly PlantStream[] {
  const entry = tree.entries.get('streams')
  if (entry?.value.kind !== 'map') {
    const at = entry?.value.at ?? tree.at
    const message = entry === undefined ? '"streams" is missing' : '"streams" is not a map'
    findings.add(at, 'missing', message, 'streams: { S1: unit.port -> unit.port }')
    return []
  }
  if (entry.value.entries.size > plantLimits.streams) {
    const message = `the plant has ${entry.value.entries.size} streams`
    findings.add(entry.at, 'too-large', message, `at most ${plantLimits.streams}`)
    return []
  }
  const streams: PlantStream[] = []
  for (const { key, at, value } of entry.value.entries.values()) {
    checkName('stream', key, at, findings)
    const ends = value.kind === 'text' ? connection.exec(value.text.trim()) : null
    const [, fromUnit, fromPort, toUnit, toPort] = ends ?? []
    if (fromUnit && fromPort && toUnit && toPort) {
      const from = { unit: fromUnit, port: fromPort }
      streams.push({ name: key, from, to: { unit: toUnit, port: toPort }, at: value.at })
    } else {
      const message = `the stream "${clip(key)}" is ${describe(value)}`
      findings.add(value.at, 'connection', message, 'unit.port -> unit.port')
    }
  }
  return streams
}

const connection = /^([^\s.]+)\.([^\s.]+)\s*(?:->|→)\s*([^\s.]+)\.([^\s.]+)$/

/** The names that a condition of a plant may refer to. */
export function namesOf(units: ReadUnits, streams: readonly PlantStream[]) {
  const all = [...units]
  const ofKind = (kind: string) =>
    all.filter(([, unit]) => unit === undefined || unit.op.kind === kind).map(([name]) => name)
  return {
    units: all.map(([name]) => name),
    products: ofKind('product'),
    circuits: all
      .filter(([, unit]) => unit === undefined || unit.op.group === 'solvent extraction')
      .map(([name]) => name),
    streams: streams.map((stream) => stream.name),
    reagents: ofKind('reagent'),
  }
}
