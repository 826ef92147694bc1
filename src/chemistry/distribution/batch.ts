import { brent, newton } from '../../numerics/index.ts'
import type { Distribution, Measurement } from './model.ts'

/** One shake-out test: an aqueous feed shaken with an organic to equilibrium. mol/L throughout. */
export interface ShakeoutRow {
  readonly source?: string
  /** Total extractant of the organic, as monomer. */
  readonly extractant: number
  /**
   * Total acidity of the feed; absent together with a given `pH` when the equilibrium pH is
   * known.
   */
  readonly hydrogenFeed?: number
  /** Organic over aqueous volume. */
  readonly phaseRatio: number
  readonly feed: Readonly<Record<string, number>>
  /** Metals that the organic brings. */
  readonly organicFeed?: Readonly<Record<string, number>>
  /** Measured distributions, for comparison only. */
  readonly D?: Readonly<Record<string, number>>
  /** Equilibrium pH, imposed when `hydrogenFeed` is absent. */
  readonly pH?: number
  /** Share of the extractant in Na or NH4 form before contact. */
  readonly saponified?: number
  /** Total sulfate, HSO4- included; used by sets that state a pKa of HSO4-. */
  readonly sulfate?: number
  /** Sum of metals that the organic takes: closes constant separation factors. */
  readonly organicMetal?: number
  readonly note?: string
}

/** A test with what was measured of it and where it stands written. */
export interface MeasuredRow extends ShakeoutRow {
  readonly measured: readonly Measurement[]
  /** `tests.csv:12`, for messages. */
  readonly place: string
}

/**
 * The distribution of an element that the measurements of a row tell: D itself, organic over
 * aqueous, or one of the two and what was brought. Undefined where they tell none.
 */
export function measuredDistribution(
  { feed, organicFeed, phaseRatio, measured }: ShakeoutRow & Pick<MeasuredRow, 'measured'>,
  element: string,
): number | undefined {
  const value = (of: Measurement['of']) =>
    measured.find((m) => m.of === of && m.element === element && m.limit === undefined)?.value
  const D = value('D')
  if (D !== undefined) return D
  const brought = (feed[element] ?? 0) + phaseRatio * (organicFeed?.[element] ?? 0)
  const [x, y] = [value('aqueous'), value('organic')]
  const inOrganic = y ?? (x === undefined ? undefined : (brought - x) / phaseRatio)
  const inAqueous = x ?? (y === undefined ? undefined : brought - phaseRatio * y)
  if (inOrganic === undefined || inAqueous === undefined) return undefined
  return inOrganic > 0 && inAqueous > 0 ? inOrganic / inAqueous : undefined
}

/**
 * - `saponification-above-throughput`: more base in the organic than acid and metals of the feed
 *   can take; the aqueous phase turns alkaline (hydroxide), its pH is the answer's.
 * - `extractant-saturated`: the isotherm asks for more metal than the extractant can bind.
 * - `organic-metal-unreachable`: the stated organic metal is not below what the feed brings.
 * - `not-settled`: the activities did not settle; the balances still close.
 */
export type ShakeoutOutcome =
  | 'converged'
  | 'saponification-above-throughput'
  | 'extractant-saturated'
  | 'organic-metal-unreachable'
  | 'not-settled'

export interface Shakeout {
  readonly outcome: ShakeoutOutcome
  readonly D: Readonly<Record<string, number>>
  readonly pH: number
  /** Extractant bound to metals over total extractant. */
  readonly loading: number
  /** Free extractant in the unit of the set (dimer or monomer). */
  readonly free: number
  readonly aqueous: Readonly<Record<string, number>>
  readonly organic: Readonly<Record<string, number>>
}

export interface ShakeoutOptions {
  /** Ion product of water, (mol/L)^2; only keeps the pH of a base excess finite. */
  readonly waterIonProduct?: number
}

