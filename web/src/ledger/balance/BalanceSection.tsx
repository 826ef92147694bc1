import { useState } from 'react'
import { Segments } from '../../circuit/parts/Segments.tsx'
import { navigate, useRoute, withQuery } from '../../app/router.ts'
import { useAsked } from '../asked.ts'
import { usePlaces } from '../forms/offered.ts'
import { useInfo } from '../info.ts'
import { dayText, fieldTime, timeOfField } from '../parts/figures.ts'
import { Asked } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { CampaignList } from '../said.ts'
import { BalanceView } from './BalanceView.tsx'

const day = 86_400_000

/** What went in, what came out, and what nobody can account for: of a campaign or of a time. */
export function BalanceSection() {
  const { query } = useRoute()
  const isPeriod = query.get('of') === 'period'
  return (
    <>
      <Segments
        label="Balance of"
        options={[
          ['campaign', 'A campaign'],
          ['period', 'A period'],
        ]}
        chosen={isPeriod ? 'period' : 'campaign'}
        onChoose={(of) => navigate(withQuery({ of: of === 'period' ? 'period' : null }), true)}
      />
      {isPeriod ? <OfPeriod /> : <OfCampaign named={query.get('campaign')} />}
    </>
  )
}

function OfCampaign({ named }: { readonly named: string | null }) {
  const asked = useAsked<CampaignList>('api/ledger/campaigns')
  return (
    <Shown asked={asked} what="the campaigns">
      {({ campaigns }) => {
        const newest = campaigns.findLast(({ end }) => end !== undefined) ?? campaigns.at(-1)
        const chosen =
          campaigns.find(({ uri, code }) => [uri, code].includes(named ?? '')) ?? newest
        if (chosen === undefined) return <p>No campaign has been started yet.</p>
        return (
          <>
            <div className="ledger-bar">
              <Asked label="Campaign">
                {(id) => (
                  <select
                    id={id}
                    value={chosen.uri}
                    onChange={(event) =>
                      navigate(withQuery({ campaign: event.target.value }), true)
                    }
                  >
                    {[...campaigns].reverse().map(({ uri, code, start, end }) => (
                      <option key={uri} value={uri}>
                        {code}, {dayText(start)} {end === undefined ? '(running)' : ''}
                      </option>
                    ))}
                  </select>
                )}
              </Asked>
            </div>
            <BalanceView
              key={chosen.uri}
              question={{ campaign: chosen.uri }}
              name={`balance-${chosen.code}`}
            />
          </>
        )
      }}
    </Shown>
  )
}

function OfPeriod() {
  const { now } = useInfo()
  const [from, setFrom] = useState(now - 30 * day)
  const [to, setTo] = useState(now)
  const [place, setPlace] = useState('')
  const places = usePlaces() ?? []
  const time = (label: string, value: number, put: (ms: number) => void) => (
    <Asked label={label}>
      {(id) => (
        <input
          id={id}
          type="datetime-local"
          value={fieldTime(value)}
          onChange={(event) => put(timeOfField(event.target.value) ?? value)}
        />
      )}
    </Asked>
  )
  return (
    <>
      <div className="ledger-bar">
        {time('From', from, setFrom)}
        {time('To', to, setTo)}
        <Asked label="Place">
          {(id) => (
            <select id={id} value={place} onChange={(event) => setPlace(event.target.value)}>
              <option value="">the whole site</option>
              {places.map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          )}
        </Asked>
      </div>
      {to > from ? (
        <BalanceView
          key={`${from} ${to} ${place}`}
          question={{ from, to, place }}
          name={`balance-${dayText(from)}-${dayText(to)}`}
        />
      ) : (
        <p role="alert">The end lies before the beginning: choose a later end.</p>
      )}
    </>
  )
}
