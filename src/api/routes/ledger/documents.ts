import { z } from '@hono/zod-openapi'
import type {
  Certificate,
  CustodyAccount,
  Flag,
  Genealogy,
  InventoryReport,
  LedgerFinding,
  LotView,
  Specification,
  VerifyReport,
} from '../../../ledger/index.ts'
import type { BalanceReport, Drift, Expectation } from '../../../twin/index.ts'
import { recordOf } from './schemas.ts'

export const lotViewSchema = recordOf<LotView>(
  'LotView',
  'Everything there is to say of one lot: state, composition, custody, origin, events.',
)

export const genealogySchema = recordOf<Genealogy>(
  'Genealogy',
  'What a lot came from, or what became of it: lots, campaigns, shares by mass of element.',
)

export const inventorySchema = recordOf<InventoryReport>(
  'Inventory',
  'What is there by place, lot and element, in mg: wet, dry, contained.',
)

export const balanceSchema = recordOf<BalanceReport>(
  'Balance',
  'In, out and unaccounted by element, measured and reconciled, in kg.',
)

export const expectationSchema = recordOf<Expectation>(
  'Expectation',
  'What the solved plant makes of the feed of a campaign, beside what came of it.',
)

export const driftSchema = recordOf<Drift>(
  'Drift',
  'Recoveries and gaps over campaigns with their limits.',
)

export const certificateSchema = recordOf<Certificate>(
  'Certificate',
  'A certificate of analysis, beside the specifications that were asked for.',
)

export const specificationListSchema = z
  .object({
    specifications: z.array(
      recordOf<Specification>('Specification', 'What a product has to be, with its source.'),
    ),
  })
  .openapi('SpecificationList')

export const custodyAccountSchema = recordOf<CustodyAccount>(
  'CustodyAccount',
  'What was earned and claimed of one characteristic over a boundary and a period.',
)

export const verifySchema = recordOf<VerifyReport>(
  'VerifyReport',
  'Whether the log is as it was written, and the first record that is not.',
)

export const findingListSchema = z
  .object({
    findings: z
      .array(recordOf<LedgerFinding>('LedgerFinding', 'Something that is not as it should be.'))
      .readonly(),
    flags: z
      .array(recordOf<Flag>('ShippedFlag', 'A shipped lot of which something changed afterwards.'))
      .readonly(),
  })
  .openapi('LedgerFindings')
