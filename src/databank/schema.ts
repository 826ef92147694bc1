import * as z from 'zod'

/**
 * Shapes of the records in `data/` and of a user's own sets. Each is a function, because making all
 * of them takes longer than reading the data, which was checked when its module was generated.
 */

export const methodSchema = () =>
  z.enum(['measured', 'digitised', 'fitted', 'interpolated', 'derived', 'estimated', 'assumption'])

const sourcedSchema = () =>
  z.strictObject({
    value: z.number(),
    unit: z.string().optional(),
    uncertainty: z.number().nonnegative().optional(),
    source: z.string().min(1),
    locator: z.string().optional(),
    method: methodSchema(),
    note: z.string().optional(),
  })

/** A constant of `data/process`: as a sourced number, and its unit must be said. */
const constantSchema = () => sourcedSchema().extend({ unit: z.string() })

const sourceSchema = () =>
  z.strictObject({
    title: z.string().min(1),
    authors: z.string().optional(),
    year: z.number().int().optional(),
    doi: z.string().optional(),
    url: z.string().optional(),
    kind: z.string().optional(),
    bibliography: z.string().optional(),
    confidence: z.string().optional(),
    access: z.string().optional(),
    licence: z.string().optional(),
    note: z.string().optional(),
  })

/** `data/sources.json` and the files of `data/sources/`: publications by id. */
export const sourcesSchema = () => z.record(z.string(), sourceSchema())

/** A file of `data/process`: constants by id. */
export const constantsSchema = () => z.record(z.string(), constantSchema())

export const elementsSchema = () =>
  z.strictObject({
    elements: z.array(
      z.strictObject({ symbol: z.string(), name: z.string(), atomicWeight: sourcedSchema() }),
    ),
  })

const speciesRecord = () =>
  z.strictObject({
    id: z.string().min(1),
    name: z.string().min(1),
    /** Where the id is no formula. */
    formula: z.string().optional(),
    /** Where no formula can say it (fractions of atoms). */
    composition: z.record(z.string(), z.number().positive()).optional(),
    extractant: z.enum(['acidic', 'solvating']).optional(),
    enthalpy: sourcedSchema().optional(),
    heatCapacity: sourcedSchema().optional(),
    density: sourcedSchema().optional(),
    note: z.string().optional(),
  })

export const speciesFileSchema = () =>
  z.strictObject({
    phase: z.enum(['solid', 'aqueous', 'organic', 'gas']),
    species: z.array(speciesRecord()),
  })

/** One property of many species of one phase: `{ phase, property, values: { id: sourced } }`. */
export const speciesPropertySchema = () =>
  z.strictObject({
    phase: z.enum(['solid', 'aqueous', 'organic', 'gas']),
    property: z.enum(['enthalpy', 'heatCapacity', 'density']),
    values: z.record(z.string(), sourcedSchema()),
  })

const volumePair = () =>
  z.strictObject({
    beta0: z.number(),
    beta1: z.number(),
    cPhi: z.number(),
    max: z.number().positive(),
    source: z.string(),
    locator: z.string().optional(),
    method: methodSchema(),
    note: z.string().optional(),
  })

/** Volumes of dissolved species: `data/species/volumes/`. */
export const volumesFileSchema = () =>
  z.strictObject({
    about: z.string(),
    values: z.record(
      z.string(),
      z.strictObject({
        v0: sourcedSchema(),
        pairs: z.record(z.string(), volumePair()).optional(),
        protonated: z
          .strictObject({ logK: sourcedSchema(), v0: sourcedSchema(), pure: sourcedSchema() })
          .optional(),
      }),
    ),
  })

const stoichiometry = () => z.record(z.string(), z.number())

export const equilibriaFileSchema = () =>
  z.strictObject({
    about: z.string().optional(),
    forms: z
      .array(
        z.strictObject({
          id: z.string(),
          components: stoichiometry(),
          charge: z.number().int(),
          logK: sourcedSchema(),
        }),
      )
      .default([]),
    solids: z
      .array(
        z.strictObject({
          id: z.string(),
          species: z.string().optional(),
          components: stoichiometry(),
          logK: sourcedSchema(),
          crystal: z.string().optional(),
        }),
      )
      .default([]),
    epsilon: z
      .array(z.strictObject({ cation: z.string(), anion: z.string(), epsilon: sourcedSchema() }))
      .default([]),
  })

const range = () => z.tuple([z.number(), z.number()])

