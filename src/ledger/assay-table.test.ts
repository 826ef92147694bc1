import { describe, expect, it } from 'vitest'
import { assayInput, previewAssays, readAssayTable } from './assay-table.ts'
import { commands } from './commands/index.ts'

const rows = (text: string) =>
  text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))

describe('a wide table', () => {
  const { assays, problems } = readAssayTable(
    rows(
      'Report 2026-114 | | | \n' +
        'Sample | Nd (%) | U (k=2) | Dy ppm | LOQ | Pr6O11 [wt.%] | moisture % | Lab | Remark\n' +
        'F-1 | 31.2 | 0.4 | < 50 | | | 8.5 | Strangford | late\n' +
        'F-2 | 29,8 | 0,3 | bdl | 20 | 34.8 ± 0.2 | n.a. | Strangford | \n' +
        ' | | | | | | | | ',
    ),
    { k: 2, condition: 'dry' },
  )

  it('is read with its units, uncertainties and limits', () => {
    expect(problems).toEqual([])
    expect(assays).toMatchObject([
      {
        lot: 'F-1',
        row: 3,
        laboratory: 'Strangford',
        status: 'final',
        condition: 'dry',
        results: [
          { analyte: 'Nd', basis: 'element', value: 0.312, u: 0.004, k: 2 },
          { analyte: 'Dy', loq: 5e-5 },
          { analyte: 'H2O', value: 0.085 },
        ],
      },
      {
        lot: 'F-2',
        row: 4,
        results: [
          { analyte: 'Nd', value: 0.298, u: 0.003 },
          { analyte: 'Dy', loq: 2e-5 },
          { analyte: 'Pr', basis: 'oxide', oxide: 'Pr6O11', value: 0.348, u: 0.002, k: 2 },
        ],
      },
    ])
    expect(assays[0]?.results[1]).not.toHaveProperty('value')
  })

  it('becomes inputs that the command takes', () => {
    const entry = commands.find(({ name }) => name === 'assay')
    for (const assay of assays) {
      expect(entry?.input.safeParse(assayInput(assay)).error).toBeUndefined()
    }
    expect(assayInput(assays[0] as (typeof assays)[0]).results).toEqual([
      { analyte: 'Nd', value: '31.2 %', u: '0.4 %', k: 2 },
      { analyte: 'Dy', value: '< 50 ppm' },
      { analyte: 'H2O', value: '8.5 %' },
    ])
  })

  it('says what it would change of the lots as they are', () => {
    const of = { lot: 'x', event: 'e', time: 1, analyte: 'Nd', value: 0.3 } as const
    const state = {
      assays: [{ ...of, basis: 'element', condition: 'wet', status: 'final' } as const],
    }
    const changes = previewAssays(assays, new Map([['F-1', state]]))
    expect(changes[0]).toMatchObject({
      lot: 'F-1',
      analyte: 'Nd',
      old: { value: 0.3 },
      new: { value: 0.312 },
      isUnknownLot: false,
    })
    expect(changes[1]).not.toHaveProperty('old')
    expect(changes.at(-1)).toMatchObject({ lot: 'F-2', analyte: 'Pr6O11', isUnknownLot: true })
  })
})

describe('a long table', () => {
  it('is one row a result; rows of one lot are one assay', () => {
    const { assays, problems } = readAssayTable(
      rows(
        'Lot | Analyte | Result | Unit | u | Method | Status\n' +
          'F-1 | Nd | 31.2 | % | 0.2 | ICP-OES | final\n' +
          'F-1 | Tb | <5 | mg/kg | | ICP-MS | final\n' +
          'F-1 | Nd | 30 | % | | XRF | provisional\n' +
          'F-2 | LOI | 0.4 | % | | | final',
      ),
    )
    expect(problems).toEqual([])
    expect(assays.map(({ lot, status, results }) => [lot, status, results.length])).toEqual([
      ['F-1', 'final', 2],
      ['F-1', 'provisional', 1],
      ['F-2', 'final', 1],
    ])
    expect(assays[0]?.results[0]).toMatchObject({ u: 0.002, k: 1, method: 'ICP-OES' })
    expect(assays[0]?.results[1]).toEqual({
      analyte: 'Tb',
      basis: 'element',
      loq: 5e-6,
      method: 'ICP-MS',
    })
  })

  it('a ± in percent of the value', () => {
    const { assays } = readAssayTable(rows('Lot | Nd % | ± rel. % (k=2)\nF-1 | 30 | 2'))
    expect(assays[0]?.results[0]).toMatchObject({ value: 0.3, u: 0.006, k: 2 })
  })
})

describe('what is wrong', () => {
  const cases: readonly (readonly [string, number, number, RegExp, RegExp])[] = [
    ['a | b\n1 | 2', 1, 1, /no row names a lot/, /a header row with a column Lot or Sample/],
    ['Lot | Remark\nF-1 | x', 1, 1, /no column names an analyte/, /Nd \(%\)/],
    ['Lot | Nx %\nF-1 | 1', 1, 2, /"Nx" is no element/, /Nd, Nd2O3/],
    ['Lot | nd %\nF-1 | 1', 1, 2, /"nd" is no element/, /^Nd$/],
    ['Lot | Nd g/L\nF-1 | 1', 1, 2, /"g\/L" is per volume/, /divide by the density/],
    ['Lot | Nd2O3/TREO %\nF-1 | 99', 1, 2, /share of the oxides/, /fraction of the mass/],
    ['Lot | Nd\nF-1 | 30', 2, 2, /Nd has no unit/, /Nd \(%\)/],
    ['Lot | Nd %\nF-1 | 1,234', 2, 2, /"1,234" for Nd/, /1\.234 or 1234/],
    ['Lot | Nd %\nF-1 | high', 2, 2, /"high" for Nd/, /a number such as 31\.2/],
    ['Lot | Nd %\nF-1 | 130', 2, 2, /130 % of the mass/, /at most 100 %/],
    ['Lot | Nd %\nF-1 | -3', 2, 2, /"-3"/, /not negative/],
    ['Lot | Nd %\nF-1 | n.d.', 2, 2, /"n\.d\."/, /a column LOQ/],
    ['Lot | Nd % | ±\nF-1 | 30 | 0.2', 2, 3, /coverage factor is not said/, /U \(k=2\)/],
    ['Lot | Nd %\n | 30', 2, 1, /no lot is named/, /code of a lot/],
    ['Lot | Nd % | Nd2O3 %\nF-1 | 30 | 35', 2, 1, /Nd twice in this row/, /as element or as oxide/],
    ['Lot | Nd % | Condition\nF-1 | 30 | damp', 2, 3, /"damp"/, /wet or/],
    [
      'Lot | Analyte | Value | Unit\nF-1 | Nd | 1 | %\nF-1 | Nd | 2 | %',
      3,
      1,
      /has Nd in row 2/,
      /one result/,
    ],
  ]
  it.each(cases)('%j', (text, row, column, message, expected) => {
    const { problems } = readAssayTable(rows(text))
    expect(problems[0]).toMatchObject({ row, column })
    expect(problems[0]?.message).toMatch(message)
    expect(problems[0]?.expected).toMatch(expected)
  })
})
