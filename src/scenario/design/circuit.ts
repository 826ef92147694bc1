import { analyse, xuSplitOf } from './analytical.ts'
import type { Analytical } from './analytical.ts'
import type { Cut, Leaf } from './cut.ts'
import type { DesignDocument } from './document.ts'
import { rounded } from './fragment.ts'
import type { CircuitText, Requirement } from './fragment.ts'
import { optimise } from './optimise.ts'
import type { Optimum, Tell } from './optimise.ts'
import { leastOrganic, reach } from './reach.ts'
import type { Frame, Load, Met, Targets } from './reach.ts'
import { molesOf } from './rig.ts'
import type { Rig } from './rig.ts'
import { survival } from './survive.ts'
import type { Survival } from './survive.ts'

/** One circuit of a design: leaves below its cut leave with the raffinate, those above go up. */
export interface Node {
  readonly below: readonly Leaf[]
  readonly above: readonly Leaf[]
  readonly cut: Cut
  /** True where it is the only circuit: then nothing else of the feed spoils its products. */
  readonly only: boolean
}

/** A designed circuit. */
export interface CircuitDesign {
  readonly text: CircuitText
  readonly cut: Cut
  readonly analytical: Analytical
  readonly optimum: Optimum
  readonly survival: Survival
}

/** Why no circuit was found, with what to change. */
export interface NotFound {
  readonly circuit: string
  readonly at: string
  readonly detail: string
  readonly advice: string
}

export type CircuitResult =
  | { readonly ok: true; readonly circuit: CircuitDesign }
  | ({ readonly ok: false } & NotFound)

export const elementsOf = (leaves: readonly Leaf[]) => leaves.flatMap((leaf) => leaf.elements)

/** What both sides of a cut must reach, at the allowed leaks and at the wanted ones. */
interface Demands {
  readonly targets: Targets
  readonly limits: readonly Requirement[]
}

/**
 * The measures of a cut. Where a leaf is a whole outlet and its purity is what limits the leak,
 * purity is measured; else the recovery of the leaf that would lose.
 */
function demandsOf(node: Node, rig: Rig): Demands {
  const { cut, below, above } = node
  const { allowed, wanted } = cut
  const mass = (of: readonly string[]) =>
    of.reduce((sum, e) => sum + (rig.fed[e] ?? 0) * rig.oxide(e), 0)
  const [lowMass, highMass] = [mass(elementsOf(below)), mass(elementsOf(above))]
  const side = (leaf: Leaf, other: Leaf, outlets: readonly [string, string]) => {
    const isUp = outlets[0] === 'strip-liquor'
    const [gain, loss] = isUp ? (['up', 'down'] as const) : (['down', 'up'] as const)
    const { purity } = leaf.product
    const { recovery } = other.product
    const byPurity =
      node.only && purity !== undefined && (recovery === undefined || allowed[gain] < 1 - recovery)
    const lost: Requirement = {
      measure: 'recovery',
      elements: other.elements,
      outlet: outlets[1],
      atLeast: 1 - allowed[gain],
    }
    if (!byPurity) return { target: { ...lost, atLeast: 1 - wanted[gain] }, limit: lost }
    const [mine, theirs] = isUp ? [highMass, lowMass] : [lowMass, highMass]
    const others = mass(other.elements) / theirs
    const kept = 1 - wanted[loss]
    const reached = (mass(leaf.own) * kept) / (mine * kept + theirs * others * wanted[gain])
    const pure = { measure: 'purity', elements: leaf.own, outlet: outlets[0] } as const
    return { target: { ...pure, atLeast: reached }, limit: { ...pure, atLeast: purity } }
  }
  const up = side(cut.above, cut.below, ['strip-liquor', 'raffinate'])
  const down = side(cut.below, cut.above, ['raffinate', 'strip-liquor'])
  const limits = [up.limit, down.limit]
  for (const [leaves, outlet] of [
    [above, 'strip-liquor'],
    [below, 'raffinate'],
  ] as const) {
    const [leaf, more] = leaves
    const recovery = node.only && more === undefined ? leaf?.product.recovery : undefined
    const known = limits.some((l) => l.measure === 'recovery' && l.outlet === outlet)
    if (leaf === undefined || recovery === undefined || known) continue
    limits.push({ measure: 'recovery', elements: leaf.own, outlet, atLeast: recovery })
  }
  return { targets: { raffinate: down.target, organic: up.target }, limits }
}

function firstFrame(
  design: DesignDocument,
  { design: xu, confirmed }: Analytical,
  saponification: number,
): Frame {
  const whole = confirmed ?? {
    extraction: Math.ceil(xu.exact.extraction),
    scrub: Math.ceil(xu.exact.scrub),
  }
  const most = design.stages - 4
  const fits = Math.min(1, most / (whole.extraction + whole.scrub))
  return {
    extraction: Math.max(1, Math.floor(fits * whole.extraction)),
    scrub: Math.max(1, Math.floor(fits * whole.scrub)),
    strip: 4,
    saponification,
    scrubAcid: design.scrubAcid.to,
    stripAcid: design.stripAcid.to,
    stripExcess: 1.4,
  }
}

