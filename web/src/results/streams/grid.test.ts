import { describe, expect, it } from 'vitest'
import type { StreamColumn } from '../../../../src/report/stream-columns.ts'
import type { Solution } from '../../../../src/scenario/index.ts'
import {
  allOf,
  cellsOf,
  compareCells,
  gridOf,
  isWithin,
  rangeOf,
  stepped,
  withColumns,
  withLines,
} from './grid.ts'
import { tabbed } from '../../ui/cells.ts'

const line = (mass: number, phase: string) => ({ mass, phase, from: 'leach.out', to: 'sx1.feed' })
const solution = {
  streams: { pls: line(2.5, 'aqueous'), 'off-gas': line(1 / 3, 'gas') },
} as unknown as Solution

const columns: readonly StreamColumn[] = [
  { id: 'stream', set: 'name', name: 'stream', unit: '', of: (name) => name },
  { id: 'phase', set: 'ends', name: 'phase', unit: '', of: (_, s) => s.phase },
  { id: 'mass', set: 'state', name: 'mass', unit: 'kg/s', of: (_, s) => s.mass },
  { id: 'pH', set: 'state', name: 'pH', unit: '', of: () => null },
  { id: 'element N', set: 'elements', name: 'N', unit: 'kg/s', of: () => 1 },
  { id: 'element Nd', set: 'elements', name: 'Nd', unit: 'kg/s', of: () => 2 },
]

describe('a grid', () => {
  it('has lines as rows, or as columns with the units at the rows', () => {
    const grid = gridOf(solution, columns, false)
    expect(grid.rows.map(({ name, cells }) => [name, ...cells])).toEqual([
      ['pls', 'aqueous', 2.5, null, 1, 2],
      ['off-gas', 'gas', 1 / 3, null, 1, 2],
    ])
    const turned = gridOf(solution, columns, true)
    expect(turned.heads.map(({ name }) => name)).toEqual(['pls', 'off-gas'])
    expect(turned.rows[1]).toEqual({ id: 'mass', name: 'mass', unit: 'kg/s', cells: [2.5, 1 / 3] })
  })

  it('is copied in full precision with tabs, nothing where there is no value', () => {
    const grid = gridOf(solution, columns, false)
    const range = rangeOf({ row: 1, column: 2 }, { row: 0, column: -1 })
    expect(tabbed(cellsOf(grid, range))).toBe(`pls\taqueous\t2.5\t\noff-gas\tgas\t${1 / 3}\t`)
    expect(tabbed(allOf(grid)).split('\n')[0]).toBe('stream\tphase\tmass kg/s\tpH\tN kg/s\tNd kg/s')
    expect(tabbed([['a\tb\nc', null]])).toBe('a b c\t')
    expect(isWithin(range, { row: 0, column: 3 })).toBe(false)
  })

  it('finds lines by all words of name, ends and phase', () => {
    expect(Object.keys(withLines(solution, 'gas').streams)).toEqual(['off-gas'])
    expect(Object.keys(withLines(solution, 'leach aqu').streams)).toEqual(['pls'])
    expect(withLines(solution, '  ')).toBe(solution)
  })

  it('finds columns by a word, elements by their symbol alone', () => {
    const names = (words: string) => withColumns(columns, words).map(({ name }) => name)
    expect(names('Nd')).toEqual(['stream', 'Nd'])
    expect(names('N, mass')).toEqual(['stream', 'mass', 'N'])
    expect(names('')).toHaveLength(columns.length)
  })

  it('sorts numbers by size and texts by letters and numbers in them', () => {
    expect([10, 9, -1].sort(compareCells)).toEqual([-1, 9, 10])
    expect(['sx10', 'sx2', 'leach'].sort(compareCells)).toEqual(['leach', 'sx2', 'sx10'])
  })
})

describe('keys', () => {
  const grid = gridOf(solution, columns, false)
  const at = (row: number, column: number) => ({ row, column })
  it('walk cell by cell, to the ends with Ctrl, and never out of the grid', () => {
    expect(stepped('ArrowDown', false, at(-1, 0), grid, 10)).toEqual(at(0, 0))
    expect(stepped('ArrowUp', false, at(0, 0), grid, 10)).toEqual(at(-1, 0))
    expect(stepped('ArrowUp', true, at(1, 0), grid, 10)).toEqual(at(0, 0))
    expect(stepped('ArrowRight', true, at(1, 0), grid, 10)).toEqual(at(1, 4))
    expect(stepped('ArrowLeft', false, at(1, -1), grid, 10)).toEqual(at(1, -1))
    expect(stepped('Home', false, at(1, 3), grid, 10)).toEqual(at(1, -1))
    expect(stepped('End', true, at(0, 0), grid, 10)).toEqual(at(1, 4))
    expect(stepped('PageDown', false, at(0, 2), grid, 10)).toEqual(at(1, 2))
    expect(stepped('PageUp', false, at(1, 2), grid, 10)).toEqual(at(0, 2))
    expect(stepped('x', false, at(0, 0), grid, 10)).toBeUndefined()
  })
})
