import {
  isRareEarth,
  leastMeasured,
  type MeasuredRow,
  measuredDistribution,
  type Measurement,
} from '../../chemistry/index.ts'
import { type FitRequest, usualErrors } from './request.ts'

/** One measured number as the fit compares it: ln of a concentration or D, or a pH. */
export interface FitMeasure {
  /** Place in the rows of the problem. */
  readonly row: number
  readonly of: Measurement['of']
  /** Undefined for a pH. */
  readonly element: string | undefined
  readonly source: string
  readonly value: number
  /** Standard deviation of `value`, as stated or as assumed. */
  readonly sigma: number
  readonly stated: boolean
  readonly limit: Measurement['limit']
}

/** A row or a number that the fit does not use, and why. */
export interface Skipped {
  readonly place: string
  readonly why: string
}

export interface Measures {
  readonly rows: readonly MeasuredRow[]
  readonly measures: readonly FitMeasure[]
  readonly skipped: readonly Skipped[]
}

/** The elements that a row brings, in the order of its columns. */
export function elementsOf(row: MeasuredRow): readonly string[] {
  const some = (record: Readonly<Record<string, number>> = {}) =>
    Object.entries(record).flatMap(([element, value]) => (value > 0 ? [element] : []))
  return [...new Set([...some(row.feed), ...some(row.organicFeed)])]
}

export const sourceOf = (row: MeasuredRow): string =>
  row.source ?? row.place.slice(0, row.place.lastIndexOf(':'))

const elementSign = /^[A-Z][a-z]?$/

/** Elements of which the rows measured something in a liquid or a D. */
export function measuredElements(rows: readonly MeasuredRow[]): readonly string[] {
  const named = rows.flatMap(({ measured }) => measured.map(({ element }) => element ?? ''))
  return [...new Set(named)].filter((element) => elementSign.test(element))
}

/**
 * Every number that can be fitted, with its error. Zeros and D below `leastD` are left out with
 * the reason, and so is a row that repeats another to the last digit.
 */
export function measuresOf(
  given: readonly MeasuredRow[],
  elements: ReadonlySet<string>,
  request: FitRequest,
): Measures {
  const skipped: Skipped[] = []
  const seen = new Map<string, string>()
  const concerned = given.filter((row) => elementsOf(row).some((el) => elements.has(el)))
  const others = given.find((row) => !elementsOf(row).some((el) => elements.has(el)))
  if (others !== undefined) {
    const count = given.length - concerned.length
    const why = `${count === 1 ? 'one test has' : `${count} tests have`} none of the fitted elements`
    skipped.push({ place: others.place, why })
  }
  const rows = concerned.filter((row) => {
    const { place, note: _, ...content } = row
    if (isAlkaline(row, request)) {
      skipped.push({
        place,
        why:
          'the saponified organic brings more base than acid and metals of the feed can take: no ' +
          'shake-out of this kind; look up "saponified", O:A and the feed',
      })
      return false
    }
    if (request.leaveOut?.has(place) === true) {
      skipped.push({ place, why: 'left out' })
      return false
    }
    const key = JSON.stringify(content)
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      skipped.push({ place, why: `the same to the last digit as ${earlier}: a copy counts once` })
      return false
    }
    seen.set(key, place)
    return true
  })
  const measures = rows.flatMap((row, index) =>
    row.measured.flatMap((measured) => {
      if (measured.element !== undefined && !elements.has(measured.element)) return []
      // A pH without the acid of the feed is a condition of the test and not a result.
      if (measured.of === 'pH' && row.hydrogenFeed === undefined) return []
      const why = unusable(row, measured, request.leastD ?? leastMeasured)
      if (why === undefined) return [measureOf(row, index, measured, request)]
      skipped.push({ place: row.place, why: `${measured.element ?? ''} ${measured.of}: ${why}` })
      return []
    }),
  )
  return { rows, measures, skipped }
}

/** More base than the test can take: its aqueous ends as a hydroxide, which no model here has. */
function isAlkaline(row: MeasuredRow, { protons, base }: FitRequest): boolean {
  const { saponified = 0, extractant, phaseRatio, hydrogenFeed } = row
  if (hydrogenFeed === undefined || saponified === 0) return false
  const taken = Object.entries(row.feed).reduce(
    (sum, [el, x]) => sum + (protons?.[el] ?? base?.protons[el] ?? 3) * x,
    hydrogenFeed,
  )
  return saponified * extractant * phaseRatio >= taken
}

/** Why a measured number cannot be fitted, or undefined. */
function unusable(row: MeasuredRow, measured: Measurement, leastD: number): string | undefined {
  const { of, element = '', value, limit } = measured
  if (of === 'pH') return undefined
  if (!elementsOf(row).includes(element)) return 'measured, but the feed has none'
  if (value <= 0) return 'is zero: write <limit for below the limit of detection'
  if (of === 'D' && limit === undefined && value < leastD) {
    return `${value} is below ${leastD}, mostly error of the assay`
  }
  return undefined
}

function measureOf(
  row: MeasuredRow,
  index: number,
  { of, element, value, uncertainty, limit }: Measurement,
  request: FitRequest,
): FitMeasure {
  const isPH = of === 'pH'
  const usual = { ...usualErrors, ...request.errors }[of]
  let sigma = uncertainty === undefined ? usual : isPH ? uncertainty : uncertainty / value
  // An imposed pH that is uncertain makes D uncertain with it.
  const pH = row.measured.find((m) => m.of === 'pH')?.uncertainty
  if (!isPH && row.hydrogenFeed === undefined && pH !== undefined) {
    const z = request.protons?.[element ?? ''] ?? 3
    sigma = Math.hypot(sigma, z * Math.LN10 * pH)
  }
  return {
    row: index,
    of,
    element,
    source: sourceOf(row),
    value: isPH ? value : Math.log(value),
    sigma,
    stated: uncertainty !== undefined,
    limit,
  }
}

/** Rows whose measured phases miss what was brought by more than a tenth, worst first. */
export function imbalances(rows: readonly MeasuredRow[]) {
  const found = rows.flatMap((row) =>
    elementsOf(row).flatMap((element) => {
      const phase = (of: Measurement['of']) =>
        row.measured.find((m) => m.of === of && m.element === element && m.limit === undefined)
      const [x, y] = [phase('aqueous')?.value, phase('organic')?.value]
      if (x === undefined || y === undefined) return []
      const brought = (row.feed[element] ?? 0) + row.phaseRatio * (row.organicFeed?.[element] ?? 0)
      const gap = (x + row.phaseRatio * y) / brought - 1
      return Math.abs(gap) > 0.1 ? [{ place: row.place, element, gap }] : []
    }),
  )
  return found.sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap))
}

/** The measured D of the elements of a row, as a data set keeps them. */
export function distributionsOf(row: MeasuredRow): Readonly<Record<string, number>> {
  return Object.fromEntries(
    elementsOf(row).flatMap((element) => {
      const D = measuredDistribution(row, element)
      return D === undefined ? [] : [[element, D] as const]
    }),
  )
}

export const sumOfRareEarths = (aqueous: Readonly<Record<string, number>>): number =>
  Object.entries(aqueous).reduce((sum, [el, x]) => (isRareEarth(el) ? sum + x : sum), 0)
