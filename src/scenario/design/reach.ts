import type { UnitResult } from '../../flowsheet/unit-op.ts'
import { stretchMemory } from '../../unitops/index.ts'
import type { Requirement } from './fragment.ts'
import { molesOf } from './rig.ts'
import type { Rig, Setting } from './rig.ts'

/** Two things that a cut must reach, one on either side of it. */
export interface Targets {
  /** What leaves with the raffinate decides it: more organic is better. */
  readonly raffinate: Requirement
  /** What goes up with the organic decides it: more scrubbing is better. */
  readonly organic: Requirement
}

/** What is chosen before the two flows that meet the cut are found. */
export interface Frame {
  readonly extraction: number
  readonly scrub: number
  readonly strip: number
  readonly saponification: number
  /** mol/m3 */
  readonly scrubAcid: number
  readonly stripAcid: number
  /** Strip acid over the charge of the metal that the organic takes to it. */
  readonly stripExcess: number
}

type Solved = Extract<UnitResult, { ok: true }>

/** A frame with the organic and scrub flows at which the cut is met. */
export interface Met {
  readonly frame: Frame
  readonly setting: Setting
  readonly result: Solved
  /** Scrubbed moles (acid over three) per mole of rare earth fed. */
  readonly W: number
  /** Organic flow over what the balance of base asks for. */
  readonly factor: number
  /** Rows of d(logits) / d(ln factor, ln W): where to look from next time. */
  readonly slopes: Slopes
  /** How far it is beyond the circuit's own limits of loading and stripping; 0 where it stands. */
  readonly violation: number
  /** What the circuit says where it does not stand. */
  readonly refusal?: Exclude<UnitResult, { ok: true }>
}

type Slopes = readonly [number, number, number, number]

/** Rare earth, what the organic is to take of it, and the acid that comes with it, mol/s. */
export interface Load {
  readonly fed: number
  readonly up: number
  readonly acid: number
}

const logit = (v: number) => {
  const p = Math.min(Math.max(v, 1e-15), 1 - 1e-15)
  return Math.log(p / (1 - p))
}

/** The organic flow that brings base for what is extracted net, scrubbed back and comes as acid. */
function settingOf(frame: Frame, load: Load, W: number, factor: number, molarity: number): Setting {
  const { saponification, scrubAcid, stripAcid, stripExcess } = frame
  const exchanged = 3 * (load.up + W * load.fed) + load.acid
  return {
    extraction: frame.extraction,
    scrub: frame.scrub,
    strip: frame.strip,
    saponification,
    scrubAcid,
    stripAcid,
    organicFlow: (factor * exchanged) / (saponification * molarity),
    scrubFlow: (3 * W * load.fed) / scrubAcid,
    stripFlow: (3 * stripExcess * load.up) / stripAcid,
  }
}

/** The value of a requirement in a solved circuit: as the circuit itself measures it. */
export function valueOf(rig: Rig, { outlets }: Solved, requirement: Requirement): number {
  const { properties, fed } = rig
  const stream = outlets[requirement.outlet]
  if (stream === undefined) return Number.NaN
  const left = (e: string) => molesOf(properties, stream, e)
  const sum = (of: readonly string[], f: (e: string) => number) =>
    of.reduce((total, e) => total + f(e), 0)
  const { elements, measure } = requirement
  if (measure === 'recovery') return sum(elements, left) / sum(elements, (e) => fed[e] ?? 0)
  const weighed = (e: string) => left(e) * rig.oxide(e)
  return sum(elements, weighed) / sum(properties.rareEarths, weighed)
}

/** How close the logarithms of the odds come to their targets. */
const near = 1e-4
/** On the way every profile is looked at; what is found must then stand the limits itself. */
const lenient = { strippedLimit: 1, loadingCap: 1 }
const mostSteps = 24

interface Try {
  readonly at: readonly [number, number]
  readonly miss: readonly [number, number]
  readonly result: Solved
  readonly setting: Setting
}

const sizeOf = ([a, b]: readonly [number, number]) => Math.max(Math.abs(a), Math.abs(b))

/**
 * Finds organic and scrub flow with which a frame meets both targets: Broyden's method on the
 * logarithms of the two flows, the organic taken relative to its balance of base, from a neighbour
 * that met them. Undefined where they are not met from there.
 */
export function reach(
  rig: Rig,
  frame: Frame,
  load: Load,
  targets: Targets,
  from: Pick<Met, 'W' | 'factor'> & Partial<Pick<Met, 'slopes' | 'result' | 'frame'>>,
): Met | undefined {
  const stages = (f: Frame) => [f.extraction, f.scrub, f.strip]
  const memory: unknown =
    from.result === undefined || from.frame === undefined
      ? undefined
      : stretchMemory(from.result.memory, stages(from.frame), stages(frame))
  const molarity = rig.molarity
  let here: Try | undefined
  const attempt = (at: readonly [number, number]): Try | undefined => {
    const setting = settingOf(frame, load, Math.exp(at[1]), Math.exp(at[0]), molarity)
    const result = rig.run(setting, lenient, here === undefined ? memory : here.result.memory)
    if (!result.ok) return undefined
    const gap = (r: Requirement) => logit(valueOf(rig, result, r)) - logit(r.atLeast)
    const miss = [gap(targets.raffinate), gap(targets.organic)] as const
    return miss.every(Number.isFinite) ? { at, miss, result, setting } : undefined
  }
  here = attempt([Math.log(from.factor), Math.log(from.W)])
  if (here === undefined) return undefined
  let slopes = from.slopes ?? differences(here, attempt)
  let fresh = from.slopes === undefined
  for (let step = 0; step < mostSteps && slopes !== undefined; step++) {
    if (sizeOf(here.miss) < near) {
      // Elsewhere a cut is met too, where the strip is short and everything has gone up.
      if (!(slopes[0] > 0 && slopes[2] < 0)) return undefined
      const [lnFactor, lnW] = here.at
      const met = {
        frame,
        setting: here.setting,
        W: Math.exp(lnW),
        factor: Math.exp(lnFactor),
        slopes,
      }
      const result = rig.run(here.setting, {}, here.result.memory)
      if (result.ok) return { ...met, result, violation: 0 }
      const violation = Math.max(excess(rig, here.result), 1e-6)
      return { ...met, result: here.result, violation, refusal: result }
    }
    const next = stepFrom(here, slopes, attempt)
    if (next !== undefined) {
      slopes = updated(slopes, here, next)
      fresh = false
      here = next
      continue
    }
    if (fresh) return undefined
    slopes = differences(here, attempt)
    fresh = true
  }
  return undefined
}

