import { useState } from 'react'
import { Taken, type Column } from '../../money/Taken.tsx'
import { Block } from '../../ui/Area.tsx'
import { formatNumber } from '../../ui/format.ts'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { lotKinds } from '../../../../src/ledger/lot.ts'
import { usePlaces } from '../forms/offered.ts'
import { inOrder } from '../parts/elements.ts'
import { counted, fieldTime, kgText, shortUri, timeOfField, timeText } from '../parts/figures.ts'
import { LotLink } from '../parts/links.tsx'
import { Asked, Word } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { ContainedMass, InventoryLine, InventoryReport } from '../said.ts'

/** What is there, now or then, place by place: wet, dry, and the elements in it. */
export function InventorySection() {
  const [at, setAt] = useState<number>()
  const [place, setPlace] = useState('')
  const [kind, setKind] = useState('')
  const places = usePlaces() ?? []
  const asked = useAsked<InventoryReport>(address('api/ledger/inventory', { at, place, kind }))
  return (
    <>
      <div className="ledger-bar">
        <Asked label="As of (empty: now)">
          {(id) => (
            <input
              id={id}
              type="datetime-local"
              value={at === undefined ? '' : fieldTime(at)}
              onChange={(event) => setAt(timeOfField(event.target.value))}
            />
          )}
        </Asked>
        <Asked label="Place">
          {(id) => (
            <select id={id} value={place} onChange={(event) => setPlace(event.target.value)}>
              <option value="">all places</option>
              {places.map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          )}
        </Asked>
        <Asked label="Kind">
          {(id) => (
            <select id={id} value={kind} onChange={(event) => setKind(event.target.value)}>
              <option value="">any kind</option>
              <option value={lotKinds.filter((one) => one !== 'sample').join(',')}>
                all but samples
              </option>
              {lotKinds.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Asked>
        {at === undefined ? null : (
          <button type="button" className="button" onClick={() => setAt(undefined)}>
            Now
          </button>
        )}
      </div>
      <Shown asked={asked} what="the inventory">
        {(report) => <Report report={report} />}
      </Shown>
    </>
  )
}

function Report({ report }: { readonly report: InventoryReport }) {
  const held = report.total.contained.filter(({ mg }) => mg > 0)
  const elements = inOrder([...new Set(held.map(({ element }) => element))])
  const stem =
    report.at === undefined ? 'inventory' : `inventory-${timeText(report.at).slice(0, 10)}`
  return (
    <>
      {report.at === undefined ? null : (
        <p>Masses are those of {timeText(report.at)}; compositions are as they are known today.</p>
      )}
      <Block title="By place, kg">
        <Taken
          label="Inventory by place"
          file={stem}
          columns={sumColumns(elements)}
          rows={report.places.map((sum) => ({ ...sum, name: shortUri(sum.place) }))}
          keyOf={({ name }) => name}
          foot={{ ...report.total, name: 'all' }}
          empty="Nothing is there."
        />
      </Block>
      <Block title="By lot, kg">
        <p className="area-quiet">
          {counted(report.lines.length, 'line')}, the heaviest first. ? is unknown, which is not
          none; a sum with +? is of what is known.
        </p>
        <Lots report={report} elements={elements} stem={stem} />
      </Block>
    </>
  )
}

interface Sum extends Omit<InventoryReport['total'], never> {
  readonly name: string
}

/** Nobody has said; which is not the same as none. */
const Unknown = () => (
  <>
    <span aria-hidden="true">?</span>
    <span className="visually-hidden">unknown</span>
  </>
)

/** A sum of what is known, and what is not known of it. */
function Contained({ of }: { readonly of: ContainedMass | undefined }) {
  if (of === undefined) return <Unknown />
  const { mg, unknownMg } = of
  return (
    <>
      {kgText(mg)}
      {unknownMg > 0 ? (
        <span title={`not known of ${kgText(unknownMg)} kg`}>
          <span aria-hidden="true"> +?</span>
          <span className="visually-hidden"> and unknown of {kgText(unknownMg)} kg</span>
        </span>
      ) : null}
    </>
  )
}

const containedIn = (of: readonly ContainedMass[], element: string) =>
  of.find((one) => one.element === element)

function sumColumns(elements: readonly string[]): readonly Column<Sum>[] {
  return [
    { id: 'place', head: 'place', value: ({ name }) => name },
    { id: 'lots', head: 'lots', value: ({ lots }) => lots },
    {
      id: 'wet',
      head: 'wet',
      value: ({ wetMg }) => wetMg / 1e6,
      show: ({ wetMg }) => kgText(wetMg),
    },
    {
      id: 'dry',
      head: 'dry, where known',
      value: ({ dryMg }) => dryMg / 1e6,
      show: ({ dryMg, dryUnknownMg }) => (
        <>
          {kgText(dryMg)}
          {dryUnknownMg > 0 ? (
            <div className="money-under">and {kgText(dryUnknownMg)} wet of unknown moisture</div>
          ) : null}
        </>
      ),
    },
    ...elements.map(
      (element): Column<Sum> => ({
        id: element,
        head: element,
        value: ({ contained }) => (containedIn(contained, element)?.mg ?? 0) / 1e6,
        show: ({ contained }) => <Contained of={containedIn(contained, element)} />,
      }),
    ),
  ]
}

/** Most lines that are shown at once; all of them can be taken along. */
const mostLines = 200

function Lots({
  report,
  elements,
  stem,
}: {
  readonly report: InventoryReport
  readonly elements: readonly string[]
  readonly stem: string
}) {
  const [isAll, setAll] = useState(false)
  const heaviest = [...report.lines].sort((a, b) => b.wetMg - a.wetMg)
  const rows = isAll ? heaviest : heaviest.slice(0, mostLines)
  return (
    <>
      <Taken
        label="Inventory by lot"
        file={`${stem}-lots`}
        columns={lotColumns(elements)}
        rows={rows}
        keyOf={({ lot, place }) => `${lot} ${place}`}
        empty="No lot is there."
      />
      {rows.length < report.lines.length ? (
        <button type="button" className="button" onClick={() => setAll(true)}>
          Show all {report.lines.length}
        </button>
      ) : null}
    </>
  )
}

function lotColumns(elements: readonly string[]): readonly Column<InventoryLine>[] {
  return [
    {
      id: 'lot',
      head: 'lot',
      value: ({ code }) => code,
      show: ({ lot, code }) => <LotLink uri={lot} code={shortUri(code)} />,
    },
    { id: 'place', head: 'place', words: 'short', value: ({ place }) => shortUri(place) },
    {
      id: 'what',
      head: 'what',
      words: 'short',
      value: ({ product, kind }) => product ?? kind,
      show: ({ product, kind, isKnown }) => (
        <>
          {product ?? kind} {isKnown ? null : <Word kind="warn">not assayed</Word>}
        </>
      ),
    },
    {
      id: 'wet',
      head: 'wet',
      value: ({ wetMg }) => wetMg / 1e6,
      show: ({ wetMg }) => kgText(wetMg),
    },
    {
      id: 'dry',
      head: 'dry',
      value: ({ dryMg }) => (dryMg === undefined ? null : dryMg / 1e6),
      show: ({ dryMg }) => (dryMg === undefined ? <Unknown /> : kgText(dryMg)),
    },
    ...elements.map(
      (element): Column<InventoryLine> => ({
        id: element,
        head: element,
        value: ({ contained }) => {
          const of = containedIn(contained, element)
          return of === undefined || of.unknownMg > 0 ? null : of.mg / 1e6
        },
        show: ({ contained }) => <Held of={containedIn(contained, element)} />,
      }),
    ),
  ]
}

/** kg to the gram; of less than a gram the first two digits. */
const smallText = (mg: number) => (mg > 0 && mg < 1000 ? formatNumber(mg / 1e6, 2) : kgText(mg))

function Held({ of }: { readonly of: ContainedMass | undefined }) {
  if (of === undefined || of.unknownMg > 0) return <Unknown />
  const { mg, atMostMore } = of
  return mg === 0 && atMostMore > 0 ? `< ${smallText(atMostMore)}` : smallText(mg)
}
