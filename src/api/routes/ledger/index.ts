import { listCampaigns, readCampaign } from './campaigns.ts'
import { ledgerInfo } from './info.ts'
import { listLots } from './list-lots.ts'
import { listPlaces } from './places.ts'

/** Every route of the ledger but accounts and EPCIS. */
export const ledgerRoutes = [ledgerInfo, listLots, listCampaigns, readCampaign, listPlaces] as const
