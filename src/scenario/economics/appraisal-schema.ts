import * as z from 'zod'
import { columnNames, type CashFlow } from '../../economics/index.ts'
import { appraisalSchema, type Appraisal } from './appraisal.ts'
import { footprintSchema } from './footprint-schema.ts'

const basis = () =>
  z.strictObject({
    currency: z.string().describe('ISO code'),
    year: z.string().describe('price level'),
  })
const said = { source: z.string().optional(), assumption: z.string().optional() }
const texts = () => z.array(z.strictObject({ at: z.string(), text: z.string() }))
const gaps = () => z.array(z.strictObject({ what: z.string(), why: z.string() }))
const warnings = () =>
  z.array(
    z.strictObject({
      rank: z.number().int().min(1).max(3).describe('1 decides a figure, 3 is for information'),
      at: z.string(),
      text: z.string(),
    }),
  )
const quantity = () => z.strictObject({ value: z.number(), unit: z.string() })
const size = () => z.strictObject({ name: z.string(), value: z.number(), unit: z.string() })

const priced = () =>
  z.strictObject({
    each: z.number(),
    total: z.number(),
    of: z.enum(['purchased', 'delivered', 'bare-erected']),
    by: z.string().describe('correlation, or given'),
    how: z.string(),
    source: z.string(),
    surrogate: z.string().optional(),
    assumption: z.string().optional(),
    extrapolated: z.string().optional(),
  })

const equipment = () =>
  z.looseObject({
    unit: z.string(),
    type: z.string(),
    count: z.number(),
    size: size(),
    further: z.array(size()).optional(),
    material: z.string(),
    basis: z.string(),
    power: z.number().optional().describe('W of one'),
    price: z.union([priced(), z.strictObject({ missing: z.string() })]),
  })

const capital = () =>
  z.strictObject({
    method: z.enum(['didymium', 'qgess', 'capacity']),
    basis: basis(),
    estimateClass: z.strictObject({
      class: z.number(),
      low: z.number(),
      high: z.number(),
      source: z.string(),
      text: z.string(),
    }),
    equipment: z.array(equipment()),
    lines: z.array(
      z.strictObject({
        name: z.string(),
        group: z.string(),
        amount: z.number(),
        how: z.string(),
        ...said,
      }),
    ),
    totals: z.strictObject({
      delivered: z.number().optional(),
      bareErected: z.number().optional(),
      totalPlant: z.number(),
      fixed: z.number(),
      workingCapital: z.number(),
      total: z.number(),
    }),
    batteryLimits: z.array(z.string()),
    excluded: z.array(z.string()),
    unpriced: gaps(),
    warnings: warnings(),
    assumptions: texts(),
    scaled: z.looseObject({}).optional(),
  })

const operating = () =>
  z.strictObject({
    basis: basis(),
    lines: z.array(
      z.strictObject({
        name: z.string(),
        group: z.string(),
        variable: z.boolean(),
        quantity: quantity().optional(),
        price: quantity().optional(),
        amount: z.number().describe('a year; a gate fee received is negative'),
        how: z.string(),
        ...said,
      }),
    ),
    perYear: z.number(),
    variablePerYear: z.number(),
    fixedPerYear: z.number(),
    reo: z.number().describe('kg of oxides a year'),
    perKgReo: z.number().nullable(),
    products: z.array(
      z.strictObject({
        name: z.string(),
        ratePerYear: z.number(),
        cost: z.number(),
        perKg: z.number(),
        share: z.number(),
      }),
    ),
    allocation: z.enum(['mass', 'value', 'treo']),
    recovery: z.looseObject({}).optional().describe('method qgess: its cost of recovery'),
    gaps: gaps(),
    assumptions: texts(),
  })

const column = () => z.array(z.number()).describe('one figure a period')

const rate = () =>
  z.union([
    z.strictObject({ outcome: z.literal('found'), rate: z.number(), real: z.number() }),
    z.strictObject({ outcome: z.literal('several'), rates: z.array(z.number()) }),
    z.strictObject({ outcome: z.literal('none'), why: z.string() }),
  ])

const breakEven = () => z.looseObject({ outcome: z.string(), x: z.number().optional() })

const cashFlow = () =>
  z.looseObject({
    basis: basis(),
    step: z.enum(['year', 'quarter']),
    length: z.number(),
    construction: z.number(),
    firstYear: z.number(),
    columns: z.strictObject(
      Object.fromEntries(columnNames.map((name) => [name, column()])) as Record<
        keyof CashFlow['columns'],
        ReturnType<typeof column>
      >,
    ),
    project: column(),
    equity: column(),
    output: column(),
  })

const finance = () =>
  z.strictObject({
    inputs: z.looseObject({}).describe('all that the cash flow is made of'),
    cashFlow: cashFlow(),
    metrics: z.looseObject({
      projectNpv: z.number(),
      equityNpv: z.number(),
      projectIrr: rate(),
      equityIrr: rate(),
      payback: z.looseObject({ outcome: z.enum(['found', 'never', 'nothing-spent']) }),
      peakFunding: z.number(),
    }),
    breakEvens: z
      .strictObject({
        basketFactor: breakEven(),
        baskets: z.array(z.looseObject({ basket: z.string(), factor: breakEven() })),
        minimumSellingPrice: breakEven(),
      })
      .optional(),
  })

const appraisal = () =>
  z.strictObject({
    schema: z.literal(appraisalSchema),
    plant: z.string().describe('SHA-256 of the plant file'),
    title: z.string(),
    basis: basis(),
    capital: capital(),
    operating: operating(),
    staff: z.array(z.strictObject({ role: z.string(), posts: z.number(), people: z.number() })),
    sales: z.strictObject({
      lines: z.array(
        z.looseObject({
          product: z.string(),
          ratePerYear: z.number().describe('kg'),
          payable: z.number(),
          amount: z.number(),
          unsold: z.number(),
          how: z.string(),
        }),
      ),
      perYear: z.number(),
      perKgReo: z.number().nullable(),
    }),
    finance: finance(),
    footprint: z.union([z.strictObject({ missing: z.string() }), footprintSchema()]),
    assumptions: texts(),
    defaults: z.array(z.strictObject({ path: z.string(), value: z.string(), source: z.string() })),
    gaps: z.array(z.strictObject({ part: z.string(), what: z.string(), why: z.string() })),
    warnings: warnings(),
  })

/** An appraisal as plain data, as it is printed: columns of the cash flow are lists of numbers. */
export function appraisalDocument(of: Appraisal): unknown {
  const plain = (_: string, value: unknown) => (value instanceof Float64Array ? [...value] : value)
  return JSON.parse(JSON.stringify(of, plain))
}

/** What is wrong with a document that should be an appraisal; empty when nothing is. */
export function appraisalProblems(document: unknown): readonly string[] {
  const checked = appraisal().safeParse(document)
  if (checked.success) return []
  return checked.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'document'}: ${message}`,
  )
}

/** The JSON Schema (draft 2020-12) of the appraisal document. */
export function appraisalJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(appraisal(), { target: 'draft-2020-12' })
  return { $id: 'urn:didymium:schema:appraisal:1', title: 'Didymium appraisal', ...schema }
}
