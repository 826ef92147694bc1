import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { csvText } from '../../../../src/report/csv.ts'
import { sheetOf, stemOf } from './download.ts'
import { csvOf } from '../../ui/cells.ts'

const rows = [
  ['stream', 'mass kg/h', 'note'],
  ["'=1+1", 1 / 3, 'says "so", and\nmore'],
  ['dust', 2.549212353654131e-12, null],
]

describe('files', () => {
  it('are the CSV of the terminal, to the letter, and read back in full precision', async () => {
    const text = await csvOf(rows)
    expect(text).toBe(csvText(rows))
    const read: string[][] = parse(text)
    expect(read[1]).toEqual(["'=1+1", `${1 / 3}`, 'says "so", and\nmore'])
    expect(Number(read[2]?.[1])).toBe(2.549212353654131e-12)
  })

  it('are workbooks that read back: numbers as numbers, formulas as text', async () => {
    const blob = await sheetOf('streams', rows)
    const read = await readSheet(Buffer.from(await blob.arrayBuffer()))
    expect(read[0]).toEqual(rows[0])
    expect(read[1]?.[0]).toBe("'=1+1")
    expect(read[1]?.[1]).toBeCloseTo(1 / 3, 14)
    expect(read[2]).toEqual(['dust', expect.closeTo(2.549212353654131e-12, 24), null])
  })

  it('are named after the plant file', () => {
    expect(stemOf('plants/belfast.v2.yaml')).toBe('belfast.v2')
    expect(stemOf('')).toBe('plant')
  })
})
