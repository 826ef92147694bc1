/** The ledger's own fields of an event, checked: anybody may write in its namespace. */
import * as z from 'zod'
import { extension } from '../coded.ts'
import {
  type Assay,
  bases,
  type Claim,
  conditions,
  custodyModels,
  lotKinds,
  type LotMaster,
  processingSteps,
  sourceClasses,
} from '../lot.ts'
import type { Draft } from './draft.ts'

const fraction = z.number().min(0).max(1)
const mg = z.number().int().min(0).max(1e14)

const master = z.object({
  code: z.string().min(1),
  kind: z.enum(lotKinds),
  product: z.string().optional(),
  grade: z.string().optional(),
  description: z.string().optional(),
  owner: z.string().optional(),
  supplier: z.string().optional(),
  sources: z
    .array(
      z.object({
        class: z.enum(sourceClasses),
        share: fraction,
        element: z.string().optional(),
      }),
    )
    .optional(),
  origin: z
    .array(
      z.object({
        step: z.enum(processingSteps),
        country: z.string(),
        facility: z.string().optional(),
        operator: z.string().optional(),
        owner: z.string().optional(),
      }),
    )
    .optional(),
  custody: z.enum(custodyModels).optional(),
  sampleOf: z.string().optional(),
})

const masters = z.array(master.extend({ uri: z.string().min(1) }))

const spread = {
  u: mg.optional(),
  k: z.number().positive().optional(),
  instrument: z.string().optional(),
}
const weighing = z.object(spread)
const weighings = z.array(z.object({ lot: z.string(), ...spread }))

const assay = z.object({
  analyte: z.string().min(1),
  u: fraction.optional(),
  k: z.number().positive().optional(),
  loq: fraction.optional(),
  basis: z.enum(bases).default('element'),
  oxide: z.string().optional(),
  condition: z.enum(conditions).default('wet'),
  status: z.enum(['provisional', 'final']).default('final'),
  method: z.string().optional(),
  laboratory: z.string().optional(),
})

const analysis = z.object({ lot: z.string(), sample: z.string().optional() })

const campaign = z.object({
  code: z.string().optional(),
  plant: z.string().optional(),
  plantHash: z.string().optional(),
  description: z.string().optional(),
})

const release = z.object({ specification: z.string().optional(), reason: z.string().optional() })

const claims = z.array(
  z.object({
    lot: z.string(),
    element: z.string(),
    class: z.enum(sourceClasses),
    mg,
    model: z.enum(['mass-balance-rolling-average', 'mass-balance-credits']),
  }),
)

type Dense<T> = T extends readonly (infer One)[]
  ? readonly Dense<One>[]
  : T extends object
    ? { readonly [K in keyof T]: Dense<Exclude<T[K], undefined>> }
    : T

/** Reads a field of the ledger's own; what cannot be read is a trouble, and as if not there. */
function read<T>(
  draft: Draft,
  record: object | undefined,
  name: string,
  schema: z.ZodType<T>,
): Dense<T> | undefined {
  const value = extension(record, name, draft.context)
  if (value === undefined) return undefined
  const parsed = schema.safeParse(value)
  // What JSON holds is never undefined: an optional field is there or left out.
  if (parsed.success) return parsed.data as Dense<T>
  const [issue] = parsed.error.issues
  const path = [name, ...(issue?.path ?? [])].join('.')
  draft.troubles.push({
    message: `the ledger's own field ${path}: ${issue?.message ?? 'unreadable'}`,
  })
  return undefined
}

/** Master data in ilmd: of the one lot of the event, or of several by their URI. */
export function mastersOf(
  draft: Draft,
  ilmd: object | undefined,
  lots: readonly string[],
): readonly LotMaster[] {
  const several = read(draft, ilmd, 'lots', masters)
  if (several !== undefined) return several.filter(({ uri }) => lots.includes(uri))
  const one = read(draft, ilmd, 'lot', master)
  const [uri] = lots
  return one === undefined || uri === undefined ? [] : [{ uri, ...one }]
}

export interface Spread {
  readonly u?: number
  readonly k?: number
  readonly instrument?: string
}

export const weighingOf = (draft: Draft, event: object): Spread | undefined =>
  read(draft, event, 'weighing', weighing)

export const weighingsOf = (
  draft: Draft,
  event: object,
): readonly (Spread & { readonly lot: string })[] =>
  read(draft, event, 'weighings', weighings) ?? []

export type AssaySaid = Omit<Assay, 'lot' | 'sample' | 'time' | 'event' | 'value'>

export const assayOf = (draft: Draft, report: object): AssaySaid | undefined =>
  read(draft, report, 'assay', assay)

export const analysisOf = (draft: Draft, event: object) => read(draft, event, 'analysis', analysis)

export const campaignSaid = (draft: Draft, event: object) =>
  read(draft, event, 'campaign', campaign)

export const releaseSaid = (draft: Draft, event: object) =>
  read(draft, event, 'release', release) ?? {}

export const claimsOf = (
  draft: Draft,
  event: object,
): readonly (Claim & { readonly lot: string })[] => read(draft, event, 'claims', claims) ?? []
