import { compileDistribution, leastMeasured, measuredDistribution } from '../../chemistry/index.ts'
import { median } from '../../numerics/index.ts'
import { elementsOf, sourceOf } from './measures.ts'
import type { FitProblem } from './problem.ts'
import type { Solved } from './solve.ts'

/** The D of one element in one test, for a picture. */
export interface FitPoint {
  readonly element: string
  readonly source: string
  /** At equilibrium, by the fit. */
  readonly pH: number
  readonly measured: number
  readonly predicted: number
  /** The measured D carried by the model to unloaded extractant of the isotherms. */
  readonly unloaded: number
  /** False for a D too small to be fitted. */
  readonly used: boolean
}

/** D over pH of one element with unloaded extractant. */
export interface Isotherm {
  readonly element: string
  readonly line: readonly (readonly [pH: number, D: number])[]
}

export interface FitPicture {
  /** Extractant of the isotherms, as monomer, mol/L: the middle of the tests. */
  readonly extractant: number
  readonly points: readonly FitPoint[]
  readonly isotherms: readonly Isotherm[]
}

const steps = 60

/** Points and lines that show how a fit meets its tests. */
export function pictureOf(problem: FitProblem, solved: Solved): FitPicture {
  const { rows, elements, request } = problem
  const { leastD = leastMeasured } = request
  const extractant = median(rows.map((row) => row.extractant))
  const distribution = compileDistribution(problem.setAt(solved.parameters), elements)
  const n = elements.length
  const unloadedAt = (pH: number) => {
    const lnD = new Float64Array(n)
    const [free, scratch] = [extractant / distribution.monomersPerFree, new Float64Array(n)]
    distribution.evaluate(10 ** -pH, free, new Float64Array(n), lnD, scratch, scratch)
    return lnD
  }
  const points = rows.flatMap((row, index) => {
    const answer = solved.answers[index]
    if (answer === undefined) return []
    const lnD = unloadedAt(answer.pH)
    return elementsOf(row).flatMap((element): FitPoint[] => {
      const measured = measuredDistribution(row, element)
      const predicted = answer.D[element]
      const k = elements.indexOf(element)
      if (measured === undefined || !(measured > 0) || predicted === undefined || k < 0) return []
      const unloaded = (measured / predicted) * Math.exp(lnD[k] as number)
      const used = measured >= leastD
      const source = sourceOf(row)
      return [{ element, source, pH: answer.pH, measured, predicted, unloaded, used }]
    })
  })
  const isotherms = elements.flatMap((element, k): Isotherm[] => {
    const own = points.filter((point) => point.element === element).map(({ pH }) => pH)
    if (own.length === 0) return []
    const [low, high] = [Math.min(...own) - 0.05, Math.max(...own) + 0.05]
    const line = Array.from({ length: steps + 1 }, (_, i) => {
      const pH = low + ((high - low) * i) / steps
      return [pH, Math.exp(unloadedAt(pH)[k] as number)] as const
    })
    return [{ element, line }]
  })
  return { extractant, points, isotherms }
}
