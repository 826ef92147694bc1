import { describe, expect, it } from 'vitest'
import type { SolvedCircuit } from '../../../src/scenario/index.ts'
import { csvOf, tabbed } from '../ui/cells.ts'
import { stageCells } from './stage-table.ts'

const circuit: SolvedCircuit = {
  extractant: 'PC88A',
  elements: ['Nd', 'Dy'],
  iterations: 3,
  stages: [
    {
      index: 1,
      section: '=extraction',
      aqueous: { Nd: 0.1234567890123456, Dy: 1e-12 },
      organic: { Nd: 0.2, Dy: 0.3 },
      D: { Nd: 0.5, Dy: 20 },
      beta: {},
      pH: -0.3,
      freeExtractant: 0.8,
      loading: 0.25,
      aqueousFlow: 1 / 3.6e6,
      organicFlow: 2 / 3.6e6,
      mixerPhaseRatio: 2,
    },
  ],
}

describe('stage table', () => {
  const [heads = [], row = []] = stageCells(circuit)
  const cell = (head: string) => row[heads.indexOf(head)]

  it('has every quantity under a head with its unit', () => {
    expect(cell('Nd aqueous, mol/L')).toBe(0.1234567890123456)
    expect(cell('loading, %')).toBe(25)
    expect(cell('organic flow, L/h')).toBeCloseTo(2, 12)
    expect(cell('O:A')).toBeCloseTo(2, 12)
    expect(cell('β Dy/Nd')).toBe(40)
    expect(heads).toHaveLength(row.length)
  })

  it('is copied with tabs and full precision; nothing becomes a formula', () => {
    const [, line = ''] = tabbed(stageCells(circuit)).split('\n')
    const cells = line.split('\t')
    expect(cells[1]).toBe("'=extraction")
    expect(cells[2]).toBe('-0.3')
    expect(cells).toContain('0.1234567890123456')
    expect(cells).toHaveLength(heads.length)
  })

  it('is quoted where it is comma separated', async () => {
    expect(await csvOf([['a, b', 'say "x"', null, Number.NaN]])).toBe('"a, b","say ""x""",,\n')
  })
})
