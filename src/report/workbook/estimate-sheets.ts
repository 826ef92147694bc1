import type { Appraisal } from '../../scenario/index.ts'
import {
  addHeading,
  addRow,
  formula,
  type Grid,
  money,
  newGrid,
  type GridCell,
  percentage,
  text,
} from './grid.ts'
import { addNote } from './timing.ts'

const unitPrice = '#,##0.00'
const quantity = '#,##0.###'

const value = (of: number, format = money, look: 'input' | 'plain' = 'plain'): GridCell => ({
  value: of,
  format,
  look,
})

/** A sheet of the workbook with references that other sheets use. */
export interface LinkedSheet {
  readonly grid: Grid
  /** The cell of the whole fixed capital, or of a cost group, where its sum is the figure. */
  readonly at: (key: string) => string | undefined
}

const same = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))

function equipmentRows(grid: Grid, { equipment }: Appraisal['capital'], unit: string): void {
  addHeading(grid, 'equipment')
  addRow(
    grid,
    ['unit: type', 'count', `each, ${unit}`, `all, ${unit}`, 'size and price', 'source'].map((t) =>
      text(t, 'head'),
    ),
  )
  for (const line of equipment) {
    const { size, price } = line
    const sized = `${size.name} ${size.value.toPrecision(4)} ${size.unit}`
    if ('missing' in price) {
      addRow(grid, [
        text(`${line.unit}: ${line.type}`),
        value(line.count, '0'),
        undefined,
        text('no price', 'note'),
        text(`${sized}; ${price.missing}`, 'note'),
      ])
      continue
    }
    const row = grid.rows.length + 1
    const times = same(line.count * price.each, price.total)
    addRow(grid, [
      text(`${line.unit}: ${line.type}`),
      value(line.count, '0'),
      value(price.each),
      times ? formula(`B${row}*C${row}`) : value(price.total),
      text(`${sized}; ${price.how}, ${price.of}`, 'note'),
      text(price.source ?? '', 'note'),
    ])
  }
}

/** The capital estimate: its lines with live sums, then the equipment that they rest on. */
export function estimateSheet({ capital }: Appraisal): LinkedSheet {
  const grid = newGrid('estimate', [50, 14, 18, 18, 70, 28])
  const unit = `${capital.basis.currency} (${capital.basis.year})`
  addRow(grid, [text(`Capital estimate, ${capital.estimateClass.text}`, 'title')])
  addNote(grid, `Method ${capital.method}. Amounts are money of the price level given.`)
  addRow(
    grid,
    ['line', 'group', '', unit, 'how', 'source'].map((t) => text(t, 'head')),
  )
  const first = grid.rows.length + 1
  for (const line of capital.lines) {
    addRow(grid, [
      text(line.name),
      text(line.group, 'note'),
      undefined,
      value(line.amount, money, 'input'),
      text([line.how, line.assumption].filter(Boolean).join('; '), 'note'),
      text(line.source ?? '', 'note'),
    ])
  }
  const last = grid.rows.length
  const total = (name: string, groups: readonly string[] | undefined, found: number) => {
    const lines = capital.lines.filter(
      ({ group }) => groups === undefined || groups.includes(group),
    )
    const sum = lines.reduce((all, { amount }) => all + amount, 0)
    const parts = groups?.map((group) => `SUMIF(B${first}:B${last},"${group}",D${first}:D${last})`)
    const live = parts === undefined ? `SUM(D${first}:D${last})` : parts.join('+')
    const row = addRow(grid, [
      text(name, 'sum'),
      undefined,
      undefined,
      same(sum, found) ? formula(live, money, 'sum') : value(found),
    ])
    return same(sum, found) ? `estimate!$D$${row}` : undefined
  }
  const plant = ['equipment', 'direct', 'indirect', 'contingency']
  const owners = ['owner', 'spares', 'start-up', 'first-fill', 'other']
  total('total plant cost', plant, capital.totals.totalPlant)
  const fixed = total('fixed capital', [...plant, ...owners], capital.totals.fixed)
  total('working capital', ['working-capital'], capital.totals.workingCapital)
  total('total capital', undefined, capital.totals.total)
  const { low, high } = capital.estimateClass
  const totalRow = grid.rows.length
  const range = (name: string, share: number) =>
    addRow(grid, [
      text(name),
      value(share, percentage),
      undefined,
      formula(`D${totalRow}*(1+B${grid.rows.length + 1})`),
    ])
  range('low end of the class', low)
  range('high end of the class', high)
  notes(grid, 'not in the estimate', [
    ...capital.unpriced.map(({ what, why }) => `${what}: ${why}`),
    ...capital.excluded,
  ])
  notes(grid, 'battery limits', capital.batteryLimits)
  equipmentRows(grid, capital, unit)
  return { grid, at: (key) => (key === 'fixed' ? fixed : undefined) }
}

