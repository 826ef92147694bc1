import { assayBeyondOne } from './assay-beyond-one.ts'
import { beforeReceipt } from './before-receipt.ts'
import type { CampaignCheck, LotCheck, StateCheck } from './check.ts'
import { drawnFromNothing } from './drawn-from-nothing.ts'
import { masterDiffers } from './master-differs.ts'
import { mixedCustody } from './mixed-custody.ts'
import { moreOutThanIn } from './more-out-than-in.ts'
import { negativeMass } from './negative-mass.ts'
import { outsideCampaign } from './outside-campaign.ts'
import { shippedThoughRefused } from './shipped-though-refused.ts'
import { unknownLot } from './unknown-lot.ts'
import { unreadable } from './unreadable.ts'
import { weighingOff } from './weighing-off.ts'

export type { Step } from './check.ts'

/** Rules on each event of a lot. */
export const lotChecks: readonly LotCheck[] = [
  unreadable,
  masterDiffers,
  beforeReceipt,
  negativeMass,
  moreOutThanIn,
  weighingOff,
  assayBeyondOne,
  shippedThoughRefused,
]

/** Rules on a lot after all its events. */
export const stateChecks: readonly StateCheck[] = [unknownLot]

/** Rules on a campaign with all its charges and draws. */
export const campaignChecks: readonly CampaignCheck[] = [
  outsideCampaign,
  drawnFromNothing,
  mixedCustody,
]