/** Loading over its cap, and what stays on the stripped organic over its limit. */
function excess(rig: Rig, { circuit }: Solved): number {
  const stages = circuit?.stages ?? []
  const highest = stages.reduce((most, s) => Math.max(most, s.loading), 0)
  const left = stages.at(-1)?.loading ?? 0
  const { loading, stripped } = rig.caps
  return Math.max(0, highest / loading - 1) + 0.1 * Math.max(0, Math.log(left / stripped))
}

/** A profile near the target of the raffinate. */
interface Found {
  readonly factor: number
  readonly result: Solved
  /** How far the other target is over-reached, as a difference of log odds. */
  readonly spare: number
}

/** Organic over its balance of base: from where next to nothing is extracted. */
const scan = { from: 0.45, to: 1.4, step: 0.07 } as const

/**
 * The least organic, as a factor on its balance of base, with which the raffinate comes near its
 * target at a given reflux: scanned upward, because beyond it everything goes up. Undefined, or why
 * the circuit itself gives no answer.
 */
export function leastOrganic(
  rig: Rig,
  frame: Frame,
  load: Load,
  { raffinate, organic }: Targets,
  W: number,
): Found | Exclude<UnitResult, { ok: true }> | undefined {
  let memory: unknown
  let why: Exclude<UnitResult, { ok: true }> | undefined
  const look = (factor: number) => {
    const result = rig.run(settingOf(frame, load, W, factor, rig.molarity), lenient, memory)
    if (!result.ok) {
      why = result
      return undefined
    }
    memory = result.memory
    const missBy = (r: Requirement) => logit(valueOf(rig, result, r)) - logit(r.atLeast)
    return { factor, result, gap: missBy(raffinate), spare: missBy(organic) }
  }
  let low: { factor: number } = { factor: scan.from }
  // More base than rare earth and acid can take is no steady state: not worth a solve.
  const acid = load.acid + 3 * W * load.fed
  const most = Math.min(scan.to, (acid + 3 * load.fed) / (acid + 3 * load.up))
  for (let factor: number = scan.from; factor < most; factor *= 1 + scan.step) {
    let found = look(factor)
    // More organic only brings more base.
    if (why?.outcome === 'saponification-above-throughput') break
    if (found === undefined) continue
    if (found.gap < 0) {
      low = found
      continue
    }
    for (let cuts = 0; cuts < 30 && found.gap > 1.5; cuts++) {
      const middle = look(0.5 * (low.factor + found.factor))
      if (middle === undefined) break
      if (middle.gap > 0) found = middle
      else low = middle
    }
    return found
  }
  return why
}

type Attempt = (at: readonly [number, number]) => Try | undefined

/** Slopes by small steps of either flow. */
function differences(here: Try, attempt: Attempt): Slopes | undefined {
  const by = [5e-4, 5e-3] as const
  const first = attempt([here.at[0] + by[0], here.at[1]])
  const second = attempt([here.at[0], here.at[1] + by[1]])
  if (first === undefined || second === undefined) return undefined
  const [a, b] = here.miss
  return [
    (first.miss[0] - a) / by[0],
    (second.miss[0] - a) / by[1],
    (first.miss[1] - b) / by[0],
    (second.miss[1] - b) / by[1],
  ]
}

/** Largest change of the logarithm of either flow in one step. */
const longest = [0.03, 0.3] as const

/** One step that brings the cut nearer, shortened as need be; undefined where none does. */
function stepFrom(here: Try, [a, b, c, d]: Slopes, attempt: Attempt): Try | undefined {
  const det = a * d - b * c
  if (!(Math.abs(det) > 1e-12)) return undefined
  const [r, s] = here.miss
  const full = [-(d * r - b * s) / det, -(a * s - c * r) / det] as const
  let share = 1
  full.forEach((v, k) => {
    share = Math.min(share, (longest[k as 0 | 1] as number) / Math.max(Math.abs(v), 1e-300))
  })
  for (let cuts = 0; cuts < 4; cuts++, share *= 0.4) {
    const next = attempt([here.at[0] + share * full[0], here.at[1] + share * full[1]])
    if (next !== undefined && sizeOf(next.miss) < (1 - 0.1 * share) * sizeOf(here.miss)) return next
  }
  return undefined
}

/** Broyden's update. */
function updated([a, b, c, d]: Slopes, from: Try, to: Try): Slopes {
  const [p, q] = [to.at[0] - from.at[0], to.at[1] - from.at[1]]
  // The first flow moves the cut ten times as much as the second: weighed alike.
  const [wp, wq] = [100 * p, q]
  const norm = wp * p + wq * q
  const u = (to.miss[0] - from.miss[0] - a * p - b * q) / norm
  const v = (to.miss[1] - from.miss[1] - c * p - d * q) / norm
  return [a + u * wp, b + u * wq, c + v * wp, d + v * wq]
}
