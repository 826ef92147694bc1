import { useState } from 'react'
import { Taken, type Column } from '../../money/Taken.tsx'
import { formatNumber } from '../../ui/format.ts'
import { inOrder } from '../parts/elements.ts'
import { fractionText, sureText } from '../parts/figures.ts'
import { LotLink } from '../parts/links.tsx'
import { Asked, Word } from '../parts/pieces.tsx'
import type { BalanceReport, ElementBalance, Quantity } from '../said.ts'
import { quantityText } from './quantity.ts'

/** Elements of magnets first, and last those of which nothing came in. */
function ranked({ elements }: BalanceReport): readonly ElementBalance[] {
  const order = inOrder(elements.map(({ element }) => element))
  const rows = order.flatMap((symbol) => elements.find(({ element }) => element === symbol) ?? [])
  const isIn = (row: ElementBalance) => row.in.value > 0
  return [...rows.filter(isIn), ...rows.filter((row) => !isIn(row))]
}

const verdicts = { closed: 'good', open: 'bad', 'not judged': 'warn' } as const

const kg = (
  id: string,
  head: string,
  of: (row: ElementBalance) => Quantity | undefined,
): Column<ElementBalance> => ({
  id,
  head,
  value: (row) => of(row)?.value ?? null,
  show: (row) => quantityText(of(row)),
})

const elementColumns: readonly Column<ElementBalance>[] = [
  { id: 'element', head: 'element', value: ({ element }) => element },
  kg('in', 'in, kg', (row) => row.in),
  kg('out', 'out, kg', (row) => row.out),
  kg('gap', 'gap, kg', (row) => row.gap),
  {
    id: 'u',
    head: 'u of the gap, kg',
    value: ({ gap }) => gap.u ?? null,
    onlyTaken: true,
  },
  {
    id: 'share',
    head: 'gap of in',
    value: ({ gap, in: into }) => (into.value === 0 ? null : gap.value / into.value),
    show: ({ gap, in: into }) => (into.value === 0 ? '–' : fractionText(gap.value / into.value, 3)),
  },
  {
    id: 'z',
    head: '|gap|/u',
    value: ({ z }) => z ?? null,
    show: ({ z }) => (z === undefined ? '–' : formatNumber(z, 3)),
  },
  {
    id: 'verdict',
    head: 'verdict',
    words: 'long',
    value: ({ verdict }) => verdict,
    show: ({ verdict, because }) => (
      <>
        <Word kind={verdicts[verdict]}>{verdict}</Word>
        {because === undefined ? null : <div className="money-under">{because}</div>}
      </>
    ),
  },
  {
    id: 'recovery',
    head: 'recovery',
    value: ({ recovery }) => recovery?.value ?? null,
    show: ({ recovery }) =>
      recovery === undefined ? 'unknown' : sureText(recovery.value, recovery.u),
  },
  {
    id: 'reconciled',
    head: 'reconciled',
    value: ({ reconciledRecovery }) => reconciledRecovery?.value ?? null,
    show: ({ reconciledRecovery: of }) => (of === undefined ? '–' : sureText(of.value, of.u)),
  },
]

/** A line for each element: in, out, gap and how it is judged. */
export function ByElement({
  report,
  name,
}: {
  readonly report: BalanceReport
  readonly name: string
}) {
  return (
    <>
      <h3>By element, ± one standard uncertainty</h3>
      <Taken
        label="Balance by element"
        file={`${name}-elements`}
        columns={elementColumns}
        rows={ranked(report)}
        keyOf={({ element }) => element}
        empty="No element has been assayed."
      />
    </>
  )
}

interface Row {
  readonly line: BalanceReport['lines'][number]
  readonly of: BalanceReport['lines'][number]['elements'][number] | undefined
}

/** A line for each lot: its mass and one element of it, as measured and as reconciled. */
export function Lines({ report, name }: { readonly report: BalanceReport; readonly name: string }) {
  const [chosen, setChosen] = useState('')
  const elements = ranked(report).map(({ element }) => element)
  const element = elements.includes(chosen) ? chosen : (elements[0] ?? '')
  const rows = report.lines.map((line): Row => {
    return { line, of: line.elements.find((one) => one.element === element) }
  })
  return (
    <>
      <div className="ledger-bar">
        <h3>Lot by lot</h3>
        <Asked label="Element">
          {(id) => (
            <select id={id} value={element} onChange={(event) => setChosen(event.target.value)}>
              {elements.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Asked>
      </div>
      <Taken
        label={`Lots of the balance, ${element}`}
        file={`${name}-${element}`}
        columns={columns}
        rows={rows}
        keyOf={({ line }, index) => `${line.name} ${index}`}
        empty="Nothing went in or came out."
      />
    </>
  )
}

const flagged = (flag: 'ok' | 'suspect' | 'gross' | undefined) =>
  flag === undefined || flag === 'ok' ? null : (
    <Word kind={flag === 'gross' ? 'bad' : 'warn'}>{flag}</Word>
  )

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'lot',
    value: ({ line }) => line.name,
    show: ({ line }) =>
      line.lot === undefined ? line.name : <LotLink uri={line.lot} code={line.name} />,
  },
  { id: 'role', head: 'as', words: 'short', value: ({ line }) => line.role },
  {
    id: 'side',
    head: 'side',
    words: 'short',
    value: ({ line }) => line.side,
  },
  {
    id: 'mass',
    head: 'mass, kg',
    value: ({ line }) => line.mass.value,
    show: ({ line }) => (
      <>
        {quantityText(line.mass)} {flagged(line.massFlag)}
      </>
    ),
  },
  {
    id: 'reconciled',
    head: 'reconciled, kg',
    value: ({ line }) => line.reconciledMass?.value ?? null,
    show: ({ line }) =>
      line.reconciledMass === undefined ? '–' : quantityText(line.reconciledMass),
  },
  {
    id: 'fraction',
    head: 'assay',
    value: ({ of }) => of?.fraction?.value ?? null,
    show: ({ of }) =>
      of?.fraction === undefined ? (
        'unknown'
      ) : (
        <>
          {of.isBelow ? '< limit, ' : ''}
          {sureText(of.fraction.value, of.fraction.u)} {flagged(of.flag)}
        </>
      ),
  },
  {
    id: 'assay reconciled',
    head: 'reconciled',
    value: ({ of }) => of?.reconciled?.fraction.value ?? null,
    show: ({ of }) =>
      of?.reconciled === undefined
        ? '–'
        : sureText(of.reconciled.fraction.value, of.reconciled.fraction.u),
  },
  {
    id: 'contained',
    head: 'contained, kg',
    value: ({ of }) => of?.contained?.value ?? null,
    show: ({ of }) => (of?.contained === undefined ? 'unknown' : quantityText(of.contained)),
  },
]
