import { z } from '@hono/zod-openapi'
import {
  type EpcisEvent,
  type Json,
  type LotChange,
  type LotMaster,
  lotKinds,
  roles,
  statuses,
} from '../../../ledger/index.ts'

/** A time, milliseconds since 1970, as the ledger holds it. */
const time = z.number().openapi({ description: 'milliseconds since 1970' })
const mg = z.number().openapi({ description: 'whole milligrams' })

/** A record of the engine, whose fields its type says; a schema names and describes it. */
export const recordOf = <T>(name: string, description: string) =>
  z
    .custom<T>((value) => typeof value === 'object' && value !== null)
    .openapi(name, { type: 'object', description, additionalProperties: true })

export const roleSchema = z.enum(roles).openapi('Role')

const siteSchema = z
  .object({
    name: z.string(),
    authority: z.string().openapi({ description: 'begins the URIs that this site gives' }),
    country: z.string(),
    places: z
      .array(z.object({ code: z.string(), name: z.string() }))
      .readonly()
      .optional(),
    isSynthetic: z.boolean().openapi({ description: 'a made-up history: say so on every page' }),
  })
  .openapi('Site')

/** Who asks, as the server knows them. */
export const whoSchema = z
  .object({
    account: z.string().openapi({ description: 'local for who asks without an account' }),
    fullName: z.string(),
    role: roleSchema,
    via: z.enum(['local', 'sign-in', 'token']),
    /** Of a sign-in or a token. */
    expiresAt: time.nullable(),
  })
  .openapi('Who')

export const ledgerSchema = z
  .object({
    site: siteSchema,
    head: z.object({ seq: z.number(), hash: z.string() }),
    counts: z.object({
      events: z.number(),
      lots: z.number(),
      lotsInStock: z.number(),
      campaigns: z.number(),
      findings: z.number(),
    }),
    database: z.enum(['sqlite', 'postgres']),
    isOpen: z.boolean().openapi({ description: 'true: whoever is at this machine may do all' }),
    me: whoSchema,
    may: z.array(z.string()).openapi({ description: 'actions and commands that I may do' }),
    now: time,
  })
  .openapi('LedgerInfo')

const lotMaster = recordOf<LotMaster>('LotMaster', 'What a lot is, as its first event said it.')

/** A lot in a list: what it is, how much there is and where. */
export const lotRowSchema = z
  .object({
    uri: z.string(),
    code: z.string().openapi({ description: 'its URI where nobody gave it a code' }),
    master: lotMaster.nullable().openapi({ description: 'null: nobody introduced it' }),
    mg,
    places: z.record(z.string(), mg),
    firstTime: time,
    lastTime: time,
    isAssayed: z.boolean(),
    isShipped: z.boolean(),
    findings: z.number(),
  })
  .openapi('LotRow')

export const lotPageSchema = z
  .object({ lots: z.array(lotRowSchema), total: z.number(), offset: z.number() })
  .openapi('LotPage')

const campaignSchema = z
  .object({
    uri: z.string(),
    code: z.string(),
    place: z.string(),
    start: time,
    end: time.optional(),
    plant: z.string().optional(),
    plantHash: z.string().optional(),
    description: z.string().optional(),
  })
  .openapi('Campaign')

const flowSchema = z
  .object({
    node: z.string(),
    lot: z.string(),
    code: z.string(),
    kind: z.enum(lotKinds).nullable(),
    product: z.string().nullable(),
    direction: z.enum(['in', 'out']),
    mg,
    time,
    event: z.string(),
  })
  .openapi('CampaignFlow')

export const campaignRowSchema = campaignSchema
  .extend({ chargedMg: mg, drawnMg: mg, charges: z.number(), draws: z.number() })
  .openapi('CampaignRow')

export const campaignListSchema = z
  .object({ campaigns: z.array(campaignRowSchema) })
  .openapi('CampaignList')

export const campaignDetailSchema = z
  .object({ campaign: campaignRowSchema, flows: z.array(flowSchema) })
  .openapi('CampaignDetail')

export const placeSchema = z
  .object({
    uri: z.string(),
    code: z.string(),
    name: z.string(),
    lots: z.number().openapi({ description: 'lots of which something is there' }),
    mg,
  })
  .openapi('LedgerPlace')

export const placeListSchema = z.object({ places: z.array(placeSchema) }).openapi('PlaceList')

const eventSchema = recordOf<EpcisEvent>('EpcisEvent', 'An event of EPCIS 2.0 (JSON).')

/** A command as forms are made of it. */
export const commandSchema = z
  .object({
    name: z.string(),
    about: z.string(),
    roles: z.array(roleSchema),
    mayI: z.boolean(),
    input: recordOf<{ readonly [key: string]: Json }>(
      'InputSchema',
      'JSON Schema (draft 2020-12) of what the command takes.',
    ),
    example: recordOf<Json>('InputExample', 'An input that is accepted as it is.'),
  })
  .openapi('LedgerCommand')

export const commandListSchema = z
  .object({
    commands: z.array(commandSchema),
    statuses: z.array(z.enum(statuses)).openapi({ description: 'in the order of refusing' }),
  })
  .openapi('LedgerCommandList')

/** What came of a command that was accepted; of a refused one the error says why. */
export const commandAnswerSchema = z
  .object({
    status: z.literal('accepted'),
    events: z.array(eventSchema),
    preview: z.boolean().openapi({ description: 'true: nothing was kept' }),
    repeated: z.boolean().openapi({ description: 'true: all of it was in the ledger already' }),
    changes: z
      .array(recordOf<LotChange>('LotChange', 'a lot before and after: mg by place, assays'))
      .optional()
      .openapi({ description: 'of a preview: every lot that it touches' }),
  })
  .openapi('CommandAnswer')

/** A whole number in an address, which is text. */
export const count = (most: number, usual: number) =>
  z.coerce.number().int().min(0).max(most).default(usual)

const isoDay = /^\d{4}-\d{2}-\d{2}$/
const isoTime = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/

/** A time in an address: ISO 8601 with an offset, a day (its beginning, UTC), or milliseconds. */
export const timeText = z
  .string()
  .max(40)
  .transform((text, context) => {
    if (/^-?\d{1,15}$/.test(text)) return Number(text)
    const found = isoDay.test(text) || isoTime.test(text) ? Date.parse(text) : Number.NaN
    if (Number.isFinite(found)) return found
    context.addIssue({ code: 'custom', message: 'is no time: 2026-03-01T08:00:00Z or 2026-03-01' })
    return z.NEVER
  })
  .openapi({
    type: 'string',
    description: 'ISO 8601 with offset (2026-03-01T08:00:00Z), a day, or ms since 1970',
  })

/** Yes or no in an address. */
export const yes = z
  .enum(['0', '1', 'false', 'true'])
  .optional()
  .transform((word) => (word === undefined ? undefined : word === '1' || word === 'true'))
  .openapi({ type: 'string', enum: ['0', '1', 'false', 'true'], description: '1 or true for yes' })

/** The code or URI of a lot, a place or a campaign. */
export const reference = (what: string) =>
  z
    .string()
    .min(1)
    .max(500)
    .openapi({ description: `code or URI of ${what}` })
