import {
  atomicNumber,
  molarMass,
  oxideOf,
  parseFormula,
  type ElementTable,
} from '../chemistry/index.ts'

/** True for the symbol of an element, not for TREO, H2O, LOI, SO4. */
export const isElement = (analyte: string): boolean => (atomicNumber(analyte) ?? 0) > 0

/**
 * Mass of the element per mass of its oxide, from atomic weights: of the oxide that is named, else
 * of the one that it is reported as. Undefined when there is no such oxide or it is of another
 * element.
 */
export function elementInOxide(
  elements: ElementTable,
  element: string,
  oxide: string | undefined = oxideOf(element)?.id,
): number | undefined {
  const formula = oxide === undefined ? undefined : parseFormula(oxide)
  if (formula?.ok !== true) return undefined
  const atoms = formula.composition[element] ?? 0
  if (atoms === 0 || Object.keys(formula.composition).some((one) => !elements.has(one))) {
    return undefined
  }
  return molarMass(elements, { [element]: atoms }) / molarMass(elements, formula.composition)
}
