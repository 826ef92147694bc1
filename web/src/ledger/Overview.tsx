import { useState } from 'react'
import { href } from '../app/router.ts'
import { Block } from '../ui/Area.tsx'
import { formatNumber } from '../ui/format.ts'
import { useAsked } from './asked.ts'
import { Events } from './forms/Outcome.tsx'
import { useInfo } from './info.ts'
import { flagText } from './lots/flags.ts'
import { counted, timeText } from './parts/figures.ts'
import { CampaignLink, LotLink } from './parts/links.tsx'
import { Pairs, Word } from './parts/pieces.tsx'
import { Shown } from './parts/Shown.tsx'
import type { LedgerFindings, VerifyReport } from './said.ts'

/** How much the ledger holds, what happened last, and what is not as it should be. */
export function Overview() {
  const { counts } = useInfo()
  const findings = useAsked<LedgerFindings>('api/ledger/findings')
  return (
    <>
      <Block title="What it holds">
        <dl className="ledger-counts">
          {(
            [
              ['events', counts.events, undefined],
              ['lots', counts.lots, href('ledger', 'lots')],
              ['in stock', counts.lotsInStock, href('ledger', 'lots', { stock: '1' })],
              ['campaigns', counts.campaigns, href('ledger', 'campaigns')],
              ['findings', counts.findings, undefined],
            ] as const
          ).map(([name, count, to]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {to === undefined ? (
                  formatNumber(count, 9)
                ) : (
                  <a href={to}>{formatNumber(count, 9)}</a>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Block>
      <div className="ledger-columns">
        <Block title="What is not as it should be">
          <Shown asked={findings} what="the findings">
            {(found) => <Findings found={found} />}
          </Shown>
        </Block>
        <Block title="What happened last">
          <Last />
        </Block>
      </div>
      <Block title="The log">
        <Log />
      </Block>
    </>
  )
}

/** Most lines of a list that is only begun here. */
const most = 12

function Findings({ found: { findings, flags } }: { readonly found: LedgerFindings }) {
  if (findings.length + flags.length === 0) {
    return (
      <p>
        <Word kind="good">Nothing.</Word>
      </p>
    )
  }
  return (
    <>
      {flags.length === 0 ? null : (
        <>
          <h3>{counted(flags.length, 'shipment')} whose data changed afterwards</h3>
          <ul className="ledger-findings">
            {flags.slice(0, most).map((flag) => (
              <li key={`${flag.lot} ${flag.shipment.event}`}>
                <LotLink uri={flag.lot} code={flag.code} /> {flagText(flag)}
              </li>
            ))}
          </ul>
          <More count={flags.length - most} />
        </>
      )}
      {findings.length === 0 ? null : (
        <>
          <h3>{counted(findings.length, 'finding')}</h3>
          <ul className="ledger-findings">
            {findings.slice(0, most).map(({ severity, message, lot, campaign, time }, k) => (
              <li key={`${k} ${message}`}>
                <Word kind={severity === 'error' ? 'bad' : 'warn'}>{severity}</Word>{' '}
                {lot === undefined ? null : <LotLink uri={lot} />}
                {campaign === undefined ? null : <CampaignLink uri={campaign} />} {message}{' '}
                <span className="area-quiet">{timeText(time)}</span>
              </li>
            ))}
          </ul>
          <More count={findings.length - most} />
        </>
      )}
    </>
  )
}

const More = ({ count }: { readonly count: number }) =>
  count > 0 ? <p className="area-quiet">and {counted(count, 'more', 'more')}</p> : null

interface QueryDocument {
  readonly epcisBody?: {
    readonly queryResults?: { readonly resultsBody?: { readonly eventList?: readonly unknown[] } }
  }
}

const lastEvents =
  'epcis/events?orderBy=recordTime&orderDirection=DESC&perPage=10&eventCountLimit=10'

function Last() {
  const asked = useAsked<QueryDocument>(lastEvents)
  return (
    <Shown asked={asked} what="the last events">
      {({ epcisBody }) => {
        const events = epcisBody?.queryResults?.resultsBody?.eventList ?? []
        if (events.length > 0) return <Events events={events} />
        return (
          <p>
            Nothing yet. <a href={href('ledger', 'receive')}>Receive the first lot.</a>
          </p>
        )
      }}
    </Shown>
  )
}

function Log() {
  const { head, database, site, now } = useInfo()
  const [isAsked, setAsked] = useState(false)
  const asked = useAsked<VerifyReport>(isAsked ? 'api/ledger/verify' : undefined)
  return (
    <>
      <Pairs
        pairs={[
          ['head of the chain', <code className="ledger-hash">{head.hash}</code>],
          ['at event', formatNumber(head.seq, 12)],
          ['kept in', database === 'sqlite' ? 'a file (SQLite)' : 'PostgreSQL'],
          ['begins the URIs', site.authority],
          ['as of', timeText(now)],
        ]}
      />
      <p>
        Nothing in it can be changed or removed without the chain of hashes showing it. Note the
        head elsewhere, and the log can be checked against it for ever.
      </p>
      {isAsked ? (
        <Shown asked={asked} what="every link of the chain">
          {({ isSound, records, fault }) =>
            isSound ? (
              <p role="status">
                <Word kind="good">Sound:</Word> {counted(records, 'record')} looked at.
              </p>
            ) : (
              <p role="alert">
                <Word kind="bad">Not as it was written:</Word> {fault?.message}
              </p>
            )
          }
        </Shown>
      ) : (
        <button type="button" className="button" onClick={() => setAsked(true)}>
          Check every link
        </button>
      )}
    </>
  )
}
