import * as z from 'zod'

/**
 * The solved plant as a document: plain JSON, versioned. Species flows are mol/s, element and mass
 * flows kg/s, temperatures K, stage concentrations mol/L, volumes m3/s, powers W; rates are while
 * operating, `t/y` is the same over the plant's operating hours. The shapes are functions because a
 * program that only solves never looks at a document with them, and making them takes time.
 */
const numbers = () => z.record(z.string(), z.number())
const byPhase = () =>
  z.object({
    solid: numbers().optional(),
    aqueous: numbers().optional(),
    organic: numbers().optional(),
    gas: numbers().optional(),
  })

const stream = () =>
  z.object({
    from: z.string().describe('unit.port where it leaves'),
    to: z.string().describe('unit.port where it arrives'),
    temperature: z.number().describe('K'),
    phase: z.enum(['solid', 'aqueous', 'organic', 'gas']).describe('what the line mainly carries'),
    mass: z.number().describe('kg/s'),
    species: byPhase().describe('mol/s by phase and species'),
    elements: numbers().describe('kg/s'),
    volume: numbers().describe('m3/s by phase, where the density is known'),
    density: numbers().describe('kg/m3 by phase, where known'),
    pH: z.number().optional(),
    particleSize: z.number().optional().describe('80 % passing, m'),
    tracers: numbers().optional().describe('what rides on mass: share, kg/s or Bq/s'),
  })

const rate = () => z.object({ 'kg/s': z.number(), 't/y': z.number() })

const product = () =>
  z.object({
    name: z.string(),
    elements: z.array(z.string()).describe('elements whose oxides the product is sold as'),
    rate: rate(),
    purity: z.object({
      reoOfTreo: z.number(),
      treoInProduct: z.number(),
      oxideInProduct: z.number(),
    }),
    impurities: numbers().describe('mass fraction of the product'),
    specification: z.enum(['met', 'not met', 'none']),
    shortfalls: z.array(z.string()),
  })

const stage = () =>
  z.object({
    index: z.number().int().describe('from 1'),
    section: z.string(),
    aqueous: numbers().describe('mol/L'),
    organic: numbers().describe('mol/L'),
    D: numbers(),
    beta: numbers().describe('separation factors of neighbouring elements, D over D'),
    pH: z.number(),
    freeExtractant: z.number().describe('mol/L, monomer'),
    loading: z.number().describe('of the stoichiometric limit'),
    aqueousFlow: z.number().describe('m3/s'),
    organicFlow: z.number().describe('m3/s'),
    mixerPhaseRatio: z.number().describe('organic over aqueous inside the mixer'),
  })

const circuit = () =>
  z.object({
    extractant: z.string(),
    elements: z.array(z.string()),
    stages: z.array(stage()),
    window: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
    held: z.object({ vary: z.string(), value: z.number(), unit: z.string() }).optional(),
    iterations: z.number(),
  })

const size = () => z.object({ name: z.string(), value: z.number(), unit: z.string() })

const equipment = () =>
  z.object({
    type: z.string(),
    count: z.number(),
    standby: z.number().optional().describe('how many of them stand by'),
    size: size().describe('of each, SI'),
    further: z.array(size()).optional().describe('other sizes of each: volume, heat duty ...'),
    power: z.number().optional().describe('electricity of all that run, W'),
    material: z.string(),
    basis: z.string(),
  })

const holdUp = () =>
  z.object({
    elements: numbers().describe('kg of the rare earths'),
    solvent: numbers().describe('kg of fresh solvent by species'),
    organic: z.number().describe('m3'),
    aqueous: z.number().describe('m3'),
    basis: z.string(),
  })

const unit = () =>
  z.object({
    kind: z.string(),
    title: z.string(),
    symbol: z.string().describe('how the flow diagram draws it'),
    heat: z
      .union([
        z.object({ watts: z.number(), without: z.string().optional() }),
        z.object({ unknown: z.string() }),
      ])
      .describe(
        'to be added (positive) or removed (negative); without traces that have no enthalpy',
      ),
    power: z.number().optional().describe('electricity, W'),
    figures: z.record(z.string(), z.object({ value: z.number(), unit: z.string() })),
    equipment: z.array(equipment()),
    holdUp: holdUp().optional().describe('what stays in the unit while it runs'),
  })

const warning = () =>
  z.object({
    rank: z.number().int().min(1).max(3).describe('1 decides a product, 3 is for information'),
    unit: z.string(),
    stage: z.number().int().nullable().describe('null where it is about no stage'),
    code: z.string(),
    text: z.string(),
  })

