import { estimateCapital } from './capital.ts'
import type { CapitalEstimate, CapitalInputs } from './capital-types.ts'
import { estimateOperating } from './operating.ts'
import type { OperatingEstimate, OperatingInputs } from './operating-types.ts'
import type { SolvedPlant } from './solved-plant.ts'
import { withWorkingCapital } from './working-capital.ts'

export interface EstimateInputs {
  readonly capital: CapitalInputs
  /** Its total plant cost is that of the capital estimate. */
  readonly operating: Omit<OperatingInputs, 'totalPlant'>
}

/**
 * Capital and operating cost of a solved plant by the method `didymium`: capital from equipment,
 * the yearly cost that goes by it, and the working capital that goes by both.
 */
export function estimatePlant(
  plant: SolvedPlant,
  inputs: EstimateInputs,
): { readonly capital: CapitalEstimate; readonly operating: OperatingEstimate } {
  const capital = estimateCapital(plant, inputs.capital)
  const operating = estimateOperating(plant, {
    ...inputs.operating,
    totalPlant: capital.totals.totalPlant,
  })
  return {
    capital: withWorkingCapital(
      capital,
      plant,
      inputs.capital,
      operating,
      inputs.operating.revenue,
    ),
    operating,
  }
}