const measurementSchema = () =>
  z.strictObject({
    of: z.enum(['D', 'aqueous', 'organic', 'pH']),
    element: z.string().optional(),
    value: z.number(),
    uncertainty: z.number().positive().optional(),
    limit: z.enum(['below', 'above']).optional(),
  })

/** Names and the rows of a square matrix of as many. */
const covarianceSchema = () =>
  z
    .strictObject({ names: z.array(z.string()), matrix: z.array(z.array(z.number())) })
    .refine(
      ({ names, matrix }) =>
        matrix.length === names.length && matrix.every((row) => row.length === names.length),
      'the matrix needs a row and a column for each name',
    )

export const extractantSetSchema = () =>
  z.strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    extractant: z.string().min(1),
    diluent: z.string(),
    medium: z.string(),
    model: z.string().min(1),
    parameters: z.record(z.string(), z.record(z.string(), sourcedSchema())),
    constants: z.record(z.string(), sourcedSchema()),
    protons: z.record(z.string(), z.number()),
    quality: z.record(z.string(), z.string()),
    covariance: covarianceSchema().optional(),
    validity: z.strictObject({
      pH: range().optional(),
      free: range().optional(),
      loading: range().optional(),
      aqueous: range().optional(),
      temperature: range().optional(),
      medium: z.string().optional(),
    }),
    worth: z.string(),
    points: z.array(
      z.strictObject({
        source: z.string(),
        extractant: z.number(),
        hydrogenFeed: z.number().optional(),
        phaseRatio: z.number().positive(),
        feed: z.record(z.string(), z.number()),
        D: z.record(z.string(), z.number()),
        pH: z.number().optional(),
        organicFeed: z.record(z.string(), z.number()).optional(),
        saponified: z.number().optional(),
        sulfate: z.number().optional(),
        measured: z.array(measurementSchema()).optional(),
        note: z.string().optional(),
      }),
    ),
    sources: z.array(z.string()),
    notes: z.array(z.string()),
  })

/** Mass fractions in per cent as a source prints them: a value, a range(), or a bound. */
const assayValue = () =>
  z.strictObject({
    mean: z.number().nonnegative().optional(),
    low: z.number().nonnegative().optional(),
    high: z.number().nonnegative().optional(),
    about: z.boolean().optional(),
    suspect: z.string().optional(),
  })

export const feedsFileSchema = () =>
  z.strictObject({
    feeds: z.array(
      z.strictObject({
        id: z.string(),
        family: z.string(),
        name: z.string(),
        basis: z.string(),
        /** Mass per cent by element; `TREE` = all rare earth elements together. */
        massPercent: z.record(z.string(), assayValue()),
        method: methodSchema(),
        source: z.string(),
        note: z.string().optional(),
        suspect: z.string().optional(),
      }),
    ),
  })

export const productsFileSchema = () =>
  z.strictObject({
    products: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        elements: z.array(z.string()).min(1),
        /** Lower bounds as mass fractions by purity name. */
        purity: z.strictObject({
          reoOfTreo: z.number().optional(),
          treoInProduct: z.number().optional(),
          oxideInProduct: z.number().optional(),
        }),
        /** Least share of one oxide among the product's oxides, mass fraction. */
        share: z.record(z.string(), z.number()).optional(),
        /** Upper bounds, mass fraction of the product, by oxide or species. */
        limits: z.record(z.string(), z.number()),
        lossOnIgnition: z.number().optional(),
        method: methodSchema(),
        source: z.string(),
        locator: z.string().optional(),
        note: z.string().optional(),
      }),
    ),
  })

/** A file as it is written, of the shape that a function above makes. */
type FileOf<S extends () => z.ZodType> = z.input<ReturnType<S>>

export type SourcesFile = FileOf<typeof sourcesSchema>
export type ConstantsFile = FileOf<typeof constantsSchema>
export type ElementsFile = FileOf<typeof elementsSchema>
export type SpeciesFile = FileOf<typeof speciesFileSchema>
export type PropertyFile = FileOf<typeof speciesPropertySchema>
export type VolumesFile = FileOf<typeof volumesFileSchema>
export type EquilibriaFile = FileOf<typeof equilibriaFileSchema>
export type ExtractantFile = FileOf<typeof extractantSetSchema>
export type FeedsFile = FileOf<typeof feedsFileSchema>
export type ProductsFile = FileOf<typeof productsFileSchema>
