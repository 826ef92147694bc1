import { linkSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Command as Parser } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { folder, say, smallPlant } from './kit.ts'

const files = folder()
afterAll(() => files.remove())
const input = files.write('input.yaml', smallPlant)
const other = files.write('other.csv', 'powder.rate\n2 t/y\n')

/** A command with files to write: how it is called with only its positional arguments at `file`. */
const writers = commands.flatMap(({ name, declare, reads = [] }) => {
  const parser = new Parser()
  declare(parser)
  const [readable, writable] = [true, false].map((isRead) =>
    parser.options
      .filter((option) => reads.includes(option.attributeName()) === isRead)
      .filter((option) => isRead || option.flags.includes('<file>'))
      .map(({ long }) => long ?? ''),
  )
  if (readable === undefined || writable === undefined || writable.length === 0) return []
  const needed = parser.options.filter((option) => option.mandatory)
  const files = parser.registeredArguments.filter(({ required }) => required)
  const call = (file: string) => [
    name,
    ...files.map(() => file),
    ...needed.flatMap(({ long }) => [long ?? '', 'x']),
  ]
  return [{ name, call, readable, writable }]
})

const cases = writers.flatMap(({ name, call, readable, writable }) =>
  writable.map((option) => ({ name, call, readable, option, writable })),
)

it('walks the commands that write', () => {
  const names = 'simulate fit design sensitivity uncertainty cost finance compare footprint risk'
  expect(writers.map(({ name }) => name)).toEqual([...names.split(' '), 'report', 'transient'])
})

describe.each(cases)('$name $option', ({ call, readable, option, writable }) => {
  it('does not write over what is read', async () => {
    const said = await say(...call(input), option, input)
    expect(said).toMatchObject({ code: 2, out: '' })
    expect(said.err).toMatch(/^--\w+ \S+: would overwrite what is read, <\w+>; name another file$/)
    expect(readFileSync(input, 'utf8')).toBe(smallPlant)
  })

  it('does not write over what another option reads', async () => {
    const before = readFileSync(other, 'utf8')
    for (const read of readable) {
      const said = await say(...call(input), read, other, option, other)
      expect(said).toMatchObject({ code: 2, out: '' })
      expect(said.err).toContain(`${option} ${other}: would overwrite what is read, ${read}`)
      expect(readFileSync(other, 'utf8')).toBe(before)
    }
  })

  it('does not write over what another option writes', async () => {
    const target = files.path('new.txt')
    for (const second of writable.filter((name) => name !== option)) {
      const said = await say(...call(input), option, target, second, target)
      expect(said).toMatchObject({ code: 2, out: '' })
      expect(said.err).toMatch(/^--\w+ \S+: would overwrite the file of --\w+; name another file$/)
    }
  })
})

describe('one file by two names', () => {
  const argv = (target: string) => ['simulate', input, '--csv', target]
  const [hard, soft, shelf] = ['hard.csv', 'soft.csv', 'shelf'].map((name) => files.path(name))

  it('is known through links, folders and dots', async () => {
    linkSync(input, hard ?? '')
    symlinkSync(input, soft ?? '')
    symlinkSync(dirname(input), shelf ?? '')
    const folded = `${dirname(input)}/./input.yaml`
    for (const target of [hard, soft, join(shelf ?? '', 'input.yaml'), folded]) {
      expect(await say(...argv(target ?? ''))).toMatchObject({ code: 2, out: '' })
    }
    expect(readFileSync(input, 'utf8')).toBe(smallPlant)
    const [here, there] = [files.path('s.csv'), join(shelf ?? '', 's.csv')]
    const said = await say(...argv(here), '--xlsx', there)
    expect(said.err).toContain(`--xlsx ${there}: would overwrite the file of --csv`)
  })

  it('is no matter where nothing is kept', async () => {
    const said = await say('sensitivity', input, '--csv', '/dev/null', '--xlsx', '/dev/null')
    expect(said.err).not.toContain('overwrite')
  })
})
