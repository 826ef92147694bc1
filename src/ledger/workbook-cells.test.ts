import { strFromU8, unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import { readAssayTable } from './assay-table.ts'
import { isShowing, shownCells } from './workbook-cells.ts'

interface Cell {
  readonly value: string | number | Date
  readonly format?: string
  readonly formatId?: number
}

async function shown(rows: readonly (readonly Cell[])[]) {
  const sheet: SheetData = rows.map((row) => row.map((cell) => ({ ...cell })))
  const bytes = await writeExcelFile(sheet).toBuffer()
  const parts = unzipSync(bytes, { filter: ({ name }) => isShowing(name) })
  const kept = await readSheet(bytes)
  return shownCells(kept, (path) => {
    const part = parts[path]
    return part === undefined ? undefined : strFromU8(part)
  })
}

const words = (...values: readonly (string | number)[]): Cell[] =>
  values.map((value) => ({ value }))

describe('cells of a workbook', () => {
  it('are what the sheet shows: 0.25 as per cent is 25 %', async () => {
    const cells = await shown([
      words('Lot', 'Nd (%)', '±', 'Dy ppm'),
      [
        { value: 'F-1' },
        { value: 0.289, format: '0.0%' },
        { value: 0.004, format: '[Blue]0.00%;"no %"' },
        { value: 50, format: '"<"0' },
      ],
      [{ value: 'F-2' }, { value: 0.25 }, { value: 1.5, format: '0.0" %"' }, { value: 120 }],
    ])
    expect(cells.slice(1)).toEqual([
      ['F-1', '28.9 %', '0.4 %', '< 50'],
      ['F-2', '0.25', '1.5', '120'],
    ])
    const { assays, problems } = readAssayTable(cells, { k: 2 })
    expect(problems).toEqual([])
    expect(assays[0]?.results).toMatchObject([
      { analyte: 'Nd', value: 0.289, u: 0.004 },
      { analyte: 'Dy', loq: 5e-5 },
    ])
    expect(assays[1]?.results[0]).toMatchObject({ value: 0.0025 })
  })

  it('are found by their place in sheets of other programs', () => {
    const parts: Readonly<Record<string, string>> = {
      'xl/workbook.xml':
        '<x:workbook><x:sheets><x:sheet name="Notes" sheetId="1" r:id="rId1"/>' +
        '<x:sheet name="A &amp; B" sheetId="4" r:id="rId2"/></x:sheets></x:workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Target="/xl/worksheets/second.xml" Id="rId2"/>' +
        '<Relationship Id="rId1" Target="worksheets/first.xml"/></Relationships>',
      'xl/styles.xml':
        '<styleSheet><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs count="2">' +
        '<xf numFmtId="0"><alignment/></xf><xf numFmtId="10"/></cellXfs></styleSheet>',
      'xl/worksheets/first.xml': '<sheetData><row><c s="1"><v>1</v></c></row></sheetData>',
      'xl/worksheets/second.xml':
        '<x:cols><x:col min="1"/></x:cols><x:sheetData>' +
        '<x:row r="2"><x:c r="AB2" s="1"><x:v>0.5</x:v></x:c></x:row>' +
        '<x:row><x:c/><x:c s="1"/></x:row></x:sheetData>',
    }
    const rows = [[], Array.from({ length: 28 }, () => 0.5), [0.5, 0.5]]
    const cells = shownCells(rows, (path) => parts[path], 'A & B')
    expect(cells[1]?.map((cell, k) => (cell === '0.5' ? '' : `${k} ${cell}`)).join('')).toBe(
      '27 50 %',
    )
    expect(cells[2]).toEqual(['0.5', '50 %'])
    expect(shownCells([[0.5]], (path) => parts[path])).toEqual([['50 %']])
  })
})

describe('a cell in percent', () => {
  const read = (head: string, cell: string, ...beside: readonly (readonly [string, string])[]) =>
    readAssayTable(
      [
        ['Lot', head, ...beside.map(([name]) => name)],
        ['F-1', cell, ...beside.map(([, text]) => text)],
      ],
      { k: 2 },
    )

  it('is in percent where its column says nothing else', () => {
    for (const head of ['Nd (%)', 'Nd', 'Nd [fraction]', 'Nd (kg/kg)']) {
      expect(read(head, '25 %').assays[0]?.results[0], head).toMatchObject({ value: 0.25 })
    }
    expect(read('Nd', '25 ± 0.5 %').assays[0]?.results[0]).toMatchObject({ value: 0.25, u: 0.005 })
    expect(read('Nd', '< 5 %').assays[0]?.results[0]).toMatchObject({ loq: 0.05 })
    expect(read('Nd %', '25', ['u rel', '2 %']).assays[0]?.results[0]).toMatchObject({ u: 0.005 })
  })

  it('is refused where its column has another unit, with what would be right', () => {
    expect(read('Dy ppm', '0.5 %').problems).toEqual([
      {
        row: 2,
        column: 2,
        message: '"0.5 %" is in %, its column in ppm',
        expected: '5000, or % in the head of the column',
      },
    ])
    expect(read('Dy ppm', '< 0.01 %').problems[0]?.expected).toMatch(/^100, or/)
    expect(read('Dy ppm', '120', ['±', '5 %']).problems).toMatchObject([{ row: 2, column: 3 }])
    expect(read('Nd (kg/kg)', '0.3 ± 2 %').problems).toMatchObject([{ row: 2, column: 2 }])
  })
})
