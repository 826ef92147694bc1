import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import { bank } from '../../src/scenario/index.ts'
import { wellFormed } from '../draw/xml.ts'
import { circuitPlant, folder, say } from './kit.ts'

const files = folder()
afterAll(() => files.remove())

/** The published mixtures of Nd and Pr, as a laboratory would write them down. */
const points = (bank.extractants.get('PC88A-T21-NdPr')?.points ?? []).slice(0, 12)
const head = 'source,extractant mol/L,H feed mol/L,O:A,Nd feed mol/L,Pr feed mol/L,Nd D,Pr D'
const table = [
  head,
  ...points.map(({ source, extractant, hydrogenFeed, phaseRatio, feed, D }) =>
    [source, extractant, hydrogenFeed, phaseRatio]
      .concat([feed['Nd'], feed['Pr'], D['Nd'], D['Pr']])
      .join(','),
  ),
].join('\n')
const csv = files.write('tests.csv', table)

/** Command-line words. */
const words = (...texts: readonly string[]) => texts.join(' ').split(' ')

describe('fit', () => {
  it('prints the constants with their errors and by source', async () => {
    const said = await say('fit', csv, '--extractant', 'PC88A')
    expect(said.code).toBe(0)
    expect(said.out).toMatch(/^converged: 2 numbers fitted to 20 measurements, 18 degrees of/)
    expect(said.out).toMatch(/^Nd\.a +-2\.\d+ +0\.\d+ +-3\.\d+ +-2\.\d+$/m)
    expect(said.out).toMatch(/^lyon-2016 +Nd +12 +0\.\d+ +-?0\.\d+$/m)
    expect(said.out).toMatch(/^valid: pH 0\.\d+ to \d\.\d+; free extractant/m)
  })

  it('writes a set that a plant simulates with, a table and a picture', async () => {
    const [set, rows, svg] = ['own.yaml', 'fit.csv', 'fit.svg'].map(files.path)
    const said = await say(
      ...words('fit', csv, '--extractant PC88A --base PC88A-T21-NdPr'),
      ...words(`--out ${set} --csv ${rows} --plot ${svg}`),
    )
    expect(said.code).toBe(0)
    expect(said.err.split('\n')).toEqual([set, rows, svg].map((file) => `wrote ${file}`))
    const records: string[][] = parseCsv(readFileSync(rows ?? '', 'utf8'))
    expect(records).toHaveLength(1 + 20)
    expect(records[1]?.slice(0, 4)).toEqual([`${csv}:2`, 'lyon-2016', 'Nd', 'D'])
    const picture = readFileSync(svg ?? '', 'utf8')
    wellFormed(picture)
    for (const text of ['measured D', 'predicted D', 'pH at equilibrium', 'lyon-2016']) {
      expect(picture).toContain(text)
    }
    const plant = circuitPlant
      .replace('PC88A-T21-NdPr', 'own')
      .replace('units:\n', 'extractants: { own: ./own.yaml }\nunits:\n')
    const solved = await say('simulate', files.write('plant.yaml', plant), '--json')
    expect(solved.code).toBe(0)
    expect(solved.out).toContain('"extractant": "own"')
    const json = await say('fit', csv, '--extractant', 'PC88A', '--out', files.path('own.json'))
    expect(json.code).toBe(0)
    const written = JSON.parse(readFileSync(files.path('own.json'), 'utf8')) as {
      readonly covariance: { readonly names: readonly string[] }
      readonly points: readonly unknown[]
    }
    expect(written.covariance.names).toEqual(['Nd.a', 'Pr.a'])
    expect(written.points).toHaveLength(12)
  })

  it('goes on from a set of its own, and predicts new tests with it', async () => {
    const set = files.path('mine.yaml')
    const first = await say(
      ...words('fit', csv, `--extractant PC88A --free slope --error D=8% --out ${set}`),
    )
    const numbers = (text: string) => /^number[\s\S]*?\n\n/m.exec(text)?.[0]
    const again = await say(...words('fit', set, '--extractant PC88A --free slope --error D=8%'))
    expect(numbers(again.out)).toBe(numbers(first.out))
    const predicted = await say(...words('shakeout', csv, `--extractant ${set}`))
    expect(predicted.code).toBe(0)
    expect(predicted.out).toMatch(/rms of log10 D, measured D above 0\.02: Nd 0\.1\d+, Pr 0\.1\d+/)
    const torn = files.write('torn.yaml', readFileSync(set, 'utf8').replace('model:', 'modle:'))
    const said = await say(...words('shakeout', csv, `--extractant ${torn}`))
    expect(said.code).toBe(2)
    expect(said.err).toMatch(/torn\.yaml:1:1: .*model/)
  })

  it('--json is the fit', async () => {
    const said = await say('fit', csv, '--extractant', 'PC88A', '--free', 'slope', '--json')
    const fit = JSON.parse(said.out) as Record<string, readonly { readonly name?: string }[]>
    expect(fit['schema']).toBe('didymium/fit@1')
    expect(fit['numbers']?.map(({ name }) => name)).toEqual(words('Nd.a Pr.a Nd.slope Pr.slope'))
    expect(fit['measures']).toHaveLength(20)
  })

  it('takes the points of built-in sets, and both together', async () => {
    const said = await say(
      ...words('fit', csv, 'PC88A-LI87-cube --extractant PC88A --elements Nd,Pr'),
      ...words('--separation Nd/Pr=1.3..1.6 --scatter source --leave-out outliers'),
    )
    expect(said.code).toBe(0)
    expect(said.out).toMatch(/^source +element +D +rms +bias +not held +alone +left out$/m)
    expect(said.out).toContain('100 tests have none of the fitted elements')
    expect(said.out).toMatch(/: left out$/m)
  })

  it.each([
    [['--extractant', 'PC88'], /--extractant PC88: did you mean "PC88A"\?/],
    [['--base', 'nothing'], /--base: no extractant set "nothing"; the list: didymium data/],
    [['--model', 'cube'], /model "cube" is no distribution model/],
    [['--free', 'powr'], /"powr" cannot be freed \(did you mean "power"\?/],
    [['--fix', 'power:3'], /--fix power:3: write power=3/],
    [['--bounds', 'power=1-5'], /--bounds power=1-5: write power=1\.\.5/],
    [['--separation', 'Nd=1..2'], /--separation Nd: two elements with a stroke between/],
    [['--error', 'pH=5%'], /--error pH=5%: write D=10%/],
    [['--leave-out', 'four'], /--leave-out four: write 7 or 9-12, or outliers/],
    [['--least-d', '-1'], /--least-d -1: a number, zero or more/],
    [['--scatter', 'row'], /--scatter row: common, source, element/],
    [['--temperature', '25'], /--temperature: a temperature needs a unit/],
    [['--elements', 'Dy'], /nothing was measured of Dy \(a column "Dy D"/],
    [['--out', '/no/such/folder/set.yaml'], /its folder does not exist/],
  ])('%j is refused with what would be right', async (wrong, message) => {
    const known = wrong[0] === '--extractant' ? [] : ['--extractant', 'PC88A']
    const said = await say('fit', csv, ...known, ...wrong)
    expect(said.err).toMatch(message)
    expect(said.code).toBe(2)
  })

  it('refuses damaged tables with line and column, and too few tests', async () => {
    const damaged = files.write('damaged.csv', table.replace('0.05', 'much'))
    const said = await say('fit', damaged, '--extractant', 'PC88A')
    expect(said.code).toBe(2)
    expect(said.err).toMatch(/damaged\.csv:3:3: "H feed mol\/L" is "much" \(a number with/)
    expect((await say('fit', files.path('none.csv'), '--extractant', 'PC88A')).err).toMatch(
      /none\.csv: no such file/,
    )
    expect((await say('fit', 'PC88A-T21-NdP', '--extractant', 'PC88A')).err).toMatch(
      /a set is called PC88A-T21-NdPr/,
    )
    const few = files.write('few.csv', table.split('\n').slice(0, 2).join('\n'))
    const short = await say('fit', few, '--extractant', 'PC88A', '--free', 'slope,power')
    expect(short.code).toBe(2)
    expect(short.err).toMatch(/2 usable measurements for 5 unknowns .*measure 4 more/)
    const trace = 'source,extractant mol/L,pH,O:A,Nd feed mol/L,Nd D\n'
    const rows = ['0.8,1,1e-9,0.2', '1.0,1,1e-9,0.9', '1.2,1,1e-9,3.1'].map((row) => `a,1,${row}`)
    const alike = files.write('alike.csv', trace + rows.join('\n'))
    const unknown = files.path('unknown.yaml')
    const told = await say(
      ...words('fit', alike, `--extractant PC88A --free power --out ${unknown}`),
    )
    expect(told.code).toBe(1)
    expect(told.out).toMatch(/^UNDETERMINED[\s\S]*power .* cannot be told from the others/)
    expect(told.err).toContain(`${unknown} was not written, because the fit is not done`)
    const set = files.path('few.yaml')
    const exact = await say('fit', few, '--extractant', 'PC88A', '--out', set)
    expect(exact.code).toBe(0)
    expect(exact.out).toMatch(/as many measurements as unknowns/)
  })
})
