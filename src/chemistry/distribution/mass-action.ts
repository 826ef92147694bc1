import type { Distribution, DistributionModel, ExtractantSet } from './model.ts'
import { bindParameters, constantOf } from './parameters.ts'

/**
 * log10 D = a + z pH + p (log10 C - log10 Cref - s (sqrt C - sqrt Cref)), C the free extractant
 * (dimer or monomer, mol/L); s = 0 where the set has no effective-concentration term. The slope to
 * pH is the protons released unless the element has a parameter `slope`, which then moves D only:
 * the proton balance stays stoichiometric.
 */
export const massAction: DistributionModel = {
  kind: 'mass-action',
  title: 'Mass action with free extractant',
  about:
    'log10 D = a + z pH + p (log10 C - log10 Cref - s (sqrt C - sqrt Cref)); C = free extractant ' +
    '(dimer or monomer), z = protons released (or the parameter slope), p = extractant power; the square-root term turns ' +
    'the concentration of the dimer into its effective concentration (Alstad form, Tanaka 2021).',
  parameterNames: ['a'],
  constantNames: ['power', 'reference', 'effective', 'monomersPerFree', 'monomersPerProton'],
  compile,
}

function compile(set: ExtractantSet, elements: readonly string[]): Distribution {
  const monomersPerFree = constantOf(set, 'monomersPerFree') === 2 ? 2 : 1
  const power = constantOf(set, 'power')
  const reference = constantOf(set, 'reference')
  const effective = constantOf(set, 'effective', 0)
  const { protons, bound, lnConstant, column } = bindParameters(
    set,
    elements,
    constantOf(set, 'monomersPerProton'),
  )
  const n = elements.length
  const ln10 = Math.log(10)
  const rootReference = Math.sqrt(reference)
  const level = column('a').map((a, k) => {
    const constant = lnConstant[k] as number
    return Number.isNaN(constant) ? ln10 * a : constant
  })
  const moves = lnConstant.map((ln) => (Number.isNaN(ln) ? 1 : 0))
  const slopes = column('slope', protons)
  return {
    set,
    elements,
    protons,
    bound,
    monomersPerFree,
    dependsOnFree: true,
    dependsOnAqueous: false,
    evaluate: (hydrogen, free, _aqueous, lnD, dLnHydrogen, dLnFree) => {
      const lnH = Math.log(hydrogen)
      const root = Math.sqrt(free)
      const lnE = power * (Math.log(free / reference) - effective * ln10 * (root - rootReference))
      const slope = power * (1 - 0.5 * effective * ln10 * root)
      for (let k = 0; k < n; k++) {
        const on = moves[k] as number
        const z = on * (slopes[k] as number)
        lnD[k] = (level[k] as number) - z * lnH + on * lnE
        dLnHydrogen[k] = -z
        dLnFree[k] = on * slope
      }
    },
  }
}
