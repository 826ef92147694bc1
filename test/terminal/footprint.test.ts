import { readFileSync } from 'node:fs'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, describe, expect, it } from 'vitest'
import type { Footprint } from '../../src/scenario/index.ts'
import { circuitPlant, folder, say, unsolvable } from './kit.ts'

const home = folder()
afterAll(() => home.remove())

const small = home.write(
  'circuit.yaml',
  circuitPlant
    .replace('neodymium: { type: discharge }', 'neodymium: { type: product, elements: [Nd] }')
    .replace('dysprosium: { type: discharge }', 'dysprosium: { type: product, elements: [Dy] }'),
)
const section = (waste: string) => `
economics:
  basis: { region: brazil }
  footprint:
    allocation: section
    fuel: electricity
    factors: { NaOH: 0.5 }
    suppliers: { NaOH: declaration 12 }
    waste: { ${waste}: water treatment }
    transport: [{ of: acid, mode: rail, km: 100, strength: 32 %, assumption: a guess }]
    assumption: the whole block
`

const chosen = ['--grid', 'GB', '--fuel', 'natural gas', '--heat-efficiency', '85 %']

describe('footprint', () => {
  it('prints products, lines, gaps and how it was counted', async () => {
    const { code, out } = await say('footprint', small, ...chosen)
    expect(code).toBe(0)
    expect(out).toMatch(/^neodymium +[\d.\u2009]+ +[\d.]+/m)
    expect(out).toMatch(/^hydrochloric acid +reagents .* qsdsan-wwt$/m)
    expect(out).toContain('not in these figures: ')
    expect(out).toContain('not comparable because')
    expect(out).toContain('recycled-feed cut-off')
  })

  it('prints the same as JSON, and writes a workbook and bars', async () => {
    const [xlsx, plot] = [home.path('f.xlsx'), home.path('f.svg')]
    const { code, out } = await say(
      'footprint',
      small,
      ...chosen,
      '--json',
      '--xlsx',
      xlsx,
      '--plot',
      plot,
    )
    expect(code).toBe(0)
    const { footprint } = JSON.parse(out) as { readonly footprint: Footprint }
    const carried = footprint.perProduct.reduce((s, p) => s + p.kgCO2ePerKg * p.ratePerYear, 0)
    expect(carried / footprint.perYear).toBeCloseTo(1, 9)
    const sheets = await readXlsxFile(xlsx)
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['products', 'lines'])
    expect(sheets[1]?.data).toHaveLength(1 + footprint.lines.length + footprint.gaps.length)
    expect(readFileSync(plot, 'utf8')).toContain('dysprosium')
  })

  it.each([
    [['--grid', 'XX'], 'no grid XX (GB, '],
    [['--fuel', 'peat'], 'no fuel peat (natural gas, electricity)'],
    [['--grid', 'GB', '--year', '2001'], 'no factor of GB for 2001'],
    [['--allocation', 'moles'], '--allocation moles: mass, treo, value, section'],
    [['--heat-efficiency', '0'], '--heat-efficiency 0: a number from 0.05 to 5'],
  ])('%s is refused', async (options, message) => {
    const { code, out, err } = await say('footprint', small, ...options)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(message)
  })

  it('takes the choices of the plant, and says which of them are assumed', async () => {
    const own = home.write('own.yaml', readFileSync(small, 'utf8') + section('brine'))
    const { code, out } = await say('footprint', own)
    expect(code).toBe(0)
    expect(out).toMatch(/^sodium hydroxide +reagents .* 0\.5000 .* declaration 12 \(primary\)$/m)
    expect(out).toMatch(/^acid by rail +transport .* t km +0\.03470 /m)
    expect(out).toMatch(/^electricity +electricity .* kWh +0\.03850 .* mcti-2023$/m)
    expect(out).toContain('assumed: grid BR: that of the region brazil')
    expect(out).toContain('assumed: footprint: the whole block')
    expect(out).toContain('allocation: by section')
    const over = await say('footprint', own, '--grid', 'GB', '--allocation', 'mass', '--direct')
    expect(over.out).toMatch(/^electricity +electricity .* kWh +0\.1770 /m)
    expect(over.out).toContain('allocation: by mass of the products')
  })

  it('names the line of a unit that the plant does not have', async () => {
    const own = home.write('lost.yaml', readFileSync(small, 'utf8') + section('brime'))
    const { code, err } = await say('footprint', own)
    expect(code).toBe(2)
    expect(err).toMatch(/lost\.yaml:\d+:\d+: the plant has no discharge "brime"/)
  })

  it('says no where the plant has no solution', async () => {
    const { code, err } = await say('footprint', home.write('un.yaml', unsolvable))
    expect(code).toBe(1)
    expect(err).toContain('has no solution')
  })
})
