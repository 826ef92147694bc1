import type { ExtractantSet } from './model.ts'

/** Elements of a list that a set says nothing about (in the order given). */
export function missingElements(set: ExtractantSet, elements: readonly string[]): string[] {
  return elements.filter((element) => set.parameters[element] === undefined)
}

/** A number of the set that belongs to no element; asserts unless a default is given. */
export function constantOf(set: ExtractantSet, name: string, otherwise?: number): number {
  const value = set.constants[name]?.value ?? otherwise
  if (value === undefined) throw new Error(`extractant set ${set.id} lacks the constant ${name}`)
  return value
}

/**
 * What every model needs of a set, as arrays in the order of `elements`. An element whose
 * parameters hold `D` has a constant distribution in any model: `lnConstant` is ln D there, and NaN
 * marks the others. Asserts that the set knows every element.
 */
export interface Bound {
  readonly protons: Float64Array
  readonly bound: Float64Array
  readonly lnConstant: Float64Array
  /**
   * Column of one parameter; 0 for elements with a constant D. Asserts that it is there, unless
   * `otherwise` says what an element without it has.
   */
  column(name: string, otherwise?: Float64Array): Float64Array
}

export function bindParameters(
  set: ExtractantSet,
  elements: readonly string[],
  monomersPerProton: number,
): Bound {
  const missing = missingElements(set, elements)
  if (missing.length > 0) {
    throw new Error(`extractant set ${set.id} has no parameters for ${missing.join(', ')}`)
  }
  const protons = Float64Array.from(elements, (element) => set.protons[element] ?? 3)
  const constant = (element: string) => set.parameters[element]?.['D']?.value
  return {
    protons,
    bound: protons.map((z) => z * monomersPerProton),
    lnConstant: Float64Array.from(elements, (element) => {
      const D = constant(element)
      return D === undefined ? Number.NaN : Math.log(D)
    }),
    column: (name, otherwise) =>
      Float64Array.from(elements, (element, k) => {
        if (constant(element) !== undefined) return 0
        const value = set.parameters[element]?.[name]?.value ?? otherwise?.[k]
        if (value === undefined) {
          throw new Error(`extractant set ${set.id} lacks the parameter ${name} of ${element}`)
        }
        return value
      }),
  }
}
