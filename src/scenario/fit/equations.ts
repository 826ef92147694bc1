import {
  compileDistribution,
  type Distribution,
  measuredDistribution,
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

/**
 * The equilibrium of every row at some parameters; from answers at parameters near by the balances
 * are closed by a few steps of Newton's method, from nothing by the roots of `shakeout`.
 */
export function answersAt(
  problem: FitProblem,
  parameters: ArrayLike<number>,
  near: readonly Shakeout[] = [],
): readonly Shakeout[] {
  const set = problem.setAt(parameters)
  const answers: Shakeout[] = []
  for (const group of problem.groups) {
    const distribution = compileDistribution(set, group.elements)
    for (const index of group.rows) {
      const row = problem.rows[index] as MeasuredRow
      const from = near[index]
      const close = from === undefined ? undefined : answerNear(row, distribution, from)
      answers[index] = close ?? shakeout(row, distribution)
    }
  }
  return answers
}

/**
 * Rough equilibria at the composition that the measurements tell, with the D of the model there:
 * where no D was measured, a third of the metal is taken to be in the organic.
 */
export function guessedAnswers(
  problem: FitProblem,
  parameters: ArrayLike<number>,
): readonly Shakeout[] {
  const set = problem.setAt(parameters)
  const answers: Shakeout[] = []
  for (const { elements, rows } of problem.groups) {
    const distribution = compileDistribution(set, elements)
    for (const index of rows) {
      const row = problem.rows[index] as MeasuredRow
      const [ratio, brought] = [row.phaseRatio, row.organicFeed ?? {}]
      let hydrogen = (row.hydrogenFeed ?? 0) - (row.saponified ?? 0) * row.extractant * ratio
      let bound = 0
      for (const [k, element] of elements.entries()) {
        const total = (row.feed[element] ?? 0) + ratio * (brought[element] ?? 0)
        const D = measuredDistribution(row, element) ?? 0.5 / ratio
        const y = total / (ratio + 1 / Math.max(D, 1e-9))
        bound += (distribution.bound[k] as number) * y
        hydrogen += ratio * (distribution.protons[k] as number) * (y - (brought[element] ?? 0))
      }
      const free = Math.max(row.extractant - bound, 0.05 * row.extractant)
      const acid = row.hydrogenFeed === undefined ? 10 ** -(row.pH ?? 1) : Math.max(hydrogen, 1e-5)
      const lnFree = Math.log(free / distribution.monomersPerFree)
      const guess = answerOf(row, pointAt(row, distribution, Math.log(acid), lnFree))
      answers[index] = guess ?? shakeout(row, distribution)
    }
  }
  return answers
}

/** Newton's method on both balances; undefined where it does not settle at once. */
function answerNear(
  row: MeasuredRow,
  distribution: Distribution,
  from: Shakeout,
): Shakeout | undefined {
  if (from.outcome !== 'converged' || !distribution.dependsOnFree) return undefined
  const most = Math.log(row.extractant / distribution.monomersPerFree)
  const imposed = row.hydrogenFeed === undefined
  let [lnH, lnC] = [-from.pH * Math.LN10, Math.log(from.free)]
  for (let turn = 0; turn < 12; turn++) {
    const point = pointAt(row, distribution, lnH, lnC)
    const [HH, HC, EH, EC] = point.jacobian
    const determinant = HH * EC - HC * EH
    const { protonGap, siteGap } = point
    const byH = imposed ? 0 : (HC * siteGap - EC * protonGap) / determinant
    const byC = imposed ? -siteGap / EC : (EH * protonGap - HH * siteGap) / determinant
    if (!(Math.abs(byH) < 3 && Math.abs(byC) < 3)) return undefined
    lnH += byH
    lnC += byC
    if (lnC > most) return undefined
    // Convergence is quadratic: a step this small leaves rounding only.
    const last = Math.abs(byH) < 1e-7 && Math.abs(byC) < 1e-7
    if (last) return answerOf(row, pointAt(row, distribution, lnH, lnC))
  }
  return undefined
}

function answerOf(row: MeasuredRow, point: Point): Shakeout | undefined {
  const { distribution, hydrogen, free, aqueous, organic, lnD } = point
  if (waterIonProduct / hydrogen > hydrogen) return undefined
  const record = (values: Float64Array) =>
    Object.fromEntries(distribution.elements.map((el, k) => [el, values[k] as number]))
  const taken = organic.reduce((sum, y, k) => sum + (distribution.bound[k] as number) * y, 0)
  return {
    outcome: 'converged',
    D: record(lnD.map(Math.exp)),
    pH: -Math.log10(hydrogen),
    loading: taken / row.extractant,
    free,
    aqueous: record(aqueous),
    organic: record(organic),
  }
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
  out.fill(0)
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
    const models = shifted.flatMap(({ ahead, behind, step }, j) =>
      moves(problem, j, elements)
        ? [
            {
              j,
              step,
              ahead: compileDistribution(ahead, elements),
              behind: compileDistribution(behind, elements),
            },
          ]
        : [],
    )
    for (const index of rows) {
      const own = byRow.get(index)
      const row = problem.rows[index]
      const answer = answers[index]
      if (own === undefined || row === undefined || answer === undefined) continue
      const lnFree = Math.log(Math.max(answer.free, 1e-30))
      const point = pointAt(row, here, -answer.pH * Math.LN10, lnFree)
      for (const model of models) {
        const moved = move(point, model)
        for (const m of own) {
          const measure = problem.measures[m] as FitMeasure
          out[m * count + model.j] = slopeOf(measure, point, moved)
        }
      }
    }
  }
}

