import type { DesignDocument } from './document.ts'
import { reach } from './reach.ts'
import type { Frame, Load, Met, Targets } from './reach.ts'
import type { Rig } from './rig.ts'

/** What a circuit costs in a year, in the unit of the weights. */
export interface Cost {
  readonly stages: number
  readonly organic: number
  readonly acid: number
  readonly base: number
  readonly total: number
}

/** A point of the trade-off between stages and reflux: the cheapest cut with so many stages. */
export interface CurvePoint {
  readonly extraction: number
  readonly scrub: number
  readonly strip: number
  readonly W: number
  /** m3/s */
  readonly organicFlow: number
  /** m3 of organic held in all stages. */
  readonly holdUp: number
  readonly cost: Cost
}

export interface Optimum {
  readonly met: Met
  readonly cost: Cost
  readonly curve: readonly CurvePoint[]
  /** Bounds of the search that the optimum lies on, in words. */
  readonly binds: readonly string[]
  /** Frames for which both flows were sought. */
  readonly tried: number
}

export type Tell = (share: number, what: string) => void

const allStages = ({ extraction, scrub, strip }: Frame) => extraction + scrub + strip

/** m3 of organic in all stages. */
export const organicHeld = ({ setting, frame }: Met, { residence }: DesignDocument) =>
  setting.organicFlow * residence * allStages(frame)

/** Yearly cost of a cut that is met. */
function costOf(met: Met, design: DesignDocument): Cost {
  const { weights, operatingHours, molarity } = design
  const { setting, frame } = met
  const kilomoles = 3.6 * operatingHours
  const stages = weights.stage * allStages(frame)
  const organic = weights.organic * organicHeld(met, design)
  const protons = setting.scrubFlow * setting.scrubAcid + setting.stripFlow * setting.stripAcid
  const acid = weights.acid * kilomoles * protons
  const base = weights.base * kilomoles * setting.organicFlow * setting.saponification * molarity
  return { stages, organic, acid, base, total: stages + organic + acid + base }
}

/** Cost with what is beyond the circuit's limits: the search may pass there, not stay. */
const charged = (met: Met | undefined, design: DesignDocument) =>
  met === undefined
    ? Number.POSITIVE_INFINITY
    : costOf(met, design).total * (met.violation > 0 ? 1.02 + 6 * met.violation : 1)

/** A frame moved along one coordinate by a step (a factor, or a number of stages). */
interface Coordinate {
  readonly name: string
  move(frame: Frame, step: number): Frame
  /** The bound that a frame lies on, in words. */
  bound(frame: Frame): string | undefined
}

function scalar(
  key: 'saponification' | 'scrubAcid' | 'stripAcid' | 'stripExcess',
  [low, high]: readonly [number, number],
  reachPerStep: number,
): Coordinate {
  return {
    name: key,
    move: (frame, step) => {
      const value = frame[key] * Math.exp(step * reachPerStep)
      return { ...frame, [key]: Math.min(Math.max(value, low), high) }
    },
    bound: (frame) =>
      low === high || key === 'stripExcess'
        ? undefined
        : frame[key] >= high * (1 - 1e-9)
          ? `${key} at its upper bound`
          : frame[key] <= low * (1 + 1e-9)
            ? `${key} at its lower bound`
            : undefined,
  }
}

function whole(key: 'extraction' | 'scrub' | 'strip', perStep: number, most: number): Coordinate {
  return {
    name: key,
    move: (frame, step) => {
      const moved = frame[key] + Math.sign(step) * Math.max(1, Math.round(Math.abs(step) * perStep))
      const others = allStages(frame) - frame[key]
      return { ...frame, [key]: Math.max(1, Math.min(moved, most - others)) }
    },
    bound: (frame) => (allStages(frame) >= most ? `stages at their limit of ${most}` : undefined),
  }
}

function coordinates(design: DesignDocument): Coordinate[] {
  const { saponification: s, scrubAcid: c, stripAcid: t, stages } = design
  return [
    scalar('saponification', [s.from, s.to], 0.3),
    whole('extraction', 6, stages),
    whole('scrub', 6, stages),
    scalar('stripExcess', [1.01, 20], 0.2),
    scalar('stripAcid', [t.from, t.to], 0.3),
    scalar('scrubAcid', [c.from, c.to], 0.4),
    whole('strip', 1, stages),
  ]
}

const keyOf = (frame: Frame) =>
  Object.values(frame)
    .map((v: number) => v.toPrecision(9))
    .join(' ')

/** Less base is what brings a loading down again. */
const withLessBase = (frame: Frame, { saponification }: DesignDocument): Frame => ({
  ...frame,
  saponification: Math.max(frame.saponification * 0.93, saponification.from),
})
const repairs = 6

/** Steps of the search, in units of each coordinate's own. */
const coarse = [1, 0.5] as const
const fine = [0.5, 0.25, 0.125] as const
/** Frames that one descent may look at. */
const mostTried = 250

/** What a search works with. */
interface Search {
  readonly design: DesignDocument
  readonly along: readonly Coordinate[]
  /** Finds the flows of a frame from a neighbour's, and remembers them. */
  meet(frame: Frame, from: Met): Met | undefined
  /** Frames seen so far. */
  count(): number
}

/**
 * The cheapest circuit that meets a cut: for every frame the two flows are found that meet it with
 * the least reflux, and the frame is moved coordinate by coordinate, in steps that are halved when
 * nothing gets cheaper, from every start. Stages are whole numbers throughout. Then the trade-off
 * curve through it. Asserts a start.
 */
