import { Taken, type Column } from '../../money/Taken.tsx'
import { href } from '../../app/router.ts'
import { useMay } from '../info.ts'
import { inOrder } from '../parts/elements.ts'
import {
  dayText,
  fractionText,
  kgText,
  massText,
  shortUri,
  sureText,
  timeText,
} from '../parts/figures.ts'
import { LotLink, Uri } from '../parts/links.tsx'
import { Word } from '../parts/pieces.tsx'
import type { Assay, Composition, LotView, Movement } from '../said.ts'

type Content = Composition['contents'][number]

/** Fractions, the mass that they mean in so many milligrams, and where they are known from. */
function contentColumns(mg: number, isGone: boolean): readonly Column<Content>[] {
  return [
    { id: 'element', head: 'element', value: ({ element }) => element },
    {
      id: 'fraction',
      head: 'of the lot as it is',
      value: ({ fraction }) => fraction,
      show: ({ fraction, u, isBelow }) =>
        isBelow ? `< ${fractionText(fraction)}` : sureText(fraction, u),
    },
    {
      id: 'kg',
      head: isGone ? 'contained, when it was there' : 'contained',
      value: ({ fraction, isBelow }) => (isBelow ? null : (fraction * mg) / 1e6),
      show: ({ fraction, isBelow }) => `${isBelow ? '< ' : ''}${massText(fraction * mg, 4)}`,
    },
    {
      id: 'from',
      head: 'known from',
      words: 'short',
      value: ({ from }) => from,
      show: ({ from, status }) => (
        <>
          <LotLink uri={from} />
          {status === 'provisional' ? ', provisional' : ''}
        </>
      ),
    },
  ]
}

/** Fractions with how sure they are and where they come from, and the mass that they mean. */
export function CompositionTable({
  view,
  code,
}: {
  readonly view: LotView
  readonly code: string
}) {
  const { lot } = view
  const { contents, moisture, gaps } = view.composition
  const order = inOrder(contents.map(({ element }) => element))
  const ordered = order.flatMap((element) => contents.find((one) => one.element === element) ?? [])
  // Of a lot that is gone: what it held when it was there.
  const mg = lot.mg === 0 ? lot.came : lot.mg
  const columns = contentColumns(mg, lot.mg === 0)
  return (
    <>
      <Taken
        label="Composition"
        file={`${shortUri(code)}-composition`}
        columns={columns}
        rows={ordered}
        keyOf={({ element }) => element}
        empty="Nobody has said what it consists of: enter an assay of it or of a sample."
      />
      {moisture === undefined ? (
        contents.length === 0 ? null : (
          <p className="area-quiet">Its moisture is unknown.</p>
        )
      ) : (
        <p className="area-quiet">
          Water {moisture.isBelow ? '< ' : ''}
          {sureText(moisture.fraction, moisture.u)} of the mass. ± is one standard uncertainty.
        </p>
      )}
      {gaps.map(({ analyte, why }) => (
        <p key={analyte}>
          <Word kind="warn">
            {analyte}: {why}
          </Word>
        </p>
      ))}
    </>
  )
}

/** What came and went, like the page of a bank book. */
export function Account({
  movements,
  code,
}: {
  readonly movements: readonly Movement[]
  readonly code: string
}) {
  const columns: readonly Column<Movement>[] = [
    {
      id: 'time',
      head: 'when',
      value: ({ time }) => timeText(time),
    },
    { id: 'why', head: 'why', words: 'short', value: ({ why }) => why },
    {
      id: 'place',
      head: 'where',
      words: 'short',
      value: ({ place }) => shortUri(place),
    },
    {
      id: 'change',
      head: 'came or went, kg',
      value: ({ change }) => change / 1e6,
      show: ({ change }) => `${change > 0 ? '+' : ''}${kgText(change)}`,
    },
    {
      id: 'after',
      head: 'there after, kg',
      value: ({ after }) => after / 1e6,
      show: ({ after }) => kgText(after),
    },
  ]
  return (
    <Taken
      label="Account"
      file={`${shortUri(code)}-account`}
      columns={columns}
      rows={movements}
      keyOf={({ id, place, change }, index) => `${id} ${place} ${change} ${index}`}
      empty="Nothing has come or gone."
    />
  )
}

export function Weighings({
  weighings,
  code,
}: {
  readonly weighings: LotView['lot']['weighings']
  readonly code: string
}) {
  type Weighing = (typeof weighings)[number]
  const columns: readonly Column<Weighing>[] = [
    { id: 'time', head: 'when', value: ({ time }) => timeText(time) },
    {
      id: 'kg',
      head: 'mass, kg',
      value: ({ mg }) => mg / 1e6,
      show: ({ mg }) => kgText(mg),
    },
    {
      id: 'u',
      head: '±, kg',
      value: ({ u }) => (u === undefined ? null : u / 1e6),
      show: ({ u, k }) => (u === undefined ? 'unknown' : `${kgText(u)} (k = ${k ?? 2})`),
    },
    { id: 'by', head: 'by', words: 'short', value: ({ instrument }) => instrument ?? '' },
  ]
  return (
    <Taken
      label="Weighings"
      file={`${shortUri(code)}-weighings`}
      columns={columns}
      rows={weighings}
      keyOf={({ event }, index) => `${event} ${index}`}
      empty="Nobody has weighed it."
    />
  )
}

