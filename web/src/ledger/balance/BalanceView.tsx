import { useState } from 'react'
import { drawBalance } from '../../../../src/draw/ledger/index.ts'
import { Drawn, look } from '../../money/Drawn.tsx'
import { Chart } from '../../results/studies/Chart.tsx'
import { formatNumber } from '../../ui/format.ts'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { counted, fractionText, shortUri } from '../parts/figures.ts'
import { LotLink } from '../parts/links.tsx'
import { Asked, Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { BalanceReport, SuspectMeasurement } from '../said.ts'
import { ByElement, Lines } from './BalanceTables.tsx'

interface Props {
  readonly question: Readonly<Record<string, string | number | undefined>>
  /** Of the files that are saved. */
  readonly name: string
}

/** A balance as a chart and as tables, with what may be wrong in it by name. */
export function BalanceView({ question, name }: Props) {
  const [massU, setMassU] = useState('')
  const [assayU, setAssayU] = useState('')
  const share = (text: string) => (text === '' ? undefined : Number(text) / 100)
  const asked = useAsked<BalanceReport>(
    address('api/ledger/balance', { ...question, massU: share(massU), assayU: share(assayU) }),
  )
  const percent = (label: string, value: string, put: (text: string) => void) => (
    <Asked label={label}>
      {(id) => (
        <input
          id={id}
          type="number"
          min={0}
          max={100}
          step={0.1}
          value={value}
          placeholder="not judged"
          onChange={(event) => put(event.target.value)}
        />
      )}
    </Asked>
  )
  return (
    <>
      <Shown asked={asked} what="the balance">
        {(report) => <Report report={report} name={name} />}
      </Shown>
      <details className="ledger-more">
        <summary>What is assumed where nobody has stated an uncertainty</summary>
        <div className="ledger-bar">
          {percent('Standard uncertainty of masses, %', massU, setMassU)}
          {percent('Standard uncertainty of assays, %', assayU, setAssayU)}
        </div>
      </details>
    </>
  )
}

function Report({ report, name }: { readonly report: BalanceReport; readonly name: string }) {
  if (report.lines.length === 0) return <p>Nothing went in or came out.</p>
  // Bars are shares of what came in: of an element that did not there is nothing to draw.
  const drawn = { ...report, elements: report.elements.filter((one) => one.in.value > 0) }
  return (
    <>
      <Verdicts report={report} />
      <Chart
        title={`Closing of ${report.title}`}
        name={name}
        rows={[
          ['element', 'in, kg', 'out, kg', 'gap, kg', 'u of the gap, kg', 'verdict'],
          ...report.elements.map(({ element, in: into, out, gap, verdict }) => [
            element,
            into.value,
            out.value,
            gap.value,
            gap.u ?? null,
            verdict,
          ]),
        ]}
        draw={(chart) => <Drawn svg={drawBalance(drawn, look)} chart={chart} />}
      />
      <ByElement report={report} name={name} />
      <Lines report={report} name={name} />
      <Notes report={report} />
    </>
  )
}

/** Which elements close, which do not, and what is likely to be wrong, in words. */
function Verdicts({ report: { elements, suspects, holdUp } }: { readonly report: BalanceReport }) {
  const of = (verdict: string) =>
    elements.filter((one) => one.verdict === verdict).map(({ element }) => element)
  const [open, closed, rest] = [of('open'), of('closed'), of('not judged')]
  return (
    <>
      <p>
        {open.length === 0 ? null : (
          <>
            <Word kind="bad">{open.join(', ')} not closed</Word>: the gap is beyond its uncertainty.{' '}
          </>
        )}
        {closed.length === 0 ? null : (
          <>
            <Word kind="good">{closed.join(', ')} closed</Word>.{' '}
          </>
        )}
        {rest.length === 0 ? null : (
          <>
            <Word kind="warn">{rest.join(', ')} not judged</Word>.{' '}
          </>
        )}
        Hold-up: {holdUp.basis}
        {holdUp.detail === '' ? '' : `, ${holdUp.detail}`}.
      </p>
      {suspects.length === 0 ? null : (
        <>
          <h3>What may be wrong, the likeliest first</h3>
          <ul className="ledger-findings">
            {suspects.slice(0, mostSuspects).map((suspect, k) => (
              <li key={k}>
                <Suspect suspect={suspect} />
              </li>
            ))}
          </ul>
          {suspects.length > mostSuspects ? (
            <p className="area-quiet">
              and {counted(suspects.length - mostSuspects, 'other value')} that the same gap speaks
              against
            </p>
          ) : null}
        </>
      )}
    </>
  )
}

/** Values that are named; where one is plainly wrong the others only share its gap. */
const mostSuspects = 5

function Suspect({ suspect }: { readonly suspect: SuspectMeasurement }) {
  const { what, lot, code, element, sample, laboratory, flag, z, measured, wouldBe, alike } =
    suspect
  const value = (of: number) => (what === 'mass' ? `${formatNumber(of)} kg` : fractionText(of))
  return (
    <>
      <Word kind={flag === 'gross' ? 'bad' : 'warn'}>{flag}</Word>{' '}
      {what === 'mass' ? 'mass' : `${element ?? ''} assay`} of{' '}
      <LotLink uri={lot} code={shortUri(code)} />
      {sample === undefined ? '' : ', sample '}
      {sample === undefined ? null : <LotLink uri={sample} />}
      {laboratory === undefined ? '' : ` (${laboratory})`}: {value(measured)}
      {flag === 'gross' ? `; alone at fault it would be ${value(wouldBe)}` : ''}
      {Number.isFinite(z) ? `, z = ${formatNumber(Math.abs(z), 3)}` : ''}
      {alike > 0
        ? `; ${alike} other ${alike === 1 ? 'value' : 'values'} could be wrong as well`
        : ''}
      .
    </>
  )
}

function Notes({ report: { notes, missing } }: { readonly report: BalanceReport }) {
  if (notes.length + missing.length === 0) return null
  const named = [...new Set(missing.map(({ code }) => shortUri(code)))]
  return (
    <>
      <h3>What to know of it</h3>
      <ul className="money-list">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {named.length === 0 ? null : (
          <li>
            Nobody has stated an uncertainty of {named.slice(0, 12).join(', ')}
            {named.length > 12 ? ` and ${named.length - 12} more` : ''}.
          </li>
        )}
      </ul>
    </>
  )
}
