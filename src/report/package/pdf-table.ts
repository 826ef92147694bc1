import type { TableBlock } from './blocks.ts'
import {
  colours,
  contentWidth,
  leading,
  margin,
  newPage,
  pageBottom,
  paragraph,
  type Pen,
  put,
  room,
  rule,
  widthOf,
  wrap,
} from './pen.ts'

const gap = 9
const padding = 1.6

/** A table with its columns set: widths in points at one size of letters. */
interface Setting {
  readonly size: number
  readonly widths: readonly number[]
}

/** Width that a column needs to break no word, and that it would like to have. */
function wants(pen: Pen, block: TableBlock, k: number, size: number) {
  const head = block.columns[k]
  const cells = [...block.rows, ...(block.foot ?? [])].map((row) => row[k] ?? '')
  const words = cells.flatMap((cell) => (head?.align === 'right' ? [cell] : cell.split(' ')))
  const heads = [head?.head ?? '', head?.unit ?? '']
  const widest = (texts: readonly string[], face: 'regular' | 'bold') =>
    texts.reduce((most, text) => Math.max(most, widthOf(pen, text, face, size)), 0)
  const headWords = widest(
    heads.flatMap((text) => text.split(' ')),
    'bold',
  )
  return {
    least: Math.min(Math.max(headWords, widest(words, 'regular')), 150),
    most: Math.max(headWords, Math.min(widest(heads, 'bold'), 90), widest(cells, 'regular')),
  }
}

/**
 * Widths of the columns: as wide as they like where the page has room, else what is left is shared
 * among those that like more than they need. Letters become smaller before words are broken.
 */
function settingOf(pen: Pen, block: TableBlock): Setting {
  const available = contentWidth(pen) - gap * (block.columns.length - 1)
  for (let size = block.columns.length < 8 ? 8 : 7.5; ; size -= 0.5) {
    const needs = block.columns.map((_, k) => wants(pen, block, k, size))
    const least = needs.reduce((sum, need) => sum + need.least, 0)
    const most = needs.reduce((sum, need) => sum + need.most, 0)
    if (most <= available) return { size, widths: needs.map((need) => need.most) }
    if (least <= available) {
      return { size, widths: shared(needs, available - least) }
    }
    if (size <= 5.5) {
      return { size, widths: needs.map((need) => (need.least * available) / least) }
    }
  }
}

/** What is left, given to the columns that lack the least first, so that few of them wrap. */
function shared(needs: readonly { least: number; most: number }[], left: number): number[] {
  const widths = needs.map(({ least }) => least)
  let rest = left
  const order = needs
    .map(({ least, most }, k) => ({ k, lack: most - least }))
    .filter(({ lack }) => lack > 0)
    .sort((a, b) => a.lack - b.lack)
  order.forEach(({ k, lack }, place) => {
    const given = Math.min(lack, rest / (order.length - place))
    widths[k] = (widths[k] ?? 0) + given
    rest -= given
  })
  return widths
}

/** One row at the pen: its cells as lines, set left or right. */
function drawRow(
  pen: Pen,
  block: TableBlock,
  cells: readonly (readonly string[])[],
  setting: Setting,
  style: { face?: 'regular' | 'bold'; colour?: string } = {},
): void {
  const { size, widths } = setting
  const { face = 'regular' } = style
  let x: number = margin.left
  widths.forEach((width, k) => {
    const right = block.columns[k]?.align === 'right'
    ;(cells[k] ?? []).forEach((line, n) => {
      const shift = right ? width - widthOf(pen, line, face, size) : 0
      put(pen, line, x + shift, pen.y + padding + n * size * leading, { ...style, face, size })
    })
    x += width + gap
  })
}

const heightOf = (cells: readonly (readonly string[])[], size: number) =>
  Math.max(1, ...cells.map((lines) => lines.length)) * size * leading + 2 * padding

