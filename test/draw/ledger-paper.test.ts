import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import QRCode from 'qrcode'
import { afterAll, describe, expect, it } from 'vitest'
import { fonts } from '../../src/cli/fonts.ts'
import type { Certificate, CertificateLine, Limit, Site } from '../../src/ledger/index.ts'
import { certificatePdf, labelPdf, labelSvg } from '../../src/report/ledger/paper.ts'
import { wellFormed } from './xml.ts'

const folder = mkdtempSync(join(tmpdir(), 'didymium-paper-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0

const time = Date.parse('2026-03-01T08:00:00Z')
const site: Site = {
  name: 'Recycler & Sons',
  authority: 'https://recycler.example/id',
  country: 'GB',
  isSynthetic: true,
}
const lot = {
  uri: 'https://recycler.example/id/lot/P-2026-0007',
  code: 'P-2026-0007',
  kind: 'product',
  product: 'Dy2O3',
  grade: '99.5 %',
  mg: 24_500_125,
  time,
} as const

const line = (limit: Limit, more: Partial<CertificateLine>): CertificateLine => ({
  ...limit,
  limit,
  status: 'final',
  how: 'measured',
  events: ['ni:///sha-256;1?ver=CBV2.0'],
  verdict: 'pass',
  isClose: false,
  ...more,
})

const certificate: Certificate = {
  lot: lot.uri,
  code: lot.code,
  product: 'Dy2O3',
  grade: '99.5 %',
  netMg: 24_500_125,
  issued: time,
  head: { seq: 4711, hash: 'a'.repeat(64) },
  site: { name: site.name, country: 'GB', isSynthetic: true },
  isSynthetic: true,
  readings: ['Dy', 'Ho', 'Y', 'Tb', 'Nd', 'Fe', 'Ca', 'LOI', 'TREO'].map((analyte, k) => ({
    lot: lot.uri,
    sample: 'https://recycler.example/id/lot/S-2026-0107',
    time,
    event: 'ni:///sha-256;2?ver=CBV2.0',
    analyte,
    ...(k === 0 || analyte === 'TREO'
      ? { value: 0.9952, u: 0.0012, k: 2 }
      : k % 3 === 0
        ? {}
        : { value: 3e-5 * k, u: 3e-6 * k, k: 2 }),
    loq: 1e-6,
    basis: 'oxide',
    oxide: `${analyte}2O3`,
    condition: 'dry',
    status: 'final',
    method: 'ICP-MS after fusion',
    laboratory: 'Works laboratory',
    by: 'sample',
  })),
  computed: [
    {
      measure: 'REO/TREO',
      value: 0.99812,
      u: 0.0004,
      k: 2,
      status: 'final',
      how: 'sum of the oxides',
      events: [],
    },
  ],
  conformity: [
    {
      specification: {
        id: 'dy-995',
        name: 'Dy2O3 99.5 %',
        elements: ['Dy'],
        limits: [],
        source: 'an agreement with the customer',
        note: 'limits that are not published are left out',
      },
      lines: [
        line(
          { measure: 'REO/TREO', atLeast: 0.995 },
          { value: 0.99812, u: 0.0004, k: 2, how: 'sum of the oxides' },
        ),
        line(
          { measure: 'impurity', analyte: 'Ho2O3', atMost: 0.0002 },
          { value: 0.00021, u: 2e-5, k: 2, verdict: 'fail', isClose: true, method: 'ICP-MS' },
        ),
        line({ measure: 'impurity', analyte: 'Tb4O7', atMost: 0.0005 }, { below: 1e-6 }),
        line(
          { measure: 'loss on ignition', atMost: 0.01 },
          { status: 'unknown', verdict: 'unknown', how: '', remark: 'not assayed' },
        ),
      ],
      verdict: 'fail',
    },
  ],
  release: 'none',
}

const print = { fonts: fonts(), date: new Date(time) }
function textOf(name: string, bytes: Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout
}

describe('the label of a lot', () => {
  it('is 100 by 60 mm and holds the QR code of the URI, square by square', () => {
    const svg = labelSvg(lot, site)
    expect(wellFormed(svg)).toEqual([])
    expect(svg).toContain('width="100mm" height="60mm"')
    for (const word of [
      'P-2026-0007',
      'Dy2O3 99.5 %',
      'net 24.500125 kg',
      '2026-03-01',
      'SYNTHETIC',
      'Recycler &amp; Sons',
    ]) {
      expect(svg).toContain(word)
    }
    const { size, data } = QRCode.create(lot.uri, { errorCorrectionLevel: 'M' }).modules
    const step = 360 / (size + 8)
    const dark = new Set<number>()
    for (const run of svg.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v/g)) {
      const [x, y, wide] = run.slice(1).map(Number) as [number, number, number]
      const [column, row] = [Math.round((x - 610) / step) - 4, Math.round((y - 50) / step) - 4]
      for (let k = 0; k < Math.round(wide / step); k++) dark.add(row * size + column + k)
    }
    expect(dark).toEqual(new Set(Array.from(data).flatMap((is, k) => (is === 1 ? [k] : []))))
  })

  it('says nothing of synthetic where it is not', () => {
    expect(labelSvg(lot, { ...site, isSynthetic: false })).not.toContain('SYNTHETIC')
  })

  it.runIf(hasPoppler)('is a PDF of one page of that size', async () => {
    const bytes = await labelPdf(lot, site, print)
    expect(textOf('label.pdf', bytes)).toContain('P-2026-0007')
    const boxes =
      Buffer.from(bytes)
        .toString('latin1')
        .match(/MediaBox \[0 0 [\d. ]+\]/g) ?? []
    expect(boxes).toHaveLength(1)
    const [width = 0, height = 0] = (boxes[0]?.match(/[\d.]+/g) ?? []).slice(2).map(Number)
    expect([width, height].map((points) => (points / 72) * 25.4)).toEqual([
      expect.closeTo(100, 1),
      expect.closeTo(60, 1),
    ])
  })
})

describe.runIf(hasPoppler)('the certificate of analysis', () => {
  it('says what it is of, every result with its uncertainty, and each verdict', async () => {
    const bytes = await certificatePdf(certificate, print)
    const text = textOf('certificate.pdf', bytes)
    for (const word of [
      'Certificate of analysis',
      'SYNTHETIC',
      'P-2026-0007',
      '24.500125 kg',
      'FAILS',
      '< 1.000 ppm',
      'unknown',
      '99.812 %',
      '0.040 % (k=2)',
      'Works laboratory',
      'not released yet',
      'S-2026-0107',
    ]) {
      expect(text, word).toContain(word)
    }
    expect(text).not.toMatch(/NaN|undefined/)
  })
})
