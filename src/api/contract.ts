/**
 * What a page or a program in TypeScript knows of the API: types only, all of them derived from the
 * routes. The same as a document, for everyone else: `/api/openapi.json`.
 */
import type { z } from '@hono/zod-openapi'
import type * as accounts from './routes/accounts/schemas.ts'
import type { assayAnswerSchema } from './routes/ledger/assays.ts'
import type * as documents from './routes/ledger/documents.ts'
import type * as ledger from './routes/ledger/schemas.ts'
import type { jobRequest } from './schemas.ts'

export type { Api } from './app.ts'
export type { ErrorBody, ErrorCode } from './errors.ts'
export type { ListedPlant, OpenedPlant } from './folder.ts'
export type { Job, JobEvent, JobState } from './jobs.ts'

/** What `POST /api/jobs` takes. */
export type JobAsked = z.input<typeof jobRequest>

// ---- the ledger: answers of /api/ledger...
export type LedgerInfo = z.infer<typeof ledger.ledgerSchema>
export type Who = z.infer<typeof ledger.whoSchema>
export type LedgerCommandInfo = z.infer<typeof ledger.commandSchema>
export type LedgerCommandList = z.infer<typeof ledger.commandListSchema>
/** Of a command that was accepted; a refused one answers 403, 409 or 422 with an `ErrorBody`. */
export type CommandAnswer = z.infer<typeof ledger.commandAnswerSchema>
export type AssayAnswer = z.infer<typeof assayAnswerSchema>
export type LotRow = z.infer<typeof ledger.lotRowSchema>
export type LotPage = z.infer<typeof ledger.lotPageSchema>
export type CampaignRow = z.infer<typeof ledger.campaignRowSchema>
export type CampaignList = z.infer<typeof ledger.campaignListSchema>
export type CampaignDetail = z.infer<typeof ledger.campaignDetailSchema>
export type LedgerPlace = z.infer<typeof ledger.placeSchema>
export type LedgerPlaceList = z.infer<typeof ledger.placeListSchema>

/** What /api/ledger/lot, /genealogy, /inventory, /balance, /drift and /certificate answer. */
export type {
  Assay,
  Campaign,
  Certificate,
  CertificateLine,
  Composition,
  ContainedMass,
  Content,
  Conformity,
  CustodyAccount,
  Flag,
  Genealogy,
  GenealogyEdge,
  GenealogyNode,
  InventoryLine,
  InventoryReport,
  InventorySum,
  LedgerFinding,
  LotEvent,
  LotKind,
  LotChange,
  LotMaster,
  LotState,
  LotView,
  Movement,
  Relative,
  Role,
  Site,
  Specification,
  VerifyReport,
  Weighing,
} from '../ledger/index.ts'
export type {
  BalanceLine,
  BalanceReport,
  Drift,
  DriftPoint,
  DriftSeries,
  ElementBalance,
  Expectation,
  Quantity,
  SuspectMeasurement,
} from '../twin/index.ts'
export type LedgerFindings = z.infer<typeof documents.findingListSchema>
export type SpecificationList = z.infer<typeof documents.specificationListSchema>

// ---- accounts: answers and bodies of /api/session, /api/accounts, /api/tokens, /api/audit
export type SignInState = z.infer<typeof accounts.signInStateSchema>
export type SignInAsked = z.infer<typeof accounts.signInSchema>
export type AccountInfo = z.infer<typeof accounts.accountSchema>
export type AccountList = z.infer<typeof accounts.accountListSchema>
export type NewAccount = z.infer<typeof accounts.newAccountSchema>
export type ChangedAccount = z.infer<typeof accounts.changedAccountSchema>
export type ApiToken = z.infer<typeof accounts.tokenSchema>
export type ApiTokenList = z.infer<typeof accounts.tokenListSchema>
export type NewApiToken = z.input<typeof accounts.newTokenSchema>
export type MadeApiToken = z.infer<typeof accounts.madeTokenSchema>
export type AuditPage = z.infer<typeof accounts.auditSchema>
