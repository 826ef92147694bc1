/** Fields that inputs of commands share: how they are written, and what is refused of them. */
import * as z from 'zod'
import { parseQuantity } from '../../../quantities/index.ts'
import { timeOf } from '../../epcis/time.ts'
import {
  custodyModels,
  lotKinds,
  processingSteps,
  sourceClasses,
  type LotKind,
  type SourceShare,
} from '../../lot.ts'
import { parseMass } from '../../mass.ts'
import { longTime } from './time.ts'

const code = String.raw`[A-Za-z0-9][A-Za-z0-9._\-]{0,63}`
const uri = String.raw`[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>"{}|\\^\x60]{1,500}`
const reference = new RegExp(`^(?:${code}|${uri})$`)

const asReference = (what: string) =>
  z.string().regex(reference, `${what} is a code (letters, digits, dot, dash, underscore) or a URI`)

export const lotField = asReference('a lot').describe('code (F-2026-0017) or URI of the lot')
export const newLotField = asReference('a lot').describe(
  'code for the new lot, as its label will show it, or a URI',
)
export const campaignField = asReference('a campaign').describe('code or URI of the campaign')
export const placeField = asReference('a place').describe('code or URI of the place')
export const partyField = asReference('a party').describe('code or URI of the party')
export const packageField = asReference('a package').describe('code or URI of the package')
export const documentField = asReference('a document').describe('number or URI of the document')

const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((value) => value.trim() !== '', 'is empty; leave it out')

export const shortText = text(200)
export const longText = text(2000)

const readMass = (least: number) =>
  z
    .string()
    .max(100)
    .superRefine((value, context) => {
      const parsed = parseMass(value)
      if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message })
      else if (parsed.mg < least) {
        context.addIssue({ code: 'custom', message: 'nothing is no mass to be written down' })
      }
    })

const how = 'with its unit, at most to the milligram; ± its expanded uncertainty: 125.5 ± 0.2 kg'

/** A mass that is more than nothing. */
export const massField = readMass(1).describe(`mass ${how}`)
/** A mass that may be nothing. */
export const countField = readMass(0).describe(`mass that was found, 0 kg if nothing, ${how}`)
/** A part of what there is, or all of it. */
const partField = massField.describe(`mass ${how}; left out: all that is there`).optional()

/** How a mass was found: beside every mass that a balance gave. */
export const weighedFields = {
  k: z
    .number()
    .min(1)
    .max(10)
    .describe('coverage factor of what follows ± in the mass; 2 if left out')
    .optional(),
  instrument: shortText.describe('balance or weighbridge').optional(),
}

export const timeField = z
  .string()
  .max(40)
  .refine(
    (value) => timeOf(longTime(value)) !== undefined,
    'is no time with an offset; write 2026-03-01T08:00:00+00:00',
  )
  .describe('when it happened, ISO 8601 with an offset: 2026-03-01T08:00:00+00:00; now if left out')
  .optional()

export const noteField = longText.describe('anything else worth keeping').optional()

/** Fields of every command. */
export const commonFields = { time: timeField, note: noteField }

const share = z
  .string()
  .max(40)
  .superRefine((value, context) => {
    const parsed = parseQuantity(value, 'ratio')
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.message })
    else if (!(parsed.value >= 0 && parsed.value <= 1)) {
      context.addIssue({ code: 'custom', message: 'a share is between 0 and 100 %' })
    }
  })

/** The number that a share means, 0 to 1. */
function shareOf(value: string): number {
  const parsed = parseQuantity(value, 'ratio')
  return parsed.ok ? Number(parsed.value.toPrecision(15)) : Number.NaN
}

const sourceField = z.strictObject({
  class: z.enum(sourceClasses).describe('where the material was before (ISO 14021)'),
  share: share.describe('share of the mass: 40 %'),
  element: z
    .string()
    .regex(/^[A-Z][a-z]?$/, 'is no symbol of an element')
    .describe('of this element only; left out: of all that have no share of their own')
    .optional(),
})

/** Shares of one element, or of all, that do not add up to the whole. */
function unevenSources(shares: readonly z.infer<typeof sourceField>[]): string | undefined {
  const sums = new Map<string, number>()
  for (const one of shares) {
    const key = one.element ?? 'all elements'
    sums.set(key, (sums.get(key) ?? 0) + shareOf(one.share))
  }
  for (const [key, sum] of sums) {
    if (Math.abs(sum - 1) > 1e-6)
      return `the shares of ${key} add up to ${+(100 * sum).toFixed(4)} %`
  }
  return undefined
}

const sourcesField = z
  .array(sourceField)
  .min(1)
  .max(200)
  .superRefine((shares, context) => {
    const message = unevenSources(shares)
    if (message !== undefined)
      context.addIssue({ code: 'custom', message: `${message}, not 100 %` })
  })
  .describe('pre-consumer, post-consumer or primary, in shares that add up to 100 %')

export function sourceShares(
  shares: readonly z.infer<typeof sourceField>[],
): readonly SourceShare[] {
  return shares.map((one) => ({
    class: one.class,
    share: shareOf(one.share),
    ...(one.element === undefined ? {} : { element: one.element }),
  }))
}

const originField = z
  .array(
    z.strictObject({
      step: z.enum(processingSteps).describe('processing step'),
      country: z
        .string()
        .regex(/^(?:[A-Z]{2}|unknown)$/, 'is two capital letters (ISO 3166-1), or unknown')
        .describe('ISO 3166-1 alpha-2, or unknown'),
      facility: shortText.describe('where').optional(),
      operator: shortText.describe('who did it').optional(),
      owner: shortText.describe('who owned it then').optional(),
    }),
  )
  .max(50)
  .describe('where each step was done, as far as anybody has said')

/** What is said of a lot when it comes into being, beside its code and kind. */
export const aboutLot = {
  product: shortText.describe('product as specifications name it: Nd2O3, didymium').optional(),
  grade: shortText.describe('grade').optional(),
  description: longText.describe('what it is, in words').optional(),
  owner: partyField.describe('code or URI of who owns it').optional(),
  sources: sourcesField.optional(),
  origin: originField.optional(),
  custody: z
    .enum(custodyModels)
    .describe('model of the chain of custody (ISO 22095) that it is kept by')
    .optional(),
}

export const kindField = (kinds: readonly LotKind[] = lotKinds) =>
  z.enum(kinds).describe('what kind of lot it is')

/** A lot, and how much of it. */
export const takenFields = {
  lot: lotField,
  mass: partField,
  place: placeField.describe('place that it is taken from; left out: where it is').optional(),
}

/** A list of lines of which no two name the same lot. */
export function linesOf<Line extends z.ZodType<{ readonly lot: string }>>(
  line: Line,
  about: string,
  least = 1,
) {
  return z
    .array(line)
    .min(least)
    .max(500)
    .superRefine((lines, context) => {
      const seen = new Set<string>()
      lines.forEach(({ lot }, at) => {
        if (seen.has(lot)) {
          context.addIssue({ code: 'custom', path: [at, 'lot'], message: `${lot} is named twice` })
        }
        seen.add(lot)
      })
    })
    .describe(about)
}
