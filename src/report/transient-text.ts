import type { Transient, TransientSummary } from '../scenario/index.ts'
import { figure, percent } from './numbers.ts'
import type { Cell } from './cells.ts'
import { type Column, textTable, wrapped } from './text-table.ts'

const right = 'right' as const
const hour = 3600
const day = 24 * hour

/** A moment as people say it: hours in the first three days, then days. */
function moment(seconds: number | null): string {
  if (seconds === null) return 'later'
  return seconds < 3 * day ? `${figure(seconds / hour, 3)} h` : `${figure(seconds / day, 3)} d`
}

/** When 95 and 99 % of the way were made. */
function settledText({ at95, at99 }: Transient['settledAt']): string {
  if (at95 === null) return 'not within 5 % of the steady state in this time'
  const second = at99 === null ? '99 % not in this time' : `99 % after ${moment(at99)}`
  return `95 % of the way to steady after ${moment(at95)}, ${second}`
}

const starts: Readonly<Record<Transient['start'], string>> = {
  steady: 'from the steady state',
  direct: 'from empty',
  'total-reflux': 'from empty, product end closed first (total reflux)',
}

type Row = Transient['settled'][number]

function settledTable(rows: readonly Row[], of: Row['of']): string {
  const unit = of === 'outlet' ? 'mol/h' : 'kg'
  const value = (v: number) => figure(of === 'outlet' ? v * hour : v)
  const columns: Column<Row>[] = [
    ...(of === 'outlet' ? [{ head: 'outlet', cell: (r: Row) => r.outlet ?? '' }] : []),
    { head: of === 'outlet' ? 'element' : 'held', cell: (r) => r.element },
    { head: `first ${unit}`, cell: (r) => value(r.start), align: right },
    { head: `steady ${unit}`, cell: (r) => value(r.steady), align: right },
    { head: '95 %', cell: (r) => moment(r.at95), align: right },
    { head: '99 %', cell: (r) => moment(r.at99), align: right },
  ]
  const shown = rows.filter((r) => r.of === of && (of === 'hold-up' || r.counts))
  return textTable(
    shown.filter((r) => value(r.steady) !== '0' && Math.max(r.start, r.steady) > 1e-9),
    columns,
  )
}

type Product = TransientSummary['products'][number]

const nameOf = ({ outlet, elements, atLeast }: Product) =>
  `${elements.join(' + ')} ≥ ${percent(atLeast)} in ${outlet}`

function productTable(products: readonly Product[]): string {
  return textTable(products, [
    { head: 'purity asked for', cell: nameOf },
    { head: 'kept from', cell: (p) => moment(p.pureFrom), align: right },
    { head: 'oxides left, kg', cell: (p) => figure(p.made), align: right },
    { head: 'off specification, kg', cell: (p) => figure(p.offSpecification), align: right },
  ])
}

/** The ways to start side by side, a line for each purity. */
function comparedTable(compared: readonly TransientSummary[]): string {
  const rows = compared.flatMap(({ start, settledAt, events, products }) => {
    const opened = events.find(({ text }) => text.startsWith('product end'))?.time ?? 0
    const all = products.length === 0 ? [undefined] : products
    return all.map((product) => ({ start, settledAt, opened, product }))
  })
  type Row = (typeof rows)[number]
  const of = (f: (p: Product) => string) => (r: Row) =>
    r.product === undefined ? '' : f(r.product)
  return textTable(rows, [
    { head: 'start', cell: (r) => r.start },
    { head: '95 %', cell: (r) => moment(r.settledAt.at95), align: right },
    { head: '99 %', cell: (r) => moment(r.settledAt.at99), align: right },
    { head: 'opened', cell: (r) => moment(r.opened), align: right },
    { head: 'purity asked for', cell: of(nameOf) },
    { head: 'kept from', cell: of((p) => moment(p.pureFrom)), align: right },
    { head: 'made, kg', cell: of((p) => figure(p.made)), align: right },
    { head: 'off, kg', cell: of((p) => figure(p.offSpecification)), align: right },
  ])
}

function part(title: string, body: string): string[] {
  return body === '' ? [] : ['', title, body]
}

/** A transient for people. */
export function transientText(t: Transient): string {
  const { settledAt, balance, effort } = t
  const changes = t.settings.flatMap(({ from, changes: said }) =>
    said.map((text) => `  ${moment(from)}: ${text}`),
  )
  const noProduct = t.products.length === 0 ? '\nno purity is asked for: see --require' : ''
  return [
    `${t.circuit} of ${t.title}: ${starts[t.start]}, ${moment(t.until)} of operation`,
    ...changes,
    ...t.events
      .filter(({ text }) => text !== 'setting changed')
      .map(({ time, text }) => `  ${moment(time)}: ${text}`),
    `${settledText(settledAt)}${noProduct}`,
    ...part('products', productTable(t.products)),
    ...part('ways to start', t.compared === undefined ? '' : comparedTable(t.compared)),
    ...part('outlets: rare earths from 1 % of the liquor', settledTable(t.settled, 'outlet')),
    ...part('hold-up of mixers and settlers', settledTable(t.settled, 'hold-up')),
    '',
    `balance of ${balance.of} open by ${balance.worst.toExponential(1)} at most; mixers ` +
      `${t.distance.toExponential(1)} from steady at the end; ${effort.steps} steps`,
    ...t.assumptions.map((text) => wrapped(`assumption: ${text}`, 100, '  ')),
  ].join('\n')
}

/** Outlets, hold-up and purities in time as rows. */
export function transientTable(t: Transient): readonly (readonly Cell[])[] {
  const outlets = Object.entries(t.outlets).flatMap(([outlet, columns]) =>
    Object.entries(columns).map(([element, values]) => ({
      head: `${outlet} ${element} mol/h`,
      values: values.map((v) => v * hour),
    })),
  )
  const held = Object.entries(t.holdUp).map(([name, values]) => ({ head: `${name} kg`, values }))
  const purity = t.products.map((p) => ({ head: `${nameOf(p)} %`, values: p.purity }))
  const all = [...outlets, ...held]
  return [
    ['hours', ...all.map((c) => c.head), ...purity.map((c) => c.head)],
    ...t.times.map((time, j): Cell[] => [
      time / hour,
      ...all.map((c) => c.values[j] ?? null),
      ...purity.map(({ values }) => {
        const p = values[j] ?? null
        return p === null ? null : 100 * p
      }),
    ]),
  ]
}

/** Every mixer at every frame as a row: pH, loading and mol/L by element. */
export function profileTable({ frames }: Transient): readonly (readonly Cell[])[] {
  const elements = Object.keys(frames.aqueous)
  const heads = elements.flatMap((el) => [`${el} aqueous mol/L`, `${el} organic mol/L`])
  const rows = frames.times.flatMap((time, j) =>
    frames.stages.map(({ index, section }, i): Cell[] => [
      time / hour,
      index,
      section,
      frames.pH[j]?.[i] ?? null,
      frames.loading[j]?.[i] ?? null,
      ...elements.flatMap((el) => [
        frames.aqueous[el]?.[j]?.[i] ?? null,
        frames.organic[el]?.[j]?.[i] ?? null,
      ]),
    ]),
  )
  return [['hours', 'stage', 'section', 'pH', 'loading', ...heads], ...rows]
}
