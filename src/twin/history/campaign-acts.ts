/** Campaigns: charged, drawn, analysed, judged. */
import type { Random } from '../../numerics/index.ts'
import { reportOf, type Slips } from './assaying.ts'
import { scales, type Scale, weigh } from './measuring.ts'
import { type OutletLot, outlets } from './names.ts'
import { day, type Drawn, hour, type PlannedCampaign } from './plan.ts'
import type { Act, Teller } from './teller.ts'

export interface CampaignStory {
  readonly code: string
  readonly planned: PlannedCampaign
  readonly feed: readonly string[]
  /** Hold-up of the campaign before, as a lot. */
  readonly before?: string
  readonly plantHash: string
  /** What nobody puts right: kg too many on a balance, readings misread, by outlet. */
  readonly heavy?: Readonly<Record<string, number>>
  readonly misread?: Readonly<Record<string, Slips>>
  /** An assay that is put right after the lot has left: of this outlet. */
  readonly wrongAssay?: string
}

/** C-2026-07 has the neodymium oxide ND-2026-07. */
export const lotCode = (campaign: string, unit: string) =>
  `${outlets[unit]?.prefix ?? 'X'}${campaign.slice(1)}`

const scaleOf = ({ kind }: OutletLot): Scale => {
  if (kind === 'product' || kind === 'by-product') return scales.bench
  if (kind === 'effluent') return scales.flow
  return kind === 'hold-up' ? scales.tank : scales.floor
}

function drawLine({ code, heavy }: CampaignStory, drawn: Drawn, chance: Random) {
  const outlet = outlets[drawn.unit]
  if (outlet === undefined) throw new Error(`no lot is drawn at ${drawn.unit}`)
  const scale = scaleOf(outlet)
  return {
    lot: lotCode(code, drawn.unit),
    mass: weigh(drawn.kg + (heavy?.[drawn.unit] ?? 0), scale, chance),
    kind: outlet.kind,
    ...(outlet.product === undefined ? {} : { product: outlet.product }),
    description: outlet.description,
    ...(outlet.kind === 'product' ? { custody: 'controlled-blending' } : {}),
    instrument: scale.name,
  }
}

function draw(story: CampaignStory, drawn: readonly Drawn[], place: string, chance: Random): Act {
  return (teller) => {
    const lots = drawn.map((one) => drawLine(story, one, chance))
    teller.say('draw', { campaign: story.code, lots, place })
  }
}

/** Nd2O3 among the oxides of didymium, and whether the lot is what it is sold as. */
function decision({ unit, content }: Drawn): Readonly<Record<string, string>> {
  const [nd, pr] = [(content['Nd'] ?? 0) * 1.1664, (content['Pr'] ?? 0) * 1.2082]
  if (unit !== 'didymium-oxide' || nd / (nd + pr) >= 0.745) {
    return { decision: 'released', specification: 'operator-99.5' }
  }
  const share = ((100 * nd) / (nd + pr)).toFixed(1)
  return {
    decision: 'blocked',
    reason: `Nd2O3 is ${share} % of the oxides: the circuits were filled`,
  }
}

/** An assay that turns out to have been wrong when its lot has left. */
function correctLate(
  teller: Teller,
  story: CampaignStory,
  drawn: Drawn,
  event: string,
  at: string,
  chance: Random,
) {
  const lot = lotCode(story.code, drawn.unit)
  teller.later(story.planned.end + 40 * day, (then) => {
    const real = { lot, ...reportOf(drawn, 'final', chance), time: at }
    then.say('correct', {
      event,
      reason: 'incorrect_data',
      instead: [{ command: 'assay', input: real }],
      note: 'the laboratory found that a standard had been diluted wrongly',
    })
  })
}

function analysed(story: CampaignStory, drawn: Drawn, chance: Random): Act {
  const lot = lotCode(story.code, drawn.unit)
  const isWrong = story.wrongAssay === drawn.unit
  return (teller) => {
    const slips = isWrong ? { Nd2O3: 0.985 } : (story.misread?.[drawn.unit] ?? {})
    const report = reportOf(drawn, 'final', chance, slips)
    const [event] = teller.say('assay', { lot, ...report })
    if (isWrong && event !== undefined) {
      correctLate(teller, story, drawn, event.eventID ?? '', event.eventTime, chance)
    }
    const outlet = outlets[drawn.unit]
    // Terbium oxide is judged once it is blended.
    if (outlet?.kind === 'product' && outlet.product !== 'Tb4O7') {
      teller.later(teller.now() + day, (then) => {
        then.say('release', { lots: [{ lot }], ...decision(drawn) })
      })
    }
    if (outlet?.kind === 'effluent') {
      teller.later(teller.now() + day, (then) => {
        then.say('scrap', {
          lots: [{ lot }],
          how: 'disposed',
          reason: 'to the sewer, by the consent',
        })
      })
    }
  }
}

/** Everything that happens in a campaign, and to what came of it until it can be sold. */
export function campaignActs(
  story: CampaignStory,
  chance: Random,
): readonly { readonly time: number; readonly act: Act }[] {
  const { code, planned, feed, before, plantHash } = story
  const { start, end, drawn, holdUp } = planned
  const at = (time: number, act: Act) => ({ time, act })
  const of = (place: string) => drawn.filter(({ unit }) => outlets[unit]?.place === place)
  const charge =
    (lots: readonly string[]): Act =>
    (teller) => {
      teller.say('charge', { campaign: code, lots: lots.map((lot) => ({ lot })) })
    }
  const step = (end - start - 60 * hour) / Math.max(1, feed.length)
  const isProduct = ({ unit }: Drawn) => outlets[unit]?.kind === 'product'
  const look =
    (one: Drawn): Act =>
    (teller) => {
      const report = reportOf(one, 'provisional', chance)
      const rough = {
        ...report,
        results: report.results.slice(0, 3),
        laboratory: 'site laboratory (synthetic)',
      }
      teller.say('assay', { lot: lotCode(code, one.unit), ...rough })
    }
  return [
    at(start - 20 * hour, (teller) => {
      teller.say('move', { lots: feed.map((lot) => ({ lot })), to: 'plant' })
    }),
    at(start, (teller) => {
      teller.say('start-campaign', {
        campaign: code,
        place: 'plant',
        plant: 'belfast-demonstration',
        plantHash,
      })
    }),
    ...(before === undefined ? [] : [at(start + 0.5 * hour, charge([before]))]),
    ...feed.map((lot, k) => at(start + hour + k * step, charge([lot]))),
    at(end - 3 * hour, draw(story, of('product-store'), 'product-store', chance)),
    at(end - 2.5 * hour, draw(story, of('residue-yard'), 'residue-yard', chance)),
    at(end - 2 * hour, draw(story, of('effluent-tank'), 'effluent-tank', chance)),
    at(end - 0.5 * hour, draw(story, [holdUp], 'plant', chance)),
    at(end, (teller) => void teller.say('end-campaign', { campaign: code })),
    ...drawn.filter(isProduct).map((one) => at(end + 6 * hour, look(one))),
    ...[...drawn, holdUp].map((one) => {
      const days = isProduct(one) ? chance.between(3, 6) : chance.between(1, 3)
      return at(end + days * day, analysed(story, one, chance))
    }),
  ]
}