export function optimise(
  rig: Rig,
  load: Load,
  targets: Targets,
  design: DesignDocument,
  starts: readonly Met[],
  tell: Tell,
): Optimum {
  const seen = new Map<string, Met | undefined>()
  const search: Search = {
    design,
    along: coordinates(design),
    meet: (frame, from) => {
      const key = keyOf(frame)
      if (!seen.has(key)) seen.set(key, reach(rig, frame, load, targets, from))
      return seen.get(key)
    },
    count: () => seen.size,
  }
  const found = starts.map((start, k) =>
    descend(start, coarse, search, (done, what) => tell((0.4 * (k + done)) / starts.length, what)),
  )
  const first = found.reduce((a, b) => (charged(b, design) < charged(a, design) ? b : a))
  const best = descend(first, fine, search, (done, what) => tell(0.4 + 0.3 * done, what))
  const curve = curveThrough(best, search, (done) => tell(0.7 + 0.3 * done, 'trade-off'))
  const binds = search.along.flatMap(({ bound }) => bound(best.frame) ?? [])
  const cost = costOf(best, design)
  return { met: best, cost, curve, binds: [...new Set(binds)], tried: seen.size }
}

/** Coordinate by coordinate downhill, in steps of each size in turn. */
function descend(start: Met, sizes: readonly number[], search: Search, tell: Tell): Met {
  const { design, along } = search
  let best = start
  let least = charged(start, design)
  const most = search.count() + mostTried
  const better = (frame: Frame): boolean => {
    if (keyOf(frame) === keyOf(best.frame) || search.count() > most) return false
    const met = repaired(frame, best, search, least)
    const cost = charged(met, design)
    if (met === undefined || !(cost < least * (1 - 1e-6))) return false
    best = met
    least = cost
    return true
  }
  for (let round = 0; round < sizes.length; ) {
    const step = sizes[round] as number
    let moved = false
    for (const { name, move } of along) {
      tell(round / sizes.length, `${name}, cost ${least.toPrecision(4)}`)
      for (const sign of [1, -1]) {
        let gone = false
        while (better(move(best.frame, sign * step))) gone = true
        moved ||= gone
        if (gone) break
      }
    }
    moved = shifted(best, step, better) || moved
    if (!moved || search.count() > most) round++
  }
  return best
}

/** The flows of a frame, with less base where its loading is too high and it would be cheaper. */
function repaired(frame: Frame, from: Met, search: Search, below: number): Met | undefined {
  const { design, meet } = search
  let met = meet(frame, from)
  for (let cuts = 0; cuts < repairs && met !== undefined && met.violation > 0; cuts++) {
    if (costOf(met, design).total > below) break
    met = meet(withLessBase(met.frame, design), met)
  }
  return met
}

/** Moves the feed: stages from one side to the other. */
function shifted({ frame }: Met, step: number, better: (frame: Frame) => boolean): boolean {
  const by = Math.max(1, Math.round(4 * step))
  return [by, -by].some(
    (d) =>
      frame.extraction + d >= 1 &&
      frame.scrub - d >= 1 &&
      better({ ...frame, extraction: frame.extraction + d, scrub: frame.scrub - d }),
  )
}

const pointOf = (met: Met, design: DesignDocument): CurvePoint => ({
  extraction: met.frame.extraction,
  scrub: met.frame.scrub,
  strip: met.frame.strip,
  W: met.W,
  organicFlow: met.setting.organicFlow,
  holdUp: organicHeld(met, design),
  cost: costOf(met, design),
})

/** Stages of the curve over those of the optimum, from few with much reflux to many with little. */
const narrowest = 0.6
const widest = 1.8

function curveThrough(best: Met, search: Search, tell: (share: number) => void): CurvePoint[] {
  const { design } = search
  const count = design.curve
  if (count === 0) return []
  const { extraction, scrub, strip } = best.frame
  const sum = extraction + scrub
  const most = Math.min(Math.round(widest * sum), design.stages - strip)
  const half = Math.max(1, Math.ceil(count / 2))
  const totals = (to: number, points: number) =>
    Array.from({ length: points }, (_, k) => Math.round(sum * (to / sum) ** ((k + 1) / half)))
  const points: CurvePoint[] = [pointOf(best, design)]
  const sides = [totals(narrowest * sum, Math.floor(count / 2)), totals(most, half)]
  let done = 0
  for (const side of sides) {
    let from: Met | undefined = best
    for (const total of new Set(side)) {
      tell(done++ / count)
      if (total < 2 || total === sum) continue
      from = cheapestOf(total, from, search)
      if (from === undefined) break
      if (from.violation === 0) points.push(pointOf(from, design))
    }
  }
  return points.sort((a, b) => a.extraction + a.scrub - b.extraction - b.scrub)
}

/** What is set anew for a point of the curve, besides where the feed enters. */
const onCurve: ReadonlySet<string> = new Set(['saponification', 'scrubAcid', 'stripExcess'])

/** The cheapest circuit with so many stages in extraction and scrub, from a neighbour's. */
function cheapestOf(total: number, from: Met, search: Search): Met | undefined {
  let met: Met | undefined = from
  let now = from.frame.extraction + from.frame.scrub
  // In short strides, so that the profile of one is a start for the next; else stage by stage.
  for (let stride = Math.max(1, Math.round(0.08 * now)); met !== undefined && now !== total; ) {
    const next = now + Math.sign(total - now) * Math.min(stride, Math.abs(total - now))
    const { frame } = met
    const share = frame.extraction / (frame.extraction + frame.scrub)
    const extraction = Math.min(Math.max(Math.round(share * next), 1), next - 1)
    const found = search.meet({ ...frame, extraction, scrub: next - extraction }, met)
    if (found === undefined && stride > 1) {
      stride = 1
      continue
    }
    met = found
    now = next
  }
  if (met === undefined) return undefined
  const some = coordinates(search.design).filter(({ name }) => onCurve.has(name))
  return descend(met, [0.5], { ...search, along: some }, () => {})
}
