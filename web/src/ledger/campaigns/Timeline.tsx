import { useState } from 'react'
import { href } from '../../app/router.ts'
import { useWidth } from '../../circuit/chart/Figure.tsx'
import { Segments } from '../../circuit/parts/Segments.tsx'
import { useInfo } from '../info.ts'
import { dayText, massText, shortUri } from '../parts/figures.ts'
import type { CampaignRow } from '../said.ts'
import { lanesOf, timeTicks, type Bar } from './lanes.ts'

const day = 86_400_000
const spans = [
  ['90', '3 months'],
  ['366', 'A year'],
  ['all', 'All'],
] as const
type Span = (typeof spans)[number][0]

const head = 24
const row = 28
const left = 104

/** Campaigns as bars over time, those of one place below its name; each leads to its page. */
export function Timeline({ campaigns }: { readonly campaigns: readonly CampaignRow[] }) {
  const { now } = useInfo()
  const [span, setSpan] = useState<Span>('366')
  const [holder, width] = useWidth(900)
  const last = Math.max(...campaigns.map(({ start, end }) => end ?? Math.max(start, now)))
  const begin = Math.min(...campaigns.map(({ start }) => start))
  const from = span === 'all' ? begin : Math.max(begin, last - Number(span) * day)
  const to = Math.max(last, from + day)
  const { bars, places, count } = lanesOf(campaigns, { from, to, now })
  const x = (time: number) =>
    left + ((Math.min(Math.max(time, from), to) - from) / (to - from)) * (width - left - 8)
  const height = head + count * row + 8
  return (
    <>
      <Segments label="How far back" options={spans} chosen={span} onChoose={setSpan} />
      <div ref={holder} className="ledger-timeline">
        <svg width={width} height={height} role="group" aria-label="Campaigns over time">
          {timeTicks(from, to, width < 700 ? 5 : 9).map(({ at, text }) => (
            <g key={at}>
              <path className="ledger-grid" d={`M${x(at)} ${head}V${height}`} />
              <text className="ledger-tick" x={x(at)} y={15} textAnchor="middle">
                {text}
              </text>
            </g>
          ))}
          {places.map(({ uri, lane }) => (
            <g key={uri}>
              <path className="ledger-grid" d={`M0 ${head + lane * row}H${width}`} />
              <text className="ledger-place" x={0} y={head + lane * row + 18}>
                {shortUri(uri)}
              </text>
            </g>
          ))}
          {bars.map((bar) => (
            <CampaignBar key={bar.campaign.uri} bar={bar} from={x(bar.from)} to={x(bar.to)} />
          ))}
        </svg>
      </div>
    </>
  )
}

function CampaignBar({
  bar: { campaign, lane },
  from,
  to,
}: {
  readonly bar: Bar
  readonly from: number
  readonly to: number
}) {
  const { uri, code, start, end, chargedMg, drawnMg } = campaign
  const size = Math.max(5, to - from - 1)
  const room = Math.floor((size - 4) / 7)
  const words =
    `${code}, ${dayText(start)} to ${end === undefined ? 'now, running' : dayText(end)}, ` +
    `charged ${massText(chargedMg)}, drawn ${massText(drawnMg)}`
  return (
    <a href={href('ledger', 'campaigns', { campaign: uri })} aria-label={words}>
      <title>{words}</title>
      <rect
        className="ledger-campaign"
        data-running={end === undefined}
        x={from}
        y={head + lane * row + 4}
        width={size}
        height={row - 8}
        rx={3}
      />
      {room < 2 ? null : (
        <text
          className="ledger-campaign-name"
          x={from + size / 2}
          y={head + lane * row + 18}
          textAnchor="middle"
        >
          {shortened(code, room)}
        </text>
      )}
    </a>
  )
}

/** As much of the end of a code as there is room for, in whole parts: `2026-17`, `17`. */
function shortened(code: string, room: number): string {
  if (code.length <= room) return code
  const parts = code.split('-')
  for (let k = 1; k < parts.length; k++) {
    const rest = parts.slice(k).join('-')
    if (rest.length <= room) return rest
  }
  return ''
}
