import { compileDistribution } from '../../chemistry/index.ts'
import type { ExtractantSet } from '../../chemistry/index.ts'
import { composeCircuit } from './compose.ts'
import { layOut } from './layout.ts'
import { solveCircuit } from './solve.ts'
import { wholeStages } from './xu.ts'
import type { XuDesign, XuSplit, XuStages } from './xu.ts'

/** A middle product: moles drawn per mole of feed from one stage. */
export interface CascadeDraw {
  readonly phase: 'aqueous' | 'organic'
  /** From 1, in the direction of the organic. */
  readonly stage: number
  readonly moles: number
}

/**
 * A cascade of constant separation factors at constant molar flow: one mole of aqueous feed enters
 * stage `extraction`, the organic carries `S` out of every stage but the last, which keeps `out`.
 */
export interface Cascade {
  /** Separation factors over any common reference. */
  readonly beta: readonly number[]
  /** Mole fractions of the feed. */
  readonly feed: readonly number[]
  readonly extraction: number
  readonly scrub: number
  readonly S: number
  /** Moles leaving with the organic. */
  readonly out: number
  readonly draw?: CascadeDraw
}

/** Mole fractions by component. */
export interface CascadeProducts {
  readonly organic: readonly number[]
  readonly raffinate: readonly number[]
  readonly draw?: readonly number[]
  /** Fractions in the aqueous and in the organic leaving each stage. */
  readonly aqueous: readonly (readonly number[])[]
  readonly loaded: readonly (readonly number[])[]
}

const sourced = (value: number) => ({ value, source: 'given', method: 'assumption' as const })

/** A set that holds nothing but separation factors. */
function factorsOnly(beta: readonly number[]): ExtractantSet {
  const names = beta.map((_, k) => `c${k}`)
  const each = <T>(of: (value: number) => T) =>
    Object.fromEntries(names.map((name, k) => [name, of(beta[k] as number)]))
  return {
    id: 'cascade',
    title: 'separation factors',
    extractant: '',
    diluent: '',
    medium: '',
    model: 'separation-factor',
    parameters: each((value) => ({ beta: sourced(value) })),
    constants: { monomersPerProton: sourced(1) },
    protons: each(() => 1),
    quality: {},
    validity: {},
    worth: '',
    points: [],
    sources: [],
    notes: [],
  }
}

const shares = (amounts: readonly number[]) => {
  const sum = amounts.reduce((a, b) => a + b, 0)
  return amounts.map((a) => a / sum)
}

/**
 * Every stage of a cascade, balances closed: what the formulas of cascade theory approximate.
 * Undefined where the flows leave no steady state (draws larger than what passes, W below zero).
 */
export function simulateCascade(cascade: Cascade): CascadeProducts | undefined {
  const { beta, feed, extraction, scrub, S, out, draw } = cascade
  const n = extraction + scrub
  const W = S - out - (draw?.phase === 'organic' ? draw.moles : 0)
  const passing = draw === undefined ? 1 : draw.phase === 'organic' ? S : passingBy(cascade, W)
  if (!(W > 0) || (draw !== undefined && !(draw.moles < passing))) return undefined
  const components = beta.length
  const aqueousIn = new Float64Array(n)
  aqueousIn[extraction - 1] = 1
  aqueousIn[n - 1] = (aqueousIn[n - 1] as number) + 1
  const draws =
    draw === undefined
      ? []
      : [{ phase: draw.phase, stage: draw.stage - 1, fraction: draw.moles / passing }]
  const laid = layOut({
    sections: [
      { stages: n, efficiency: 1, aqueousInOrganic: 0, organicInAqueous: 0, aqueousTo: 'out' },
    ],
    organicFlow: 1,
    aqueousIn,
    draws,
    bleed: 1,
    returnedAqueous: 0,
  })
  const { organicForward } = laid.network
  const loading = new Float64Array(n).fill(S)
  loading[n - 1] = out / (organicForward[n - 1] as number)
  const source = new Float64Array(components * n)
  feed.forEach((f, k) => (source[k * n + extraction - 1] = f))
  // Protons that exchange can never use up: they decide nothing here.
  const hydrogen = Float64Array.from(aqueousIn, (flow) => 20 * (1 + S) * flow)
  const problem = composeCircuit({
    distribution: compileDistribution(
      factorsOnly(beta),
      beta.map((_, k) => `c${k}`),
    ),
    fixed: [],
    laid,
    extractant: 1,
    source,
    organicSource: new Float64Array(components),
    hydrogen,
    loading,
  })
  const solution = solveCircuit(problem)
  if (!solution.converged) return undefined
  const at = (field: Float64Array, i: number) =>
    shares(Array.from({ length: components }, (_, k) => field[k * n + i] as number))
  const stages = Array.from({ length: n }, (_, i) => i)
  const aqueous = stages.map((i) => at(solution.aqueous, i))
  const loaded = stages.map((i) => at(solution.organicRate, i))
  const drawn = draw === undefined ? undefined : draw.phase === 'aqueous' ? aqueous : loaded
  return {
    organic: loaded[n - 1] as readonly number[],
    raffinate: aqueous[0] as readonly number[],
    ...(drawn === undefined || draw === undefined
      ? {}
      : { draw: drawn[draw.stage - 1] as readonly number[] }),
    aqueous,
    loaded,
  }
}

/** Moles in the aqueous leaving the stage that is drawn from. */
function passingBy({ draw, extraction }: Cascade, W: number): number {
  return W + ((draw?.stage ?? 1) <= extraction ? 1 : 0)
}

/** A two-product design with the stages that the exact simulation asks for. */
export interface ConfirmedStages extends XuStages {
  readonly S: number
  readonly purityA: number
  readonly purityB: number
  readonly holdUp: number
}

/** Stages tried beyond the formula's. */
const mostAdded = 40

/**
 * Whole stages of a design at constant molar flow, confirmed stage by stage: those of the formula,
 * and one more on the better side until both products reach their purity. Undefined where that
 * takes many more, as it does at the pinch. Aqueous feed only.
 */
export function confirmStages(split: XuSplit, design: XuDesign): ConfirmedStages | undefined {
  const { S, outA: out } = design
  const feed = [split.fraction, 1 - split.fraction]
  const beta = [split.beta, 1]
  const whole = wholeStages(design.exact)
  if (!Number.isFinite(whole.extraction + whole.scrub)) return undefined
  const at = (extraction: number, scrub: number): ConfirmedStages | undefined => {
    const found = simulateCascade({ beta, feed, extraction, scrub, S, out })
    if (found === undefined) return undefined
    const purityA = found.organic[0] as number
    const purityB = found.raffinate[1] as number
    return { extraction, scrub, S, purityA, purityB, holdUp: S * (extraction + scrub) }
  }
  let best = at(whole.extraction, whole.scrub)
  for (let added = 0; best !== undefined && added < mostAdded; added++) {
    if (best.purityA >= split.purityA && best.purityB >= split.purityB) return best
    const { extraction, scrub }: ConfirmedStages = best
    const [more, further] = [at(extraction + 1, scrub), at(extraction, scrub + 1)]
    const gained = (c: ConfirmedStages | undefined) =>
      c === undefined ? -1 : c.purityA + c.purityB
    best = gained(more) >= gained(further) ? more : further
  }
  return undefined
}