function notes(grid: Grid, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return
  addHeading(grid, title)
  for (const line of lines) addNote(grid, line)
}

/** Key of the costs that the cash flow takes together. */
export const costKey = (group: string, variable: boolean) => `${group} ${variable}`

/** A year's operating cost line by line, quantity times price live; sums by group. */
export function operatingSheet({ operating }: Appraisal): LinkedSheet {
  const grid = newGrid('operating', [50, 14, 12, 16, 16, 14, 20, 18, 60, 28], {
    rows: 3,
    columns: 1,
  })
  const unit = `${operating.basis.currency} (${operating.basis.year}) a year`
  addRow(grid, [text('Operating cost of a year at full output', 'title')])
  addRow(grid, [])
  addRow(
    grid,
    [
      'line',
      'group',
      'variable',
      'quantity a year',
      'unit',
      'price',
      'unit',
      unit,
      'how',
      'source',
    ].map((t) => text(t, 'head')),
  )
  const first = grid.rows.length + 1
  for (const line of operating.lines) {
    const { quantity: amount, price } = line
    const row = grid.rows.length + 1
    const product =
      amount !== undefined && price !== undefined ? amount.value * price.value : undefined
    const live = product !== undefined && same(product, line.amount)
    addRow(grid, [
      text(line.name),
      text(line.group, 'note'),
      text(line.variable ? 'yes' : 'no', 'note'),
      amount === undefined ? undefined : value(amount.value, quantity, live ? 'input' : 'plain'),
      text(amount?.unit ?? '', 'note'),
      price === undefined ? undefined : value(price.value, unitPrice, live ? 'input' : 'plain'),
      text(price?.unit ?? '', 'note'),
      live ? formula(`D${row}*F${row}`) : value(line.amount, money, 'input'),
      text([line.how, line.assumption].filter(Boolean).join('; '), 'note'),
      text(line.source ?? '', 'note'),
    ])
  }
  const last = grid.rows.length
  const column = `H${first}:H${last}`
  const keys = [...new Map(operating.lines.map((l) => [costKey(l.group, l.variable), l])).values()]
  addHeading(grid, 'by group, as the cash flow takes them')
  const cells = new Map<string, string>()
  for (const { group, variable } of keys) {
    const live = `SUMIFS(${column},B${first}:B${last},"${group}",C${first}:C${last},"${variable ? 'yes' : 'no'}")`
    const row = addRow(grid, [
      text(group),
      text(variable ? 'variable' : 'fixed', 'note'),
      ...blank(5),
      formula(live),
    ])
    cells.set(costKey(group, variable), `operating!$H$${row}`)
  }
  addRow(grid, [text('sum', 'sum'), ...blank(6), formula(`SUM(${column})`, money, 'sum')])
  products(grid, operating)
  notes(
    grid,
    'without a price: not in the sum',
    operating.gaps.map(({ what, why }) => `${what}: ${why}`),
  )
  return { grid, at: (key) => cells.get(key) }
}

const blank = (count: number): undefined[] => Array.from({ length: count }, () => undefined)

function products(grid: Grid, operating: Appraisal['operating']): void {
  const { currency, year } = operating.basis
  addHeading(grid, `cost of each product, allocated by ${operating.allocation}`)
  addRow(
    grid,
    ['product', 'share', '', 'output, kg/y', '', '', '', `${currency} (${year})/kg`].map((t) =>
      text(t, 'head'),
    ),
  )
  for (const { name, share, ratePerYear, perKg } of operating.products) {
    addRow(grid, [
      text(name),
      value(share, percentage),
      undefined,
      value(ratePerYear, quantity),
      ...blank(3),
      value(perKg, unitPrice),
    ])
  }
}
