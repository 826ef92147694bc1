import type { Distribution, DistributionModel, ExtractantSet } from './model.ts'
import { bindParameters, constantOf } from './parameters.ts'

/** D = beta f: constant separation factors; f is closed by a stated organic loading. */
export const separationFactor: DistributionModel = {
  kind: 'separation-factor',
  title: 'Constant separation factors',
  about:
    'D = beta f with constant beta (relative to a reference element) and a factor f common to all ' +
    'metals, which each stage takes so that the organic holds the stated total of metals (constant ' +
    'molar flow of Xu Guangxian). It says what a cut needs, not what acid or extractant gives it.',
  parameterNames: ['beta'],
  constantNames: ['monomersPerProton'],
  compile,
}

function compile(set: ExtractantSet, elements: readonly string[]): Distribution {
  const { protons, bound, lnConstant, column } = bindParameters(
    set,
    elements,
    constantOf(set, 'monomersPerProton', 1),
  )
  const n = elements.length
  const level = column('beta').map((beta, k) => {
    const constant = lnConstant[k] as number
    return Number.isNaN(constant) ? Math.log(beta) : constant
  })
  const moves = lnConstant.map((ln) => (Number.isNaN(ln) ? 1 : 0))
  return {
    set,
    elements,
    protons,
    bound,
    monomersPerFree: 1,
    closure: 'loading',
    dependsOnFree: true,
    dependsOnAqueous: false,
    evaluate: (_hydrogen, free, _aqueous, lnD, dLnHydrogen, dLnFree) => {
      const lnF = Math.log(free)
      for (let k = 0; k < n; k++) {
        const on = moves[k] as number
        lnD[k] = (level[k] as number) + on * lnF
        dLnHydrogen[k] = 0
        dLnFree[k] = on
      }
    },
  }
}
