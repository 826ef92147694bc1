import type { CampaignRow } from '../said.ts'

/** A campaign where it is drawn. */
export interface Bar {
  readonly campaign: CampaignRow
  /** Counted from the top, over all places. */
  readonly lane: number
  readonly from: number
  readonly to: number
}

export interface Lanes {
  readonly bars: readonly Bar[]
  /** Places with their first lane and how many they have. */
  readonly places: readonly {
    readonly uri: string
    readonly lane: number
    readonly lanes: number
  }[]
  readonly count: number
}

/** Campaigns of a stretch of time, a lane for each place and more where they run side by side. */
export function lanesOf(
  campaigns: readonly CampaignRow[],
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: number },
): Lanes {
  const shown = campaigns
    .map((campaign) => ({ campaign, from: campaign.start, to: campaign.end ?? now }))
    .filter((bar) => bar.to >= from && bar.from <= to)
    .sort((a, b) => a.from - b.from)
  const uris = [...new Set(shown.map(({ campaign }) => campaign.place))].sort()
  const bars: Bar[] = []
  let lane = 0
  const places = uris.map((uri) => {
    const ends: number[] = []
    for (const bar of shown.filter(({ campaign }) => campaign.place === uri)) {
      const free = ends.findIndex((end) => end <= bar.from)
      const own = free < 0 ? ends.length : free
      ends[own] = bar.to
      bars.push({ ...bar, lane: lane + own })
    }
    const place = { uri, lane, lanes: ends.length }
    lane += ends.length
    return place
  })
  return { bars, places, count: lane }
}

const day = 86_400_000
const steps = [1, 2, 7, 14].map((days) => days * day)

/** Times that the axis names, and how: days, then months, then years. */
export function timeTicks(
  from: number,
  to: number,
  most = 8,
): readonly { readonly at: number; readonly text: string }[] {
  const step = steps.find((size) => (to - from) / size <= most)
  if (step !== undefined) {
    const first = new Date(from)
    first.setHours(0, 0, 0, 0)
    const ticks = []
    for (let at = first.getTime(); at <= to; at += step) {
      const when = new Date(at)
      if (at >= from) ticks.push({ at, text: `${when.getDate()} ${months[when.getMonth()] ?? ''}` })
    }
    return ticks
  }
  const perTick = Math.max(1, Math.ceil((to - from) / (30 * day) / most))
  const first = new Date(from)
  const ticks = []
  for (let month = first.getMonth() + 1; ; month += perTick) {
    const when = new Date(first.getFullYear(), month, 1)
    if (when.getTime() > to) return ticks
    const text = `${months[when.getMonth()] ?? ''} ${when.getFullYear()}`
    ticks.push({ at: when.getTime(), text })
  }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
