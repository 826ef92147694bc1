import type { Certificate, CertificateLine, Conformity } from '../../ledger/index.ts'
import type { TableBlock } from '../package/blocks.ts'
import { drawTable } from '../package/pdf-table.ts'
import {
  colours,
  contentWidth,
  type Fonts,
  margin,
  newPage,
  newPen,
  paragraph,
  type Pen,
  put,
  room,
  rule,
  widthOf,
} from '../package/pen.ts'
import { fractionText, limitText, spreadText, valueText } from './result-text.ts'
import { dayText, kilograms, momentText, nameOf, syntheticText } from './words.ts'

const subject = ({ measure, analyte }: { readonly measure: string; readonly analyte?: string }) =>
  analyte === undefined ? measure : `${analyte}, ${measure}`

const verdicts = {
  pass: 'meets',
  fail: 'FAILS',
  unknown: 'unknown',
  provisional: 'provisional',
} as const

const verdictText = ({ verdict, isClose, remark }: CertificateLine) =>
  [
    verdicts[verdict],
    ...(isClose ? ['within the uncertainty of the limit'] : []),
    ...(remark === undefined ? [] : [remark]),
  ].join('; ')

function conformityTable({ specification, lines, verdict }: Conformity): TableBlock {
  return {
    kind: 'table',
    title: `${specification.name}: ${verdicts[verdict]}`,
    columns: [
      { head: 'property' },
      { head: 'limit', align: 'right' },
      { head: 'result', align: 'right' },
      { head: 'uncertainty', align: 'right' },
      { head: 'verdict' },
      { head: 'how' },
    ],
    rows: lines.map((line) => [
      subject(line),
      limitText(line.limit),
      valueText(line),
      spreadText(line),
      verdictText(line),
      [line.how, line.method, line.laboratory].filter((word) => word !== undefined).join(', '),
    ]),
    notes: [
      `Limits after ${specification.source}${specification.note === undefined ? '' : `. ${specification.note}`}`,
    ],
  }
}

function readingsTable({ readings }: Certificate): TableBlock {
  return {
    kind: 'table',
    title: 'Results of the laboratory',
    columns: [
      { head: 'analyte' },
      { head: 'result', align: 'right' },
      { head: 'uncertainty', align: 'right' },
      { head: 'LOQ', align: 'right' },
      { head: 'basis' },
      { head: 'method' },
      { head: 'laboratory' },
      { head: 'sample' },
      { head: 'date' },
      { head: 'status' },
    ],
    rows: readings.map((one) => [
      one.analyte,
      valueText({ ...one, ...(one.loq === undefined ? {} : { below: one.loq }) }),
      spreadText(one),
      one.loq === undefined ? '' : fractionText(one.loq),
      [one.basis === 'oxide' ? (one.oxide ?? 'oxide') : 'element', one.condition].join(', '),
      one.method ?? '',
      one.laboratory ?? '',
      one.sample === undefined ? '' : nameOf(one.sample),
      dayText(one.time),
      one.status,
    ]),
    notes: ['"<" means below the limit of quantification (LOQ); it does not mean none.'],
  }
}

function computedTable({ computed }: Certificate): TableBlock {
  return {
    kind: 'table',
    title: 'Computed from these',
    columns: [
      { head: 'property' },
      { head: 'result', align: 'right' },
      { head: 'uncertainty', align: 'right' },
      { head: 'how' },
      { head: 'status' },
    ],
    rows: computed.map((one) => [
      subject(one),
      valueText(one),
      spreadText(one),
      one.how,
      one.status,
    ]),
  }
}

function pairs(pen: Pen, rows: readonly (readonly [string, string])[]): void {
  for (const [name, value] of rows) {
    room(pen, 14)
    put(pen, name, margin.left, pen.y, { colour: colours.quiet })
    put(pen, value, margin.left + 130, pen.y)
    pen.y += 14
  }
  pen.y += 8
}

