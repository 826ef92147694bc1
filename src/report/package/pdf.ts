import SVGtoPDF from 'svg-to-pdfkit'
import type { Block, EngineeringPackage, Section } from './blocks.ts'
import { revisionColumns } from './html.ts'
import { drawTable } from './pdf-table.ts'
import {
  colours,
  contentWidth,
  type Fonts,
  leading,
  margin,
  newPage,
  newPen,
  pageBottom,
  paragraph,
  type Pen,
  put,
  room,
  rule,
  type Sheet,
  sheets,
  widthOf,
  wrap,
} from './pen.ts'

export type { Fonts } from './pen.ts'

/** Width and height of an SVG document in its own units. */
function sizeOf(svg: string): readonly [number, number] {
  const found = /^<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/.exec(svg)
  if (found === null) throw new Error('an SVG of this program states its width and height')
  return [Number(found[1]), Number(found[2])]
}

/** The smallest letters of our drawings, in their own units, and how small print may be, points. */
const letters = { drawn: 8.5, printed: 4.6 } as const

/** The smallest sheet on which the letters of a drawing can be read. */
function sheetFor([width, height]: readonly [number, number]): Sheet {
  const scaleOn = (sheet: Sheet) =>
    Math.min(
      (sheets[sheet][0] - margin.left - margin.right) / width,
      (sheets[sheet][1] - margin.top - margin.bottom - 20) / height,
    )
  const enough = (['large', 'A2', 'A1'] as const).find(
    (sheet) => scaleOn(sheet) * letters.drawn >= letters.printed,
  )
  return enough ?? 'A1'
}

function paint(pen: Pen, svg: string, x: number, y: number, scale: number): void {
  pen.doc.save().translate(x, y).scale(scale)
  SVGtoPDF(pen.doc, svg, 0, 0, {
    assumePt: true,
    fontCallback: (_family: string, bold: boolean) => (bold ? 'bold' : 'regular'),
  })
  pen.doc.restore()
}

/** A drawing with its title below; as large as the page allows, or on a sheet of its own. */
function drawFigure(pen: Pen, { title, svg, sheet }: Extract<Block, { kind: 'figure' }>): void {
  const size = sizeOf(svg)
  const [width, height] = size
  if (sheet === true) {
    const wanted = sheetFor(size)
    if (pen.sheet !== wanted || pen.y > margin.top + 40) newPage(pen, wanted)
  }
  const most = pageBottom(pen) - margin.top - 24
  const wide = Math.min(contentWidth(pen) / width, sheet === true ? 1.5 : 0.85)
  const scale = Math.min(wide, most / height)
  // Rather a little smaller than on a page of its own.
  const left = pageBottom(pen) - pen.y - 20
  const fit = left / height >= 0.8 * scale ? Math.min(scale, left / height) : scale
  room(pen, height * fit + 18)
  paint(pen, svg, margin.left, pen.y, fit)
  pen.y += height * fit + 4
  paragraph(pen, title, { size: 8, colour: colours.quiet })
  pen.y += 10
}

function drawPairs(pen: Pen, rows: readonly (readonly [string, string])[], title = ''): void {
  if (title !== '') {
    room(pen, 40)
    paragraph(pen, title, { face: 'bold', size: 9 })
    pen.y += 2
  }
  const size = 9
  const widest = rows.reduce(
    (most, [name]) => Math.max(most, widthOf(pen, name, 'regular', size)),
    0,
  )
  const first = Math.min(widest, 170) + 14
  const width = Math.min(contentWidth(pen) - first, 480)
  for (const [name, value] of rows) {
    const names = wrap(pen, name, first - 14, 'regular', size)
    const values = wrap(pen, value, width, 'regular', size)
    const height = Math.max(names.length, values.length) * size * leading + 3
    room(pen, height)
    names.forEach((line, k) =>
      put(pen, line, margin.left, pen.y + k * size * leading, { colour: colours.quiet }),
    )
    values.forEach((line, k) => put(pen, line, margin.left + first, pen.y + k * size * leading))
    pen.y += height
  }
  pen.y += 10
}

function drawBlock(pen: Pen, block: Block): void {
  switch (block.kind) {
    case 'text': {
      const colour = { quiet: colours.quiet, warning: colours.bad, none: colours.ink }
      paragraph(pen, block.text, { colour: colour[block.tone ?? 'none'] })
      pen.y += 6
      return
    }
    case 'heading':
      room(pen, 60)
      pen.y += 6
      paragraph(pen, block.text, { face: 'bold', size: 11 })
      pen.y += 4
      return
    case 'list':
      for (const item of block.items) {
        paragraph(pen, item, { indent: 12, bullet: '•' })
        pen.y += 2
      }
      pen.y += 6
      return
    case 'pairs':
      return drawPairs(pen, block.rows, block.title)
    case 'turn':
      return newPage(pen, block.sheet)
    case 'table':
      return drawTable(pen, block)
    case 'figure':
      return drawFigure(pen, block)
  }
}

const chapterId = (index: number) => `chapter-${index + 1}`

