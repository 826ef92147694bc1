export type { DenseSolution } from './dense.ts'
export { factor, solveDense, solveFactored, solveFactoredMatrix } from './dense.ts'
export type { LeastSquaresFit, LeastSquaresOptions, LeastSquaresProblem } from './least-squares.ts'
export { leastSquares } from './least-squares.ts'
export type { Random } from './random.ts'
export { random } from './random.ts'
export type { RootOptions, RootResult } from './root.ts'
export { brent, newton } from './root.ts'
export type { FixedPointMethod, Knowledge, StepBounds, Visit } from './fixed-point/index.ts'
export {
  anderson,
  boundedStep,
  direct,
  fixedPointMethods,
  groupedAnderson,
  groupedSecant,
  ignorance,
  learn,
  wegstein,
  withoutPlace,
} from './fixed-point/index.ts'
export type { BoxProblem, BoxSolution } from './box-broyden.ts'
export { boxBroyden } from './box-broyden.ts'
export type { Gmres } from './gmres.ts'
export { gmres, makeGmres } from './gmres.ts'
export type { Quadrature } from './quadrature.ts'
export { gaussLegendre } from './quadrature.ts'
export { lnNormal, median, ratioTail, studentLimit } from './statistics.ts'
export type { ImplicitOde, OdeEnd, OdeWork } from './ode.ts'
export { integrate, makeOdeWork } from './ode.ts'
export { normalQuantile } from './normal.ts'
export type { Distribution } from './distribution.ts'
export { quantileOf, shareBelow } from './distribution.ts'
export { latinColumn, mostSobolDimensions, sobolPoints } from './sobol.ts'
export type { Moments, Ranked, SobolIndices } from './sample.ts'
export {
  covarianceFactor,
  firstOrderIndex,
  moments,
  quantile,
  ranked,
  rankCorrelation,
  sobolIndices,
  tailMean,
} from './sample.ts'
export type { Optimum, Worth } from './optimise.ts'
export { boxOptimum } from './optimise.ts'
export { wholeSearch } from './whole-search.ts'
export { onDemand } from './on-demand.ts'
export { kept } from './kept.ts'
