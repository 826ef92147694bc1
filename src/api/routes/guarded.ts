import { epcisRoutes } from '../epcis/index.ts'
import { accountRoutes } from './accounts/index.ts'
import { ledgerRoutes } from './ledger/index.ts'

/** Every route that says who may ask it: the ledger, accounts, EPCIS. */
export const guardedRoutes = [...ledgerRoutes, ...accountRoutes, ...epcisRoutes] as const
