import type { ExtractantSet } from '../../chemistry/index.ts'
import type { Sourced } from '../../chemistry/sourced.ts'
import type { UnitResult } from '../../flowsheet/unit-op.ts'
import type { Cut } from './cut.ts'
import type { Requirement } from './fragment.ts'
import { reach, valueOf } from './reach.ts'
import type { Load, Met, Targets } from './reach.ts'
import type { Rig, Setting } from './rig.ts'

type Solved = Extract<UnitResult, { ok: true }>
type Range = readonly [number, number]

/** What a designed circuit survives before a product misses its specification. */
export interface Survival {
  /** Each flow moved alone, as a fraction of itself; nothing else is touched. */
  readonly alone: Readonly<Record<string, Range>>
  /** The same while the trim moves the organic flow to hold the cut. */
  readonly trimmed: Readonly<Record<string, Range>>
  /** Smallest separation factor of the cut that is survived; undefined where a set has no level. */
  readonly beta?: { readonly designed: number; readonly alone: number; readonly trimmed: number }
  readonly doubt?: Doubt
}

/** The circuit at a separation factor from another source. */
export interface Doubt {
  readonly beta: number
  /** True where the trim alone keeps the specification. */
  readonly held: boolean
  /** Both flows over the designed ones where these stages can meet it at all. */
  readonly reset?: { readonly organicFlow: number; readonly scrubFlow: number }
}

const logit = (v: number) => Math.log(v / (1 - v))
const widest = 0.5

/** Judges and trims one circuit. */
export interface Judge {
  readonly rig: Rig
  readonly met: Met
  readonly setting: Setting
  /** Elements that go up. */
  readonly above: readonly string[]
  readonly hold: Requirement
  readonly limits: readonly Requirement[]
}

const keeps = (rig: Rig, result: Solved, limits: readonly Requirement[]) =>
  limits.every((l) => valueOf(rig, result, l) >= l.atLeast - 1e-9)

/** The circuit with its organic flow moved until the held measure is met again. */
function trimmed(rig: Rig, setting: Setting, { met, hold }: Judge): Solved | undefined {
  let memory = met.result.memory
  let last: Solved | undefined
  const gap = (ln: number) => {
    const organicFlow = setting.organicFlow * Math.exp(ln)
    const result = rig.run({ ...setting, organicFlow }, {}, memory)
    if (!result.ok) return Number.NaN
    memory = result.memory
    last = result
    return logit(valueOf(rig, result, hold)) - logit(hold.atLeast)
  }
  let at = 0
  let miss = gap(0)
  let slope = met.slopes[0]
  for (let step = 0; step < 16; step++) {
    if (Math.abs(miss) < 1e-4) return last
    if (!Number.isFinite(miss) || !(slope > 0)) return undefined
    const by = Math.min(Math.max(-miss / slope, -0.01), 0.01)
    const next = gap(at + by)
    const found = (next - miss) / by
    // A flat stretch tells nothing of the slope at the target: the designed one is kept.
    slope = found > 0.02 * met.slopes[0] ? found : met.slopes[0]
    at += by
    miss = next
  }
  return undefined
}

/** Largest shift for which `keeps` answers true: growing steps out, bisection back. */
function reachOf(survives: (shift: number) => boolean, most = widest): number {
  let [inside, outside] = [0, 1e-4]
  while (survives(outside)) {
    inside = outside
    if (outside >= most) return most
    outside = Math.min(3 * outside, most)
  }
  while (outside - inside > Math.max(5e-5, 0.04 * outside)) {
    const middle = 0.5 * (inside + outside)
    if (survives(middle)) inside = middle
    else outside = middle
  }
  return inside
}

const knobs = ['scrubFlow', 'stripFlow', 'saponification'] as const

/** What the balance of base makes of the organic flow when a knob moves: where a trim starts. */
function followed(
  { setting }: Judge,
  knob: (typeof knobs)[number],
  factor: number,
  molarity: number,
): Setting {
  const moved = { ...setting, [knob]: setting[knob] * factor }
  const base = setting.organicFlow * setting.saponification * molarity
  if (knob === 'saponification') {
    return { ...moved, organicFlow: base / (moved.saponification * molarity) }
  }
  if (knob === 'stripFlow') return moved
  const more = (moved.scrubFlow - setting.scrubFlow) * setting.scrubAcid
  return { ...moved, organicFlow: (base + more) / (setting.saponification * molarity) }
}

