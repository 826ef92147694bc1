export { checkPlant, plantJsonSchema, readPlant } from './engine.ts'
export type { ReadPlantOptions } from './engine.ts'
export { formatFinding } from './findings.ts'
export type { Finding, Position } from './findings.ts'
export { newPlant } from './new-plant.ts'
export { plantLimits, plantSchema } from './plant.ts'
export type {
  OwnSet,
  PlantDocument,
  PlantLimit,
  PlantReading,
  PlantSpecification,
  PlantStream,
  PlantUnit,
} from './plant.ts'
export { documentLimits } from './yaml-tree.ts'
export { measureForms } from './measure.ts'
export type { Condition, Measure } from './measure.ts'
export { withValue } from './edit.ts'
export { buildFlowsheet } from './build.ts'
export { simulate, simulateWarm } from './simulate.ts'
export type { SimulateOptions, Simulation, SimulationState } from './simulate.ts'
export { readSolution, solutionJsonSchema } from './solution.ts'
export type {
  Solution,
  SolvedCircuit,
  SolvedOutcome,
  SolvedProduct,
  SolvedStage,
  SolvedStream,
  SolvedUnit,
  SolvedWarning,
} from './solution.ts'
export { diffPlants } from './diff.ts'
export type { Difference, PlantDifference } from './diff.ts'
export { sha256 } from './hash.ts'
export { economicsTables, unitKinds } from './unit-kinds.ts'
export type { UnitKind } from './unit-kinds.ts'
export { unitOps } from '../unitops/index.ts'
export { bank } from '../databank/index.ts'
export type { Databank, Source } from '../databank/index.ts'
export { predictShakeouts } from './shakeout.ts'
export type { ShakeoutAnswer } from './shakeout.ts'
export type { ShakeoutRow } from '../chemistry/index.ts'
export {
  parametersOf,
  findParameter,
  inUnit,
  matching,
  readValue,
  shown,
} from './study/parameters.ts'
export type { Parameter, Refusal } from './study/parameters.ts'
export { readRequirement, readResult, resultsOf, usualResults } from './study/results.ts'
export type { Requirement, Result } from './study/results.ts'
export { readRange, readValues } from './study/ranges.ts'
export {
  parametersNamed,
  questionLimits,
  readOptimise,
  readSensitivity,
  resultsNamed,
} from './study/questions.ts'
export type { OptimiseQuestion, SensitivityQuestion } from './study/questions.ts'
export { studyOf, unmeasured } from './study/what-if.ts'
export type { Move } from './study/moved-plant.ts'
export type { Study } from './study/what-if.ts'
export { sensitivity, solveCases } from './study/sensitivity.ts'
export type { CaseRow, Sensitivity } from './study/sensitivity.ts'
export { optimise } from './study/optimise.ts'
export type { Freedom, OptimiseRequest, OptimumReport, Term } from './study/optimise.ts'
export { designs, uncertaintyLimits } from './study/chance.ts'
export type { Design } from './study/chance.ts'
export {
  drawnInputs,
  planUncertainty,
  solveDraw,
} from './study/uncertainty.ts'
export type { Draw, UncertaintyPlan, UncertaintyRequest } from './study/uncertainty.ts'
export { summarise, valuesOf } from './study/uncertainty-summary.ts'
export type { Influence } from './study/influences.ts'
export type { ResultSpread, UncertaintySummary } from './study/uncertainty-summary.ts'
export { designPlant } from './design/design.ts'
export type { DesignAnswer, Designed, DesignOptions } from './design/design.ts'
export type { DesignDocument } from './design/document.ts'
export { readDesign } from './design/read-design.ts'
export type { DesignReading, ReadDesignOptions } from './design/read-design.ts'
export { designReport } from './design/report.ts'
export type { DesignReport, ReportedCircuit } from './design/report.ts'
export { transient } from './transient.ts'
export type { TransientAnswer, TransientRequest } from './transient.ts'
export { transientJsonSchema } from './transient-document.ts'
export type { Transient, TransientSummary } from './transient-document.ts'
export { readSetFile } from './read-sets.ts'
export {
  extractantSetText,
  fitConstants,
  fittableModels,
  readFitOptions,
  readShakeoutTable,
} from './fit/index.ts'
export type {
  AddFinding,
  Fit,
  FitAnswer,
  FitOptions,
  FitPicture,
  FitRequest,
  FittedMeasure,
  FittedNumber,
  LeftOut,
  Separation,
  ShakeoutReading,
  SourceFit,
  TableLine,
} from './fit/index.ts'
export { footprintFindings, footprintOf } from './economics/footprint-of.ts'
export type { FootprintChoices } from './economics/footprint-of.ts'
export { cashFlowPeriods, feedTreatments, findFunding, footprintRules } from '../economics/index.ts'
export type { Funding, FundingFloors, FundingRequest } from '../economics/index.ts'
export type { Footprint, FootprintGroup, FootprintLine } from '../economics/index.ts'
export { appraise, appraisalData } from './economics/appraise.ts'
export type { AppraisalData, AppraiseOptions } from './economics/appraise.ts'
export { appraisalJsonSchema } from './economics/appraisal-schema.ts'
export { appraisalSchema } from './economics/appraisal.ts'
export { economicsFindings, estimatedBy, soldByDeck } from './economics/scenario-plant.ts'
export type { Appraisal, Assumption, Defaulted, Gap } from './economics/appraisal.ts'
export { moneyText, readMoney } from './economics/money-text.ts'
export { solveRisk } from './risk/draw.ts'
export type { PreparedRisk } from './risk/draw.ts'
export { measureNames } from './risk/measures.ts'
export { openRisk } from './risk/open.ts'
export type { RiskCaseGiven, RiskOpening } from './risk/open.ts'
export { riskSamples, summariseRisk } from './risk/summary.ts'
export { swinging, swingOf, type Swing } from './risk/tornado.ts'
export type {
  RiskCase,
  RiskCaseSummary,
  RiskDraw,
  RiskPlan,
  RiskRequest,
  RiskSpread,
  RiskSummary,
  Tornado,
  TornadoBar,
} from './risk/types.ts'
