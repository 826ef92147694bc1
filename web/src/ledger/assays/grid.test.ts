import { describe, expect, it } from 'vitest'
import { asGrid, cellsOf, emptyGrid, paste, placeOf, put, trimmed } from './grid.ts'

describe('the grid of results', () => {
  it('takes cells as a spreadsheet copies them, and grows for them', () => {
    const cells = cellsOf('Lot\tNd %\r\nF-1\t22,4\r\nF-2\t"21.9"\r\n')
    expect(cells).toEqual([
      ['Lot', 'Nd %'],
      ['F-1', '22,4'],
      ['F-2', '21.9'],
    ])
    const grid = paste([['a']], 0, 0, cells ?? [])
    expect(grid).toEqual(cells)
    expect(paste(grid, 2, 1, [['1', '2']])).toEqual([
      ['Lot', 'Nd %', ''],
      ['F-1', '22,4', ''],
      ['F-2', '1', '2'],
    ])
  })

  it('gives way to a whole table while it is blank, and not after', () => {
    const table = [
      ['Lot', 'Tb ppm'],
      ['F-1', '12'],
    ]
    expect(paste(emptyGrid(['F-9']), 0, 0, table)).toEqual(table)
    expect(paste(put(emptyGrid(), 3, 1, '22'), 0, 0, table)[3]?.[1]).toBe('22')
  })

  it('leaves a single cell to the field that it is pasted into', () => {
    expect(cellsOf('22.4 ± 0.3')).toBeUndefined()
    expect(cellsOf('F-1')).toBeUndefined()
  })

  it('sends what was filled in, each cell where it stands', () => {
    const grid = put(put(emptyGrid(['F-1']), 1, 1, ' 22.4 '), 3, 0, 'F-3')
    expect(trimmed(grid)).toEqual([
      ['Lot', 'Nd %'],
      ['F-1', '22.4'],
      ['', ''],
      ['F-3', ''],
    ])
    expect(asGrid([['Lot', 'Nd'], ['F-1']])).toEqual([
      ['Lot', 'Nd'],
      ['F-1', ''],
      ['', ''],
    ])
  })

  it('finds the cell that the server means', () => {
    expect(placeOf('row 3, column 2')).toEqual([2, 1])
    expect(placeOf('defaults.k')).toBeUndefined()
  })
})