/**
 * The operating window of a circuit, by hand and with the trim, the error of the separation factor
 * that it survives and what becomes of it at another source's factor.
 */
export function survival(
  judge: Judge,
  cut: Cut,
  load: Load,
  targets: Targets,
  doubt: number | undefined,
  tell: (share: number) => void,
): Survival {
  const { rig, limits, setting, met } = judge
  const asLimits = limits.map((l) => ({ ...l, atMost: undefined }))
  const alone = rig.window(setting, { hold: undefined, limits: asLimits }, met.result) ?? {}
  tell(0.4)
  const isKept = (at: Rig, result: Solved | undefined) =>
    result !== undefined && keeps(at, result, limits)
  const held: Record<string, Range> = {}
  knobs.forEach((knob, i) => {
    const survives = (sign: 1 | -1) => (shift: number) =>
      isKept(rig, trimmed(rig, followed(judge, knob, 1 + sign * shift, rig.molarity), judge))
    held[knob] = [-reachOf(survives(-1)), reachOf(survives(1))]
    tell(0.4 + 0.15 * (i + 1))
  })
  const at = (beta: number) => shiftedRig(judge, cut, beta)
  if (at(cut.beta) === undefined) return { alone, trimmed: held }
  const least = (survives: (rig: Rig) => boolean) => {
    const shift = reachOf((s) => {
      const other = at(1 + (cut.beta - 1) * (1 - s))
      return other !== undefined && survives(other)
    }, 0.95)
    return 1 + (cut.beta - 1) * (1 - shift)
  }
  const byHand = (other: Rig) => {
    const result = other.run(setting, {}, met.result.memory)
    return isKept(other, result.ok ? result : undefined)
  }
  const beta = {
    designed: cut.beta,
    alone: least(byHand),
    trimmed: least((other) => isKept(other, trimmed(other, setting, judge))),
  }
  tell(0.95)
  if (doubt === undefined) return { alone, trimmed: held, beta }
  return { alone, trimmed: held, beta, doubt: doubted(judge, cut, load, targets, doubt) }
}

/** The rig with all that goes up moved so that the cut has another separation factor. */
function shiftedRig({ rig, met, above }: Judge, cut: Cut, beta: number): Rig | undefined {
  const id = met.result.circuit?.extractant ?? ''
  const set = rig.properties.extractants.get(id)
  const raised = set === undefined ? undefined : withLevel(set, above, Math.log10(beta / cut.beta))
  return raised === undefined ? undefined : rig.withSet(raised)
}

/** Names of the parameter that raises log10 D of an element as it is, by model. */
const levels: Readonly<Record<string, string>> = { 'mass-action': 'a', 'ph-isotherm': 'b' }

/** A set with log10 D of some elements raised; undefined where its model has no such level. */
function withLevel(
  set: ExtractantSet,
  elements: readonly string[],
  by: number,
): ExtractantSet | undefined {
  const name = levels[set.model]
  if (name === undefined) return undefined
  const moved = Object.entries(set.parameters).map(([element, own]) => {
    const level: Sourced<number> | undefined = own[name]
    if (level === undefined || !elements.includes(element)) return [element, own] as const
    return [element, { ...own, [name]: { ...level, value: level.value + by } }] as const
  })
  return { ...set, parameters: Object.fromEntries(moved) }
}

/** Steps in which a separation factor is moved to another source's. */
const doubtSteps = 6

function doubted(judge: Judge, cut: Cut, load: Load, targets: Targets, beta: number): Doubt {
  const { setting, limits } = judge
  const there = shiftedRig(judge, cut, beta)
  if (there === undefined) return { beta, held: false }
  const result = trimmed(there, setting, judge)
  const held = result !== undefined && keeps(there, result, limits)
  let met: Met | undefined = judge.met
  for (let k = 1; k <= doubtSteps && met !== undefined; k++) {
    const on = shiftedRig(judge, cut, cut.beta * (beta / cut.beta) ** (k / doubtSteps))
    met = on === undefined ? undefined : reach(on, met.frame, load, targets, met)
  }
  if (met === undefined) return { beta, held }
  const organicFlow = met.setting.organicFlow / judge.met.setting.organicFlow
  const scrubFlow = met.setting.scrubFlow / judge.met.setting.scrubFlow
  return { beta, held, reset: { organicFlow, scrubFlow } }
}
