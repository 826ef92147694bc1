import {
  compileDistribution,
  type Distribution,
  type MeasuredRow,
  type Shakeout,
  shakeout,
} from '../../chemistry/index.ts'
import type { FitMeasure } from './measures.ts'
import type { FitProblem } from './problem.ts'

/** Base-e logarithms that a measured number is compared with, or a pH; never infinite. */
export function predicted(measure: FitMeasure, answer: Shakeout): number {
  const { of, element = '' } = measure
  if (of === 'pH') return answer.pH
  const value = { D: answer.D, aqueous: answer.aqueous, organic: answer.organic }[of][element] ?? 0
  return Math.log(Math.min(Math.max(value, 1e-300), 1e300))
}

/** The equilibrium of every row at some parameters. */
export function answersAt(problem: FitProblem, parameters: ArrayLike<number>): readonly Shakeout[] {
  const set = problem.setAt(parameters)
  const answers: Shakeout[] = []
  for (const group of problem.groups) {
    const distribution = compileDistribution(set, group.elements)
    for (const row of group.rows) {
      answers[row] = shakeout(problem.rows[row] as MeasuredRow, distribution)
    }
  }
  return answers
}

/**
 * Derivatives of what `predicted` answers to the parameters, row-major measures by parameters. At
 * equilibrium the balances of extractant and protons hold for every value of a parameter, so the
 * free extractant and the acidity move with it (implicit function theorem); the model itself is
 * differenced at constant composition, which needs no root.
 */
export function sensitivities(
  problem: FitProblem,
  parameters: ArrayLike<number>,
  answers: readonly Shakeout[],
  out: Float64Array,
): void {
  const count = problem.parameters.length
  const byRow = new Map<number, number[]>()
  for (const [m, { row }] of problem.measures.entries()) {
    const list = byRow.get(row)
    if (list === undefined) byRow.set(row, [m])
    else list.push(m)
  }
  const shifted = Array.from({ length: count }, (_, j) => {
    const x = parameters[j] as number
    const step = 1e-4 * Math.max(1, Math.abs(x))
    const at = (value: number) =>
      problem.setAt(Array.from(parameters, (old, k) => (k === j ? value : old)))
    return { ahead: at(x + step), behind: at(x - step), step }
  })
  const set = problem.setAt(parameters)
  for (const { elements, rows } of problem.groups) {
    const here = compileDistribution(set, elements)
    const models = shifted.map(({ ahead, behind, step }) => ({
      ahead: compileDistribution(ahead, elements),
      behind: compileDistribution(behind, elements),
      step,
    }))
    for (const index of rows) {
      const own = byRow.get(index)
      const row = problem.rows[index]
      const answer = answers[index]
      if (own === undefined || row === undefined || answer === undefined) continue
      const point = pointOf(row, answer, here)
      for (const [j, model] of models.entries()) {
        const moved = move(point, model)
        for (const m of own) {
          const measure = problem.measures[m] as FitMeasure
          out[m * count + j] = slopeOf(measure, point, moved)
        }
      }
    }
  }
}

/** A row at equilibrium, with what its derivatives need. */
interface Point {
  readonly distribution: Distribution
  readonly hydrogen: number
  /** The acidity is given, so nothing moves it. */
  readonly imposed: boolean
  readonly free: number
  readonly ratio: number
  readonly aqueous: Float64Array
  readonly organic: Float64Array
  /** Share of each metal in the aqueous. */
  readonly share: Float64Array
  readonly toHydrogen: Float64Array
  readonly toFree: Float64Array
  /** d balance / d ln hydrogen, d ln free: protons in the first row, extractant in the second. */
  readonly jacobian: readonly [number, number, number, number]
}

const waterIonProduct = 1e-14