/** A chapter from the top of a page; what page it begins on. */
function drawSection(pen: Pen, section: Section, index: number): number {
  const title = `${index + 1}  ${section.title}`
  pen.chapter = title
  const [first] = section.blocks
  const drawing = first?.kind === 'figure' && first.sheet === true ? first : undefined
  newPage(pen, drawing === undefined ? (section.sheet ?? 'upright') : sheetFor(sizeOf(drawing.svg)))
  const page = pen.chapters.length
  pen.doc.addNamedDestination(chapterId(index))
  pen.doc.outline.addItem(title)
  paragraph(pen, title, { face: 'bold', size: 15 })
  pen.y += 8
  for (const block of section.blocks) drawBlock(pen, block)
  return page
}

/** First page: what it is, what it says in short, and who stands for it. */
function titlePage(
  pen: Pen,
  { title, summary, alerts, revisions, plant, program }: EngineeringPackage,
) {
  newPage(pen, 'upright')
  pen.y = 150
  paragraph(pen, 'ENGINEERING PACKAGE', { size: 10, colour: colours.quiet })
  pen.y += 4
  paragraph(pen, title, { face: 'bold', size: 26 })
  pen.y += 18
  for (const alert of alerts) {
    paragraph(pen, alert, { colour: colours.bad, face: 'bold' })
    pen.y += 2
  }
  pen.y += 10
  drawPairs(pen, summary)
  const rows = revisions.map((r) => revisionColumns.map(({ key }) => r[key]))
  pen.y = Math.max(pen.y, pageBottom(pen) - 74 - 18 * rows.length)
  revisionBlock(pen, rows)
  pen.y += 8
  paragraph(pen, `Plant file SHA-256 ${plant}. ${program}`, { size: 7.5, colour: colours.quiet })
}

/** The block with boxes to sign in, over the width of the page. */
function revisionBlock(pen: Pen, rows: readonly (readonly string[])[]): void {
  const shares = [0.07, 0.13, 0.35, 0.15, 0.15, 0.15]
  const high = 18
  const all = [revisionColumns.map(({ head }) => head), ...rows]
  all.forEach((cells, n) => {
    let x: number = margin.left
    shares.forEach((share, k) => {
      const width = share * contentWidth(pen)
      pen.doc.rect(x, pen.y, width, high).lineWidth(0.5).strokeColor(colours.ink).stroke()
      const [text = ''] = wrap(pen, cells[k] ?? '', width - 8, 'regular', 8)
      const colour = n === 0 ? colours.quiet : colours.ink
      put(pen, text, x + 4, pen.y + 4.5, { size: 8, colour })
      x += width
    })
    pen.y += high
  })
}

/** The second page, when it is known where everything is. */
function contents(pen: Pen, titles: readonly string[], pages: readonly number[]): void {
  pen.doc.switchToPage(1)
  pen.sheet = 'upright'
  pen.y = margin.top
  put(pen, 'Contents', margin.left, pen.y, { face: 'bold', size: 15 })
  pen.y += 32
  const right = margin.left + contentWidth(pen)
  titles.forEach((title, k) => {
    const page = `${pages[k] ?? ''}`
    put(pen, `${k + 1}`, margin.left, pen.y, { size: 10 })
    put(pen, title, margin.left + 26, pen.y, { size: 10 })
    put(pen, page, right - widthOf(pen, page, 'regular', 10), pen.y, { size: 10 })
    pen.doc.goTo(margin.left, pen.y - 2, contentWidth(pen), 16, chapterId(k))
    pen.y += 19
  })
}

/** Head and foot of every page but the first. */
function runningHeads(pen: Pen, { title, plant, revisions }: EngineeringPackage): void {
  const last = revisions.at(-1)
  const count = pen.chapters.length
  for (let page = 0; page < count; page++) {
    pen.doc.switchToPage(page)
    const { width, height } = pen.doc.page
    const inner = width - margin.left - margin.right
    const small = { size: 7.5, colour: colours.quiet } as const
    const ends = (left: string, right: string, y: number) => {
      put(pen, left, margin.left, y, small)
      put(pen, right, width - margin.right - widthOf(pen, right, 'regular', 7.5), y, small)
    }
    if (page > 0) {
      ends(title, pen.chapters[page] ?? '', 30)
      rule(pen, margin.left, 43, inner, 0.4, colours.faint)
    }
    rule(pen, margin.left, height - 40, inner, 0.4, colours.faint)
    const revision = last === undefined ? '' : `revision ${last.revision}, ${last.date}`
    ends(
      `${revision}  ·  plant file ${plant.slice(0, 12)}`,
      `page ${page + 1} of ${count}`,
      height - 34,
    )
  }
}

/** The package as a PDF in memory; `date` is written into the file. */
export async function packagePdf(
  document: EngineeringPackage,
  fonts: Fonts,
  date: Date,
): Promise<Uint8Array> {
  const pen = newPen(fonts, { title: `${document.title}: engineering package`, date })
  const chunks: Uint8Array[] = []
  pen.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => pen.doc.on('end', () => resolve()))
  titlePage(pen, document)
  pen.chapter = 'Contents'
  newPage(pen, 'upright')
  const pages = document.sections.map((section, index) => drawSection(pen, section, index))
  contents(
    pen,
    document.sections.map(({ title }) => title),
    pages,
  )
  runningHeads(pen, document)
  pen.doc.end()
  await ended
  return Buffer.concat(chunks)
}
