import { useState } from 'react'
import { drawDrift } from '../../../../src/draw/ledger/index.ts'
import { Drawn, look } from '../../money/Drawn.tsx'
import { Chart } from '../../results/studies/Chart.tsx'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { dayText } from '../parts/figures.ts'
import { Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { Drift } from '../said.ts'
import { PlantChoice } from './PlantChoice.tsx'

/** Recoveries and gaps from campaign to campaign, with the limits that they usually keep. */
export function DriftView() {
  const [isAsked, setAsked] = useState(false)
  const [plant, setPlant] = useState('')
  const asked = useAsked<Drift>(isAsked ? address('api/ledger/drift', { plant }) : undefined)
  if (!isAsked) {
    return (
      <>
        <p>Every campaign that has ended is balanced for it, which takes a moment.</p>
        <button type="button" className="button" onClick={() => setAsked(true)}>
          Show the control charts
        </button>
      </>
    )
  }
  return (
    <>
      <div className="ledger-bar">
        <PlantChoice
          label="Recoveries held against"
          none="nothing: as they are"
          chosen={plant}
          onChoose={setPlant}
        />
      </div>
      <Shown asked={asked} what="the balances of all campaigns">
        {(drift) => <Charts drift={drift} />}
      </Shown>
    </>
  )
}

function Charts({ drift }: { readonly drift: Drift }) {
  const { series, notes } = drift
  if (series.every(({ points }) => points.length === 0)) {
    return <p>No campaign that has ended could be balanced yet.</p>
  }
  const signals = series.flatMap(({ what, element, points }) =>
    points.flatMap(({ code, signal }) =>
      signal === undefined ? [] : [{ name: `${what} ${element}`, code, signal }],
    ),
  )
  return (
    <>
      <p>
        {signals.length === 0 ? (
          <Word kind="good">No campaign is beyond its limits.</Word>
        ) : (
          <>
            <Word kind="warn">Beyond the limits:</Word>{' '}
            {signals
              .slice(0, 12)
              .map(({ name, code, signal }) => `${name} of ${code} ${signal}`)
              .join(', ')}
            {signals.length > 12 ? ` and ${signals.length - 12} more` : ''}.
          </>
        )}
      </p>
      <Chart
        title="Recovery and gap by campaign"
        name="drift"
        rows={[
          ['series', 'campaign', 'day', 'value', 'mean', 'sigma', 'signal'],
          ...series.flatMap(({ what, element, limits, points }) =>
            points.map(({ code, time, value, signal }) => [
              `${what} ${element}`,
              code,
              dayText(time),
              value,
              limits?.mean ?? null,
              limits?.sigma ?? null,
              signal ?? '',
            ]),
          ),
        ]}
        draw={(chart) => <Drawn svg={drawDrift(drift, look)} chart={chart} />}
      />
      <ul className="money-list">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  )
}
