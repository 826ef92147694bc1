import { afterAll, describe, expect, it } from 'vitest'
import { folder, say } from './kit.ts'

const files = folder()
afterAll(() => files.remove())

/** Every command that reads a file, as far as the file. */
const readers = [
  ['check', (file: string) => ['check', file]],
  ['simulate', (file: string) => ['simulate', file]],
  ['diff', (file: string) => ['diff', file, file]],
  ['shakeout', (file: string) => ['shakeout', file, '--extractant', 'PC88A-T21']],
] as const

const bad = [
  ['a file that is not there', files.path('none.yaml'), /none\.yaml: no such file/],
  ['a folder', files.path('.'), /is a folder; name a file/],
  ['no UTF-8', files.write('latin.yaml', Uint8Array.of(0x74, 0xe9, 0xff)), /is not UTF-8 text/],
  [
    'a file of 6 MB',
    files.write('large.yaml', '#'.repeat(6 * 1024 * 1024)),
    /large\.yaml: 6291456 bytes; a file may have at most 5242880/,
  ],
  ['an empty file', files.write('empty.yaml', ''), /the file is empty/],
] as const

describe.each(readers)('%s', (_, argv) => {
  it.each(bad)('refuses %s', async (_, file, message) => {
    const said = await say(...argv(file))
    expect(said.code).toBe(2)
    expect(said.err).toMatch(message)
    expect(said.out).toBe('')
  })
})

describe('command lines', () => {
  it.each([
    [['simulat', 'x.yaml'], /unknown command 'simulat'\n\(Did you mean simulate\?\)/],
    [['simulate', 'x.yaml', '--jsn'], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
    [['simulate'], /missing required argument 'plant'/],
    [['check', 'a', 'b'], /too many arguments/],
    [['shakeout', 'x.csv'], /required option '--extractant <id>' not specified/],
    [['simulate', 'x.yaml', '--warnings', 'few'], /--warnings few: a whole number or "all"/],
    [['simulate', 'x.yaml', '--csv'], /option '--csv <file>' argument missing/],
    [['schema', 'planet'], /no document kind "planet"; one of: plant, solution/],
    [['units', 'leech'], /no unit operation "leech"; did you mean "leach"\?/],
    [['data', 'PC88A-T22'], /nothing called "PC88A-T22" .* did you mean "PC88A-T21"\?/],
    [[], /Usage: didymium/],
  ])('%j is wrong input', async (argv, message) => {
    const said = await say(...argv)
    expect(said.code).toBe(2)
    expect(said.err).toMatch(message)
  })
})
