export { phases, speciesTable } from './species.ts'
export type { Composition, Phase, Species, SpeciesTable } from './species.ts'
export type { Method, Sourced } from './sourced.ts'
export type { AqueousForm, Equilibria, SolidForm } from './equilibria.ts'
export { atomicNumber, isRareEarth, rareEarthSymbols, unassigned } from './elements.ts'
export type { ElementRecord, ElementTable } from './elements.ts'
export { molarMass, molarMassUncertainty, parseFormula } from './formula.ts'
export type { ParsedFormula } from './formula.ts'
export type {
  Distribution,
  DistributionModel,
  ExtractantSet,
  MeasuredPoint,
  Validity,
} from './distribution/model.ts'
