import PDFDocument from 'pdfkit'

/** Bytes of the two TrueType fonts that the print is set in. */
export interface Fonts {
  readonly regular: Uint8Array
  readonly bold: Uint8Array
}

export const colours = {
  ink: '#1b1f24',
  quiet: '#5a6067',
  faint: '#d9dce0',
  bad: '#a33a00',
} as const

/** Sheets in points, landscape but for `upright`. */
export const sheets = {
  upright: [595.28, 841.89],
  wide: [841.89, 595.28],
  large: [1190.55, 841.89],
  A2: [1683.78, 1190.55],
  A1: [2383.94, 1683.78],
} as const satisfies Readonly<Record<string, readonly [number, number]>>
export type Sheet = keyof typeof sheets

export const margin = { left: 48, right: 40, top: 62, bottom: 52 } as const

export type Face = 'regular' | 'bold'

/** Where the next thing is set: the document with a place on its last page. */
export interface Pen {
  readonly doc: PDFKit.PDFDocument
  sheet: Sheet
  /** Of the chapter, in the head of every page. */
  chapter: string
  y: number
  readonly widths: Map<string, number>
  /** Chapter of each page, for heads. */
  readonly chapters: string[]
}

export const contentWidth = (pen: Pen) => sheets[pen.sheet][0] - margin.left - margin.right
export const pageBottom = (pen: Pen) => sheets[pen.sheet][1] - margin.bottom

/** An empty document that is written page by page and finished at the end. */
export function newPen(fonts: Fonts, info: { title: string; date: Date }): Pen {
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    margin: 0,
    // No font of its own: that one would be opened again at every line set in ours.
    font: '',
    lang: 'en-GB',
    displayTitle: true,
    info: { Title: info.title, CreationDate: info.date, ModDate: info.date },
  })
  doc.registerFont('regular', Buffer.from(fonts.regular))
  doc.registerFont('bold', Buffer.from(fonts.bold))
  return { doc, sheet: 'upright', chapter: '', y: 0, widths: new Map(), chapters: [] }
}

/** Begins a page of that sheet. */
export function newPage(pen: Pen, sheet: Sheet = pen.sheet): void {
  const [width, height] = sheets[sheet]
  pen.doc.addPage({ size: [width, height], margin: 0 })
  pen.sheet = sheet
  pen.y = margin.top
  pen.chapters.push(pen.chapter)
}

/** A new page where less than `height` is left on this one. */
export function room(pen: Pen, height: number): void {
  if (pen.y + height > pageBottom(pen) + 0.01) newPage(pen)
}

/** Width of a text, points; widths of words are remembered. */
export function widthOf(pen: Pen, text: string, face: Face, size: number): number {
  const key = `${face} ${text}`
  let width = pen.widths.get(key)
  if (width === undefined) {
    width = pen.doc.font(face).fontSize(100).widthOfString(text) / 100
    pen.widths.set(key, width)
  }
  return width * size
}

/** A word in pieces that fit the width; most fit whole. */
function pieces(pen: Pen, word: string, width: number, face: Face, size: number): string[] {
  if (widthOf(pen, word, face, size) <= width) return [word]
  const found: string[] = []
  let piece = ''
  for (const letter of word) {
    if (piece !== '' && widthOf(pen, piece + letter, face, size) > width) {
      found.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...found, piece]
}

/** Lines of a text within a width; a word that is longer than the width is broken. */
export function wrap(pen: Pen, text: string, width: number, face: Face, size: number): string[] {
  const lines: string[] = []
  const space = widthOf(pen, ' ', face, size)
  for (const paragraph of text.split('\n')) {
    let line = ''
    let filled = 0
    for (const word of paragraph
      .split(/[ \t]+/)
      .flatMap((w) => pieces(pen, w, width, face, size))) {
      const wide = widthOf(pen, word, face, size)
      if (line !== '' && filled + space + wide > width + 0.01) {
        lines.push(line)
        line = word
        filled = wide
      } else {
        filled += line === '' ? wide : space + wide
        line = line === '' ? word : `${line} ${word}`
      }
    }
    lines.push(line)
  }
  return lines
}

export interface TextStyle {
  readonly face?: Face
  readonly size?: number
  readonly colour?: string
}

/** One line of text with its baseline box at a place; never breaks a page. */
export function put(pen: Pen, text: string, x: number, y: number, style: TextStyle = {}): void {
  if (text === '') return
  const { face = 'regular', size = 9, colour = colours.ink } = style
  pen.doc.font(face).fontSize(size).fillColor(colour).text(text, x, y, { lineBreak: false })
}

export const leading = 1.36

/** Text over the width of the page from here on, breaking pages as needed. */
export function paragraph(
  pen: Pen,
  text: string,
  style: TextStyle & { indent?: number; bullet?: string } = {},
) {
  const { face = 'regular', size = 9, indent = 0 } = style
  // Longer lines than this are hard to read.
  const width = Math.min(contentWidth(pen) - indent, 62 * size)
  const lines = wrap(pen, text, width, face, size)
  lines.forEach((line, k) => {
    room(pen, size * leading)
    if (k === 0 && style.bullet !== undefined)
      put(pen, style.bullet, margin.left + indent - 10, pen.y, style)
    put(pen, line, margin.left + indent, pen.y, style)
    pen.y += size * leading
  })
}

/** A line across. */
export function rule(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  thick = 0.5,
  colour: string = colours.ink,
) {
  pen.doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(thick)
    .strokeColor(colour)
    .undash()
    .stroke()
}