/** The balances of one row over the arrays of one distribution. */
interface Batch {
  readonly distribution: Distribution
  readonly n: number
  /** Metals brought by both phases, per litre of aqueous. */
  readonly total: Float64Array
  readonly ratio: number
  readonly extractant: number
  /**
   * Acidity at the start less the base of the saponified extractant, if every metal were aqueous.
   */
  readonly acid: number
  /** More free acid than any equilibrium of the row can have. */
  readonly mostAcid: number
  readonly sulfate: number
  readonly bisulfate: number
  readonly water: number
  /** Aqueous composition at which activities are taken. */
  readonly aqueous: Float64Array
  readonly organic: Float64Array
  readonly lnD: Float64Array
  readonly dLnHydrogen: Float64Array
  readonly dLnFree: Float64Array
}

const defaultWater = 1e-14
const closeEnough = { tolerance: 1e-16, maxIterations: 300 }

function batchOf(row: ShakeoutRow, distribution: Distribution, options: ShakeoutOptions): Batch {
  const { elements, protons } = distribution
  if (!(row.extractant > 0 && row.phaseRatio > 0)) {
    throw new Error('a shake-out row needs extractant and a phase ratio above zero')
  }
  for (const element of [...Object.keys(row.feed), ...Object.keys(row.organicFeed ?? {})]) {
    if (!elements.includes(element)) {
      throw new Error(
        `${element} is not among the elements of ${distribution.set.id} compiled here`,
      )
    }
  }
  const n = elements.length
  const ratio = row.phaseRatio
  const brought = Float64Array.from(elements, (element) => row.organicFeed?.[element] ?? 0)
  const total = Float64Array.from(
    elements,
    (element, k) => (row.feed[element] ?? 0) + ratio * (brought[k] as number),
  )
  const base = (row.saponified ?? 0) * row.extractant * ratio
  const released = brought.reduce((sum, y, k) => sum + ratio * y * (protons[k] as number), 0)
  const pKa = distribution.bisulfatePKa
  const water = options.waterIonProduct ?? defaultWater
  const acid = (row.hydrogenFeed ?? 0) - base - released
  const exchangeable = total.reduce((sum, X, k) => sum + X * (protons[k] as number), 0)
  return {
    distribution,
    n,
    total,
    ratio,
    extractant: row.extractant,
    acid,
    mostAcid: Math.abs(acid) + exchangeable + Math.sqrt(water),
    sulfate: pKa === undefined ? 0 : (row.sulfate ?? 0),
    bisulfate: 10 ** -(pKa ?? 0),
    water,
    aqueous: total.slice(),
    organic: new Float64Array(n),
    lnD: new Float64Array(n),
    dLnHydrogen: new Float64Array(n),
    dLnFree: new Float64Array(n),
  }
}

/**
 * Evaluates D and writes the organic metals; answers the extractant bound, the protons released
 * (per litre of aqueous) and their slope to ln hydrogen.
 */
function bindMetals(batch: Batch, hydrogen: number, free: number) {
  const { distribution, total, ratio, aqueous, organic, lnD, dLnHydrogen, dLnFree } = batch
  distribution.evaluate(hydrogen, free, aqueous, lnD, dLnHydrogen, dLnFree)
  let [bound, released, slope] = [0, 0, 0]
  for (let k = 0; k < batch.n; k++) {
    // Written so that neither D = 0 nor D = infinity makes a NaN.
    const inverse = Math.exp(-(lnD[k] as number))
    const y = (total[k] as number) / (ratio + inverse)
    const protons = ratio * (distribution.protons[k] as number) * y
    const left = inverse === Number.POSITIVE_INFINITY ? 1 : inverse / (ratio + inverse)
    organic[k] = y
    bound += (distribution.bound[k] as number) * y
    released += protons
    slope += protons * left * (dLnHydrogen[k] as number)
  }
  return { bound, released, slope }
}

/**
 * Free acidity that closes the proton balance at one free extractant; always one, D falls with
 * it.
 */
function acidAt(batch: Batch, free: number, start: number): number {
  const { sulfate, bisulfate, water, acid } = batch
  const gap = (lnHydrogen: number): readonly [number, number] => {
    const hydrogen = Math.exp(lnHydrogen)
    const { released, slope } = bindMetals(batch, hydrogen, free)
    const bisulfated = (sulfate * hydrogen) / (bisulfate + hydrogen)
    const value = hydrogen - water / hydrogen + bisulfated - acid - released
    const buffer = (bisulfated * bisulfate) / (bisulfate + hydrogen)
    return [value, hydrogen + water / hydrogen + buffer - slope]
  }
  const root = newton(gap, Math.log(1e-22), Math.log(2 * batch.mostAcid), { ...closeEnough, start })
  // Signs differ at the ends: OH- beyond any base at one, more acid than there can be at the other.
  return 'x' in root ? root.x : Math.log(Math.sqrt(water))
}

