import * as z from 'zod'
import { footprintGroups, footprintRules } from '../../economics/index.ts'

const group = () => z.enum(footprintGroups)
const quantity = () => z.strictObject({ value: z.number(), unit: z.string() })

const product = () =>
  z.strictObject({
    name: z.string(),
    ratePerYear: z.number().describe('kg per operating year'),
    kgCO2ePerKg: z.number(),
    kgCO2ePerKgReo: z.number().optional().describe('per kg of its rare earth oxides'),
    byGroup: z.record(group(), z.number()).describe('kg CO2e per kg of product'),
    share: z.number().describe('of the whole footprint'),
    primaryShare: z.number().describe('part with a factor of a supplier or a measurement'),
  })

const line = () =>
  z.strictObject({
    name: z.string(),
    group: group(),
    unit: z.string().describe('unit of the plant at which it arises'),
    quantity: quantity().describe('per operating year'),
    factor: z.strictObject({ value: z.number(), unit: z.string(), title: z.string() }),
    amount: z.number().describe('kg CO2e per year'),
    source: z.string(),
    method: z.string(),
    primary: z.boolean(),
    product: z.string().optional().describe('the product that it belongs to alone'),
    note: z.string().optional(),
  })

const gap = () =>
  z.strictObject({
    name: z.string(),
    group: group(),
    unit: z.string(),
    quantity: quantity().optional().describe('what it concerns, per operating year'),
    missing: z.string(),
  })

const route = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    functionalUnit: z.string(),
    range: z.tuple([z.number(), z.number()]).optional().describe('kg CO2e/kg, low and high'),
    boundary: z.string(),
    claim: z.string().optional(),
    source: z.string(),
    locator: z.string().optional(),
    note: z.string().optional(),
  })

const compared = () =>
  z.union([
    z.strictObject({
      route: route(),
      comparable: z.literal(true),
      own: z.number().describe('kg CO2e per kg of the same functional unit'),
      ratio: z.tuple([z.number(), z.number()]).describe('own over published'),
    }),
    z.strictObject({ route: route(), comparable: z.literal(false), because: z.string() }),
  ])

/** The footprint as a document: plain JSON, amounts in kg CO2e per operating year. */
export const footprintSchema = () =>
  z.strictObject({
    rule: z.string().describe('how emissions are shared, in words'),
    allocation: z.enum(footprintRules),
    cutOff: z.string(),
    boundary: z.string(),
    grid: z.string(),
    perYear: z.number().describe('kg CO2e'),
    perKgReo: z.number().nullable(),
    byProducts: z.array(z.string()).describe('products that carry nothing'),
    primaryShare: z.number(),
    perProduct: z.array(product()),
    lines: z.array(line()),
    gaps: z.array(gap()).describe('what is not in the figures'),
    unknownMass: z
      .object({ value: z.number(), of: z.number() })
      .describe('kg/y without a factor, and all that is bought and thrown away'),
    energy: z
      .array(
        z.strictObject({
          unit: z.string(),
          power: z.number().optional(),
          heat: z.number().optional(),
          gaps: z.array(z.string()),
        }),
      )
      .describe('W while operating'),
    compared: z.array(compared()),
    assumptions: z.array(z.string()),
    sources: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  })
