import { existsSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { RiskSummary } from '../../src/scenario/index.ts'
import { folder, say, smallPlant } from './kit.ts'

const home = folder()
afterAll(() => home.remove())

const plant = home.write(
  'small.yaml',
  `${smallPlant}
economics:
  estimate: { allowances: { plant: 100 kUSD } }
  operating: { feeds: { powder: 20 ± 2 USD/kg }, positions: { skilled: 0 } }
  sales: { products: { didymium-oxide: { price: 60 USD/kg } } }
  risk: { capital: fixed, delay: 0..0.5..1.5 }
`,
)
const poor = home.write('poor.yaml', smallPlant)

describe('didymium risk', () => {
  it('answers for two scenarios with files beside it', async () => {
    const [csv, svg, tornado] = ['d.csv', 'd.svg', 't.svg'].map(home.path) as [
      string,
      string,
      string,
    ]
    const files = ['--csv', csv, '--plot', svg, '--tornado', tornado]
    const set = 'economics.operating.feeds.powder=25 USD/kg'
    const said = await say('risk', plant, '--draws', '12', '--set', set, '--json', ...files)
    expect(said.err.split('\n')).toEqual([csv, svg, tornado].map((path) => `wrote ${path}`))
    expect(said.code).toBe(0)
    const summary = JSON.parse(said.out) as RiskSummary
    expect(summary).toMatchObject({ schema: 'didymium/risk@1', draws: 12, currency: 'USD' })
    expect(summary.cases.map(({ name }) => name)).toEqual(['small', `small (${set})`])
    expect(summary.differences.find(({ measure }) => measure === 'npv')?.better).toBe(0)
    expect(readFileSync(csv, 'utf8').split('\n')).toHaveLength(14)
    for (const path of [svg, tornado]) expect(readFileSync(path, 'utf8')).toMatch(/^<svg/)
  }, 60_000)

  it('lists what may be named, and draws nothing', async () => {
    const said = await say('risk', plant, '--list')
    expect(said.code).toBe(0)
    expect(said.out).toMatch(/economics\.operating\.feeds\.powder/)
    expect(said.out).toMatch(/economics\.finance\.delay: 0 \.\. 0\.5 \.\. 1\.5, triangular/)
    expect(said.out).toMatch(/footprint didymium-oxide/)
  })

  it.each([
    [['--draws', 'many'], '--draws many: a whole number'],
    [['--design', 'dice'], '--design dice: lhs, sobol, saltelli'],
    [['--tail', '5'], '--tail 5: a percentage, 5 %'],
    [['--of', 'npw'], '--of npw: npv, irr'],
    [['--threads', '0'], '--threads 0: a whole number from 1 to 256'],
    [['--input', 'powder.rat=± 1 t/y'], 'no parameter "powder.rat" (did you mean "powder.rate"?'],
    [['--require', 'npv > 3 GBP'], '"npv > 3 GBP": npv is not in GBP (MUSD)'],
    [['--set', 'powder.rate=5 kg'], 'powder.rate'],
  ])('refuses %s', async (words, expected) => {
    const said = await say('risk', plant, '--draws', '4', ...words)
    expect(said.code).toBe(2)
    expect(said.err).toContain(expected)
    expect(said.out).toBe('')
  })

  it('refuses a plant without money, and keeps files that are of another run', async () => {
    const said = await say('risk', poor)
    expect(said).toMatchObject({ code: 2 })
    expect(said.err).toMatch(/no section "economics"/)
    const out = home.write('draws.ndjson', '{"schema":"didymium/draws@1"}\n')
    const other = await say('risk', plant, '--draws', '4', '--out', out)
    expect(other.code).toBe(2)
    expect(other.err).toMatch(/was made with another/)
    expect(existsSync(out)).toBe(true)
  })
})
