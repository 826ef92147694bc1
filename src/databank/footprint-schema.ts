import * as z from 'zod'
import { methodSchema } from './schema.ts'

/** Factors in the unit in which their source prints them; values are never converted in `data/`. */
const factor = () =>
  z.strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    kind: z.enum(['grid', 'fuel', 'substance', 'waste', 'transport']),
    of: z.string().min(1),
    value: z.number().nonnegative(),
    unit: z.enum([
      'kg CO2e/kg',
      'kg CO2e/kWh',
      'lb CO2e/MWh',
      'kg CO2e/m3',
      'kg CO2e/(t km)',
      'kg CO2e/t',
    ]),
    year: z.number().int(),
    region: z.string(),
    boundary: z.string(),
    upstream: z.boolean(),
    surrogate: z.exactOptional(z.string()),
    source: z.string().min(1),
    locator: z.exactOptional(z.string()),
    method: methodSchema(),
    note: z.exactOptional(z.string()),
  })

const substance = () =>
  z.strictObject({
    id: z.string().min(1),
    name: z.string().min(1),
    species: z.array(z.string()).min(1),
    free: z.exactOptional(z.boolean()),
    piped: z.exactOptional(z.boolean()),
  })

const route = () =>
  z.strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    functionalUnit: z.string().min(1),
    /** kg CO2e per kg, low and high. */
    range: z.exactOptional(z.tuple([z.number(), z.number()])),
    boundary: z.string(),
    claim: z.exactOptional(z.string()),
    source: z.string().min(1),
    locator: z.exactOptional(z.string()),
    note: z.exactOptional(z.string()),
  })

/** `data/footprint/*.json`: emission factors and what is compared with them. */
export const footprintFileSchema = () =>
  z.strictObject({
    about: z.exactOptional(z.string()),
    factors: z.exactOptional(z.array(factor())),
    substances: z.exactOptional(z.array(substance())),
    /** Types of equipment without a drive of their own. */
    unpowered: z.exactOptional(z.array(z.string())),
    routes: z.exactOptional(z.array(route())),
    /** What was looked for and not found, by substance or mode. */
    missing: z.exactOptional(z.record(z.string(), z.string())),
  })

export type FootprintFile = z.output<ReturnType<typeof footprintFileSchema>>
