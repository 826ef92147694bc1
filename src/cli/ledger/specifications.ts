import { bank } from '../../databank/index.ts'
import { type Specification, specificationOf } from '../../ledger/index.ts'

/** Every grade of the data as a specification. */
export const knownSpecifications = (): readonly Specification[] =>
  bank.products.map(specificationOf)
