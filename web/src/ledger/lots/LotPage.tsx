import { href } from '../../app/router.ts'
import { Block } from '../../ui/Area.tsx'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { useInfo } from '../info.ts'
import { counted, dayText, fractionText, massText, shortUri, timeText } from '../parts/figures.ts'
import { CampaignLink, LotLink, Uri } from '../parts/links.tsx'
import { Pairs, Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { Flag, LedgerFinding, LotView } from '../said.ts'
import { flagText } from './flags.ts'
import { GenealogyView } from './GenealogyView.tsx'
import { Label } from './Label.tsx'
import { Account, Assays, CompositionTable, History, Shipments, Weighings } from './LotTables.tsx'
import { Provenance } from './Provenance.tsx'

/** Everything there is to say of one lot. */
export function LotPage({ lot }: { readonly lot: string }) {
  const asked = useAsked<LotView>(address('api/ledger/lot', { ref: lot }))
  return (
    <>
      <p className="ledger-back">
        <a href={href('ledger', 'lots')}>All lots</a>
      </p>
      <Shown asked={asked} what="the lot">
        {(view) => <Whole view={view} />}
      </Shown>
    </>
  )
}

function Whole({ view }: { readonly view: LotView }) {
  const { lot, flags } = view
  const code = lot.master?.code ?? lot.uri
  return (
    <>
      <Head view={view} code={code} />
      <Troubles findings={lot.findings} flags={flags} />
      <div className="ledger-columns">
        <Block title="What it is">
          <Master view={view} />
        </Block>
        <Block title="What it consists of">
          <CompositionTable view={view} code={code} />
        </Block>
      </div>
      <Block title="Where it came from and what became of it">
        <GenealogyView lot={lot.uri} code={code} />
        <Steps view={view} />
      </Block>
      <Block title="Account">
        <Account movements={view.movements} code={code} />
      </Block>
      <div className="ledger-columns">
        <Block title="Weighings">
          <Weighings weighings={lot.weighings} code={code} />
        </Block>
        <Block title="Shipments">
          <Shipments shipments={lot.shipments} code={code} />
        </Block>
      </div>
      <Block title="Results of the laboratory">
        <Assays assays={lot.assays} code={code} />
      </Block>
      <Block title="Recycled share, origin and custody">
        <Provenance view={view} />
      </Block>
      <Block title="Label">
        <Label lot={lot.uri} code={code} />
      </Block>
      <Block title="What was recorded of it">
        <History events={view.events} code={code} />
      </Block>
    </>
  )
}

/** What people do with a lot next, from its page. */
const next = ['weigh', 'sample', 'move', 'split', 'charge', 'release', 'ship', 'scrap'] as const

function Head({ view: { lot }, code }: { readonly view: LotView; readonly code: string }) {
  const { may } = useInfo()
  const product = [lot.master?.product, lot.master?.grade].filter((word) => word !== undefined)
  return (
    <header className="ledger-lot-head">
      <h2>{shortUri(code)}</h2>
      <p>
        {lot.master?.kind ?? 'a lot that nobody has introduced'}
        {product.length === 0 ? '' : `, ${product.join(' ')}`} · {massText(lot.mg, 9)}
        {lot.mg === 0 ? '' : ` at ${Object.keys(lot.places).map(shortUri).join(', ')}`}
      </p>
      <nav aria-label="What can be done with it" className="ledger-buttons">
        {next
          .filter((command) => may.includes(`command ${command}`))
          .map((command) => (
            <a
              key={command}
              className="button ledger-button"
              href={href('ledger', 'commands', { command, lot: code })}
            >
              {command}
            </a>
          ))}
        <a className="button ledger-button" href={href('ledger', 'assays', { lot: code })}>
          enter an assay
        </a>
        <a className="button ledger-button" href={href('ledger', 'certificates', { lot: lot.uri })}>
          certificate
        </a>
      </nav>
    </header>
  )
}

function Troubles({
  findings,
  flags,
}: {
  readonly findings: readonly LedgerFinding[]
  readonly flags: readonly Flag[]
}) {
  if (findings.length + flags.length === 0) return null
  return (
    <ul className="ledger-findings">
      {findings.map((finding, k) => (
        <li key={`finding ${k}`}>
          <Word kind={finding.severity === 'error' ? 'bad' : 'warn'}>{finding.message}</Word>{' '}
          <span className="area-quiet">{timeText(finding.time)}</span>
        </li>
      ))}
      {flags.map((flag, k) => (
        <li key={`flag ${k}`}>
          <Word kind="warn">{flagText(flag)}</Word>
        </li>
      ))}
    </ul>
  )
}

function Master({ view: { lot } }: { readonly view: LotView }) {
  const { master } = lot
  if (master === undefined) {
    return <p>Events speak of this lot, and none has introduced it: nobody has said what it is.</p>
  }
  const uri = (of: string | undefined) => (of === undefined ? undefined : <Uri uri={of} />)
  return (
    <Pairs
      pairs={[
        ['code', master.code],
        ['kind', master.kind],
        ['product', master.product],
        ['grade', master.grade],
        ['what it is', master.description],
        ['owner', uri(master.owner)],
        ['supplier', uri(master.supplier)],
        [
          'sampled from',
          master.sampleOf === undefined ? undefined : <LotLink uri={master.sampleOf} />,
        ],
        ['custody', master.custody],
        [
          'source',
          master.sources
            ?.map(({ class: of, share, element = '' }) =>
              [element, fractionText(share), of].join(' ').trim(),
            )
            .join(', '),
        ],
        ['since', timeText(lot.first.time)],
        ['last event', timeText(lot.last.time)],
        ['came', massText(lot.came, 9)],
        ['went', massText(lot.went, 9)],
        ['adjusted by weighing', lot.adjusted === 0 ? undefined : massText(lot.adjusted, 9)],
        ['URI', <span className="ledger-uri">{lot.uri}</span>],
      ]}
    />
  )
}

/** The step before and the step after, in words: for those who do not see the graph as well. */
function Steps({ view: { parents, children } }: { readonly view: LotView }) {
  const list = (name: string, relatives: LotView['parents']) => (
    <div>
      <h3>{name}</h3>
      {relatives.length === 0 ? <p className="area-quiet">nothing that is known</p> : null}
      <ul className="area-plain">
        {relatives.slice(0, 30).map(({ lot, code, through, mg, time }) => (
          <li key={`${lot} ${through} ${time}`}>
            <LotLink uri={lot} code={code} /> {massText(mg)}{' '}
            <span className="area-quiet">
              {dayText(time)} {through.includes('/campaign/') ? 'in ' : ''}
              {through.includes('/campaign/') ? <CampaignLink uri={through} /> : null}
            </span>
          </li>
        ))}
      </ul>
      {relatives.length > 30 ? <p>and {counted(relatives.length - 30, 'more', 'more')}</p> : null}
    </div>
  )
  return (
    <div className="ledger-columns">
      {list('Made from, one step back', parents)}
      {list('Made of it, one step on', children)}
    </div>
  )
}