const releases = {
  released: 'released by quality',
  refused: 'REFUSED by quality',
  none: 'not released yet',
} as const

function head(pen: Pen, certificate: Certificate): void {
  const { code, lot, product, grade, netMg, issued, site, isSynthetic, release } = certificate
  if (isSynthetic) {
    const wide = contentWidth(pen)
    pen.doc.rect(margin.left, pen.y, wide, 22).fill(colours.bad)
    const x = margin.left + (wide - widthOf(pen, syntheticText, 'bold', 10)) / 2
    put(pen, syntheticText, x, pen.y + 5, { face: 'bold', size: 10, colour: '#ffffff' })
    pen.y += 34
  }
  paragraph(pen, site === undefined ? '' : `${site.name} (${site.country})`, {
    size: 10,
    colour: colours.quiet,
  })
  pen.y += 2
  paragraph(pen, 'Certificate of analysis', { face: 'bold', size: 20 })
  pen.y += 8
  pairs(pen, [
    ['lot', code],
    ['URI', lot],
    ['product', [product, grade].filter((word) => word !== undefined).join(', ') || 'not named'],
    ['net mass', `${kilograms(netMg)} kg`],
    ['issued', momentText(issued)],
    ['release', releases[release]],
  ])
}

/** Who signs, and what of the ledger it rests on. */
function foot(pen: Pen, { head: log, conformity }: Certificate): void {
  room(pen, 96)
  if (conformity.length === 0) {
    paragraph(pen, 'Not held against any specification.', { colour: colours.quiet })
    pen.y += 6
  }
  pen.y += 26
  const half = contentWidth(pen) / 2 - 20
  for (const [k, text] of ['quality, name and signature', 'date'].entries()) {
    const x = margin.left + k * (half + 40)
    rule(pen, x, pen.y, half, 0.6)
    put(pen, text, x, pen.y + 4, { size: 7.5, colour: colours.quiet })
  }
  pen.y += 26
  const said = [
    `Made from the ledger up to event ${log.seq}, hash ${log.hash}.`,
    'Uncertainties are expanded with the k beside them; unknown is unknown, and is not zero.',
  ].join(' ')
  paragraph(pen, said, { size: 7.5, colour: colours.quiet })
}

function pageNumbers(pen: Pen, { code, isSynthetic }: Certificate): void {
  const count = pen.chapters.length
  for (let page = 0; page < count; page++) {
    pen.doc.switchToPage(page)
    const { width, height } = pen.doc.page
    const small = { size: 7.5, colour: colours.quiet } as const
    const right = `page ${page + 1} of ${count}`
    put(
      pen,
      `certificate of ${code}${isSynthetic ? ', synthetic' : ''}`,
      margin.left,
      height - 34,
      small,
    )
    put(pen, right, width - margin.right - widthOf(pen, right, 'regular', 7.5), height - 34, small)
  }
}

/** Certificate of analysis as a PDF in memory; `date` is written into the file. */
export async function certificatePdf(
  certificate: Certificate,
  print: { readonly fonts: Fonts; readonly date: Date },
): Promise<Uint8Array> {
  const { code, conformity, readings, computed } = certificate
  const pen = newPen(print.fonts, { title: `Certificate of analysis ${code}`, date: print.date })
  const chunks: Uint8Array[] = []
  pen.doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => pen.doc.on('end', () => resolve()))
  newPage(pen, 'upright')
  head(pen, certificate)
  for (const one of conformity) drawTable(pen, conformityTable(one))
  if (readings.length > 0) drawTable(pen, readingsTable(certificate))
  else paragraph(pen, 'No result of a laboratory is known of this lot.', { colour: colours.bad })
  if (computed.length > 0) drawTable(pen, computedTable(certificate))
  foot(pen, certificate)
  pageNumbers(pen, certificate)
  pen.doc.end()
  await ended
  return Buffer.concat(chunks)
}
