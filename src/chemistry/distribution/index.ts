import { dosageCorrelation } from './dosage-correlation.ts'
import { massAction } from './mass-action.ts'
import type { Distribution, DistributionModel, ExtractantSet } from './model.ts'
import { phIsotherm } from './ph-isotherm.ts'
import { pitzerDistribution } from './pitzer.ts'
import { separationFactor } from './separation-factor.ts'
import { solvating } from './solvating.ts'

export { missingElements } from './parameters.ts'

/** Every distribution model. */
export const distributionModels: readonly DistributionModel[] = [
  massAction,
  phIsotherm,
  dosageCorrelation,
  separationFactor,
  pitzerDistribution,
  solvating,
]

/**
 * Compiles a data set for a fixed list of elements. An element whose parameters hold `D` keeps
 * that constant distribution in every model. Asserts that the model exists and that the set knows
 * every element: ask `missingElements` first where the list comes from a person.
 */
export function compileDistribution(set: ExtractantSet, elements: readonly string[]): Distribution {
  const model = distributionModels.find((candidate) => candidate.kind === set.model)
  if (model === undefined) {
    throw new Error(`extractant set ${set.id} names the unknown model ${set.model}`)
  }
  return model.compile(set, elements)
}
