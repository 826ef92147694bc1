import { files } from './data.generated.ts'
import { loadDatabank, type Databank } from './load.ts'

export { loadDatabank } from './load.ts'
export type { BankSpecies, Databank, Feed, ProductGrade, Source } from './load.ts'
export { baseElements, plantEquilibria, plantSpecies, properties } from './plant.ts'
export type { PlantContents, PlantProperties } from './plant.ts'
export { parseExtractantSet, readExtractantSet } from './extractants.ts'
export type { ReadSet, SetFinding } from './extractants.ts'

/** The built-in data, validated once when this module is first loaded. */
export const bank: Databank = loadDatabank(files)
