import type { z } from 'zod'
import {
  atomicNumber,
  molarMass,
  parseFormula,
  type AqueousForm,
  type ElementRecord,
  type ElementTable,
  type ExtractantSet,
  type PartialVolume,
  type SitCoefficient,
  type SolidForm,
  type Sourced,
  type Species,
} from '../chemistry/index.ts'
import {
  constantSchema,
  elementsSchema,
  equilibriaFileSchema,
  extractantSetSchema,
  feedsFileSchema,
  productsFileSchema,
  sourceSchema,
  speciesFileSchema,
  speciesPropertySchema,
  volumesFileSchema,
} from './schema.ts'

export type Source = z.infer<typeof sourceSchema>
export type Feed = z.infer<typeof feedsFileSchema>['feeds'][number]
export type ProductGrade = z.infer<typeof productsFileSchema>['products'][number]

/** A species of the bank; `extractant` marks acid forms and solvating extractants. */
export interface BankSpecies extends Species {
  readonly extractant?: 'acidic' | 'solvating'
  readonly note?: string
}

/** All built-in data, validated; what a plant needs is cut from it. */
export interface Databank {
  readonly elements: ElementTable
  readonly species: readonly BankSpecies[]
  readonly forms: readonly AqueousForm[]
  readonly solids: readonly SolidForm[]
  readonly sit: readonly SitCoefficient[]
  readonly extractants: ReadonlyMap<string, ExtractantSet>
  readonly constants: ReadonlyMap<string, Sourced<number>>
  readonly feeds: readonly Feed[]
  readonly products: readonly ProductGrade[]
  readonly sources: ReadonlyMap<string, Source>
}

type Files = Readonly<Record<string, unknown>>

/** Parses one file or throws with its name: built-in data that is wrong is our own mistake. */
function read<T>(schema: z.ZodType<T>, path: string, content: unknown): T {
  const result = schema.safeParse(content)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new Error(`data/${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}`)
}