/** Whether a parameter has a part in the D of some of these elements. */
function moves({ quantities }: FitProblem, j: number, elements: readonly string[]): boolean {
  return quantities.some(
    ({ element, terms }) =>
      (element === undefined || elements.includes(element)) && terms.some(([at]) => at === j),
  )
}

/** A row at an acidity and a free extractant, with its balances and their derivatives. */
interface Point {
  readonly distribution: Distribution
  readonly hydrogen: number
  /** The acidity is given, so nothing moves it. */
  readonly imposed: boolean
  readonly free: number
  readonly ratio: number
  readonly lnD: Float64Array
  readonly aqueous: Float64Array
  readonly organic: Float64Array
  /** Share of each metal in the aqueous. */
  readonly share: Float64Array
  readonly toHydrogen: Float64Array
  readonly toFree: Float64Array
  /** What is there less what was brought, mol/L: protons of the aqueous, monomer of the organic. */
  readonly protonGap: number
  readonly siteGap: number
  /** d gap / d ln hydrogen, d ln free: protons in the first row, extractant in the second. */
  readonly jacobian: readonly [number, number, number, number]
}

const waterIonProduct = 1e-14

function pointAt(
  row: MeasuredRow,
  distribution: Distribution,
  lnHydrogen: number,
  lnFree: number,
): Point {
  const { elements, protons, bound, bisulfatePKa } = distribution
  const n = elements.length
  const array = () => new Float64Array(n)
  const [lnD, toHydrogen, toFree] = [array(), array(), array()]
  const [aqueous, organic, share] = [array(), array(), array()]
  const [hydrogen, free, ratio] = [Math.exp(lnHydrogen), Math.exp(lnFree), row.phaseRatio]
  distribution.evaluate(hydrogen, free, aqueous, lnD, toHydrogen, toFree)
  const Ka = 10 ** -(bisulfatePKa ?? 0)
  const sulfate = bisulfatePKa === undefined ? 0 : (row.sulfate ?? 0)
  const base = (row.saponified ?? 0) * row.extractant * ratio
  const bisulfate = (sulfate * hydrogen) / (Ka + hydrogen)
  const water = waterIonProduct / hydrogen
  let protonGap = hydrogen - water + bisulfate - (row.hydrogenFeed ?? 0) + base
  let siteGap = distribution.monomersPerFree * free - row.extractant
  let [HH, HC] = [hydrogen + water + (bisulfate * Ka) / (Ka + hydrogen), 0]
  let [EH, EC] = [0, distribution.monomersPerFree * free]
  for (let k = 0; k < n; k++) {
    const element = elements[k] as string
    const brought = row.organicFeed?.[element] ?? 0
    const total = (row.feed[element] ?? 0) + ratio * brought
    const [z, b] = [protons[k] as number, bound[k] as number]
    const x = total / (1 + ratio * Math.exp(lnD[k] as number))
    const y = (total - x) / ratio
    aqueous[k] = x
    organic[k] = y
    share[k] = total > 0 ? x / total : 0
    protonGap -= ratio * z * (y - brought)
    siteGap += b * y
    const moves = y * (share[k] as number)
    const [byH, byC] = [moves * (toHydrogen[k] as number), moves * (toFree[k] as number)]
    HH -= ratio * z * byH
    HC -= ratio * z * byC
    EH += b * byH
    EC += b * byC
  }
  const imposed = row.hydrogenFeed === undefined
  // An imposed acidity stays; an isotherm that does not see the extractant has no free one.
  const [hydrogenRow, site] = [imposed ? ([1, 0] as const) : ([HH, HC] as const), EC]
  const jacobian = [...hydrogenRow, EH, distribution.dependsOnFree ? site : 1] as const
  const phases = { lnD, aqueous, organic, share, toHydrogen, toFree }
  return { distribution, hydrogen, imposed, free, ratio, ...phases, protonGap, siteGap, jacobian }
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
