export type * from './basis.ts'
export type * from './capital-types.ts'
export type * from './correlation-types.ts'
export type * from './operating-types.ts'
export type * from './solved-plant.ts'
export { basisFault, capitalIn, indexAt, priceIn, rateAt } from './basis.ts'
export { capacityEstimate } from './capacity.ts'
export { priceItem } from './correlation.ts'
export { estimatePlant } from './estimate.ts'
export { estimateOperating } from './operating.ts'
export { qgessFixed, qgessLabour, qgessRules, qgessTotalPlant, qgessWorth } from './qgess.ts'
export { qgessEstimate } from './qgess-plant.ts'
export * from './sales.ts'
export * from './finance/index.ts'
export * from './footprint.ts'
export { fitHistory, followed, yearly } from './price-history.ts'
export type { HistoryFit, PricePoint } from './price-history.ts'
export { drawnJump, drawnPath, pathShape, priceFactors, typicalPath } from './prices.ts'
export type {
  FactorPath,
  JumpDrawn,
  PathShape,
  PolicyJump,
  PriceFactor,
  PriceFactors,
  PriceModel,
} from './prices.ts'
