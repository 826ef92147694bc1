export { phases, speciesTable } from './species.ts'
export type {
  Composition,
  PartialVolume,
  Phase,
  Species,
  SpeciesTable,
  VolumePair,
} from './species.ts'
export type { Method, Sourced } from './sourced.ts'
export type { AqueousForm, Equilibria, SitCoefficient, SolidForm } from './equilibria.ts'
export { atomicNumber, isRareEarth, rareEarthSymbols, unassigned } from './elements.ts'
export type { ElementRecord, ElementTable } from './elements.ts'
export { molarMass, molarMassUncertainty, parseFormula } from './formula.ts'
export type { ParsedFormula } from './formula.ts'
export type {
  Covariance,
  Distribution,
  DistributionModel,
  ExtractantSet,
  MeasuredPoint,
  Measurement,
  Validity,
} from './distribution/model.ts'
export { compileDistribution, distributionModels, missingElements } from './distribution/index.ts'
export {
  leastMeasured,
  measuredDistribution,
  shakeout,
  shakeoutTable,
} from './distribution/batch.ts'
export type {
  MeasuredRow,
  Shakeout,
  ShakeoutOptions,
  ShakeoutOutcome,
  ShakeoutRow,
  ShakeoutTable,
} from './distribution/batch.ts'
export { compilePitzer, debyeSlope, meanActivity } from './pitzer.ts'
export type { PitzerCation, PitzerModel } from './pitzer.ts'
export { oxideFactor, oxideFactorIn, oxideOf, sesquioxideOf } from './oxide.ts'
export type { OxideForm } from './oxide.ts'
export {
  maxExtent,
  parseReaction,
  react,
  reactInto,
  reaction,
  reactionOfTerms,
  reactionWherePresent,
} from './reaction.ts'
export type { CompiledReaction, ParsedReaction, Reaction, ReactionTerm } from './reaction.ts'
export { heatOfReaction, sensibleHeat } from './heat.ts'
export type { ReactionHeat } from './heat.ts'
export { activityLimit } from './activity.ts'
export type { ActivityModel } from './activity.ts'
export { compileEquilibria } from './compile-equilibria.ts'
export type { CompiledEquilibria } from './compile-equilibria.ts'
export { allowedSolids } from './allowed-solids.ts'
export type { AllowedSolids } from './allowed-solids.ts'
export { equilibrate } from './equilibrium.ts'
export type { EquilibriumState } from './equilibrium.ts'
export { speciateMixed } from './mixed-crystals.ts'
export { speciate, totalsOf } from './speciation.ts'
export type { Speciation, SpeciationOptions, SpeciationWarning } from './speciation.ts'
export {
  aqueousDensity,
  aqueousVolume,
  liquorEquilibrium,
  molarities,
  organicVolume,
  settleAcidBase,
  settleInto,
  solidVolume,
  streamPH,
  waterDensity,
} from './liquor.ts'
export type { SolidVolume } from './liquor.ts'
export { atmosphere, gasConstant, gasMoles, gasVolume } from './gas.ts'
export { oxalateElements, precipitateOxalates } from './oxalate.ts'
export type { OxalateResult } from './oxalate.ts'
