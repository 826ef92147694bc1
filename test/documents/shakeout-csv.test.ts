import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShakeoutCsv } from '../../src/cli/shakeout-csv.ts'
import { bank } from '../../src/databank/index.ts'

const base = `source,extractant mol/L,H feed mol/L,O:A,Nd feed mol/L,Pr feed g/L,Nd D
a,0.5,0.1,1,0.05,7.045,0.7
b,0.5,0.2,2,0.05,,
`
const read = (text: string) => readShakeoutCsv(text, 't.csv', bank)

test('rows in mol/L, blanks left out, units by the column head', () => {
  const reading = read(base)
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  const [a, b] = reading.rows
  expect(a).toMatchObject({ source: 'a', extractant: 0.5, hydrogenFeed: 0.1, D: { Nd: 0.7 } })
  expect(a?.feed['Pr']).toBeCloseTo(7.045 / 140.90766, 8)
  expect(b?.feed).toEqual({ Nd: 0.05 })
  expect(b?.D).toEqual({})
  expect(reading.elements).toEqual(['Nd', 'Pr'])
  const oxide = read(base.replace('Pr feed g/L', 'Pr feed oxide g/L'))
  if (!oxide.ok) throw new Error('read')
  const mass = 140.90766 + (11 / 6) * 15.999
  expect(oxide.rows[0]?.feed['Pr']).toBeCloseTo(7.045 / mass, 6)
})

test('oxides as heads count grams of that oxide', () => {
  const first = (head: string) => {
    const reading = read(base.replace('Pr feed g/L', head))
    if (!reading.ok) throw new Error(reading.text)
    return reading.rows[0]?.feed ?? {}
  }
  expect(first('Pr6O11 feed g/L')['Pr']).toBeCloseTo((6 * 7.045) / 1021.437, 6)
  expect(first('Pr2O3 feed g/L')['Pr']).toBeCloseTo((2 * 7.045) / 329.813, 6)
  expect(first('Dy2O3 feed mg/L')['Dy']).toBeCloseTo((2 * 7.045e-3) / 372.997, 9)
  expect(first('Dy2O3 feed mmol/L')['Dy']).toBeCloseTo(2 * 7.045e-3, 9)
})

test('grams of extractant where its molar mass is known', () => {
  const text = base.replace('extractant mol/L', 'extractant g/L').replace('a,0.5', 'a,153.2')
  const known = readShakeoutCsv(text, 't.csv', bank, 'PC88A')
  if (!known.ok) throw new Error(known.text)
  // C16H35O3P
  expect(known.rows[0]?.extractant).toBeCloseTo(153.2 / 306.43, 4)
  const unknown = readShakeoutCsv(text, 't.csv', bank, 'HEXANE')
  expect(unknown.ok ? '' : unknown.text).toContain('needs the molar mass of HEXANE')
})

const laboratory = `${[
  'source,extractant mol/L,feed pH,O:A,Nd2O3 feed g/L,Nd aqueous g/L,Nd aqueous ± %,Nd organic mg/L',
  'Nd organic +/- mg/L,Nd organic feed g/L,Pr feed g/L,Pr D,Pr D ±,pH,pH +-',
].join(',')}
a,0.5,1,2,10,2,5,3100,60,0.1,1,<0.02,,1.2,0.05
b,0.5,1,1,10,-,5,n/a,60,,1,>80,2,,
`

test('what was measured, with its errors, limits and gaps', () => {
  const reading = read(laboratory)
  if (!reading.ok) throw new Error(reading.text)
  const [a, b] = reading.rows
  expect(a?.hydrogenFeed).toBeCloseTo(0.1, 12)
  expect(a?.place).toBe('t.csv:2')
  const nd = 144.242
  expect(a?.organicFeed?.['Nd']).toBeCloseTo(0.1 / nd, 9)
  expect(a?.measured).toEqual(
    [
      { of: 'aqueous', element: 'Nd', value: 2 / nd, uncertainty: 0.1 / nd },
      { of: 'organic', element: 'Nd', value: 3.1 / nd, uncertainty: 0.06 / nd },
      { of: 'D', element: 'Pr', value: 0.02, limit: 'below' },
      { of: 'pH', value: 1.2, uncertainty: 0.05 },
    ].map(
      (m) =>
        expect.objectContaining(
          Object.fromEntries(
            Object.entries(m).map(([k, v]) => [
              k,
              typeof v === 'number' ? expect.closeTo(v, 9) : v,
            ]),
          ),
        ) as object,
    ),
  )
  expect(a?.D?.['Nd']).toBeCloseTo(1.55, 9)
  expect(b?.measured).toEqual([
    { of: 'D', element: 'Pr', value: 80, limit: 'above', uncertainty: 2 },
  ])
  expect(b?.D).toEqual({})
})

test('D from one phase and what was brought', () => {
  const one = read(`extractant mol/L,H feed mol/L,O:A,Nd feed mol/L,Nd aqueous mol/L
0.5,0.1,2,0.1,0.04
`)
  if (!one.ok) throw new Error(one.text)
  expect(one.rows[0]?.D?.['Nd']).toBeCloseTo(0.03 / 0.04, 12)
})

