import type { UnitOp } from '../flowsheet/unit-op.ts'
import { acidRecovery } from './acid-recovery.ts'
import { activatedCarbon } from './activated-carbon.ts'
import { calciner } from './calciner.ts'
import { carbonateDissolver } from './carbonate-dissolver.ts'
import { carbonatePrecipitator } from './carbonate-precipitator.ts'
import { conditioner } from './conditioner.ts'
import { deOiler } from './de-oiler.ts'
import { delivery } from './delivery.ts'
import { demagnetiser } from './demagnetiser.ts'
import { discharge } from './discharge.ts'
import { doubleSulfate } from './double-sulfate.ts'
import { dryer } from './dryer.ts'
import { evaporator } from './evaporator.ts'
import { feed } from './feed.ts'
import { filter } from './filter.ts'
import { gasScrubber } from './gas-scrubber.ts'
import { heatExchanger } from './heat-exchanger.ts'
import { heapDesorption } from './heap-desorption.ts'
import { hydrogenDecrepitation } from './hydrogen-decrepitation.ts'
import { leach } from './leach.ts'
import { liquor } from './liquor.ts'
import { mill } from './mill.ts'
import { mixer } from './mixer.ts'
import { neutraliser } from './neutraliser.ts'
import { organicRegeneration } from './organic-regeneration.ts'
import { oxalatePrecipitator } from './oxalate-precipitator.ts'
import { precipitator } from './precipitator.ts'
import { product } from './product.ts'
import { pump } from './pump.ts'
import { reagent } from './reagent.ts'
import { roaster } from './roaster.ts'
import { splitter } from './splitter.ts'
import { sxCircuit } from './sx-circuit.ts'
import { tank } from './tank.ts'
import { thickener } from './thickener.ts'

/** Every kind of unit: parser, forms, help, reference page and identity tests walk this list. */
export const unitOps: readonly UnitOp[] = [
  acidRecovery,
  activatedCarbon,
  calciner,
  carbonateDissolver,
  carbonatePrecipitator,
  conditioner,
  deOiler,
  delivery,
  demagnetiser,
  discharge,
  doubleSulfate,
  dryer,
  evaporator,
  feed,
  filter,
  gasScrubber,
  heatExchanger,
  heapDesorption,
  hydrogenDecrepitation,
  leach,
  liquor,
  mill,
  mixer,
  neutraliser,
  organicRegeneration,
  oxalatePrecipitator,
  precipitator,
  product,
  pump,
  reagent,
  roaster,
  splitter,
  sxCircuit,
  tank,
  thickener,
]

export { confirmStages } from './sx/cascade.ts'
export type { ConfirmedStages } from './sx/cascade.ts'
export { stretchMemory } from './sx/stretch.ts'
export { threeOutlets } from './sx/three-outlets.ts'
export type { ThreeOutletDesign } from './sx/three-outlets.ts'
export { xuAt, xuDesign } from './sx/xu.ts'
export type { XuDesign, XuSplit } from './sx/xu.ts'
