import type { Distribution, DistributionModel, ExtractantSet } from './model.ts'
import { bindParameters, constantOf } from './parameters.ts'

/** log10 D = (m0 + m1 d) pH + B0 + B1 log10 d, d = free extractant in vol%; or a constant D. */
export const dosageCorrelation: DistributionModel = {
  kind: 'dosage-correlation',
  title: 'pH line whose slope and level follow the extractant dosage',
  about:
    'log10 D = (m0 + m1 d) pH + B0 + B1 log10 d with d = dosage of free extractant in vol% ' +
    '(mol/L x molar mass / density of the extractant); metals with a constant D beside it. An ' +
    'empirical fit to dilute sulfate liquor, HSO4- solved with the stage (PrOMMiS).',
  parameterNames: ['m0', 'm1', 'B0', 'B1'],
  constantNames: ['molarMass', 'density', 'bisulfatePKa', 'monomersPerProton'],
  compile,
}

function compile(set: ExtractantSet, elements: readonly string[]): Distribution {
  // Molar mass in g/mol over density in g/L is litres per mole; times 100 gives vol%.
  const percentPerMolar = (100 * constantOf(set, 'molarMass')) / constantOf(set, 'density')
  const { protons, bound, lnConstant, column } = bindParameters(
    set,
    elements,
    constantOf(set, 'monomersPerProton'),
  )
  const n = elements.length
  const ln10 = Math.log(10)
  const [m0, m1, B1] = [column('m0'), column('m1'), column('B1')]
  const level = column('B0').map((b, k) => {
    const constant = lnConstant[k] as number
    return Number.isNaN(constant) ? ln10 * b : constant
  })
  return {
    set,
    elements,
    protons,
    bound,
    monomersPerFree: 1,
    dependsOnFree: true,
    dependsOnAqueous: false,
    bisulfatePKa: constantOf(set, 'bisulfatePKa'),
    evaluate: (hydrogen, free, _aqueous, lnD, dLnHydrogen, dLnFree) => {
      const lnH = Math.log(hydrogen)
      const dosage = percentPerMolar * free
      const lnDosage = Math.log(dosage)
      for (let k = 0; k < n; k++) {
        const steep = (m1[k] as number) * dosage
        const slope = (m0[k] as number) + steep
        const power = B1[k] as number
        lnD[k] = (level[k] as number) - slope * lnH + power * lnDosage
        dLnHydrogen[k] = -slope
        dLnFree[k] = power - steep * lnH
      }
    },
  }
}