/** Reflux, stages and strip acid over what cascade theory says, in the order tried. */
const starts = [
  [1.2, 1, 1],
  [1, 0.5, 1],
  [1.8, 1, 1],
  [1.2, 1.4, 1.5],
  [2.5, 1.2, 1.5],
  [1.8, 1.8, 2.5],
  [4, 1.2, 2.5],
  [2.5, 2.5, 5],
] as const

/** A first circuit that meets the cut, from cascade theory's flows on; or what stood in its way. */
function firstMet(
  rig: Rig,
  design: DesignDocument,
  analytical: Analytical,
  load: Load,
  targets: Targets,
  saponification: number,
): Met | NotFound {
  const frame = firstFrame(design, analytical, saponification)
  let why = { at: 'stages', detail: 'no setting was reached', advice: '' }
  for (const [reflux, stages, strip] of starts) {
    const sum = frame.extraction + frame.scrub
    const more = Math.min(stages, Math.max(1, (design.stages - frame.strip) / sum))
    const wider: Frame = {
      ...frame,
      extraction: Math.max(1, Math.floor(more * frame.extraction)),
      scrub: Math.max(1, Math.floor(more * frame.scrub)),
      stripExcess: strip * frame.stripExcess,
    }
    let W = reflux * analytical.design.W
    for (let tries = 0; tries < 8; tries++) {
      const found = leastOrganic(rig, wider, load, targets, W)
      if (found === undefined || !('factor' in found)) {
        why = found ?? why
        break
      }
      const met = reach(rig, wider, load, targets, { W, ...found, frame: wider })
      if (met !== undefined) return met
      // Far from the other target the flows tell little of each other.
      if (Math.abs(found.spare) < 1) break
      W *= found.spare > 0 ? 0.55 : 1.6
    }
    const { elements, measure, outlet, atLeast: wanted } = targets.organic
    const what = `${measure} ${wanted.toPrecision(6)} of ${elements.join(', ')} in ${outlet}`
    why = { at: 'stages', detail: `${what} is not reached with ${sum} stages`, advice: '' }
  }
  const ask = `allow more stages (${design.stages} now), ask for less purity or recovery`
  const advice = why.advice === '' ? ask : `${why.advice}; or ${ask}`
  return { circuit: rig.shape.name, at: why.at, detail: why.detail, advice }
}

/**
 * Designs one circuit: cascade theory for the start, the cheapest cut of the real circuit from
 * there, its trade-off curve, its operating window and its trim.
 */
export function designCircuit(
  rig: Rig,
  design: DesignDocument,
  node: Node,
  acid: number,
  tell: Tell,
): CircuitResult {
  const { cut } = node
  const [below, above] = [elementsOf(node.below), elementsOf(node.above)]
  const sum = (of: readonly string[]) => of.reduce((total, e) => total + (rig.fed[e] ?? 0), 0)
  tell(0, `${rig.shape.name}: cascade theory`)
  const analytical = analyse(xuSplitOf(cut, rig.fed, below, above))
  const load: Load = { fed: sum(below) + sum(above), up: sum(above), acid }
  const { targets, limits } = demandsOf(node, rig)
  const { from, to } = design.saponification
  const low = Math.max(from, 0.4 * to)
  const firsts = [...new Set([to, low])].map((share) =>
    firstMet(rig, design, analytical, load, targets, share),
  )
  const reached = firsts.flatMap((first) => ('setting' in first ? [first] : []))
  const [missed] = firsts.flatMap((first) => ('setting' in first ? [] : [first]))
  if (reached.length === 0 && missed !== undefined) return { ok: false, ...missed }
  const optimum = optimise(rig, load, targets, design, reached, (share, what) =>
    tell(0.05 + 0.75 * share, `${rig.shape.name}: ${what}`),
  )
  const { met } = optimum
  if (met.refusal !== undefined) {
    const { at, detail, advice } = met.refusal
    return { ok: false, circuit: rig.shape.name, at, detail, advice }
  }
  const setting = rounded(met.setting)
  const judge = { rig, met, setting, above, hold: targets.raffinate, limits }
  const strict: Targets = { raffinate: targets.raffinate, organic: limits[0] as Requirement }
  const lasting = survival(judge, cut, load, strict, design.doubt, (share) =>
    tell(0.8 + 0.2 * share, `${rig.shape.name}: operating window`),
  )
  const names = (leaves: readonly Leaf[]) =>
    [...new Set(leaves.map((l) => l.product.name))].join(', ')
  const about = `${names(node.above)} to the organic, ${names(node.below)} to the raffinate`
  const text = { shape: rig.shape, setting, about, hold: targets.raffinate, limits }
  return { ok: true, circuit: { text, cut, analytical, optimum, survival: lasting } }
}

/** mol/s of free acid in a liquor: what base on the organic takes up besides. */
export function freeAcid(rig: Rig): number {
  const { species } = rig.properties
  const row = species.find('aqueous', 'H+')
  return row < 0 ? 0 : (rig.feed.flow[row] as number)
}

/** Rare earths of a stream, mol/s, without those that are not there. */
export function rareEarthsIn(rig: Rig): Record<string, number> {
  const { properties, feed } = rig
  const found = properties.rareEarths.map((e) => [e, molesOf(properties, feed, e)] as const)
  return Object.fromEntries(found.filter(([, moles]) => moles > 0))
}