/** Heads and units, with a rule below. */
function drawHead(pen: Pen, block: TableBlock, setting: Setting): void {
  const { size, widths } = setting
  const heads = block.columns.map(({ head }, k) => wrap(pen, head, widths[k] ?? 0, 'bold', size))
  const units = block.columns.map(({ unit = '' }, k) =>
    unit === '' ? [] : wrap(pen, unit, widths[k] ?? 0, 'regular', size),
  )
  drawRow(pen, block, heads, setting, { face: 'bold' })
  pen.y += heightOf(heads, size)
  if (units.some((lines) => lines.length > 0)) {
    pen.y -= 2 * padding
    drawRow(pen, block, units, setting, { colour: colours.quiet })
    pen.y += heightOf(units, size)
  }
  rule(pen, margin.left, pen.y, tableWidth(setting), 0.8)
}

const tableWidth = ({ widths }: Setting) =>
  widths.reduce((sum, width) => sum + width + gap, 0) - gap

function caption(pen: Pen, text: string): void {
  paragraph(pen, text, { face: 'bold', size: 9 })
  pen.y += 2
}

/** Lines of every cell, in pieces that are no higher than a page. */
function piecesOf(pen: Pen, row: readonly string[], setting: Setting, face: 'regular' | 'bold') {
  const cells = setting.widths.map((width, k) => wrap(pen, row[k] ?? '', width, face, setting.size))
  const most = Math.floor((pageBottom(pen) - margin.top - 90) / (setting.size * leading))
  const count = Math.ceil(Math.max(1, ...cells.map((lines) => lines.length)) / most)
  return Array.from({ length: count }, (_, n) =>
    cells.map((lines) => lines.slice(n * most, (n + 1) * most)),
  )
}

/** From how many rows a narrow table is set in two halves side by side. */
const longRows = 14

/** A long and narrow table as one of twice the columns: its second half beside the first. */
function halved(pen: Pen, block: TableBlock): TableBlock {
  const { rows, columns, foot = [] } = block
  const { widths } = settingOf(pen, block)
  const wide = tableWidth({ size: 0, widths }) * 2 + 2 * gap
  if (rows.length < longRows || wide > contentWidth(pen)) return block
  const half = Math.ceil((rows.length + foot.length) / 2)
  const empty = columns.map(() => '')
  const second = [...rows.slice(half), ...foot]
  return {
    ...block,
    columns: [...columns, { head: '' }, ...columns],
    rows: rows.slice(0, half).map((row, k) => [...row, '', ...(second[k] ?? empty)]),
    foot: [],
  }
}

/** A table over as many pages as it needs, its heads on each; notes below it. */
export function drawTable(pen: Pen, given: TableBlock): void {
  const block = halved(pen, given)
  const setting = settingOf(pen, block)
  // A short table is not torn apart.
  const whole = 60 + (block.rows.length + (block.foot?.length ?? 0)) * (setting.size * leading + 4)
  const page = pageBottom(pen) - margin.top
  room(pen, whole < 0.35 * page ? whole : 70)
  caption(pen, block.title)
  drawHead(pen, block, setting)
  const lines = [
    ...block.rows.map((row) => ({ row, face: 'regular' as const })),
    ...(block.foot ?? []).map((row) => ({ row, face: 'bold' as const })),
  ]
  // What stands alone on a page says little: the last rows stay together.
  const together = lines.length - (block.foot?.length ?? 0) - 2
  lines.forEach(({ row, face }, index) => {
    for (const cells of piecesOf(pen, row, setting, face)) {
      const height = heightOf(cells, setting.size)
      const kept =
        index >= together
          ? (lines.length - index) * height + 12 * (block.notes?.length ?? 0)
          : height
      if (pen.y + kept > pageBottom(pen)) {
        newPage(pen)
        caption(pen, `${block.title}, continued`)
        drawHead(pen, block, setting)
      }
      if (face === 'bold' && lines[index - 1]?.face === 'regular') {
        rule(pen, margin.left, pen.y, tableWidth(setting), 0.8)
      }
      drawRow(pen, block, cells, setting, { face })
      pen.y += height
    }
    rule(pen, margin.left, pen.y, tableWidth(setting), 0.3, colours.faint)
  })
  pen.y += 4
  for (const note of block.notes ?? []) {
    paragraph(pen, note, { size: 7.5, colour: colours.quiet })
  }
  pen.y += 10
}
