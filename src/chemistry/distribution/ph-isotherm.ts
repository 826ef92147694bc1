import type { Distribution, DistributionModel, ExtractantSet } from './model.ts'
import { bindParameters, constantOf } from './parameters.ts'

/** log10 D = m pH + b at one extractant concentration; the extractant has no term. */
export const phIsotherm: DistributionModel = {
  kind: 'ph-isotherm',
  title: 'pH line at one extractant concentration',
  about:
    'log10 D = m pH + b, fitted to isotherms at one extractant concentration: neither loading ' +
    'nor dilution of the extractant changes D, so it holds at that concentration and loading only.',
  parameterNames: ['m', 'b'],
  constantNames: ['monomersPerProton'],
  compile,
}

function compile(set: ExtractantSet, elements: readonly string[]): Distribution {
  const { protons, bound, lnConstant, column } = bindParameters(
    set,
    elements,
    constantOf(set, 'monomersPerProton'),
  )
  const n = elements.length
  const slope = column('m')
  const level = column('b').map((b, k) => {
    const constant = lnConstant[k] as number
    return Number.isNaN(constant) ? Math.log(10) * b : constant
  })
  return {
    set,
    elements,
    protons,
    bound,
    monomersPerFree: 2,
    dependsOnFree: false,
    dependsOnAqueous: false,
    evaluate: (hydrogen, _free, _aqueous, lnD, dLnHydrogen, dLnFree) => {
      const lnH = Math.log(hydrogen)
      for (let k = 0; k < n; k++) {
        const m = slope[k] as number
        lnD[k] = (level[k] as number) - m * lnH
        dLnHydrogen[k] = -m
        dLnFree[k] = 0
      }
    },
  }
}
