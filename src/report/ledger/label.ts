import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'
import SVGtoPDF from 'svg-to-pdfkit'
import type { LotMaster, Site } from '../../ledger/index.ts'
import { escapeXml } from '../../draw/index.ts'
import type { Fonts } from '../package/pen.ts'
import { dayText, kilograms } from './words.ts'

/** What a label says of a lot: its master data, its net mass in mg and the day. */
interface LabelLot extends Pick<LotMaster, 'uri' | 'code' | 'kind' | 'product' | 'grade'> {
  readonly mg: number
  /** ms since 1970, of the first event of the lot. */
  readonly time: number
}

/** A label is 100 by 60 mm; its units are tenths of a millimetre. */
const width = 1000
const height = 600
const pointsPerMillimetre = 72 / 25.4

/** Dark squares of a QR code in rows, as one path of a side of `side`, its quiet zone included. */
function qrPath(text: string, x: number, y: number, side: number): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const { size, data } = modules
  const quiet = 4
  const step = side / (size + 2 * quiet)
  const number = (value: number) => `${Math.round(value * 100) / 100}`
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; from++) {
      if (data[row * size + from] !== 1) continue
      let to = from
      while (to < size && data[row * size + to] === 1) to++
      const [left, top] = [x + (quiet + from) * step, y + (quiet + row) * step]
      path += `M${number(left)} ${number(top)}h${number((to - from) * step)}v${number(step)}h-${number((to - from) * step)}z`
      from = to
    }
  }
  return path
}

/** Letters of so many of a line that it fits; wide letters are 0.62 of their size. */
const sizeFor = (text: string, most: number, room: number) =>
  Math.min(most, room / (0.62 * Math.max(1, text.length)))

function line(text: string, y: number, size: number, bold = false, room = 600): string {
  if (text === '') return ''
  const set = sizeFor(text, size, room)
  const weight = bold ? ' font-weight="bold"' : ''
  return `<text x="36" y="${y}" font-size="${Math.round(set * 10) / 10}"${weight} fill="#000">${escapeXml(text)}</text>`
}

/**
 * Label of 100 by 60 mm: whose it is, code, product, net mass, day, and a QR code of the lot's URI
 * (ISO/IEC 18004, level M), which is written below it too. Black on white, for any printer.
 */
export function labelSvg(lot: LabelLot, site: Site): string {
  const { uri, code, kind, product, grade, mg, time } = lot
  const what = [product ?? kind, grade].filter((word) => word !== undefined).join(' ')
  const family = 'system-ui, "DejaVu Sans", sans-serif'
  const banner = site.isSynthetic
    ? [
        '<rect x="20" y="540" width="960" height="42" fill="#000"/>',
        '<text x="500" y="571" font-size="27" font-weight="bold" text-anchor="middle" fill="#fff">',
        'SYNTHETIC: made-up history, no real material</text>',
      ].join('')
    : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="60mm" `,
    `viewBox="0 0 ${width} ${height}" font-family="${escapeXml(family)}" role="img">`,
    `<title>${escapeXml(`${code}, ${what}, ${kilograms(mg)} kg`)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<rect x="8" y="8" width="${width - 16}" height="${height - 16}" rx="18" fill="none" stroke="#000" stroke-width="4"/>`,
    line(`${site.name} (${site.country})`, 66, 34),
    line(code, 150, 72, true, 560),
    line(what, 222, 50, false, 560),
    line(kind, 276, 32),
    line(`net ${kilograms(mg)} kg`, 360, 56, true, 560),
    line(dayText(time), 420, 36),
    `<path d="${qrPath(uri, 610, 50, 360)}" fill="#000"/>`,
    line(uri, 486, 26, false, 930),
    banner,
    '</svg>',
  ].join('')
}

/** The same as a PDF of one page of that size. */
export async function labelPdf(
  lot: LabelLot,
  site: Site,
  print: { readonly fonts: Fonts; readonly date: Date },
): Promise<Uint8Array> {
  const size: [number, number] = [100 * pointsPerMillimetre, 60 * pointsPerMillimetre]
  const { date, fonts } = print
  const doc = new PDFDocument({
    size,
    margin: 0,
    font: '',
    lang: 'en-GB',
    displayTitle: true,
    info: { Title: `Label of ${lot.code}`, CreationDate: date, ModDate: date },
    autoFirstPage: false,
  })
  doc.registerFont('regular', Buffer.from(fonts.regular))
  doc.registerFont('bold', Buffer.from(fonts.bold))
  const chunks: Uint8Array[] = []
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => doc.on('end', () => resolve()))
  doc.addPage({ size, margin: 0 })
  SVGtoPDF(doc, labelSvg(lot, site), 0, 0, {
    assumePt: true,
    width: size[0],
    height: size[1],
    preserveAspectRatio: 'xMidYMid meet',
    fontCallback: (_family: string, bold: boolean) => (bold ? 'bold' : 'regular'),
  })
  doc.end()
  await ended
  return Buffer.concat(chunks)
}
