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
import type {
  ConstantsFile,
  ElementsFile,
  EquilibriaFile,
  ExtractantFile,
  FeedsFile,
  ProductsFile,
  PropertyFile,
  SourcesFile,
  SpeciesFile,
  VolumesFile,
} from './schema.ts'

export type Source = SourcesFile[string]
export type Feed = FeedsFile['feeds'][number]
export type ProductGrade = ProductsFile['products'][number]

/** A species of the bank; `extractant` marks acid forms and solvating extractants. */
export interface BankSpecies extends Species {
  readonly extractant?: 'acidic' | 'solvating'
  readonly note?: string
}

/** All built-in data; what a plant needs is cut from it. */
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

/** The files of `data/` by path, parsed from JSON. */
export type Files = Readonly<Record<string, unknown>>

/** What a file holds by its folder; `checkFiles` has seen to it. */
interface Folders {
  readonly sources: SourcesFile
  readonly elements: ElementsFile
  readonly species: SpeciesFile
  readonly 'species/properties': PropertyFile
  readonly 'species/volumes': VolumesFile
  readonly equilibria: EquilibriaFile
  readonly process: ConstantsFile
  readonly extractants: ExtractantFile
  readonly feeds: FeedsFile
  readonly products: ProductsFile
}

/** The files of a folder, and of those in it, with their paths. */
function under<F extends keyof Folders>(files: Files, folder: F) {
  const own = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`))
  return own as readonly (readonly [string, unknown])[] as readonly (readonly [
    path: string,
    file: Folders[F],
  ])[]
}

function loadSources(files: Files): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>()
  const first = ['sources.json', files['sources.json'] as SourcesFile] as const
  for (const [path, content] of [first, ...under(files, 'sources')]) {
    for (const [id, source] of Object.entries(content)) {
      const known = sources.get(id)
      if (known !== undefined && known.title !== source.title) {
        throw new Error(`data/${path}: source ${id} is already another publication`)
      }
      sources.set(id, source)
    }
  }
  return sources
}

function loadElements(files: Files): ElementTable {
  const elements = new Map<string, ElementRecord>()
  for (const [path, content] of under(files, 'elements')) {
    for (const element of content.elements) {
      if (atomicNumber(element.symbol) === undefined) {
        throw new Error(`data/${path}: no element ${element.symbol}`)
      }
      elements.set(element.symbol, element as ElementRecord)
    }
  }
  return elements
}

type SpeciesRecord = SpeciesFile['species'][number]

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
  for (const [, { phase, property, values }] of under(files, 'species/properties')) {
    for (const [id, value] of Object.entries(values)) {
      put(`${phase} ${id}`, { [property]: value as Sourced<number> })
    }
  }
  for (const [, { values }] of under(files, 'species/volumes')) {
    for (const [id, value] of Object.entries(values)) {
      put(`aqueous ${id}`, { partialVolume: value as PartialVolume })
    }
  }
  return properties
}

function loadSpecies(files: Files, elements: ElementTable): readonly BankSpecies[] {
  const species: BankSpecies[] = []
  const properties = loadProperties(files)
  for (const [path, file] of under(files, 'species')) {
    if (path.split('/').length > 2) continue
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
  for (const [, file] of under(files, 'equilibria')) {
    forms.push(...((file.forms ?? []) as readonly AqueousForm[]))
    solids.push(...((file.solids ?? []) as readonly SolidForm[]))
    sit.push(...((file.epsilon ?? []) as readonly SitCoefficient[]))
  }
  return { forms, solids, sit }
}

function loadConstants(files: Files): ReadonlyMap<string, Sourced<number>> {
  const constants = new Map<string, Sourced<number>>()
  for (const [path, content] of under(files, 'process')) {
    for (const [id, value] of Object.entries(content)) {
      if (constants.has(id)) throw new Error(`data/${path}: constant ${id} is defined twice`)
      constants.set(id, value as Sourced<number>)
    }
  }
  return constants
}

function loadExtractants(files: Files): ReadonlyMap<string, ExtractantSet> {
  const sets = new Map<string, ExtractantSet>()
  for (const [path, content] of under(files, 'extractants')) {
    const set = content as ExtractantSet
    if (sets.has(set.id)) throw new Error(`data/${path}: set ${set.id} is defined twice`)
    sets.set(set.id, set)
  }
  return sets
}

/**
 * Builds the bank from the files of `data/` by path, which `checkFiles` has seen. Throws where a
 * record does not go with another: an id that is given twice, a property of no species.
 */
export function loadRecords(files: Files): Databank {
  const elements = loadElements(files)
  return {
    elements,
    species: loadSpecies(files, elements),
    ...loadEquilibria(files),
    extractants: loadExtractants(files),
    constants: loadConstants(files),
    feeds: under(files, 'feeds').flatMap(([, file]) => file.feeds),
    products: under(files, 'products').flatMap(([, file]) => file.products),
    sources: loadSources(files),
  }
}
