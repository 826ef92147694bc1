import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readShakeoutTable } from '../../../src/scenario/fit/index.ts'
import { delimiterOf, takeApart } from './paste.ts'

const cellsOf = (text: string) => {
  const findings: string[] = []
  const lines = takeApart(text, (_line, _column, code) => findings.push(code))
  return lines?.map(({ cells }) => cells) ?? findings
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

describe('a pasted table', () => {
  it('is divided by what its first line has most of', () => {
    expect(delimiterOf('a\tb, c\td')).toBe('\t')
    expect(delimiterOf('a;b;c,d')).toBe(';')
    expect(delimiterOf('alone')).toBe('\t')
  })

  it('keeps blank cells, and leaves blank lines out', () => {
    expect(cellsOf('a\tb\tc\r\n1\t\t3\r\n\r\n \t\t\n4\t5\t\n')).toEqual([
      ['a', 'b', 'c'],
      ['1', '', '3'],
      ['4', '5', ''],
    ])
  })

  it('knows the line of each row, across cells with line breaks', () => {
    const lines = takeApart('a,b\n"x\ny",1\nz,2', () => undefined)
    expect(lines?.map(({ line }) => line)).toEqual([1, 2, 4])
  })

  it('refuses quotes that are not closed or stand inside', () => {
    expect(cellsOf('a,b\n"1,2')).toEqual(['csv-syntax'])
    expect(cellsOf('a,b\n1",2')).toEqual(['csv-syntax'])
    expect(cellsOf('a,b\n"1"x,2')).toEqual(['csv-syntax'])
  })

  it('gives back every table that was written with quotes', () => {
    const cell = fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\r', '').trim())
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(table, fc.constantFrom('\t', ';', ','), (rows, delimiter) => {
        const heads = rows[0]?.map((_, k) => `h${k}`) ?? []
        const text = [heads, ...rows.map((row) => row.map(quoted))]
          .map((row) => row.join(delimiter))
          .join('\n')
        const kept = rows.filter((row) => row.some((value) => value !== ''))
        expect(cellsOf(text)).toEqual([heads, ...kept])
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  it('never throws, and never hands over a row without cells', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const lines = takeApart(text, () => undefined)
        expect(lines?.every(({ cells }) => cells.some((value) => value !== '')) ?? true).toBe(true)
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  it('reads as the tests that the terminal reads', () => {
    const text =
      'source\textractant mol/L\tH feed mol/L\tO:A\tNd feed g/L\tNd D\tnote\n' +
      'ours\t1\t0.1\t1\t7.2122\t0.276\t"may be, or not"\n'
    const read = readShakeoutTable(text, 'pasted', takeApart, undefined, 'PC88A')
    expect(read.ok && read.elements).toEqual(['Nd'])
    expect(read.ok && read.rows[0]?.feed['Nd']).toBeCloseTo(0.05, 5)
    expect(read.ok && read.rows[0]?.note).toBe('may be, or not')
  })
})
