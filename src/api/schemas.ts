import { z } from '@hono/zod-openapi'
import {
  type OptimumReport,
  questionLimits,
  type Sensitivity,
  type Solution,
  solutionJsonSchema,
  type UncertaintySummary,
} from '../scenario/index.ts'
import { errorSchema } from './errors.ts'

const mostSets = 200
const mostNames = 200
const mostDraws = 100_000

/** A document of the engine, whose shape is described elsewhere. */
const documentOf = <T>(name: string, schema: string, description: string) =>
  z
    .custom<T>((value) => typeof value === 'object' && value !== null)
    .openapi(name, {
      type: 'object',
      description,
      properties: { schema: { type: 'string', const: schema } },
      required: ['schema'],
    })

/** The JSON Schema of a solution as a part of the contract: without a name and a draft. */
function solutionShape() {
  const { $id: _id, $schema: _draft, ...shape } = solutionJsonSchema()
  return shape
}

export const solutionSchema = z
  .custom<Solution>((value) => typeof value === 'object' && value !== null)
  .openapi('Solution', solutionShape())

const uncertaintySummary = documentOf<UncertaintySummary>(
  'UncertaintySummary',
  'didymium/uncertainty@1',
  'What `didymium uncertainty --json` prints.',
)
const optimumReport = documentOf<OptimumReport>(
  'OptimumReport',
  'didymium/optimise@1',
  'What `didymium optimise --json` prints.',
)
const sensitivityReport = documentOf<Sensitivity>(
  'Sensitivity',
  'didymium/sensitivity@1',
  'What `didymium sensitivity --json` prints.',
)

/** A plant by its texts, as they stand in an editor; nothing of it need be on a disk. */
export const plantTexts = z
  .strictObject({
    text: z.string().openapi({ description: 'the plant file' }),
    name: z.string().min(1).max(200).default('plant.yaml').openapi({
      description: 'its name in findings',
    }),
    sets: z
      .record(z.string().max(400), z.string())
      .default({})
      .refine((sets) => Object.keys(sets).length <= mostSets, `at most ${mostSets} texts`)
      .openapi({ description: 'texts of what it names by a relative path' }),
  })
  .openapi('PlantTexts')

const words = z.string().min(1).max(1000)
const several = z.array(words).max(mostNames)

const uncertaintyRequest = z.strictObject({
  design: z.enum(['lhs', 'sobol', 'saltelli']).default('lhs'),
  draws: z.int().min(2).max(mostDraws).default(1000),
  seed: z.int().default(1),
  results: several.default([]).openapi({ description: 'the usual ones if empty' }),
  requirements: several.default([]),
  inputs: several.default([]).openapi({ description: 'PATH=± VALUE; * for any letters' }),
  unstatedConstants: z.number().min(0).max(10).default(0),
  unstatedAssays: z.number().min(0).max(1).default(0),
})

const optimiseRequest = z.strictObject({
  vary: several.openapi({ description: 'PATH=LOW..HIGH' }),
  minimise: words.optional(),
  maximise: words.optional(),
  require: several.default([]),
  evaluations: z.int().min(10).max(questionLimits.evaluations).default(1000),
})

const sensitivityRequest = z.strictObject({
  parameters: several.openapi({ description: 'paths; * for any letters' }),
  results: several.default([]).openapi({ description: 'the usual ones if empty' }),
  by: z.number().positive().max(questionLimits.by).default(0.05),
})

export const jobRequest = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('uncertainty'),
      plant: plantTexts,
      request: uncertaintyRequest,
    }),
    z.strictObject({ kind: z.literal('optimise'), plant: plantTexts, request: optimiseRequest }),
    z.strictObject({
      kind: z.literal('sensitivity'),
      plant: plantTexts,
      request: sensitivityRequest,
    }),
  ])
  .openapi('JobRequest')

export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['uncertainty', 'optimise', 'sensitivity']),
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    started: z.string().openapi({ description: 'ISO 8601' }),
    ended: z.string().nullable(),
    done: z.number().openapi({ description: 'draws, solutions or parameters that are done' }),
    total: z.number().openapi({ description: '0 until it is known' }),
    partial: uncertaintySummary.nullable().openapi({ description: 'the draws so far' }),
    result: z.union([uncertaintySummary, optimumReport, sensitivityReport]).nullable(),
    error: errorSchema.nullable(),
  })
  .openapi('Job')

/** The id of a job in a path. */
export const jobId = z.object({
  id: z
    .string()
    .max(100)
    .openapi({ param: { name: 'id', in: 'path' } }),
})

/** The name of a plant file in a path. */
export const plantName = z.object({
  name: z
    .string()
    .max(200)
    .openapi({ param: { name: 'name', in: 'path' } }),
})

export const json = <Schema>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

export const jsonBody = <Schema>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})
