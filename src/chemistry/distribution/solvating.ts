import type { Distribution, DistributionModel, ExtractantSet } from './model.ts'
import { bindParameters, constantOf } from './parameters.ts'

/** log10 D = a + q log10([NO3-]/ref) + p log10([S]/ref): a neutral extractant in nitrate. */
export const solvating: DistributionModel = {
  kind: 'solvating',
  title: 'Neutral extractant in nitrate',
  about:
    'log10 D = a + q log10([NO3-]/[NO3-]ref) + p log10([S]/[S]ref), S = free solvating extractant; ' +
    'nitrate from electroneutrality with H+ and the metals (no other salt). No proton is exchanged.',
  parameterNames: ['a'],
  constantNames: ['power', 'reference', 'anionPower', 'anionReference', 'monomersPerMetal'],
  compile,
}

function compile(set: ExtractantSet, elements: readonly string[]): Distribution {
  const power = constantOf(set, 'power')
  const anionPower = constantOf(set, 'anionPower')
  const lnReference = Math.log(constantOf(set, 'reference'))
  const lnAnionReference = Math.log(constantOf(set, 'anionReference'))
  const perMetal = constantOf(set, 'monomersPerMetal')
  const { lnConstant, column } = bindParameters(set, elements, 1)
  const n = elements.length
  const level = column('a').map((a, k) => {
    const constant = lnConstant[k] as number
    return Number.isNaN(constant) ? Math.log(10) * a : constant
  })
  const moves = lnConstant.map((ln) => (Number.isNaN(ln) ? 1 : 0))
  return {
    set,
    elements,
    protons: new Float64Array(n),
    bound: new Float64Array(n).fill(perMetal),
    monomersPerFree: 1,
    dependsOnFree: true,
    dependsOnAqueous: true,
    evaluate: (hydrogen, free, aqueous, lnD, dLnHydrogen, dLnFree) => {
      let nitrate = hydrogen
      for (let k = 0; k < n; k++) nitrate += 3 * (aqueous[k] as number)
      const ln =
        anionPower * (Math.log(nitrate) - lnAnionReference) + power * (Math.log(free) - lnReference)
      const share = (anionPower * hydrogen) / nitrate
      for (let k = 0; k < n; k++) {
        const on = moves[k] as number
        lnD[k] = (level[k] as number) + on * ln
        dLnHydrogen[k] = on * share
        dLnFree[k] = on * power
      }
    },
  }
}
