import { cancelJob } from './cancel-job.ts'
import { followJob } from './follow-job.ts'
import { health } from './health.ts'
import { listPlants } from './list-plants.ts'
import { newLink } from './new-link.ts'
import { readJob } from './read-job.ts'
import { readPlant } from './read-plant.ts'
import { savePlant } from './save-plant.ts'
import { simulate } from './simulate.ts'
import { startJob } from './start-job.ts'

/** Every route of the API: the contract, the published document and the tests walk this list. */
export const routes = [
  health,
  listPlants,
  readPlant,
  savePlant,
  simulate,
  startJob,
  followJob,
  readJob,
  cancelJob,
  newLink,
] as const
