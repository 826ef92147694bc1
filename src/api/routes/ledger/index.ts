import { addAssays } from './assays.ts'
import { readBalance, readDrift, readExpectation } from './balance.ts'
import { listCampaigns, readCampaign } from './campaigns.ts'
import { listSpecifications, printCertificate, readCertificate } from './certificate.ts'
import { doCommand, listCommands } from './commands.ts'
import { readCustody } from './custody.ts'
import { readFindings } from './findings.ts'
import { ledgerInfo } from './info.ts'
import { drawLabel, printLabel } from './label.ts'
import { listLots } from './list-lots.ts'
import { readGenealogy, readInventory, readLot } from './lot.ts'
import {
  balancePicture,
  driftPicture,
  genealogyPicture,
  inventoryPicture,
  timelinePicture,
} from './pictures.ts'
import { listPlaces } from './places.ts'
import { verifyLog } from './verify.ts'

/** Every route of the ledger but accounts and EPCIS. */
export const ledgerRoutes = [
  ledgerInfo,
  listCommands,
  doCommand,
  addAssays,
  listLots,
  readLot,
  readGenealogy,
  genealogyPicture,
  readInventory,
  inventoryPicture,
  listCampaigns,
  timelinePicture,
  readCampaign,
  readBalance,
  balancePicture,
  readExpectation,
  readDrift,
  driftPicture,
  readCustody,
  listSpecifications,
  readCertificate,
  printCertificate,
  drawLabel,
  printLabel,
  listPlaces,
  readFindings,
  verifyLog,
] as const
