export type * from './basis.ts'
export type * from './capital-types.ts'
export type * from './correlation-types.ts'
export type * from './operating-types.ts'
export type * from './solved-plant.ts'
export { allocate, oxidesPerYear } from './allocation.ts'
export { basisFault, capitalIn, indexAt, priceIn, rateAt } from './basis.ts'
export { capacityEstimate } from './capacity.ts'
export type { CapacityInputs } from './capacity.ts'
export { basisText, classOf, estimateCapital, totalled } from './capital.ts'
export { costAt, priceItem } from './correlation.ts'
export { estimatePlant } from './estimate.ts'
export type { EstimateInputs } from './estimate.ts'
export { rareEarthsHeld } from './hold-up.ts'
export { estimateOperating, plantDuties, unitPower } from './operating.ts'
export {
  qgessFixed,
  qgessLabour,
  qgessOverhead,
  qgessQuirks,
  qgessRecovery,
  qgessRules,
  qgessTotalPlant,
  qgessWorth,
} from './qgess.ts'
export type { QgessFixed, QgessOverheadBase, QgessRules, QgessWorth } from './qgess.ts'
export { qgessEstimate } from './qgess-plant.ts'
export { withWorkingCapital } from './working-capital.ts'
export * from './sales.ts'
export * from './finance/index.ts'
export * from './footprint.ts'
