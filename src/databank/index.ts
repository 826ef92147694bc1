import { files } from './data.generated.ts'
import { loadRecords, type Databank } from './load.ts'

export { loadDatabank } from './check.ts'
export type { BankSpecies, Databank, Feed, ProductGrade, Source } from './load.ts'
export { baseElements, plantEquilibria, plantSpecies, properties } from './plant.ts'
export type { PlantContents, PlantProperties } from './plant.ts'
export { parseExtractantSet, readExtractantSet } from './extractants.ts'
export type { ReadSet, SetFinding } from './extractants.ts'

/** The built-in data: checked when their module was generated, so they are taken as they are. */
export const bank: Databank = loadRecords(files)
