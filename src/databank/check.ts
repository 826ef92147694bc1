import type * as z from 'zod'
import { equipmentFileSchema, factorsFileSchema, pricesFileSchema } from './costs-schema.ts'
import { footprintFileSchema } from './footprint-schema.ts'
import { loadRecords, type Databank, type Files } from './load.ts'
import {
  constantsSchema,
  elementsSchema,
  equilibriaFileSchema,
  extractantSetSchema,
  feedsFileSchema,
  productsFileSchema,
  sourcesSchema,
  speciesFileSchema,
  speciesPropertySchema,
  volumesFileSchema,
} from './schema.ts'

/** What a file holds by the beginning of its path; the first that fits counts. */
const shapes: readonly (readonly [start: string, shape: () => z.ZodType])[] = [
  ['sources.json', sourcesSchema],
  ['sources/', sourcesSchema],
  ['elements/', elementsSchema],
  ['species/properties/', speciesPropertySchema],
  ['species/volumes/', volumesFileSchema],
  ['species/', speciesFileSchema],
  ['equilibria/', equilibriaFileSchema],
  ['process/', constantsSchema],
  ['extractants/', extractantSetSchema],
  ['feeds/', feedsFileSchema],
  ['products/', productsFileSchema],
  ['equipment/', equipmentFileSchema],
  ['factors/', factorsFileSchema],
  ['prices/', pricesFileSchema],
  ['footprint/', footprintFileSchema],
]

const money =
  /^(?:(?:equipment|factors|prices|footprint)\/|sources\/(?:economics|footprint)\.json$)/

/** True for the files of `data/` that `costBank()` reads; the plant's own bank reads the others. */
export const isMoneyFile = (path: string) => money.test(path)

const isSources = (path: string) => path.startsWith('sources')

/**
 * Throws with the file and the place at the first record that is wrong: of another shape than its
 * folder holds, or with a number whose source is not on record.
 */
export function checkFiles(files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const shape = shapes.find(([start]) => path.startsWith(start))?.[1]
    if (shape === undefined) throw new Error(`data/${path}: no kind of data is kept there`)
    const result = shape().safeParse(content)
    if (result.success) continue
    const issue = result.error.issues[0]
    throw new Error(`data/${path} ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is wrong'}`)
  }
  if (files['sources.json'] === undefined) throw new Error('data/sources.json is missing')
  const known = new Set(
    Object.entries(files).flatMap(([path, content]) =>
      isSources(path) ? Object.keys(content as object) : [],
    ),
  )
  for (const [path, content] of Object.entries(files)) {
    if (!isSources(path)) checkSources(content, known, `data/${path}`)
  }
}

/** Every `source` that a number names must be among the sources. */
function checkSources(value: unknown, known: ReadonlySet<string>, where: string): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, entry] of Object.entries(value)) {
    if (key === 'source' && typeof entry === 'string' && !known.has(entry)) {
      throw new Error(`${where}: source ${entry} is not in data/sources.json or data/sources/`)
    }
    checkSources(entry, known, `${where} ${key}`)
  }
}

/** Builds the bank from the files of `data/` by path; throws when a record is wrong. */
export function loadDatabank(files: Files): Databank {
  checkFiles(files)
  return loadRecords(files)
}
