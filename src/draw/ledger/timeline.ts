import type { Campaign } from '../../ledger/index.ts'
import type { ChartLook } from '../frame.ts'
import { chartSvg, fitted, line, partColour, printLook, textWidth } from '../frame.ts'
import { element, escapeXml, label, round } from '../svg.ts'
import { dayOf, syntheticMark } from './parts.ts'

const width = 1100
const left = 130
const right = 20
const lane = 24
const day = 86_400_000

const placeName = (uri: string) => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))

/** Campaigns of a place on as few lanes as keep them apart. */
function lanesOf(campaigns: readonly Campaign[], now: number): readonly (readonly Campaign[])[] {
  const lanes: { last: number; campaigns: Campaign[] }[] = []
  for (const campaign of campaigns.toSorted((a, b) => a.start - b.start)) {
    const free = lanes.find(({ last }) => last <= campaign.start)
    const end = campaign.end ?? now
    if (free === undefined) lanes.push({ last: end, campaigns: [campaign] })
    else {
      free.last = end
      free.campaigns.push(campaign)
    }
  }
  return lanes.map((one) => one.campaigns)
}

/** Firsts of months, quarters or years, so many that they can be read. */
function ticksOf(from: number, to: number): readonly { at: number; text: string }[] {
  const months = (to - from) / (30.4 * day)
  const step = months <= 14 ? 1 : months <= 42 ? 3 : 12
  const first = new Date(from)
  const ticks: { at: number; text: string }[] = []
  for (let k = 0; k < 240; k++) {
    const month = first.getUTCMonth() + k
    const [year, of] = [first.getUTCFullYear() + Math.floor(month / 12), month % 12]
    const at = Date.parse(`${year}-${String(of + 1).padStart(2, '0')}-01T00:00:00Z`)
    if (at > to) break
    if (at >= from && of % step === 0)
      ticks.push({ at, text: `${year}-${String(of + 1).padStart(2, '0')}` })
  }
  return ticks
}

function bar(
  campaign: Campaign,
  y: number,
  at: (time: number) => number,
  now: number,
  look: ChartLook,
): string {
  const isRunning = campaign.end === undefined
  const [from, to] = [at(campaign.start), Math.max(at(campaign.start) + 2, at(campaign.end ?? now))]
  const colour = partColour(look, isRunning ? 3 : 0)
  const span = isRunning
    ? `since ${dayOf(campaign.start)}`
    : `${dayOf(campaign.start)} to ${dayOf(campaign.end ?? now)}`
  const about = `${campaign.code}: ${span}${campaign.plant === undefined ? '' : `, ${campaign.plant}`}`
  const short = campaign.code.split('-').at(-1) ?? campaign.code
  const text = [campaign.code, short].find((one) => textWidth(one, 10) < to - from - 6)
  return [
    element(
      'rect',
      {
        x: round(from),
        y: y + 3,
        width: round(Math.max(1.5, to - from - 1)),
        height: lane - 7,
        rx: 2,
        fill: colour,
        'fill-opacity': 0.22,
        stroke: colour,
        'stroke-width': 1.2,
        'stroke-dasharray': isRunning ? '4 2' : undefined,
      },
      element('title', {}, escapeXml(about)),
    ),
    text === undefined
      ? ''
      : label(text, (from + to) / 2, y + 16, {
          'font-size': 10,
          fill: look.ink,
          'text-anchor': 'middle',
        }),
  ].join('')
}

/** Campaigns as bars over time, a row for each place; one that runs has a broken outline. */
export function drawTimeline(
  campaigns: readonly Campaign[],
  options: { readonly now: number; readonly isSynthetic: boolean; readonly look?: ChartLook },
): string {
  const { now, isSynthetic, look = printLook } = options
  const top = 62 + (isSynthetic ? 18 : 0)
  if (campaigns.length === 0) {
    const text = label('no campaign yet', 20, top, { 'font-size': 12, fill: look.quiet })
    return chartSvg('Campaigns', { width, height: top + 24 }, look, text)
  }
  const from = campaigns.reduce(
    (least, { start }) => Math.min(least, start),
    Number.POSITIVE_INFINITY,
  )
  const last = campaigns.reduce(
    (most, { start, end }) => Math.max(most, end ?? Math.max(now, start)),
    from + day,
  )
  const to = last + 0.01 * (last - from)
  const at = (time: number) => left + ((time - from) / (to - from)) * (width - left - right)
  const places = [...new Set(campaigns.map(({ place }) => place))].toSorted()
  let y = top
  const rows = places.map((place) => {
    const lanes = lanesOf(
      campaigns.filter((one) => one.place === place),
      now,
    )
    const start = y
    y += lanes.length * lane + 6
    return [
      label(fitted(placeName(place), left - 34, 12), 20, start + 17, {
        'font-size': 12,
        fill: look.ink,
      }),
      line([20, y - 3, width - right, y - 3], look.faint),
      ...lanes.flatMap((own, k) => own.map((one) => bar(one, start + k * lane, at, now, look))),
    ].join('')
  })
  const ticks = ticksOf(from, to).map(
    ({ at: time, text }) =>
      line([at(time), top - 6, at(time), y], look.faint) +
      label(text, at(time), y + 14, { 'font-size': 10, fill: look.quiet, 'text-anchor': 'middle' }),
  )
  const isNow = now >= from && now <= to
  return chartSvg(
    `Campaigns by place, ${dayOf(from)} to ${dayOf(last)}`,
    { width, height: y + 28 },
    look,
    syntheticMark(isSynthetic, 44, look),
    ...ticks,
    ...rows,
    isNow ? line([at(now), top - 6, at(now), y], look.bad, 1.2) : '',
    isNow
      ? label('now', at(now), top - 10, {
          'font-size': 10,
          fill: look.bad,
          'text-anchor': 'middle',
        })
      : '',
  )
}
