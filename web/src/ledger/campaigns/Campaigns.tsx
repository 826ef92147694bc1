import { useState } from 'react'
import { useRoute } from '../../app/router.ts'
import { Taken, type Column } from '../../money/Taken.tsx'
import { Block } from '../../ui/Area.tsx'
import { useAsked } from '../asked.ts'
import { CommandForm } from '../forms/CommandForm.tsx'
import { commandOf, useCommands } from '../forms/commands.ts'
import { useInfo } from '../info.ts'
import { dayText, massText, shortUri } from '../parts/figures.ts'
import { CampaignLink } from '../parts/links.tsx'
import { Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { CampaignList, CampaignRow } from '../said.ts'
import { nextCode } from '../receive/next-code.ts'
import { CampaignPage } from './CampaignPage.tsx'
import { DriftView } from './DriftView.tsx'
import { Timeline } from './Timeline.tsx'

/** Runs of the plant: over time, in a list; or the one that the address names. */
export function Campaigns() {
  const named = useRoute().query.get('campaign')
  return named === null ? <Board /> : <CampaignPage key={named} campaign={named} />
}

function Board() {
  const asked = useAsked<CampaignList>('api/ledger/campaigns')
  return (
    <Shown asked={asked} what="the campaigns">
      {({ campaigns }) => (
        <>
          <Block title="Over time">
            {campaigns.length === 0 ? (
              <p>No campaign has been started yet. Start one below.</p>
            ) : (
              <Timeline campaigns={campaigns} />
            )}
          </Block>
          <Block title="Start one">
            <Start campaigns={campaigns} />
          </Block>
          <Block title="The newest first">
            <Taken
              label="Campaigns"
              file="campaigns"
              columns={columns}
              rows={[...campaigns].reverse()}
              keyOf={({ uri }) => uri}
              empty="None yet."
            />
          </Block>
          {campaigns.length === 0 ? null : (
            <Block title="How recoveries and gaps move">
              <DriftView />
            </Block>
          )}
        </>
      )}
    </Shown>
  )
}

const columns: readonly Column<CampaignRow>[] = [
  {
    id: 'code',
    head: 'campaign',
    value: ({ code }) => code,
    show: ({ uri, code }) => <CampaignLink uri={uri} code={code} />,
  },
  { id: 'place', head: 'where', words: 'short', value: ({ place }) => shortUri(place) },
  { id: 'start', head: 'from', value: ({ start }) => dayText(start) },
  {
    id: 'end',
    head: 'to',
    value: ({ end }) => dayText(end),
    show: ({ end }) => (end === undefined ? <Word kind="good">running</Word> : dayText(end)),
  },
  {
    id: 'charged',
    head: 'charged',
    value: ({ chargedMg }) => chargedMg / 1e6,
    show: ({ chargedMg }) => massText(chargedMg),
  },
  {
    id: 'drawn',
    head: 'drawn',
    value: ({ drawnMg }) => drawnMg / 1e6,
    show: ({ drawnMg }) => massText(drawnMg),
  },
  { id: 'flows', head: 'charges, draws', value: ({ charges, draws }) => `${charges}, ${draws}` },
  {
    id: 'about',
    head: 'what for',
    words: 'short',
    value: ({ description }) => description ?? '',
    show: ({ description }) => <span className="ledger-clip">{description ?? ''}</span>,
  },
]

function Start({ campaigns }: { readonly campaigns: readonly CampaignRow[] }) {
  const { now } = useInfo()
  const asked = useCommands()
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) {
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Start a campaign …
      </button>
    )
  }
  const year = new Date(now).getFullYear()
  const code = nextCode(
    `C-${year}-`,
    campaigns.map((one) => one.code),
    2,
  )
  return (
    <Shown asked={asked} what="the form">
      {(list) => {
        const command = commandOf(list, 'start-campaign')
        return command === undefined ? null : (
          <CommandForm
            command={command}
            given={{ campaign: code, place: shortUri(campaigns.at(-1)?.place ?? '') }}
            first={['campaign', 'place', 'plant', 'description', 'time']}
            verb="Start"
          />
        )
      }}
    </Shown>
  )
}
