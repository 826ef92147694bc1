import { useMemo, useState } from 'react'
import { href } from '../../app/router.ts'
import { Segments } from '../../circuit/parts/Segments.tsx'
import { Taken, type Column } from '../../money/Taken.tsx'
import { Block } from '../../ui/Area.tsx'
import { useAsked } from '../asked.ts'
import { BalanceView } from '../balance/BalanceView.tsx'
import { address } from '../client.ts'
import { CommandForm } from '../forms/CommandForm.tsx'
import { commandOf, useCommands } from '../forms/commands.ts'
import { kgText, massText, shortUri, timeText } from '../parts/figures.ts'
import { LotLink, Uri } from '../parts/links.tsx'
import { Pairs, Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { CampaignDetail } from '../said.ts'
import { ExpectedView } from './ExpectedView.tsx'

/** One run of the plant: what went in, what came out, and whether the two agree. */
export function CampaignPage({ campaign }: { readonly campaign: string }) {
  const asked = useAsked<CampaignDetail>(address('api/ledger/campaign', { ref: campaign }))
  return (
    <>
      <p className="ledger-back">
        <a href={href('ledger', 'campaigns')}>All campaigns</a>
      </p>
      <Shown asked={asked} what="the campaign">
        {(detail) => <Whole detail={detail} />}
      </Shown>
    </>
  )
}

function Whole({ detail: { campaign, flows } }: { readonly detail: CampaignDetail }) {
  const { uri, code, place, start, end, plant, description } = campaign
  const [charges, draws] = [
    flows.filter(({ direction }) => direction === 'in'),
    flows.filter(({ direction }) => direction === 'out'),
  ]
  return (
    <>
      <header className="ledger-lot-head">
        <h2>{code}</h2>
        <Pairs
          pairs={[
            ['state', end === undefined ? <Word kind="good">running</Word> : 'ended'],
            ['where', <Uri uri={place} />],
            ['from', timeText(start)],
            ['to', timeText(end)],
            ['charged', massText(campaign.chargedMg)],
            ['drawn', massText(campaign.drawnMg)],
            ['plant file', plant],
            ['what for', description],
          ]}
        />
      </header>
      {end === undefined ? <Work code={code} /> : null}
      <div className="ledger-columns">
        <Block title="Charged">
          <Flows flows={charges} name={`${code}-charges`} empty="Nothing has been charged yet." />
        </Block>
        <Block title="Drawn">
          <Flows flows={draws} name={`${code}-draws`} empty="Nothing has been drawn yet." />
        </Block>
      </div>
      <Block title="Balance">
        <BalanceView question={{ campaign: uri }} name={code} />
      </Block>
      <Block title="Expected against actual">
        <ExpectedView campaign={uri} plant={plant} />
      </Block>
    </>
  )
}

type Flow = CampaignDetail['flows'][number]

const columns: readonly Column<Flow>[] = [
  {
    id: 'lot',
    head: 'lot',
    value: ({ code }) => code,
    show: ({ lot, code }) => <LotLink uri={lot} code={shortUri(code)} />,
  },
  {
    id: 'what',
    head: 'what',
    words: 'short',
    value: ({ kind, product }) => product ?? kind ?? 'unknown',
    show: ({ kind, product }) =>
      kind === 'hold-up' ? <Word kind="plain">hold-up</Word> : (product ?? kind ?? 'unknown'),
  },
  { id: 'mg', head: 'kg', value: ({ mg }) => mg / 1e6, show: ({ mg }) => kgText(mg) },
  { id: 'time', head: 'when', value: ({ time }) => timeText(time) },
]

function Flows({
  flows,
  name,
  empty,
}: {
  readonly flows: readonly Flow[]
  readonly name: string
  readonly empty: string
}) {
  return (
    <Taken
      label={name}
      file={name}
      columns={columns}
      rows={flows}
      keyOf={({ event, lot }) => `${event} ${lot}`}
      empty={empty}
    />
  )
}

const works = [
  ['charge', 'Charge', ['lots', 'time']],
  ['draw', 'Draw', ['lots', 'place', 'time']],
  ['end-campaign', 'End', ['time']],
] as const
type Work = (typeof works)[number][0]

/** What is done with a campaign that runs. */
function Work({ code }: { readonly code: string }) {
  const asked = useCommands()
  const [chosen, setChosen] = useState<Work | 'none'>('none')
  const given = useMemo(
    () => ({ campaign: code, ...(chosen === 'end-campaign' ? {} : { lots: [{}] }) }),
    [code, chosen],
  )
  const work = works.find(([name]) => name === chosen)
  return (
    <Block title="What happens next">
      <Segments
        label="What happens next"
        options={works.map(([name, title]) => [name, title] as const)}
        chosen={chosen === 'none' ? ('' as Work) : chosen}
        onChoose={setChosen}
      />
      {work === undefined ? null : (
        <Shown asked={asked} what="the form">
          {(list) => {
            const [name, title, first] = work
            const command = commandOf(list, name)
            return command === undefined ? null : (
              <CommandForm
                key={name}
                command={command}
                given={given}
                first={first}
                verb={`${title} ${name === 'end-campaign' ? code : ''}`.trim()}
              />
            )
          }}
        </Shown>
      )}
    </Block>
  )
}