function under(files: Files, folder: string): readonly (readonly [string, unknown])[] {
  return Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`))
}

function loadSources(files: Files): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>()
  const parts: readonly (readonly [string, unknown])[] = [
    ['sources.json', files['sources.json']],
    ...under(files, 'sources'),
  ]
  for (const [path, content] of parts) {
    if (typeof content !== 'object' || content === null) throw new Error(`data/${path} is missing`)
    for (const [id, source] of Object.entries(content)) {
      const known = sources.get(id)
      const parsed = read(sourceSchema, `${path} ${id}`, source)
      if (known !== undefined && known.title !== parsed.title) {
        throw new Error(`data/${path}: source ${id} is already another publication`)
      }
      sources.set(id, parsed)
    }
  }
  return sources
}

function loadElements(files: Files): ElementTable {
  const elements = new Map<string, ElementRecord>()
  for (const [path, content] of under(files, 'elements')) {
    for (const element of read(elementsSchema, path, content).elements) {
      if (atomicNumber(element.symbol) === undefined) {
        throw new Error(`data/${path}: no element ${element.symbol}`)
      }
      elements.set(element.symbol, element as ElementRecord)
    }
  }
  return elements
}

type SpeciesRecord = z.infer<typeof speciesFileSchema>['species'][number]

function compositionOf(record: SpeciesRecord, where: string) {
  if (record.composition !== undefined) return { composition: record.composition, charge: 0 }
  const parsed = parseFormula(record.formula ?? record.id)
  if (!parsed.ok) throw new Error(`${where}: ${record.id}: ${parsed.error}`)
  return { composition: parsed.composition, charge: parsed.charge }
}

type Extra = Partial<Pick<Species, 'enthalpy' | 'heatCapacity' | 'density' | 'partialVolume'>>

/** Properties recorded apart from the species, by `phase id`. */
function loadProperties(files: Files): Map<string, Extra> {
  const properties = new Map<string, Extra>()
  const put = (key: string, extra: Extra) => {
    properties.set(key, { ...properties.get(key), ...extra })
  }
  for (const [path, content] of under(files, 'species/properties')) {
    const { phase, property, values } = read(speciesPropertySchema, path, content)
    for (const [id, value] of Object.entries(values)) {
      put(`${phase} ${id}`, { [property]: value as Sourced<number> })
    }
  }
  for (const [path, content] of under(files, 'species/volumes')) {
    for (const [id, value] of Object.entries(read(volumesFileSchema, path, content).values)) {
      put(`aqueous ${id}`, { partialVolume: value as PartialVolume })
    }
  }
  return properties
}

function loadSpecies(files: Files, elements: ElementTable): readonly BankSpecies[] {
  const species: BankSpecies[] = []
  const properties = loadProperties(files)
  for (const [path, content] of under(files, 'species')) {
    if (path.split('/').length > 2) continue
    const file = read(speciesFileSchema, path, content)
    for (const record of file.species) {
      const { composition, charge } = compositionOf(record, `data/${path}`)
      const { formula: _, composition: __, ...rest } = record
      const key = `${file.phase} ${record.id}`
      species.push({
        ...(rest as Partial<BankSpecies>),
        id: record.id,
        name: record.name,
        phase: file.phase,
        composition,
        charge,
        molarMass: molarMass(elements, composition),
        ...properties.get(key),
      })
      properties.delete(key)
    }
  }
  const [orphan] = properties.keys()
  if (orphan !== undefined) throw new Error(`a property is recorded of no species: ${orphan}`)
  return species
}

function loadEquilibria(files: Files) {
  const forms: AqueousForm[] = []
  const solids: SolidForm[] = []
  const sit: SitCoefficient[] = []
  for (const [path, content] of under(files, 'equilibria')) {
    const file = read(equilibriaFileSchema, path, content)
    forms.push(...(file.forms as readonly AqueousForm[]))
    solids.push(...(file.solids as readonly SolidForm[]))
    sit.push(...(file.epsilon as readonly SitCoefficient[]))
  }
  return { forms, solids, sit }
}

function loadConstants(files: Files): ReadonlyMap<string, Sourced<number>> {
  const constants = new Map<string, Sourced<number>>()
  for (const [path, content] of under(files, 'process')) {
    for (const [id, value] of Object.entries(content as Record<string, unknown>)) {
      if (constants.has(id)) throw new Error(`data/${path}: constant ${id} is defined twice`)
      constants.set(id, read(constantSchema, `${path} ${id}`, value) as Sourced<number>)
    }
  }
  return constants
}

function loadExtractants(files: Files): ReadonlyMap<string, ExtractantSet> {
  const sets = new Map<string, ExtractantSet>()
  for (const [path, content] of under(files, 'extractants')) {
    const set = read(extractantSetSchema, path, content) as ExtractantSet
    if (sets.has(set.id)) throw new Error(`data/${path}: set ${set.id} is defined twice`)
    sets.set(set.id, set)
  }
  return sets
}

/** Every `source` that a number names must be in the sources; throws with the first that is not. */
function checkSources(bank: Databank) {
  const seen = new Set<string>()
  const visit = (value: unknown, where: string) => {
    if (typeof value !== 'object' || value === null) return
    if (value instanceof Map) {
      for (const [key, entry] of value) visit(entry, `${where} ${String(key)}`)
      return
    }
    for (const [key, entry] of Object.entries(value)) {
      if (key === 'source' && typeof entry === 'string') {
        if (!seen.has(entry) && !bank.sources.has(entry)) {
          throw new Error(`${where}: source ${entry} is not in data/sources.json or data/sources/`)
        }
        seen.add(entry)
      } else visit(entry, `${where} ${key}`)
    }
  }
  visit({ ...bank, sources: undefined }, 'data')
}

/** Builds the bank from the files of `data/` by path; throws when a record is wrong. */
export function loadDatabank(files: Files): Databank {
  const sources = loadSources(files)
  const elements = loadElements(files)
  const many = <T>(folder: string, schema: z.ZodType<T>) =>
    under(files, folder).map(([path, content]) => read(schema, path, content))
  const bank: Databank = {
    elements,
    species: loadSpecies(files, elements),
    ...loadEquilibria(files),
    extractants: loadExtractants(files),
    constants: loadConstants(files),
    feeds: many('feeds', feedsFileSchema).flatMap((file) => file.feeds),
    products: many('products', productsFileSchema).flatMap((file) => file.products),
    sources,
  }
  checkSources(bank)
  return bank
}
