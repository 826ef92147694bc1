export type * from './fields.ts'
export { defineUnitOp } from './unit-op.ts'
export type * from './unit-op.ts'
export {
  addElements,
  chargeOf,
  elementFlow,
  elementFlows,
  elementMasses,
  emptyStream,
  entrained,
  isEmpty,
  massFlow,
  moisture,
  onlyPhase,
  phaseMass,
  scale,
  withFlow,
} from './stream.ts'
export type { Stream } from './stream.ts'
export { heatCapacityFlow, mix } from './mix.ts'
export { densityOf, volumeFlow } from './volume.ts'
export type * from './flowsheet.ts'
export { portsOf, reagentKind } from './ports.ts'
export type { UnitPorts } from './ports.ts'
export { calculationOrder } from './order.ts'
export type { Block, CalculationOrder } from './order.ts'
export { validate } from './validate.ts'
export type { SheetFinding } from './validate.ts'
export { checkOutlets } from './outlets.ts'
export { begin, defaultOptions, step } from './steps.ts'
export type { SolveState, StepOptions } from './steps.ts'
export { solve, solvedState } from './solve.ts'
export type { SolveOptions } from './solve.ts'
export { balance } from './balance.ts'
export type { Balance, ElementBalance } from './balance.ts'
export { tracerFlows, tracerPerMass } from './tracers.ts'
export type { Tracer, TracerResult } from './tracers.ts'
export { withNumberAt } from './vary.ts'