function pointOf(row: MeasuredRow, answer: Shakeout, distribution: Distribution): Point {
  const { elements, protons, bound, bisulfatePKa } = distribution
  const n = elements.length
  const at = (record: Readonly<Record<string, number>>) =>
    Float64Array.from(elements, (element) => record[element] ?? 0)
  const [aqueous, organic] = [at(answer.aqueous), at(answer.organic)]
  const [hydrogen, ratio] = [10 ** -answer.pH, row.phaseRatio]
  const free = Math.max(answer.free, 1e-30)
  const toHydrogen = new Float64Array(n)
  const toFree = new Float64Array(n)
  distribution.evaluate(hydrogen, free, aqueous, new Float64Array(n), toHydrogen, toFree)
  const share = aqueous.map((x, k) => (x > 0 ? x / (x + ratio * (organic[k] as number)) : 0))
  const Ka = 10 ** -(bisulfatePKa ?? 0)
  const sulfate = bisulfatePKa === undefined ? 0 : (row.sulfate ?? 0)
  const buffer = (sulfate * hydrogen * Ka) / (Ka + hydrogen) ** 2
  let [HH, HC] = [hydrogen + waterIonProduct / hydrogen + buffer, 0]
  let [EH, EC] = [0, distribution.monomersPerFree * free]
  for (let k = 0; k < n; k++) {
    const moves = (organic[k] as number) * (share[k] as number)
    const [byH, byC] = [moves * (toHydrogen[k] as number), moves * (toFree[k] as number)]
    HH -= ratio * (protons[k] as number) * byH
    HC -= ratio * (protons[k] as number) * byC
    EH += (bound[k] as number) * byH
    EC += (bound[k] as number) * byC
  }
  // An imposed acidity stays; an isotherm that does not see the extractant has no free one.
  const imposed = row.hydrogenFeed === undefined
  const jacobian = [
    imposed ? 1 : HH,
    imposed ? 0 : HC,
    EH,
    distribution.dependsOnFree ? EC : 1,
  ] as const
  return {
    distribution,
    hydrogen,
    imposed,
    free,
    ratio,
    aqueous,
    organic,
    share,
    toHydrogen,
    toFree,
    jacobian,
  }
}

interface Moved {
  readonly lnHydrogen: number
  readonly lnD: Float64Array
}

/** Derivatives to one parameter: of ln hydrogen, and of every ln D at the new balances. */
function move(
  point: Point,
  model: { readonly ahead: Distribution; readonly behind: Distribution; readonly step: number },
): Moved {
  const { distribution, ratio, organic, share, toHydrogen, toFree, jacobian } = point
  const { protons } = distribution
  const n = protons.length
  const [up, down, scratch] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  model.ahead.evaluate(point.hydrogen, point.free, point.aqueous, up, scratch, scratch)
  model.behind.evaluate(point.hydrogen, point.free, point.aqueous, down, scratch, scratch)
  let [protonGap, siteGap] = [0, 0]
  const direct = up.map((value, k) => (value - (down[k] as number)) / (2 * model.step))
  for (let k = 0; k < n; k++) {
    const y = organic[k] as number
    const moves = y * (share[k] as number) * (direct[k] as number)
    const sites = (model.ahead.bound[k] as number) - (model.behind.bound[k] as number)
    protonGap -= ratio * (protons[k] as number) * moves
    siteGap += (distribution.bound[k] as number) * moves + (y * sites) / (2 * model.step)
  }
  if (point.imposed) protonGap = 0
  const [HH, HC, EH, EC] = jacobian
  const determinant = HH * EC - HC * EH
  const lnHydrogen = (HC * siteGap - EC * protonGap) / determinant
  const lnFree = (EH * protonGap - HH * siteGap) / determinant
  const lnD = direct.map(
    (slope, k) => slope + (toHydrogen[k] as number) * lnHydrogen + (toFree[k] as number) * lnFree,
  )
  return { lnHydrogen, lnD }
}

function slopeOf(
  { of, element = '' }: FitMeasure,
  point: Point,
  { lnHydrogen, lnD }: Moved,
): number {
  if (of === 'pH') return -lnHydrogen / Math.LN10
  const k = point.distribution.elements.indexOf(element)
  const slope = lnD[k] as number
  const share = point.share[k] as number
  return of === 'D' ? slope : of === 'organic' ? share * slope : -(1 - share) * slope
}
