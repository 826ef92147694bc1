import { existsSync, readFileSync } from 'node:fs'
import readXlsxFile from 'read-excel-file/node'
import { afterAll, describe, expect, it } from 'vitest'
import { changed, folder, say, unsolvable } from './kit.ts'

const home = folder()
afterAll(() => home.remove())

const small = home.write('small.yaml', changed('rate: 1 t/y', 'rate: 1 ± 0.05 t/y'))
const rate = ['--result', 'product didymium-oxide rate']

describe('sensitivity, optimise and uncertainty', () => {
  it.each(['sensitivity', 'optimise', 'uncertainty'])(
    '%s lists one language of names',
    async (name) => {
      const { code, out } = await say(name, small, '--list')
      expect(code).toBe(0)
      expect(out).toMatch(/^powder\.rate +1 t\/y +0\.05 +Mass per time/m)
      expect(out).toContain('  product didymium-oxide rate, t/y')
      expect(out).toContain('  stream NAME pH | rate')
    },
  )

  it.each([
    [
      ['sensitivity', '--parameter', 'powder.ratte'],
      'no parameter "powder.ratte" (did you mean "powder.rate"?',
    ],
    [
      ['sensitivity', '--parameter', 'powder.rate', '--result', 'recovry Nd'],
      'did you mean "recovery"?',
    ],
    [['sensitivity'], 'no parameter is named'],
    [['sensitivity', '--vary', 'powder.rate=1 kg'], 'powder.rate: kg is a unit of mass'],
    [['sensitivity', '--by', 'much', '--parameter', 'powder.rate'], '--by much'],
    [['optimise', '--vary', 'powder.rate=2..1 t/y', '--minimise', 'powder.rate'], 'is empty'],
    [['optimise', '--vary', 'powder.rate=1..2 t/y'], 'one objective is needed'],
    [
      ['optimise', '--vary', 'powder.rate=1..2 t/y', '--minimise', 'powder.rat'],
      'did you mean "powder.rate"?',
    ],
    [['optimise', '--minimise', 'powder.rate'], 'nothing may be varied'],
    [['uncertainty', '--input', 'powder.rate=± 1 kg'], 'powder.rate: kg is a unit of mass'],
    [['uncertainty', '--design', 'chance'], '--design chance: lhs, sobol, saltelli'],
    [['uncertainty', '--draws', 'many'], '--draws many'],
    [['uncertainty', '--threads', '0'], '--threads 0'],
  ])('%j is wrong input: %s', async ([name = '', ...options], message) => {
    const { code, err } = await say(name, small, ...options)
    expect(err).toContain(message)
    expect(code).toBe(2)
  })

  it('say that a plant without a solution is none to begin with', async () => {
    const file = home.write('unsolvable.yaml', unsolvable)
    const { code, err } = await say('sensitivity', file, '--parameter', 'powder.rate')
    expect(code).toBe(1)
    expect(err).toContain('as written has no solution')
  })
})

describe('sensitivity', () => {
  it('writes slopes and a tornado', async () => {
    const [plot, csv] = [home.path('t.svg'), home.path('t.csv')]
    const files = ['--plot', plot, '--csv', csv]
    const { code, out } = await say(
      'sensitivity',
      small,
      '--parameter',
      'powder.*',
      ...rate,
      ...files,
    )
    expect(code).toBe(0)
    expect(out).toMatch(/powder\.rate +1\.0000 +t\/y +0\.9000/)
    expect(readFileSync(plot, 'utf8')).toContain('powder.rate')
    expect(readFileSync(csv, 'utf8').split('\n')[0]).toMatch(/^result,result unit,base,parameter/)
  })

  it('makes a table of cases, with those that have no solution', async () => {
    const xlsx = home.path('c.xlsx')
    const cases = home.write('c.csv', 'powder.rate,split.outlets.kept\n2 t/y,10 %\n2 t/y,30 %\n')
    const { code, out } = await say('sensitivity', small, '--cases', cases, ...rate, '--xlsx', xlsx)
    expect(code).toBe(0)
    expect(out).toMatch(/2\.0000 +0\.10000 +1\.8000 +converged/)
    expect(out).toMatch(/row 2: .*1\.2/)
    const [sheet] = await readXlsxFile(xlsx)
    expect(sheet?.data[2]?.at(-1)).toBe('out-of-domain')
    const wrong = await say(
      'sensitivity',
      small,
      '--cases',
      home.write('w.csv', 'powder.rate\n2 kg\n'),
    )
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('w.csv, row 2: powder.rate: kg is a unit of mass')
  })
})

describe('optimise', () => {
  it('answers, and says no with exit code 1', async () => {
    const words = [
      '--minimise',
      'powder.rate',
      '--require',
      'product didymium-oxide rate >= 1.8 t/y',
    ]
    const found = await say(
      'optimise',
      small,
      '--vary',
      'powder.rate=0.5..4 t/y',
      ...words,
      '--json',
    )
    expect(found.code).toBe(0)
    expect(JSON.parse(found.out)).toMatchObject({
      schema: 'didymium/optimise@1',
      outcome: 'optimal',
    })
    const none = await say('optimise', small, '--vary', 'powder.rate=0.5..1 t/y', ...words)
    expect(none.code).toBe(1)
    expect(none.out).toContain('nothing within the bounds keeps')
  })
})

describe('uncertainty', () => {
  it('draws on worker threads and writes what was asked for', { timeout: 60_000 }, async () => {
    const [out, csv, plot] = ['u.ndjson', 'u.csv', 'u.svg'].map((name) => home.path(name))
    const files = ['--out', out ?? '', '--csv', csv ?? '', '--plot', plot ?? '']
    const words = ['--draws', '40', ...rate, '--threads', '1', ...files]
    const first = await say('uncertainty', small, ...words)
    expect(first.code, first.err).toBe(0)
    expect(first.out).toContain('40 draws (lhs, seed 1): 40 solved, 0 without a solution')
    expect(
      readFileSync(csv ?? '', 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(41)
    expect(readFileSync(plot ?? '', 'utf8')).toContain('P50')
    const again = await say('uncertainty', small, ...words)
    expect(again.err).toContain('40 draws were in')
    expect(again.out).toBe(first.out)
    const other = await say('uncertainty', small, ...words, '--seed', '2')
    expect(other.code).toBe(2)
    expect(other.err).toContain('was made with another request')
    expect(existsSync(out ?? '')).toBe(true)
  })
})