interface State {
  readonly hydrogen: number
  readonly free: number
  readonly saturated: boolean
}

/**
 * Closes the extractant balance, the highest free extractant if the isotherm allows several, with
 * the acidity that goes with it: imposed, or from the proton balance.
 */
function closeExtractant(batch: Batch, imposed: number | undefined): State {
  const per = batch.distribution.monomersPerFree
  let lnHydrogen = imposed === undefined ? Math.log(0.5 * batch.mostAcid) : Math.log(imposed)
  const settle = (free: number) => {
    if (imposed === undefined) lnHydrogen = acidAt(batch, free, lnHydrogen)
    return bindMetals(batch, Math.exp(lnHydrogen), free).bound
  }
  const state = (free: number, saturated: boolean): State => ({
    hydrogen: Math.exp(lnHydrogen),
    free,
    saturated,
  })
  const most = batch.extractant / per
  if (!batch.distribution.dependsOnFree) {
    const free = (batch.extractant - settle(most)) / per
    return state(free, free < 0)
  }
  const gap = (lnFree: number) => {
    const free = Math.exp(lnFree)
    return (per * free + settle(free)) / batch.extractant - 1
  }
  const top = Math.log(most)
  if (gap(top) <= 0) return state(most, false)
  // Walks down until the balance changes sign, in strides that double.
  let [high, low] = [top, top]
  for (let stride = 0.25; stride < 300; stride *= 2) {
    ;[high, low] = [low, top - stride]
    if (gap(low) <= 0) break
  }
  const root = brent(gap, low, high, closeEnough)
  if (!('x' in root) || root.outcome === 'not-a-number') return state(0, true)
  const free = Math.exp(root.x)
  settle(free)
  return state(free, false)
}

/** Closes constant separation factors by the stated organic metal; undefined when out of reach. */
function closeLoading(batch: Batch, organicMetal: number): State | undefined {
  const sum = () => batch.organic.reduce((a, y) => a + y, 0)
  const gap = (lnF: number) => {
    bindMetals(batch, 1, Math.exp(lnF))
    return Math.log(sum() / organicMetal)
  }
  const root = brent(gap, -300, 300, closeEnough)
  if (root.outcome !== 'converged') return undefined
  bindMetals(batch, 1, Math.exp(root.x))
  return { hydrogen: Math.max(batch.acid, 1e-14), free: Math.exp(root.x), saturated: false }
}

function closeAt(row: ShakeoutRow, batch: Batch): State | undefined {
  if (batch.distribution.closure === 'loading') return closeLoading(batch, row.organicMetal ?? 0)
  const imposed = row.hydrogenFeed === undefined && row.pH !== undefined ? 10 ** -row.pH : undefined
  return closeExtractant(batch, imposed)
}

/**
 * Equilibrium of one shake-out test. Metals, protons and extractant close to rounding: D says
 * only how a metal that is there divides. One or two nested monotone roots, so every physical row
 * has an answer; where the aqueous composition moves D the whole is repeated until it stands still.
 * Asserts that the distribution was compiled for every element of the row. mol/L.
 */
export function shakeout(
  row: ShakeoutRow,
  distribution: Distribution,
  options: ShakeoutOptions = {},
): Shakeout {
  const batch = batchOf(row, distribution, options)
  let state = closeAt(row, batch)
  let settled = !distribution.dependsOnAqueous
  let [damping, last] = [1, Number.POSITIVE_INFINITY]
  for (let turn = 0; turn < 300 && state !== undefined && !settled; turn++) {
    const change = moveAqueous(batch, damping)
    if (change > 0.9 * last) damping = Math.max(0.5 * damping, 0.02)
    last = change
    settled = change <= 1e-14
    state = closeAt(row, batch)
  }
  const outcome =
    state === undefined
      ? 'organic-metal-unreachable'
      : state.saturated
        ? 'extractant-saturated'
        : !settled
          ? 'not-settled'
          : distribution.closure !== 'loading' &&
              batch.water / state.hydrogen > state.hydrogen &&
              (row.saponified ?? 0) > 0
            ? 'saponification-above-throughput'
            : 'converged'
  return answer(batch, outcome, state ?? { hydrogen: 1, free: 0, saturated: false })
}

