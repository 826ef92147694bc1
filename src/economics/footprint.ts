export {
  allocationRules,
  feedTreatments,
  footprintGroups,
} from './footprint-types.ts'
export type * from './footprint-types.ts'
