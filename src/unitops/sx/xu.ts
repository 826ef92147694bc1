/**
 * Cascade theory of Xu Guangxian for two components, A extractable and B not, at constant molar
 * flow: the feed is one mole, S moles of rare earth ride on the organic and W are scrubbed back.
 * Equations as reported in Zhang, Zhao and Schreiner (2016), chapter on cascade theory. Fractions
 * are by mole. All functions are pure.
 */
export interface XuSplit {
  /** Separation factor D(A) / D(B) in the extraction section. */
  readonly beta: number
  /** The same in the scrub section, where it differs. */
  readonly betaScrub?: number
  /** Mole fraction of A in the feed. */
  readonly fraction: number
  /** Mole fraction of A in the organic product and of B in the raffinate. */
  readonly purityA: number
  readonly purityB: number
  readonly feed: 'aqueous' | 'organic'
}

/** Stages of both sections; not rounded. NaN where the flows are below the pinch. */
export interface XuStages {
  readonly extraction: number
  readonly scrub: number
}

export interface XuDesign {
  /** Moles leaving with the organic and with the raffinate per mole of feed. */
  readonly outA: number
  readonly outB: number
  readonly controlledBy: 'extraction' | 'scrub'
  /** Moles on the organic, and scrubbed back, per mole of feed. */
  readonly S: number
  readonly W: number
  /** Mixed extraction ratios of the extraction and of the scrub section. */
  readonly extractionRatio: number
  readonly scrubRatio: number
  /** Reflux: S over what leaves with the raffinate, W over what leaves with the organic. */
  readonly refluxExtraction: number
  readonly refluxScrub: number
  /** By the logarithms alone, and with the pinch compositions. */
  readonly basic: XuStages
  readonly exact: XuStages
  /** Fenske: stages at total reflux. */
  readonly minimumStages: number
  /** Smallest S, at which the number of stages becomes infinite. */
  readonly minimumS: number
  /** Organic inventory S (n + m), by the exact stages. */
  readonly holdUp: number
}

const odds = (p: number) => p / (1 - p)

/** Moles that leave with the organic per mole of feed, from the balance of A. */
function organicShare({ fraction, purityA, purityB }: XuSplit): number {
  return (fraction - (1 - purityB)) / (purityA - (1 - purityB))
}

/** Separations by which both products beat the feed: a for A, b for B. */
function separations({ fraction, purityA, purityB }: XuSplit) {
  return { a: odds(purityA) / odds(fraction), b: odds(purityB) / odds(1 - fraction) }
}

/** W that belongs to an S: what the scrub gives back of it. */
const scrubbed = (split: XuSplit, S: number) =>
  S - organicShare(split) + (split.feed === 'organic' ? 1 : 0)

/** Smallest S: at it the aqueous of the feed stage is the pinch of one of the sections. */
function smallest(split: XuSplit): number {
  const { beta, betaScrub = beta, fraction, feed } = split
  const out = organicShare(split)
  const atFeed = feed === 'aqueous' ? fraction : fraction / (beta - (beta - 1) * fraction)
  const E = (1 + (beta - 1) * atFeed) / beta
  const reflux = out / ((betaScrub - 1) * atFeed)
  // S / (W + 1) = E with an aqueous feed, S / W = E with an organic one: the same line.
  const byExtraction = (E * (1 - out)) / (1 - E)
  const byScrub = feed === 'aqueous' ? reflux + out : reflux + out - 1
  return Math.max(byExtraction, byScrub)
}

/** The design at a stated S. */
export function xuAt(split: XuSplit, S: number): XuDesign {
  const { beta, betaScrub = beta, fraction, purityA, purityB, feed } = split
  const out = organicShare(split)
  const W = scrubbed(split, S)
  const extractionRatio = feed === 'aqueous' ? S / (W + 1) : S / W
  const scrubRatio = feed === 'aqueous' ? S / W : (S + 1) / W
  const { a, b } = separations(split)
  const extraction = Math.log(b) / Math.log(beta * extractionRatio)
  const scrub = Math.log(a) / Math.log(betaScrub / scrubRatio)
  const atFeed = feed === 'aqueous' ? fraction : fraction / (beta - (beta - 1) * fraction)
  const pinchB = 1 - (beta * extractionRatio - 1) / (beta - 1)
  const pinchA = (scrubRatio - 1) / (betaScrub - 1)
  const exact = {
    extraction: extraction + Math.log((purityB - pinchB) / (1 - atFeed - pinchB)),
    scrub: scrub + Math.log((purityA - pinchA) / (atFeed - pinchA)) - 1,
  }
  return {
    outA: out,
    outB: 1 - out,
    controlledBy: isExtractionControlled(split) ? 'extraction' : 'scrub',
    S,
    W,
    extractionRatio,
    scrubRatio,
    refluxExtraction: S / (1 - out),
    refluxScrub: W / out,
    basic: { extraction, scrub: scrub - 1 },
    exact,
    minimumStages: Math.log(a * b) / Math.log(beta),
    minimumS: smallest(split),
    holdUp: S * (exact.extraction + exact.scrub),
  }
}

/** True where the extraction section asks for the larger flow. */
function isExtractionControlled(split: XuSplit): boolean {
  const root = Math.sqrt(split.beta)
  const outB = 1 - organicShare(split)
  return split.feed === 'aqueous' ? outB > root / (1 + root) : outB > 1 / (1 + root)
}

/**
 * Xu's design: the controlling section gets the mixed extraction ratio that is best for it (the
 * root of its separation factor, or one over it), the other follows from the balance. `k` instead
 * of one half takes the exponent of the practical rule, W = out / (beta^k - 1). Asserts a beta
 * above 1 and products purer than the feed.
 */
export function xuDesign(split: XuSplit, k = 0.5): XuDesign {
  const { beta, betaScrub = beta, fraction, purityA, purityB, feed } = split
  if (!(beta > 1 && betaScrub > 1)) throw new Error(`a separation factor of ${beta}`)
  if (!(purityA > fraction && purityB > 1 - fraction && purityA < 1 && purityB < 1))
    throw new Error('products must be purer than the feed, and less than pure')
  const out = organicShare(split)
  const swap = feed === 'organic' ? 1 : 0
  if (isExtractionControlled(split)) return xuAt(split, (1 - out) / (beta ** k - 1))
  return xuAt(split, out / (betaScrub ** k - 1) + out - swap)
}

/** Whole stages, at least one a section. */
export function wholeStages({ extraction, scrub }: XuStages): XuStages {
  const up = (value: number) => Math.max(1, Math.ceil(value - 1e-9))
  return { extraction: up(extraction), scrub: up(scrub) }
}
