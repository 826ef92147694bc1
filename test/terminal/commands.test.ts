import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { run } from '../../src/cli/run.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commands } from '../../src/cli/commands/index.ts'
import type { Solution } from '../../src/scenario/index.ts'
import { bank, newPlant, unitOps } from '../../src/scenario/index.ts'
import { wellFormed } from '../draw/xml.ts'
import { changed, circuitPlant, folder, say, smallPlant, unsolvable } from './kit.ts'

const files = folder()
afterAll(() => files.remove())
const small = files.write('small.yaml', smallPlant)
const broken = files.write('broken.yaml', changed('1 t/y', '1'))
const failing = files.write('failing.yaml', unsolvable)

/** A check of a value against a published JSON Schema, by a reader that we did not write. */
async function against(kind: string, value: unknown) {
  const published = JSON.parse((await say('schema', kind)).out) as z.core.JSONSchema.JSONSchema
  return z.fromJSONSchema(published).safeParse(value)
}

const finding = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  code: z.string(),
  message: z.string().min(1),
  expected: z.string(),
})
const findings = z.strictObject({
  schema: z.literal('didymium/check@1'),
  file: z.string(),
  findings: z.array(finding),
})

describe('help', () => {
  it('lists every command and the exit codes', async () => {
    const said = await say('--help')
    expect(said.code).toBe(0)
    for (const { name } of commands) expect(said.out).toMatch(new RegExp(`^  ${name} `, 'm'))
    expect(said.out).toContain(
      'Exit codes: 0 done, 1 the answer is no (not converged), 2 wrong input',
    )
  })

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s shows an example that it understands',
    async (name, command) => {
      const said = await say(name, '--help')
      expect(said.code).toBe(0)
      expect(said.out).toContain(`Example:\n  $ ${command.example}`)
      const [program, ...words] = command.example.split(' > ')[0]?.split(' ') ?? []
      expect(program).toBe('didymium')
      // The help of the example's command line: what it does not know it would refuse first.
      expect((await say(...words, '--help')).code).toBe(0)
      const wrong = await say(...words, '--no-such-option')
      expect(wrong.err).toContain("unknown option '--no-such-option'")
    },
  )

  it('says what --json prints, wherever there is --json', async () => {
    for (const { name, json } of commands) {
      const { out } = await say(name, '--help')
      expect(out.includes('With --json:'), name).toBe(out.includes('--json '))
      if (json !== undefined) expect(out).toContain(json)
    }
  })
})