test.each([
  ['limit of a feed', 'a,0.5,1,2,10', 'a,0.5,1,2,<10', 2, /"Nd2O3 feed g\/L" is "<10", but/],
  ['error of a feed', 'Nd organic feed g/L', 'Pr feed ± g/L', 1, /is the error of no measured/],
  ['error without a unit', 'Nd organic +/- mg/L', 'Nd organic +/-', 1, /needs a unit/],
  ['error zero', '<0.02,,1.2,0.05', '<0.02,,1.2,0', 2, /"pH \+-" is zero/],
  ['acid twice', 'Nd organic feed g/L', 'H feed mol/L', 1, /says the same as column 3/],
  ['error twice', 'Nd organic feed g/L', 'Pr D ± %', 1, /says the same as column/],
  ['no number', '3100', '3.1 g', 2, /"Nd organic mg\/L" is "3.1 g"/],
])('damaged measurements: %s', (_, replace, by, line, message) => {
  const damaged = laboratory.replace(replace, () => by)
  expect(damaged).not.toBe(laboratory)
  const reading = read(damaged)
  if (reading.ok) throw new Error('nothing was found wrong')
  const found = reading.findings.filter((f) => message.test(f.message))
  expect(
    found.map((f) => f.line),
    reading.text,
  ).toContain(line)
})

test('semicolons and tabs', () => {
  expect(read(base.replaceAll(',', ';')).ok).toBe(true)
  expect(read(`\uFEFF${base.replaceAll(',', '\t')}`).ok).toBe(true)
})

test.each([
  ['empty', base, '', 1, /the file is empty/],
  ['no rows', base, 'source,extractant mol/L,H feed mol/L,O:A,Nd feed mol/L\n', 1, /no rows/],
  ['unknown column', 'Nd D', 'Nd distribution', 1, /unknown column "Nd distribution"/],
  ['no element', 'Nd D', 'Xx D', 1, /no element Xx/],
  ['no unit', 'Nd feed mol/L', 'Nd feed', 1, /"Nd feed" needs a unit/],
  ['unknown unit', 'Nd feed mol/L', 'Nd feed wt%', 1, /has an unknown unit/],
  [
    'extractant by mass',
    'extractant mol/L',
    'extractant g/L',
    1,
    /"extractant g\/L" needs the molar mass of the extractant, which is not known/,
  ],
  ['no oxide', 'Pr feed g/L', 'Pr5O2 feed g/L', 1, /no oxide Pr5O2/],
  ['a chloride', 'Pr feed g/L', 'PrCl3 feed g/L', 1, /no oxide PrCl3/],
  ['D of an oxide', 'Nd D', 'Nd2O3 D', 1, /"Nd2O3 D" is of an oxide/],
  ['element and oxide', 'Pr feed g/L', 'Nd2O3 feed g/L', 1, /says the same as column 5/],
  ['column twice', 'Pr feed g/L', 'Nd feed g/L', 1, /says the same as column 5/],
  ['no extractant', 'extractant mol/L', 'note', 1, /no column "extractant mol\/L"/],
  ['no phase ratio', 'O:A', 'note', 1, /no column "O:A"/],
  ['no acid', 'H feed mol/L', 'note', 1, /neither a column "H feed mol\/L" nor/],
  [
    'no feed',
    'Nd feed mol/L,Pr feed g/L',
    'note,Pr organic g/L',
    1,
    /no column "<El> feed mol\/L"/,
  ],
  ['no number', '0.7', 'high', 2, /"Nd D" is "high"/],
  ['not a number', '0.7', 'NaN', 2, /"Nd D" is "NaN"/],
  ['negative', '0.7', '-0.7', 2, /"Nd D" is negative/],
  ['too large', '0.7', '1e999', 2, /"Nd D" is "1e999"/],
  ['decimal comma', '0.7', '0,7', 2, /the row has 8 cells, the head 7/],
  ['extractant blank', 'b,0.5', 'b,', 3, /"extractant" is blank/],
  ['phase ratio zero', 'a,0.5,0.1,1', 'a,0.5,0.1,0', 2, /"O:A" is zero/],
  ['acid blank', 'b,0.5,0.2', 'b,0.5,', 3, /neither "H feed" nor "pH"/],
  ['quote open', 'a,0.5', '"a,0.5', 3, /a quote is not closed/],
  ['formula', '0.7', '=1+1', 2, /"Nd D" is "=1\+1"/],
])('damaged CSV: %s', (_, replace, by, line, message) => {
  const damaged = base.replace(replace, () => by)
  expect(damaged).not.toBe(base)
  const reading = read(damaged)
  if (reading.ok) throw new Error('nothing was found wrong')
  const all = reading.findings.map((f) => `${f.line}:${f.column} ${f.message}`)
  const found = reading.findings.filter((f) => message.test(f.message))
  expect(
    found.map((f) => f.line),
    all.join('\n'),
  ).toContain(line)
})

test('no text makes the reader throw', () => {
  const piece = fc.oneof(
    fc.constantFrom(...`${base}${laboratory}`.split(/(?<=[,\n])/)),
    fc.constantFrom('"', ';', '<', '±', '\r', '\t', '=', '1e400', '-', '\u0000'),
    fc.string({ maxLength: 8 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const reading = read(pieces.join(''))
      if (!reading.ok) expect(reading.findings.length).toBeGreaterThan(0)
    }),
    { numRuns: 300, seed: 11 },
  )
})