/**
 * Moves the composition for activities towards the solved one; answers the largest change of ln.
 */
function moveAqueous(batch: Batch, damping: number): number {
  let worst = 0
  for (let k = 0; k < batch.n; k++) {
    if (batch.total[k] === 0) continue
    const old = batch.aqueous[k] as number
    const solved = aqueousOf(batch, k)
    const change = Math.log(solved / old)
    worst = Math.max(worst, Math.abs(change))
    batch.aqueous[k] = damping === 1 ? solved : old * Math.exp(damping * change)
  }
  return worst
}

function aqueousOf(batch: Batch, k: number): number {
  return (batch.total[k] as number) / (1 + batch.ratio * Math.exp(batch.lnD[k] as number))
}

function answer(batch: Batch, outcome: ShakeoutOutcome, state: State): Shakeout {
  const { elements, bound } = batch.distribution
  const record = (value: (k: number) => number) =>
    Object.fromEntries(elements.map((element, k) => [element, value(k)]))
  const taken = batch.organic.reduce((sum, y, k) => sum + (bound[k] as number) * y, 0)
  return {
    outcome,
    D: record((k) => Math.exp(batch.lnD[k] as number)),
    pH: -Math.log10(state.hydrogen),
    loading: taken / batch.extractant,
    free: state.free,
    aqueous: record((k) => aqueousOf(batch, k)),
    organic: record((k) => batch.organic[k] as number),
  }
}

export interface ShakeoutTable {
  readonly rows: readonly (Pick<
    Shakeout,
    'outcome' | 'D' | 'pH' | 'loading' | 'free' | 'aqueous'
  > & {
    /** log10 of predicted over measured D, by element measured. */
    readonly deviation: Readonly<Record<string, number>>
  })[]
  /** Root mean square of log10 (predicted / measured D) over measured D above `least`. */
  readonly rms: Readonly<Record<string, number>>
  readonly counted: Readonly<Record<string, number>>
}

/** Below this a measured D is mostly analytical error and left out of the rms. */
export const leastMeasured = 0.02

/**
 * Solves every row and compares with the measured D of the row. `skip` leaves rows out of the rms
 * (an outlier that the source marks); they are still solved.
 */
export function shakeoutTable(
  rows: readonly ShakeoutRow[],
  distribution: Distribution,
  options: ShakeoutOptions & { readonly skip?: (row: ShakeoutRow) => boolean } = {},
): ShakeoutTable {
  const squares: Record<string, number> = {}
  const counted: Record<string, number> = {}
  const solved = rows.map((row) => {
    const result = shakeout(row, distribution, options)
    const named = new Set([...Object.keys(row.feed), ...Object.keys(row.D ?? {})])
    const deviation: Record<string, number> = {}
    for (const [element, measured] of Object.entries(row.D ?? {})) {
      const predicted = result.D[element]
      if (predicted === undefined || measured <= 0) continue
      const off = Math.log10(predicted / measured)
      deviation[element] = off
      if (measured <= leastMeasured || options.skip?.(row) === true) continue
      squares[element] = (squares[element] ?? 0) + off * off
      counted[element] = (counted[element] ?? 0) + 1
    }
    return {
      outcome: result.outcome,
      D: Object.fromEntries(Object.entries(result.D).filter(([element]) => named.has(element))),
      pH: result.pH,
      loading: result.loading,
      free: result.free,
      aqueous: result.aqueous,
      deviation,
    }
  })
  const rms = Object.fromEntries(
    Object.entries(squares).map(([element, sum]) => [
      element,
      Math.sqrt(sum / (counted[element] ?? 1)),
    ]),
  )
  return { rows: solved, rms, counted }
}