export function Shipments({
  shipments,
  code,
}: {
  readonly shipments: LotView['lot']['shipments']
  readonly code: string
}) {
  type Shipment = (typeof shipments)[number]
  const columns: readonly Column<Shipment>[] = [
    { id: 'time', head: 'when', value: ({ time }) => timeText(time) },
    {
      id: 'way',
      head: 'what',
      words: 'short',
      value: ({ direction }) => (direction === 'out' ? 'sent' : 'came back'),
    },
    { id: 'kg', head: 'mass, kg', value: ({ mg }) => mg / 1e6, show: ({ mg }) => kgText(mg) },
    {
      id: 'party',
      head: 'to or from',
      words: 'short',
      value: ({ party }) => party ?? '',
      show: ({ party }) => (party === undefined ? 'unknown' : <Uri uri={party} />),
    },
    {
      id: 'order',
      head: 'order',
      words: 'short',
      value: ({ order }) => (order === undefined ? '' : shortUri(order)),
    },
  ]
  return (
    <Taken
      label="Shipments"
      file={`${shortUri(code)}-shipments`}
      columns={columns}
      rows={shipments}
      keyOf={({ event }, index) => `${event} ${index}`}
      empty="It has not left."
    />
  )
}

/** One result as the laboratory gave it. */
export function resultText({ value, loq, u, k, basis, oxide, condition }: Assay): string {
  const much =
    value === undefined
      ? `< ${fractionText(loq)}`
      : u === undefined
        ? fractionText(value)
        : `${sureText(value, u)} (k = ${k ?? 2})`
  return `${much} ${basis === 'oxide' ? `as ${oxide ?? 'oxide'}, ` : ''}${condition}`
}

export function Assays({
  assays,
  code,
}: {
  readonly assays: readonly Assay[]
  readonly code: string
}) {
  const columns: readonly Column<Assay>[] = [
    { id: 'analyte', head: 'analyte', value: ({ analyte }) => analyte },
    {
      id: 'value',
      head: 'result',
      value: ({ value }) => value ?? null,
      show: resultText,
    },
    { id: 'status', head: 'status', words: 'short', value: ({ status }) => status },
    {
      id: 'sample',
      head: 'sample',
      words: 'short',
      value: ({ sample }) => sample ?? '',
      show: ({ sample }) => (sample === undefined ? 'the lot itself' : <LotLink uri={sample} />),
    },
    {
      id: 'how',
      head: 'method, laboratory',
      words: 'long',
      value: ({ method, laboratory }) =>
        [method, laboratory].filter((word) => word !== undefined).join(', '),
    },
    { id: 'time', head: 'when', value: ({ time }) => dayText(time) },
  ]
  return (
    <Taken
      label="Results of the laboratory"
      file={`${shortUri(code)}-assays`}
      columns={columns}
      rows={assays}
      keyOf={({ event, analyte }, index) => `${event} ${analyte} ${index}`}
      empty="The laboratory has said nothing of it."
    />
  )
}

/** Events that name the lot, in the order in which they were recorded. */
export function History({
  events,
  code,
}: {
  readonly events: LotView['events']
  readonly code: string
}) {
  type Event = (typeof events)[number]
  const mayCorrect = useMay('command correct')
  const columns: readonly Column<Event>[] = [
    { id: 'seq', head: 'no.', value: ({ seq }) => seq },
    { id: 'time', head: 'when', value: ({ time }) => timeText(time) },
    {
      id: 'what',
      head: 'what',
      words: 'short',
      value: ({ type, step }) => step?.replaceAll('_', ' ') ?? type,
      show: ({ type, step, isVoid, isDeclaration }) => (
        <>
          {step === undefined ? type : shortUri(step).replaceAll('_', ' ')}
          {isVoid && !isDeclaration ? <Word kind="warn">declared wrong</Word> : null}
          {isDeclaration ? <Word kind="warn">says that an event was wrong</Word> : null}
        </>
      ),
    },
    { id: 'by', head: 'by', words: 'short', value: ({ by }) => by },
    { id: 'recorded', head: 'recorded', value: ({ recordTime }) => timeText(recordTime) },
    {
      id: 'id',
      head: 'event',
      words: 'short',
      value: ({ id }) => id,
      show: ({ id }) => (
        <code className="ledger-hash" title={id}>
          {id.replace(/^ni:\/\/\/sha-256;/, '').slice(0, 12)}…
        </code>
      ),
    },
    {
      id: 'correct',
      head: 'put right',
      words: 'short',
      value: () => '',
      show: ({ id, isVoid, isDeclaration }) =>
        isVoid || isDeclaration || !mayCorrect ? null : (
          <a href={href('ledger', 'commands', { command: 'correct', event: id })}>
            correct it<span className="visually-hidden">: event {id}</span>
          </a>
        ),
    },
  ]
  return (
    <Taken
      label="What was recorded of it"
      file={`${shortUri(code)}-events`}
      columns={columns}
      rows={events}
      keyOf={({ seq }) => `${seq}`}
      empty="No event names it."
    />
  )
}
