import { useState } from 'react'
import { Taken, type Column } from '../../money/Taken.tsx'
import { formatNumber } from '../../ui/format.ts'
import { useAsked } from '../asked.ts'
import { quantityText } from '../balance/quantity.ts'
import { address } from '../client.ts'
import { inOrder } from '../parts/elements.ts'
import { fractionText, sureText } from '../parts/figures.ts'
import { Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { Expectation } from '../said.ts'
import { PlantChoice } from './PlantChoice.tsx'

type Compared = Expectation['masses'][number]

/** What the solved plant makes of the feed of a campaign, beside what came of it. */
export function ExpectedView({
  campaign,
  plant,
}: {
  readonly campaign: string
  /** The plant file that the campaign was run by. */
  readonly plant: string | undefined
}) {
  const [chosen, setChosen] = useState('')
  const named = chosen === '' ? plant : chosen
  const [isAsked, setAsked] = useState(false)
  const path =
    named === undefined || !isAsked
      ? undefined
      : address('api/ledger/expectation', { campaign, plant: named })
  const asked = useAsked<Expectation>(path)
  return (
    <>
      <div className="ledger-bar">
        <PlantChoice
          label="Plant file"
          none={plant === undefined ? 'choose …' : `${plant}, which it was run by`}
          chosen={chosen}
          onChoose={setChosen}
        />
        {isAsked ? null : (
          <button
            type="button"
            className="button"
            disabled={named === undefined}
            onClick={() => setAsked(true)}
          >
            Solve it with this feed
          </button>
        )}
      </div>
      {path === undefined ? (
        named === undefined && (
          <p>The campaign names no plant file: choose the one that it was run by.</p>
        )
      ) : (
        <Shown asked={asked} what="the plant to be solved with this feed">
          {(expectation) => <Beside expectation={expectation} />}
        </Shown>
      )}
    </>
  )
}

function Beside({ expectation }: { readonly expectation: Expectation }) {
  const { outcome, detail, feed, masses, purities, recoveries, notes, code } = expectation
  if (outcome === 'failed') {
    return (
      <p>
        <Word kind="warn">Nothing can be expected:</Word> {detail}
      </p>
    )
  }
  const table = (title: string, rows: readonly Compared[], isMass: boolean) =>
    rows.length === 0 ? null : (
      <div>
        <h3>{title}</h3>
        <Taken
          label={title}
          file={`${code}-${isMass ? 'masses' : 'shares'}`}
          columns={isMass ? massColumns : shareColumns}
          rows={rows}
          keyOf={({ name }) => name}
          empty="Nothing."
        />
      </div>
    )
  const ordered = inOrder(recoveries.map(({ name }) => name)).flatMap(
    (name) => recoveries.find((one) => one.name === name) ?? [],
  )
  return (
    <>
      <p className="area-quiet">
        Solved with {formatNumber(feed.kg)} kg of feed as it was charged.
        {feed.kept.length === 0
          ? ''
          : ` Nobody has assayed ${feed.kept.join(', ')}: what the plant file states was kept.`}
      </p>
      <div className="ledger-columns">
        {table('Products, kg', masses, true)}
        {table('Recovery', ordered, false)}
        {table('Purity (REO/TREO)', purities, false)}
      </div>
      <ul className="money-list">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}

/** Beyond this many standard uncertainties the two are said to differ. */
const limit = 1.96

function columnsFor(isMass: boolean): readonly Column<Compared>[] {
  const shown = (of: Compared['actual']) =>
    of === undefined ? 'unknown' : isMass ? quantityText(of) : sureText(of.value, of.u)
  return [
    { id: 'name', head: isMass ? 'product' : 'of', value: ({ name }) => name },
    {
      id: 'expected',
      head: 'expected',
      value: ({ expected }) => expected?.value ?? null,
      show: ({ expected }) => shown(expected),
    },
    {
      id: 'actual',
      head: 'actual',
      value: ({ actual }) => actual?.value ?? null,
      show: ({ actual }) => shown(actual),
    },
    {
      id: 'deviation',
      head: 'deviation',
      value: ({ deviation }) => deviation ?? null,
      show: ({ deviation, z }) => {
        if (deviation === undefined) return '–'
        const words = `${deviation > 0 ? '+' : ''}${fractionText(deviation, 3)}`
        if (z === undefined || Math.abs(z) <= limit) return words
        return <Word kind="warn">{words}</Word>
      },
    },
    {
      id: 'z',
      head: 'over its u',
      value: ({ z }) => z ?? null,
      show: ({ z }) => (z === undefined ? '–' : formatNumber(z, 3)),
    },
  ]
}

const massColumns = columnsFor(true)
const shareColumns = columnsFor(false)