const balance = () =>
  z.object({
    worst: z.number().describe('largest gap of any element over any unit or the plant'),
    where: z.string(),
    elements: z.record(
      z.string(),
      z.object({ in: z.number(), out: z.number(), gap: z.number() }).describe('kg/s; gap relative'),
    ),
    units: numbers().describe('largest element gap of each unit'),
    charge: z.number().describe('largest net charge of any liquor or solvent over all its charge'),
    chargeWhere: z.string().describe('the stream whose charge that is'),
  })

const outcome = () =>
  z.object({
    name: z.string().describe('infeasible, max-iterations, acid-short ...'),
    unit: z.string().describe('unit, loop or specification at fault'),
    at: z.string().describe('stage, element, tear or parameter'),
    detail: z.string(),
    advice: z.string(),
  })

const solution = () =>
  z.object({
    schema: z.literal('didymium/solution@1'),
    title: z.string(),
    plant: z.string().describe('SHA-256 of the plant file'),
    operatingHours: z.number().describe('h/y'),
    status: z.enum(['converged', 'failed']),
    outcome: z.union([outcome(), z.null()]).describe('null when converged'),
    streams: z.record(z.string(), stream()),
    products: z.array(product()),
    recovery: numbers().describe('in products over in feeds, by element that is sold'),
    balance: balance(),
    circuits: z.record(z.string(), circuit()),
    warnings: z.array(warning()).describe('worst first'),
    units: z.record(z.string(), unit()),
    reagents: z.array(
      z.object({
        name: z.string(),
        rate: rate(),
        perProduct: z
          .number()
          .nullable()
          .describe('kg per kg of all products; null without product'),
        composition: numbers().describe('mass fractions by species'),
      }),
    ),
    specifications: z.array(
      z.object({
        name: z.string(),
        vary: z.string(),
        value: z.number().describe('SI'),
        measure: z.string(),
        target: z.number(),
        reached: z.number().nullable(),
        met: z.boolean(),
      }),
    ),
    limits: z.array(
      z.object({
        name: z.string(),
        measure: z.string(),
        reached: z.number().nullable(),
        met: z.boolean(),
      }),
    ),
    dataSets: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        origin: z.string().describe('built-in, or the path relative to the plant file'),
        hash: z
          .string()
          .describe('SHA-256 of the file (own sets) or of its canonical JSON (built-in)'),
        sources: z.array(z.string()),
        units: z.array(z.string()).describe('units that use it'),
      }),
    ),
    assumptions: z.array(z.object({ at: z.string(), text: z.string() })),
    solver: z.object({ sweeps: z.number(), tears: z.array(z.string()), residual: z.number() }),
  })

export type Solution = z.infer<ReturnType<typeof solution>>
export type SolvedStream = z.infer<ReturnType<typeof stream>>
export type SolvedProduct = z.infer<ReturnType<typeof product>>
export type SolvedUnit = z.infer<ReturnType<typeof unit>>
export type SolvedCircuit = z.infer<ReturnType<typeof circuit>>
export type SolvedStage = z.infer<ReturnType<typeof stage>>
export type SolvedWarning = z.infer<ReturnType<typeof warning>>
export type SolvedOutcome = z.infer<ReturnType<typeof outcome>>

/** Lifts an older version of the document by one version. Version 1 is the first: none yet. */
const migrations: Readonly<Record<string, (older: unknown) => unknown>> = {}

/** A solution read back from JSON: checked, older versions lifted; or what is wrong with it. */
export function readSolution(
  value: unknown,
): { ok: true; solution: Solution } | { ok: false; problems: readonly string[] } {
  let current = value
  for (let steps = 0; steps < 100; steps++) {
    const lift = migrations[schemaOf(current)]
    if (lift === undefined) break
    current = lift(current)
  }
  const checked = solution().safeParse(current)
  if (checked.success) return { ok: true, solution: checked.data }
  const problems = checked.error.issues.map(
    (i) => `${i.path.join('.') || 'document'}: ${i.message}`,
  )
  return { ok: false, problems }
}

function schemaOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('schema' in value)) return ''
  return typeof value.schema === 'string' ? value.schema : ''
}

/** The JSON Schema (draft 2020-12) of the solution document. */
export function solutionJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(solution(), { target: 'draft-2020-12' })
  return {
    $id: 'urn:didymium:schema:solution:1',
    title: 'Didymium solution',
    ...schema,
  }
}
