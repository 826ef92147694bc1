import { confirmStages, threeOutlets, xuAt, xuDesign } from '../../unitops/index.ts'
import type { ConfirmedStages, ThreeOutletDesign, XuDesign, XuSplit } from '../../unitops/index.ts'
import type { Cut, Leaf, Split } from './cut.ts'

/** Cascade theory's answer for one cut, all below it as B and all above it as A. */
export interface Analytical {
  readonly split: XuSplit
  readonly design: XuDesign
  /** The same stage by stage; undefined near the pinch. */
  readonly confirmed: ConfirmedStages | undefined
  /** Stages and hold-up over a range of S. */
  readonly range: readonly RangePoint[]
}

export interface RangePoint {
  readonly S: number
  readonly extraction: number
  readonly scrub: number
  /** S (n + m) */
  readonly holdUp: number
}

/** The cut as cascade theory sees it; `fed` in mol/s of the elements on either side. */
export function xuSplitOf(
  cut: Cut,
  fed: Readonly<Record<string, number>>,
  below: readonly string[],
  above: readonly string[],
): XuSplit {
  const sum = (of: readonly string[]) => of.reduce((total, e) => total + (fed[e] ?? 0), 0)
  const [a, b] = [sum(above), sum(below)]
  const up = cut.wanted.up * sum(cut.below.elements.filter((e) => below.includes(e)))
  const down = cut.wanted.down * sum(cut.above.elements.filter((e) => above.includes(e)))
  return {
    beta: cut.beta,
    fraction: a / (a + b),
    purityA: (a - down) / (a - down + up),
    purityB: (b - up) / (b - up + down),
    feed: 'aqueous',
  }
}

/** Xu's design, its confirmation, and what other flows would need. */
export function analyse(split: XuSplit): Analytical {
  const design = xuDesign(split)
  const range: RangePoint[] = []
  for (const over of [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1, 1.5, 2.2]) {
    const S = design.minimumS * (1 + over)
    const { exact, holdUp } = xuAt(split, S)
    if (Number.isFinite(holdUp)) range.push({ S, ...exact, holdUp })
  }
  return { split, design, confirmed: confirmStages(split, design), range }
}

/**
 * Three products in one cascade, the middle one drawn from the side as a concentrate: stages, stage
 * of the draw and hold-up over a range of S, each confirmed stage by stage. Empty for other splits.
 */
export function drawnCascades(
  { leaves, cuts }: Split,
  fed: Readonly<Record<string, number>>,
): readonly ThreeOutletDesign[] {
  const [low, high] = cuts
  const [c, b, a] = leaves.map(({ elements }: Leaf) =>
    elements.reduce((sum, e) => sum + (fed[e] ?? 0), 0),
  )
  if (leaves.length !== 3 || low === undefined || high === undefined) return []
  if (a === undefined || b === undefined || c === undefined) return []
  const sum = a + b + c
  const [keptA, keptC] = [a * (1 - high.wanted.down), c * (1 - low.wanted.up)]
  return threeOutlets({
    betaAB: high.beta,
    betaBC: low.beta,
    feed: [a / sum, b / sum, c / sum],
    purityA: keptA / (keptA + b * high.wanted.up),
    purityC: keptC / (keptC + b * low.wanted.down),
    recoveryA: 1 - high.wanted.down,
    recoveryC: 1 - low.wanted.up,
  })
}