describe('the program', () => {
  it('says its version', async () => {
    const said = await say('--version')
    expect(said.code).toBe(0)
    expect(said.out).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('shows what it is at on a terminal, and takes it away', async () => {
    const shown: [number, string | undefined][] = []
    const room = folder()
    const file = room.write('plant.yaml', smallPlant)
    const nowhere = () => undefined
    const code = await run(['simulate', file], {
      out: nowhere,
      err: nowhere,
      progress: (done, text) => void shown.push([done, text]),
    })
    room.remove()
    expect(code).toBe(0)
    expect(shown[0]?.[1]).toBe('solving 4 units')
    expect(shown.at(-1)).toEqual([1, undefined])
  })
})

describe('check', () => {
  it('finds nothing wrong with a good plant', async () => {
    expect(await say('check', small)).toMatchObject({
      code: 0,
      out: `${small}: nothing wrong (4 units, 3 streams)`,
      err: '',
    })
    const { out } = await say('check', small, '--json')
    expect(findings.parse(JSON.parse(out)).findings).toEqual([])
  })

  it('prints every finding with its place', async () => {
    const said = await say('check', broken)
    expect(said.code).toBe(2)
    expect(said.err).toMatch(/broken\.yaml:8:\d+: "rate": a mass flow needs a unit/)
    expect(said.err).toMatch(/1 thing to put right in /)
    const json = await say('check', broken, '--json')
    expect(json.code).toBe(2)
    expect(findings.parse(JSON.parse(json.out)).findings).toMatchObject([{ line: 8 }])
  })
})

describe('new', () => {
  it('writes a plant that checks and solves, and never over a file', async () => {
    const file = files.path('new.yaml')
    expect(await say('new', file)).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toBe(newPlant())
    expect((await say('check', file)).code).toBe(0)
    const solved = await say('simulate', file)
    expect(solved.out).toContain('didymium-oxide')
    expect(solved.code, solved.out).toBe(0)
    const again = await say('new', file)
    expect(again.code).toBe(2)
    expect(again.err).toBe(`${file}: exists already; name a new file`)
    expect((await say('new', files.path('no/such.yaml'))).err).toMatch(/its folder does not exist/)
  })

  it('prints it without a file', async () => {
    const said = await say('new')
    expect(said).toMatchObject({ code: 0, out: newPlant().trimEnd() })
  })
})

describe('schema', () => {
  it.each(['plant', 'solution'])('of the %s is JSON and says which draft it is', async (kind) => {
    const { code, out } = await say('schema', kind)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:didymium:schema:${kind}:1`,
    })
  })
})

describe('simulate', () => {
  it('prints products, balances and verdict', async () => {
    const { code, out, err } = await say('simulate', small)
    expect(code, err).toBe(0)
    expect(out).toMatch(/^A small plant\nconverged/)
    expect(out).toMatch(/didymium-oxide +0\.1500 +0\.9000 +100\.00 % +99\.00 % +99\.00 % +meets/)
    expect(out).toMatch(/Nd +0\.1000 +0\.1000 .*90\.00 %/)
  })

  it('--json is the solution of the published schema', async () => {
    const { code, out } = await say('simulate', small, '--json')
    expect(code).toBe(0)
    const value: unknown = JSON.parse(out)
    const checked = await against('solution', value)
    expect(checked.error?.issues).toBeUndefined()
    const solution = value as Solution
    expect(solution).toMatchObject({ schema: 'didymium/solution@1', status: 'converged' })
    expect(await against('solution', { ...solution, balance: null })).toMatchObject({
      success: false,
    })
  })

  it('ends with 1 where there is no solution, and says why', async () => {
    const said = await say('simulate', failing)
    expect(said.code).toBe(1)
    expect(said.out).toMatch(/out-of-domain: split outlets: the fractions add up to 1\.1/)
    const json = await say('simulate', failing, '--json')
    expect(json.code).toBe(1)
    const value: unknown = JSON.parse(json.out)
    expect(value).toMatchObject({ status: 'failed', outcome: { unit: 'split', at: 'outlets' } })
    expect((await against('solution', value)).error?.issues).toBeUndefined()
  })

  it('ends with 2 where the plant is wrong, in words and as JSON', async () => {
    expect(await say('simulate', broken)).toMatchObject({ code: 2, out: '' })
    const json = await say('simulate', broken, '--json')
    expect(json.code).toBe(2)
    expect(findings.parse(JSON.parse(json.out)).findings).toMatchObject([{ line: 8 }])
  })

  it('says when a file cannot be written', async () => {
    const nowhere = await say('simulate', small, '--csv', files.path('no/such.csv'))
    expect(nowhere).toMatchObject({ code: 2 })
    expect(nowhere.err).toContain('its folder does not exist')
  })
})

describe('simulate, a plant with a circuit', () => {
  const plant = files.write('circuit.yaml', circuitPlant)
  const csv = files.path('s.csv')
  const xlsx = files.path('s.xlsx')
  const svg = files.path('s.svg')
  const asked = ['--json', '--csv', csv, '--xlsx', xlsx, '--plot', svg]
  const solved = say('simulate', plant, ...asked)
  const solution = solved.then(({ out }) => JSON.parse(out) as Solution)

  it('solves and says what it wrote', async () => {
    const { code, err } = await solved
    expect(code, err).toBe(0)
    expect(err.split('\n')).toEqual(
      [csv, xlsx, svg, files.path('s-sx1.svg')].map((file) => `wrote ${file}`),
    )
    expect((await against('solution', await solution)).error?.issues).toBeUndefined()
    expect((await solution).circuits['sx1']?.stages).toHaveLength(15)
  })

  it('--csv reads back as the streams of the solution', async () => {
    const { streams } = await solution
    const rows: Record<string, string>[] = parseCsv(readFileSync(csv), { columns: true })
    expect(rows.map((row) => row['stream'])).toEqual(Object.keys(streams))
    for (const row of rows) {
      const stream = streams[row['stream'] ?? '']
      expect(Number(row['mass kg/h'])).toBeCloseTo((stream?.mass ?? 0) * 3600, 12)
      expect(Number(row['Nd kg/h'])).toBeCloseTo((stream?.elements['Nd'] ?? 0) * 3600, 12)
      const dissolved = stream?.species.aqueous?.['Nd+3'] ?? 0
      expect(Number(row['aqueous Nd+3 mol/h'])).toBeCloseTo(dissolved * 3600, 12)
    }
  })

  it('--xlsx reads back: products, streams, stages', async () => {
    const { streams, circuits } = await solution
    const sheet = await readSheet(xlsx, 'streams')
    expect(sheet).toHaveLength(1 + Object.keys(streams).length)
    const [heads = [], first = []] = sheet
    const column = heads.indexOf('mass kg/h')
    expect(first[column]).toBeCloseTo((Object.values(streams)[0]?.mass ?? 0) * 3600, 9)
    const stages = await readSheet(xlsx, 'stages')
    expect(stages).toHaveLength(16)
    const pH = stages[0]?.indexOf('pH') ?? -1
    expect(stages[3]?.[pH]).toBeCloseTo(circuits['sx1']?.stages[2]?.pH ?? 0, 9)
    const nd = stages[0]?.indexOf('Nd aqueous mol/L') ?? -1
    expect(stages[3]?.[nd]).toBeCloseTo(circuits['sx1']?.stages[2]?.aqueous['Nd'] ?? 0, 9)
  })

  it('--plot writes well-formed SVG of the plant and of its circuit', async () => {
    await solved
    for (const file of [svg, files.path('s-sx1.svg')]) {
      const text = readFileSync(file, 'utf8')
      expect(wellFormed(text)).toEqual([])
      expect(text).toMatch(/^<svg /)
    }
    const flowsheet = readFileSync(svg, 'utf8')
    const { units, reagents } = await solution
    const unused = reagents.filter(({ rate }) => rate['kg/s'] === 0).map(({ name }) => name)
    const shown = (name: string) => flowsheet.includes(`>${name}<`)
    expect(Object.keys(units).filter((name) => !shown(name))).toEqual(unused)
  })
})

describe('diff', () => {
  const other = files.write('other.yaml', changed('1 t/y', '2 t/y'))
  const difference = z.strictObject({ at: z.string(), a: z.any(), b: z.any() })
  const answer = z.strictObject({
    schema: z.literal('didymium/diff@1'),
    document: z.array(difference),
    results: z.array(difference),
  })

  it('says nothing of the same plant', async () => {
    const said = await say('diff', small, small)
    expect(said).toMatchObject({ code: 0 })
    expect(said.out).toBe('the plants say the same\n\nthe results are the same')
  })

  it('names what was changed and what came of it', async () => {
    const { code, out } = await say('diff', small, other, '--json')
    expect(code).toBe(0)
    const { document, results } = answer.parse(JSON.parse(out))
    expect(document.map(({ at }) => at)).toEqual(['units.powder.rate'])
    const rate = results.find(({ at }) => at === 'products.didymium-oxide.t/y')
    expect(rate).toMatchObject({ a: expect.closeTo(0.9, 9), b: expect.closeTo(1.8, 9) })
    expect((await say('diff', small, other)).out).toMatch(/products\.didymium-oxide\.t\/y/)
  })

  it('names the file that is wrong', async () => {
    const said = await say('diff', small, broken)
    expect(said.code).toBe(2)
    expect(said.err).toContain('broken.yaml:8:')
  })
})

describe('shakeout', () => {
  const table =
    'source,extractant mol/L,H feed mol/L,O:A,Nd feed mol/L,Dy feed mol/L,Nd D,Dy D\n' +
    'a,0.5,0.1,1,0.01,0.01,0.7,\nb,0.5,0.3,2,0.01,0.01,0.01,40\n'
  const tests = files.write('tests.csv', table)
  const answer = z.strictObject({
    schema: z.literal('didymium/shakeout@1'),
    extractant: z.string(),
    rows: z.array(
      z.strictObject({
        D: z.record(z.string(), z.number()),
        pH: z.number(),
        loading: z.number(),
        outcome: z.string(),
      }),
    ),
    rms: z.record(z.string(), z.number()),
    warnings: z.array(
      z.strictObject({
        rank: z.number(),
        row: z.number(),
        code: z.literal('outside-validity'),
        text: z.string(),
      }),
    ),
  })

  it('predicts every row, and the rms without D below 0.02', async () => {
    const { code, out, err } = await say('shakeout', tests, '--extractant', 'PC88A-T21', '--json')
    expect(code, err).toBe(0)
    const { rows, rms } = answer.parse(JSON.parse(out))
    const [a, b] = rows
    expect(rows).toHaveLength(2)
    const off = Math.abs(Math.log10((a?.D['Nd'] ?? 0) / 0.7))
    expect(rms['Nd']).toBeCloseTo(off, 9)
    expect(rms['Dy']).toBeCloseTo(Math.abs(Math.log10((b?.D['Dy'] ?? 0) / 40)), 9)
    const text = await say('shakeout', tests, '--extractant', 'PC88A-T21')
    expect(text.out).toMatch(/rms of log10 D, measured D above 0\.02: Nd \d\.\d{3}, Dy \d\.\d{3}/)
  })

  it('warns of rows outside what the set was measured in, once a kind, with the rows counted', async () => {
    const head = 'extractant mol/L,pH,O:A,Nd feed mol/L,Nd D\n'
    const rows = (...given: string[]) => files.write('range.csv', head + given.join('\n'))
    const command = ['--extractant', 'PC88A-T21'] as const
    const inside = rows('0.5,1,1,0.0005,', '0.5,1.5,1,0.0005,')
    const quiet = await say('shakeout', inside, ...command, '--json')
    expect(answer.parse(JSON.parse(quiet.out)).warnings).toEqual([])
    const outside = rows('0.5,1,1,0.0005,', '0.5,0,1,0.0005,', '0.5,-0.5,1,0.2,', '0.06,2,1,0.01,')
    const said = await say('shakeout', outside, ...command, '--json')
    const { warnings } = answer.parse(JSON.parse(said.out))
    const found = warnings.map(({ row, text }) => [row, /^[^\d-]+(?= )/.exec(text)?.[0]])
    expect(found).toEqual([
      [3, 'pH'],
      [4, 'free extractant'],
      [3, 'aqueous rare earth'],
    ])
    expect(warnings[0]?.text).toContain(
      'pH -0.500 is outside 0.1 to 2.5 of PC88A-T21 (2 of 4 rows)',
    )
    const text = await say('shakeout', outside, ...command)
    for (const { row, text: line } of warnings) expect(text.out).toContain(`2  row ${row}: ${line}`)
  })

  it('reads grams of the extractant of the set', async () => {
    const head = 'extractant mol/L,pH,O:A,Nd feed mol/L\n'
    const moles = files.write('moles.csv', `${head}0.5,1,1,0.0005\n`)
    const inGrams = head.replace('extractant mol/L', 'extractant g/L')
    const grams = files.write('grams.csv', `${inGrams}153.215,1,1,0.0005\n`)
    const [a, b] = await Promise.all(
      [moles, grams].map((f) => say('shakeout', f, '--extractant', 'PC88A-T21', '--json')),
    )
    const D = (out = '') => answer.parse(JSON.parse(out)).rows[0]?.D['Nd'] ?? Number.NaN
    expect(D(b?.out) / D(a?.out)).toBeCloseTo(1, 3)
  })

  it('refuses an unknown set, a set without an element, a damaged table', async () => {
    const unknown = await say('shakeout', tests, '--extractant', 'PC88A')
    expect(unknown).toMatchObject({ code: 2 })
    expect(unknown.err).toContain('no extractant set "PC88A"')
    const lacking = await say('shakeout', tests, '--extractant', 'PC88A-BETA-NdPr')
    expect(lacking).toMatchObject({ code: 2 })
    expect(lacking.err).toMatch(/has no constants for Dy/)
    const damaged = files.write('damaged.csv', table.replace('0.7', 'high'))
    const said = await say('shakeout', damaged, '--extractant', 'PC88A-T21')
    expect(said).toMatchObject({ code: 2 })
    expect(said.err).toMatch(/damaged\.csv:2:7: "Nd D" is "high"/)
  })
})

describe('units', () => {
  it('lists the registry; one in full; as JSON', async () => {
    const list = await say('units')
    expect(list.code).toBe(0)
    for (const { kind } of unitOps) expect(list.out).toMatch(new RegExp(`^${kind} `, 'm'))
    const one = await say('units', 'sx-circuit')
    expect(one).toMatchObject({ code: 0 })
    expect(one.out).toContain('outlet raffinate')
    expect(one.out).toMatch(/saponification: number; default 0; 0 to 0\.95/)
    const { out } = await say('units', '--json')
    const value = JSON.parse(out) as { schema: string; units: { kind: string }[] }
    expect(value.schema).toBe('didymium/units@1')
    expect(value.units).toHaveLength(unitOps.length)
    expect(JSON.parse((await say('units', 'leach', '--json')).out)).toMatchObject({
      units: [{ kind: 'leach' }],
    })
  })

  it.each(unitOps.map(({ kind }) => [kind]))('%s has a page', async (kind) => {
    const said = await say('units', kind)
    expect(said).toMatchObject({ code: 0, err: '' })
    expect(said.out).toMatch(/^PORTS$/m)
    expect(Math.max(...said.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(140)
  })
})

describe('data', () => {
  it('lists sets with their ids; one set, constant or source in full', async () => {
    const { code, out } = await say('data', '--json')
    expect(code).toBe(0)
    const value = JSON.parse(out) as { ids: string[]; sets: { id: string; validity: object }[] }
    expect(value.ids).toEqual([...bank.extractants.keys()])
    expect(value.sets.map(({ id }) => id)).toEqual(value.ids)
    expect((await say('data')).out).toContain('PC88A-T21-NdPr')
    const set = await say('data', 'PC88A-T21')
    expect(set.out).toMatch(/validity: pH 0\.1 to 2\.5; free extractant 0\.041 to 0\.82 mol\/L/)
    for (const [id] of [...bank.constants].slice(0, 3)) {
      const constant = await say('data', id)
      expect(constant).toMatchObject({ code: 0 })
      expect(constant.out).toContain(`${id} = `)
    }
    const [source = ''] = bank.sources.keys()
    expect(JSON.parse((await say('data', source)).out)).toMatchObject({ id: source })
  })

  it('says where a cost and a price are from', async () => {
    const cost = await say('data', 'prommis-5.4')
    expect(cost.code).toBe(0)
    expect(cost.out).toMatch(/value: 1285343\n\s+currency: USD\n\s+year: 2016\n\s+of: bare-erected/)
    expect(cost.out).toContain('prommis-accounts: PrOMMiS')
    const price = await say('data', 'hcl-us-2024-q2', '--json')
    expect(JSON.parse(price.out)).toMatchObject({ id: 'hcl-us-2024-q2', value: 0.168, per: 'kg' })
    const { costs } = JSON.parse((await say('data', '--json')).out) as { costs: string[] }
    expect(costs).toContain('2025-europe-ask')
  })
})
